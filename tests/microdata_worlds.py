"""Tiny data sets, and what every module of the microdata engine computes, done once more the slow and plain way.

Nothing here uses the engine's counting: rows are tuples of labels, classes are dictionaries.
"""

import itertools
import math
from collections import Counter, defaultdict

from hypothesis import strategies as st

from bearwitness.disclosure.microdata import hierarchy, microdata


@st.composite
def hierarchy_rows(draw, name):
    """Rows of a hierarchy: two to five values, each level joining some of the codes before it."""
    values = draw(st.integers(2, 5))
    rows = [[f"{name}{v}"] for v in range(values)]
    for level in range(1, draw(st.integers(1, 3)) + 1):
        last = sorted({row[-1] for row in rows})
        to = {label: f"{name}-{level}-{draw(st.integers(0, max(0, len(last) - 2)))}" for label in last}
        for row in rows:
            row.append(to[row[-1]])
    return rows


@st.composite
def tiny_tables(draw, *, most_rows=40):
    """Columns of text: two or three quasi-identifiers, a sensitive value ``s`` and a household ``h``."""
    names = ["a", "b", "c"][: draw(st.integers(2, 3))]
    rows = {name: draw(hierarchy_rows(name)) for name in names}
    count = draw(st.integers(1, most_rows))
    columns = {
        name: draw(st.lists(st.sampled_from([r[0] for r in rows[name]]), min_size=count, max_size=count))
        for name in names
    }
    columns["s"] = draw(st.lists(st.sampled_from("uvwx"), min_size=count, max_size=count))
    columns["h"] = [str(n) for n in draw(st.lists(st.integers(0, count), min_size=count, max_size=count))]
    return rows, columns


def as_microdata(rows, columns, *, household=False):
    """The engine's form of a tiny table."""
    known = [hierarchy(name, of) for name, of in rows.items()]
    return microdata(columns, known, sensitive=["s"], household="h" if household else None)


def every_node(rows):
    """All choices of levels."""
    return itertools.product(*(range(len(next(iter(of)))) for of in rows.values()))


def plain_classes(rows, columns, node):
    """Row numbers by what the row reads at these levels."""
    says = [{row[0]: row[level] for row in of} for of, level in zip(rows.values(), node, strict=True)]
    classes = defaultdict(list)
    for number, values in enumerate(zip(*(columns[name] for name in rows), strict=True)):
        classes[tuple(said[v] for said, v in zip(says, values, strict=True))].append(number)
    return classes


def plain_holds(kind, columns, members, *, household):
    """Whether one class meets one demand, given as a tuple of its name and numbers."""
    name, *numbers = kind
    counts = sorted(Counter(columns["s"][m] for m in members).values(), reverse=True)
    total = sum(counts)
    if name == "k":
        return len({columns["h"][m] for m in members} if household else members) >= numbers[0]
    if name == "distinct":
        return len(counts) >= numbers[0]
    if name == "entropy":
        return -sum(c / total * math.log(c / total) for c in counts) >= math.log(numbers[0]) - 1e-12
    if name == "recursive":
        c, depth = numbers
        return counts[0] < c * sum(counts[depth - 1 :])
    whole, here = Counter(columns["s"]), Counter(columns["s"][m] for m in members)
    records = len(columns["s"])
    apart = {v: here[v] / total - whole[v] / records for v in sorted(whole)}
    if name == "t-equal":
        return sum(map(abs, apart.values())) / 2 <= numbers[0] + 1e-12
    crossing = list(itertools.accumulate(apart.values()))
    return sum(map(abs, crossing)) / max(1, len(whole) - 1) <= numbers[0] + 1e-12


def plain_loss(metric, rows, columns, node, kept, lost):
    """The loss of one node by the definition, cell by cell; ``kept`` and ``lost`` are lists of (reading, members)."""
    n, total, attributes = len(columns["s"]), 0.0, list(rows)
    gone = sum(len(m) for _, m in lost)
    if metric == "discernibility":
        return sum(len(m) ** 2 for _, m in kept) + n * gone
    if metric == "class size":
        return n / (len(kept) + (1 if lost else 0))
    for place, name in enumerate(attributes):
        of, level = rows[name], node[place]
        width, height = len(of), len(of[0]) - 1
        if metric == "loss":
            stands = Counter(row[level] for row in of)
            cells = sum(len(m) * stands[said[place]] / width for said, m in kept) + gone
            total += (cells / n - 1 / width) / (1 - 1 / width) / len(attributes)
        elif metric == "precision":
            total += ((n - gone) * level / height + gone) / n / len(attributes)
        elif metric == "height":
            total += level
        else:
            total += _plain_entropy(columns[name], {row[0]: row[level] for row in of})
            left = Counter(itertools.chain.from_iterable([said[place]] * len(m) for said, m in lost))
            total -= sum(c * math.log2(c / gone) for c in left.values())
    return total


def _plain_entropy(values, says):
    exact, said = Counter(values), Counter(says[v] for v in values)
    return -sum(math.log2(exact[v] / said[says[v]]) for v in values)


def plain_optimum(rows, columns, kinds, *, limit, metric, household):
    """The least loss over the whole lattice, every node counted; None if no node will do."""
    best = None
    for node in every_node(rows):
        kept, lost = [], []
        for said, members in plain_classes(rows, columns, node).items():
            fine = all(plain_holds(kind, columns, members, household=household) for kind in kinds)
            (kept if fine else lost).append((said, members))
        if sum(len(m) for _, m in lost) <= limit:
            loss = plain_loss(metric, rows, columns, node, kept, lost)
            best = loss if best is None else min(best, loss)
    return best
