"""Days of public events that a text may date without saying anything of a household."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any, Final

# A mass return or a wave of exile is public and yet dates what happened to a family, so those kinds stay out; so does
# a day that its source only gives as uncertain.
PUBLIC_KINDS: Final = frozenset({"event", "law", "speech", "order", "border", "institution", "UN"})
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def build_public_days(table: Path) -> dict[str, Any]:
    """Days with what they are, in order."""
    days: dict[str, str] = {}
    for row in csv.DictReader(table.open(encoding="utf-8")):
        if row["kind"] not in PUBLIC_KINDS or row["date_edtf"].endswith("~"):
            continue
        for day in row["date_edtf"].split("/"):
            if _DAY.fullmatch(day):
                days[day] = row["title"]
    return {
        "source": "State media and press reports of laws, speeches and institutions, one public event a day.",
        "days": dict(sorted(days.items())),
    }
