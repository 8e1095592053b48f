"""Who could be found from what releases say, and the least that must change."""

from bearwitness.disclosure.risk import pursuit_risk as pursuit_risk
