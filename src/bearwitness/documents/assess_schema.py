"""The JSON Schema of what ``assess --json`` prints."""

from __future__ import annotations

from typing import Any, Final, get_args

from bearwitness.model.claims import ATTRIBUTES, KIN_LEAVES, DateRole, Origin

Schema = dict[str, Any]

TEXT: Final[Schema] = {"type": "string"}
FLAG: Final[Schema] = {"type": "boolean"}
NUMBER: Final[Schema] = {"type": "number"}
AMOUNT: Final[Schema] = {"type": ["number", "null"], "minimum": 0, "description": "null where it is not finite"}
PROBABILITY: Final[Schema] = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
OFFSET: Final[Schema] = {"type": "integer", "minimum": 0, "description": "code points from the beginning of the draft"}
NO_OFFSET: Final[Schema] = OFFSET | {"type": ["integer", "null"]}


def _object(properties: Schema, description: str = "") -> Schema:
    found: Schema = {"type": "object", "properties": properties, "required": list(properties)}
    return found | ({"description": description} if description else {})


def _list(items: Schema, description: str) -> Schema:
    return {"type": "array", "items": items, "description": description}


def _optional(schema: Schema, description: str) -> Schema:
    return schema | {"type": [schema["type"], "null"], "description": description}


_SPAN: Final = _object({"start": OFFSET, "end": OFFSET, "quote": TEXT}, "a passage of the draft; the end is excluded")
_RISK: Final = _object(
    {
        "candidates": AMOUNT | {"description": "how many households fit, the true one included (median)"},
        "risk": PROBABILITY | {"description": "pursuit risk (median)"},
        "upper": PROBABILITY | {"description": "its upper 95 % bound, which is compared with the threshold"},
    }
)
_PERSONA: Final = _object(
    {
        "id": TEXT,
        "label": TEXT,
        "household": TEXT,
        "person": _optional(TEXT, "the person of the case, where the case says so"),
        "stands_as": {"enum": ["left", "relative", "carrier"]},
        "kin": _list({"enum": list(KIN_LEAVES)}, "what a relative may be of the one who left"),
        "mentions": _list(_SPAN, "where the draft shows this person"),
    }
)
_CLAIM: Final = _object(
    {
        "id": TEXT,
        "persona": TEXT,
        "attribute": {"enum": list(ATTRIBUTES)},
        "says": TEXT | {"description": "a short reading for people"},
        "quote": TEXT | {"description": "the words of the first span; empty where no words make the claim"},
        "start": NO_OFFSET,
        "end": NO_OFFSET,
        "origin": {"enum": list(get_args(Origin))},
        "role": {"enum": [*get_args(DateRole), None], "description": "for a date: what the text dates"},
        "about": TEXT,
        "values": {
            "type": "array",
            "items": {"anyOf": [TEXT, {"type": "array", "items": {"type": "string", "format": "date"}, "minItems": 2,
                                       "maxItems": 2}]},
            "description": "what the wording allows: codes or paths, or pairs of first and last day",
        },
        "lag_days": {"type": "integer", "minimum": 0},
        "trust": NUMBER | {"exclusiveMinimum": 0, "maximum": 1},
        "keep": FLAG,
        "changed": FLAG | {"description": "changed on purpose, and not true of this household"},
        "spans": _list(_SPAN, "all passages that make the claim"),
    },
    "one thing the draft says of a persona",
)  # fmt: skip
_HOUSEHOLD: Final = _object(
    {
        "household": TEXT,
        "adversary": TEXT,
        "frame": TEXT,
        "capacity": {"type": "integer", "minimum": 1, "description": "how many households the adversary can pursue"},
        "alone": _RISK | {"description": "the draft alone"},
        "joined": _RISK | {"description": "the draft together with everything published"},
        "costliest_release": _optional(TEXT, "the earlier release that adds most"),
        "flips_at_suspicion": {
            "type": ["number", "null"], "minimum": 0, "description": "prior odds at which the verdict would change",
        },
        "bystanders": AMOUNT | {"description": "other households that fit and would be pursued"},
        "steps": _list(_object({"claim": TEXT, "candidates": AMOUNT}), "households left as the claims add up"),
        "safe": FLAG,
    },
    "one household as one adversary sees it",
)  # fmt: skip
_CHANGE: Final = _object(
    {
        "claim": TEXT,
        "start": OFFSET,
        "end": OFFSET,
        "quote": TEXT,
        "instead": TEXT | {"description": "the words to use; empty to leave it out"},
        "level": TEXT,
        "risk_before": PROBABILITY,
        "risk_after": PROBABILITY,
        "cost": AMOUNT,
    }
)
_UNRESOLVED: Final = _object({"start": OFFSET, "end": OFFSET, "quote": TEXT, "form": TEXT, "why": TEXT})


def assess_schema() -> Schema:
    """The schema of one assessment; keys may be added in later versions, none taken away."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:bearwitness:1:assess",
        "title": "bearwitness assess --json",
        **_object(
            {
                "bearwitness": {"const": 1},
                "safe": FLAG | {"description": "whether the draft may leave as it is"},
                "threshold": NUMBER | {"exclusiveMinimum": 0, "exclusiveMaximum": 1},
                "language": {"enum": ["en", "ko"]},
                "personas": _list(_PERSONA, "the people the draft shows"),
                "claims": _list(_CLAIM, "everything it says of them"),
                "households": _list(_HOUSEHOLD, "each household by each adversary"),
                "helps": _list(
                    _object(
                        {
                            "claim": TEXT, "adversary": TEXT, "bits": {"type": ["number", "null"]},
                            "alone_before": {"type": ["number", "null"]}, "alone_after": {"type": ["number", "null"]},
                        }
                    ),
                    "by how many bits one claim narrows the search on top of all else, and what it leaves by itself",
                ),
                "changes": _list(_CHANGE, "the least that must change"),
                "edits": _list(_object({"start": OFFSET, "end": OFFSET, "instead": TEXT}), "the changes as edits"),
                "optimal": FLAG | {"description": "whether nothing cheaper can exist"},
                "possible": FLAG | {"description": "whether any choice of wordings is safe"},
                "cost": AMOUNT | {"description": "what the changes cost the story, in bits"},
                "alternatives": _list(
                    _object({"cost": AMOUNT, "changes": _list(_object({"claim": TEXT, "level": TEXT}), "")}),
                    "other choices that would be safe too",
                ),
                "unresolved": _list(_UNRESOLVED, "passages nobody has accounted for; one alone makes a draft unsafe"),
                "consent_gaps": _list(_object({"person": TEXT, "why": TEXT}), "people whose consent does not cover it"),
                "ledger_head": TEXT | {"description": "hash of the ledger that was assessed against"},
                "notes": _list(TEXT, "what else there is to say"),
                "disclosures": _list(
                    _object(
                        {
                            "household": TEXT, "adversary": TEXT, "claim": TEXT, "before": PROBABILITY,
                            "after": PROBABILITY,
                        }
                    ),
                    "how probable a sensitive claim is of whoever fits, for those who have it not on record",
                ),
                "misled": _list(
                    _object(
                        {"household": TEXT, "adversary": TEXT, "claims": _list(TEXT, "those changed"), "others": AMOUNT}
                    ),
                    "uninvolved households to whom claims lead that were changed on purpose",
                ),
            }
        ),
    }
