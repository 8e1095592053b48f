"""The model's side of the attack: frame files for worlds, and what a release says in the model's terms."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import numpy as np
import toy_worlds as toys
from attack_worlds import EPOCH, KIN, read_law

from bearwitness.model.values import Codes, Days, Paths

FILES = Path(__file__).resolve().parent.parent / "src" / "bearwitness" / "data" / "frames"
# How much likelier than a usual resident somebody of one county, occupation or age left, at most, in worlds where the
# law of those who left has to be met exactly: above about 1 in 130 of all households, not everybody can have left.
MOST_LIKELY = {"home": 8.0, "occupation": 3.0, "birth": 2.5}
CERTAIN = 1e10
HOUSEHOLD_SIZE = 4.4


def shipped_files(residents):
    """The frame files as they are shipped, for a register of so many residents.

    Relatives are those of one household, not of the wider family, so that there are 4.4 people in each.
    """
    files = [json.loads((FILES / f"{n}.json").read_text(encoding="utf-8")) for n in ("residents", "left", "acted")]
    groups = files[0]["tables"]["kin"]["groups"].values()
    all_kin = sum(g["a"] / (g["a"] + g["b"]) * w for g in groups for w in g["leaves"].values())
    for group in groups:
        group["leaves"] = {n: w * (HOUSEHOLD_SIZE - 1.0) / all_kin for n, w in group["leaves"].items()}
    factor = residents / HOUSEHOLD_SIZE / files[0]["size"]["median"]
    for file in files:
        file["size"] = {"median": file["size"]["median"] * factor, "sigma": file["size"]["sigma"]}
    return files


def exact_files(residents, *, correlated):
    """Files without doubt, for worlds that are drawn from just these shares.

    Independent: no table hangs on another one. Correlated: sex with age and year of leaving, things with each other.
    """
    files = copy.deepcopy(shipped_files(residents))
    res, left, acted = (f["tables"] for f in files)
    for name, most in (("home", MOST_LIKELY["home"]), ("occupation", MOST_LIKELY["occupation"])):
        usual = dict(zip(read_law(res[name]).names, read_law(res[name]).rows[0], strict=True))
        law = read_law(left[name])
        shares = {n: min(s, most * usual[n]) for n, s in zip(law.names, law.rows[0], strict=True)}
        left[name]["tree"] = _tree(shares)
    usual = np.asarray(res["birth"]["alpha"][0])
    usual = usual / usual.sum()
    sexes = np.asarray(left["sex"]["alpha"][0])
    for table in (left["birth"], left["departure"]):
        rows = np.asarray(table["alpha"])
        rows = rows / rows.sum(axis=1, keepdims=True)
        table["alpha"] = (rows if correlated else (sexes / sexes.sum() @ rows)[None]).tolist()
        if not correlated:
            del table["given"]
    if correlated:
        _tie(res, left)
    else:
        _untie(acted["act"])
    base = np.asarray(res["birth"]["alpha"])
    base = base / base.sum(axis=1, keepdims=True)
    rows = np.minimum(left["birth"]["alpha"], MOST_LIKELY["birth"] * base)
    left["birth"]["alpha"] = rows.tolist()
    for file in files:
        file["size"]["sigma"] = 0.0
        for table in file["tables"].values():
            _make_certain(table)
    return files


def _tie(res, left):
    """Women among residents are older, and leave later; large families, and those who keep in touch, have more."""
    tilt = np.exp(np.outer([-0.06, 0.06], np.arange(len(res["birth"]["alpha"][0]))))
    res["birth"] |= {"given": "sex", "alpha": (np.asarray(res["birth"]["alpha"]) * tilt).tolist()}
    left["birth"]["alpha"] = (np.asarray(left["birth"]["alpha"]) * tilt).tolist()
    late = np.exp(np.outer([0.05, -0.05], np.arange(len(left["departure"]["alpha"][0]))))
    left["departure"]["alpha"] = (np.asarray(left["departure"]["alpha"]) * late).tolist()
    for table, low, high in ((res["kin"], 0.6, 1.5), (left["trait"], 0.4, 1.9)):
        table["classes"] = {"alpha": [0.6, 0.4]}
        for group in table["groups"].values():
            share = group["a"] / (group["a"] + group["b"])
            few, many = low * share, min(0.97, high * share)
            group |= {"a": [few, many], "b": [1.0 - few, 1.0 - many]}


def _untie(table):
    """One class of households, with the shares that all classes have together."""
    weights = np.asarray(table.pop("classes")["alpha"])
    weights = weights / weights.sum()
    for group in table["groups"].values():
        a, b = np.asarray(group["a"]), np.asarray(group["b"])
        share = float(weights @ np.maximum.accumulate(a / (a + b)))
        group |= {"a": share, "b": 1.0 - share}


def _tree(shares):
    """Leaves two or three names deep, as a tree of shares."""
    tree = {"alpha": {}, "below": {}}
    for path, share in shares.items():
        node, *rest = path.split("/", 1)
        tree["alpha"][node] = tree["alpha"].get(node, 0.0) + share
        if rest:
            tree["below"].setdefault(node, {})[rest[0]] = share
    tree["below"] = {n: _tree(below) for n, below in tree["below"].items()}
    return tree


def _make_certain(table):
    if table["kind"] == "paths":
        _scale_tree(table["tree"])
    elif table["kind"] in ("categorical", "interval"):
        table["alpha"] = (np.asarray(table["alpha"]) * CERTAIN).tolist()
    elif table["kind"] == "existence":
        if "classes" in table:
            table["classes"]["alpha"] = [a * CERTAIN for a in table["classes"]["alpha"]]
        for group in table["groups"].values():
            group |= {k: (np.asarray(group[k]) * CERTAIN).tolist() for k in ("a", "b")}


def _scale_tree(node):
    node["alpha"] = {n: a * CERTAIN for n, a in node["alpha"].items()}
    for below in node.get("below", {}).values():
        _scale_tree(below)


def claims_of(release, prefix):
    """What a release says, as the model's claims."""
    return tuple(_claim(said, f"{prefix}-{i}") for i, said in enumerate(release))


def _claim(said, name):
    if said.attribute == "status":
        values = Codes(frozenset({"left"}))
    elif said.days is not None:
        values = Days(((said.days[0] + EPOCH, said.days[1] + EPOCH),))
    elif said.attribute in ("home", "occupation", "route"):
        values = Paths(said.names)
    else:
        values = Codes(said.names)
    kind = "relative" if said.about in KIN else "act"
    about = f"{kind}-{said.about}" if said.about else ""
    return toys.claim(said.attribute, values, name, about=about, lag_days=said.lag)
