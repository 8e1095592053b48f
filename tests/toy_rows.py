"""Rows of a toy world in which attributes go together, and the frame of rows that describes them."""

from datetime import date

import numpy as np
import toy_worlds as toys

EDGES = [date.fromordinal(toys.DAY0 + d).isoformat() for d in range(0, 9, 2)]
KIN = ("elder_brother", "younger_brother", "mother")
COLUMNS = {
    "home": {"kind": "paths", "values": list(toys.HOMES), "leaf_share": 0.1},
    "surname": {"kind": "codes", "values": [*toys.SURNAMES, "(other)"]},
    "sex": {"kind": "codes", "values": list(toys.SEXES)},
    "birth": {"kind": "days", "edges": EDGES},
    "trait": {"kind": "existence", "values": list(toys.TRAITS)},
    "kin": {"kind": "existence", "values": list(KIN)},
}


def random_rows(rng, rows=400, columns=COLUMNS):
    """Rows of a few classes of households: attributes go together within all, as they do within none."""
    of_class = rng.integers(0, 3, rows)
    found = {}
    for attribute, column in columns.items():
        several = column["kind"] == "existence"
        codes = len(column["values"]) if "values" in column else len(column["edges"]) - 1
        if several:
            likely = rng.uniform(0.1, 0.9, (codes, 3))
            found[attribute] = (rng.random((codes, rows)) < likely[:, of_class]).astype(np.uint8)
        else:
            likely = rng.dirichlet(np.full(codes, 0.7), 3)
            drawn = [rng.choice(codes, rows, p=p) for p in likely]
            found[attribute] = np.choose(of_class, drawn).astype(np.uint8)
    return found


def spec(rows, level="residents", **more):
    """A frame of rows as a file would describe it."""
    described = {a: COLUMNS[a] for a in rows}
    return {"frame": level, "sources": ["invented"], "rows_are": "synthetic", "columns": described, "rows": rows} | more
