"""How much never reached anyone, and when no number may be given."""
