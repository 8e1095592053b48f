"""Which accounts tell of the same act: people, then households, then acts; and how many independent voices that is."""
