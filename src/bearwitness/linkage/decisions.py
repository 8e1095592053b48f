"""What reviewers decided about pairs. Decisions are only ever added; what stands is worked out by `standing`."""

from bearwitness.model.review import Layer, ReviewDecision, Verdict

__all__ = ["Layer", "ReviewDecision", "Verdict"]
