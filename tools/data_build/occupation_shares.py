"""How occupations divide below the published groups. No table of this is published: all of it is assumed."""

from __future__ import annotations

from typing import Any, Final

from data_build.cells import Assumption, pseudo_counts

BELOW_WORTH: Final = Assumption(
    "worth of an occupation's share within its group", 25.0,
    "No count exists; 25 households' worth makes a common occupation uncertain by half, a rare one several times over.",
)  # fmt: skip
# Relative weights within each group. "other" stands for everything that no list names.
SHARES: Final[dict[str, Any]] = {
    "management": {"party": 25, "government": 25, "enterprise": 20, "trade": 10, "neighbourhood_head": 15,
                   "diplomat": 1, "other": 4},
    "military": {"soldier": 70, "officer": 20, "border_guard": 8, "other": 2},
    "worker": {
        "mining": {"miner": 9, "other": 1}, "transport": {"driver": 6, "railway": 3, "sailor": 1, "other": 1},
        "farming": {"farmer": 9, "other": 1}, "fishing": {"fisherman": 9, "other": 1},
        "forestry": {"logger": 8, "other": 2}, "construction": {"builder": 9, "other": 1},
        "factory": {"factory_worker": 9, "other": 1},
        "crafts": {"tailor": 4, "carpenter": 2, "electrician": 2, "welder": 2, "mechanic": 3, "other": 2},
        "guard": None, "other": None,
    },
    "dependant": {"housewife": 55, "pensioner": 20, "student": 10, "other": 15},
    "service": {
        "trade": {"trader": 60, "smuggler": 8, "wholesaler": 6, "shop": 15, "other": 5}, "money": {"money_changer": 9,
                                                                                                "other": 1},
        "food": {"cook": 5, "waiter": 4, "other": 2}, "hair": {"hairdresser": 9, "other": 1},
        "photo": {"photographer": 9, "other": 1}, "other": None,
    },
    "arts_sports": {
        "arts": {"singer": 5, "musician": 6, "dancer": 3, "actor": 3, "painter": 3, "writer": 3, "other": 4},
        "sports": {"athlete": 9, "other": 1}, "other": None,
    },
    "professional": {
        "health": {"nurse": 10, "doctor": 9, "dentist": 1, "pharmacist": 2, "other": 2},
        "education": {"teacher": 14, "kindergarten_teacher": 8, "professor": 3, "other": 1},
        "engineering": {"engineer": 9, "other": 1}, "science": {"scientist": 9, "other": 1},
        "law": {"lawyer": 8, "other": 2}, "media": {"journalist": 8, "other": 2},
        "finance": {"accountant": 9, "other": 1}, "language": {"interpreter": 9, "other": 1},
        "computing": {"programmer": 9, "other": 1}, "other": None,
    },
    "child": {"pupil": 8, "other": 2},
}  # fmt: skip
# Weights of the divisions that divide further.
DIVISIONS: Final[dict[str, dict[str, float]]] = {
    "worker": {"mining": 10, "transport": 8, "farming": 40, "fishing": 3, "forestry": 3, "construction": 8,
               "factory": 18, "crafts": 6, "guard": 2, "other": 2},
    "service": {"trade": 62, "money": 3, "food": 12, "hair": 6, "photo": 2, "other": 15},
    "arts_sports": {"arts": 70, "sports": 20, "other": 10},
    "professional": {"health": 25, "education": 35, "engineering": 16, "science": 6, "law": 2, "media": 2,
                     "finance": 6, "language": 2, "computing": 2, "other": 4},
}  # fmt: skip


def occupation_tree(groups: dict[str, float], worth: float) -> dict[str, Any]:
    """The tree of occupations with the published or assumed shares of the groups.

    Parameters
    ----------
    groups : dict of str to float
        Counts or shares of the published groups.
    worth : float
        Households that these shares are worth.
    """
    tree: dict[str, Any] = {"alpha": pseudo_counts(groups, worth), "below": {}}
    for group, divisions in SHARES.items():
        weights = DIVISIONS.get(group, divisions)
        node: dict[str, Any] = {"alpha": pseudo_counts(weights, BELOW_WORTH.value)}
        deeper = {
            name: {"alpha": pseudo_counts(leaves, BELOW_WORTH.value)}
            for name, leaves in divisions.items()
            if isinstance(leaves, dict)
        }
        if deeper:
            node["below"] = deeper
        tree["below"][group] = node
    return tree
