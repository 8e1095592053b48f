"""The attacker: it reads what releases say, searches its books row by row, and pursues as many households as it can.

It shares no code with the model and knows none of the model's numbers. It has three books: the register of all
residents, the list of households of people who left, and the log of acts; each is searched for the claims as they
stand. With perfect records it takes its candidates blindly from all that fit. With records that err it knows how often
they do, and ranks every household by how likely it is that everything said is true of it.
"""

from __future__ import annotations

import numpy as np
from attack_worlds import KIN
from attack_worlds_releases import FAST, as_days, mask_of

CANDIDATES_THAT_LINK = 20
_BITS = ("kin", "trait", "act")


class Attacker:
    """Searches the books of one world."""

    def __init__(self, rng, departures):
        self.rng, self.departures = rng, departures
        self.laws = departures.register.laws
        self.acted = np.flatnonzero(departures.acted)
        # Where each county begins in the register.
        self.counties = departures.register.counties

    def _book(self, claims):
        """The columns to search, the household of each row, and the rows that count (None: all)."""
        register, about = self.departures.register, {s.attribute for s in claims}
        if about & {"act", "act_date"}:
            return self.departures.columns, self.departures.household, self.acted
        if about & {"status", "departure", "route", "trait"}:
            return self.departures.columns, self.departures.household, None
        return register.columns, None, None

    def _table(self, said):
        """For each value that a column can hold, whether it fits."""
        if said.days is not None:
            first, last = as_days(said)
            table = np.zeros(1 << 16, dtype=bool)
            table[first : last + 1] = True
            return table
        law = self.laws.left if said.attribute == "route" else self.laws.residents
        names = law[said.attribute].names
        inside = [any(n == a or n.startswith(a + "/") for a in said.names) for n in names]
        return np.array(inside + [False] * (256 - len(names)))

    def _mask(self, said):
        law = {"kin": self.laws.residents, "trait": self.laws.left, "act": self.laws.acted}[said.attribute]
        return mask_of(law[said.attribute].names, said.names)

    def _fits(self, said, columns, household, rows):
        """Which of the rows fit one claim."""
        if said.attribute == "act_date":
            kind = self.laws.acted["act"].names.index(said.about)
            first, last = as_days(said)
            dates = self.departures.act_dates[rows, kind]
            return (dates >= first) & (dates <= last) & (columns["act"][rows] >> np.uint32(kind) & 1 == 1)
        if said.attribute in _BITS:
            return (columns[said.attribute][rows] & self._mask(said)) != 0
        if not said.about:
            return self._table(said)[columns[said.attribute][rows]]
        kind, register = KIN.index(said.about), self.departures.register
        kin = columns["kin"][rows]
        homes = rows if household is None else household[rows]
        at = register.first_relative[homes] + np.bitwise_count(kin & np.uint16((1 << kind) - 1))
        has = (kin >> np.uint16(kind)) & 1 == 1
        column = register.relatives[said.attribute]
        return has & self._table(said)[column[np.minimum(at, len(column) - 1)]]

    def candidates(self, claims):
        """The households that fit all claims, as far as the records go."""
        columns, household, rows = self._book(claims)
        # What is said of the place first: the register lies county by county.
        for said in sorted(claims, key=lambda s: (s.about != "", s.attribute != "home")):
            if said.attribute == "status":
                continue
            if rows is None:
                rows = self._first(said, columns, household)
            else:
                rows = rows[self._fits(said, columns, household, rows)]
        if rows is None:
            rows = np.arange(len(columns["home"]))
        return rows if household is None else household[rows]

    def _first(self, said, columns, household):
        column = columns[said.attribute] if said.attribute in columns and not said.about else None
        if household is None and said.attribute == "home":
            here = np.flatnonzero(self._table(said))
            return np.concatenate([np.arange(self.counties[c], self.counties[c + 1]) for c in here])
        everything = slice(None) if column is not None else np.arange(len(columns["home"]))
        return np.flatnonzero(self._fits(said, columns, household, everything))

    def pursue(self, claims, capacity):
        """As many candidates as it can afford, taken blindly."""
        found = self.candidates(claims)
        return self.rng.choice(found, min(capacity, len(found)), replace=False)

    def join(self, draft, earlier, known, link):
        """The claims it has after reading everything: of releases it cannot be sure of, some it happens to link.

        An earlier release is joined where the link is known, where so few households fit both that nobody could miss
        it, and else with the probability ``link``.
        """
        claims = list(draft)
        for release, is_known in zip(earlier, known, strict=True):
            few = not is_known and len(self.candidates([*draft, *release])) < CANDIDATES_THAT_LINK
            if is_known or few or self.rng.random() < link:
                claims += release
        return claims


class LinkingAttacker(Attacker):
    """One that also sees which earlier releases belong to each other: it joins all of them, or none."""

    def join(self, draft, earlier, known, link):
        """Releases under one name are one story: one of them linked with the draft, and the others come with it."""
        claims = [*draft, *(s for release, k in zip(earlier, known, strict=True) if k for s in release)]
        story = [s for release, k in zip(earlier, known, strict=True) if not k for s in release]
        few = bool(story) and len(self.candidates([*draft, *story])) < CANDIDATES_THAT_LINK
        return claims + story if few or self.rng.random() < link else claims


class HastyAttacker(Attacker):
    """One that knows how fast news travels: of the candidates it takes those first whose act was shortly before."""

    def pursue(self, claims, capacity):
        """The likeliest of the candidates by the delay of the news; of equal ones, any."""
        found = self.candidates(claims)
        score = self.rng.random(len(found)) * 1e-9
        for said in claims:
            if said.attribute == "act_date" and said.lag:
                row = np.searchsorted(self.departures.household, found)
                day = self.departures.act_dates[row, self.laws.acted["act"].names.index(said.about)].astype(int)
                heard = np.cumsum(np.concatenate([[0.0], FAST]))
                first = np.clip(said.days[0] - day, 0, len(FAST))
                score += np.log(heard[np.clip(said.days[1] + 1 - day, 0, len(FAST))] - heard[first] + 1e-12)
        return found[np.argsort(-score)[:capacity]]


class NoisyAttacker(Attacker):
    """Its records of each attribute are wrong or missing in a share of households; it knows the share, and ranks.

    The records are made once for a world: every search meets the same errors. Half of the errors are missing records,
    half are those of another household. A household missing from a list is not looked for in it.
    """

    def __init__(self, rng, departures, rates, register_copy):
        super().__init__(rng, departures)
        self.rates, self.columns, self.relatives = rates, {}, register_copy.relatives
        self.register = register_copy.columns
        self.register_missing = register_copy.missing
        self.missing = {}
        listed = np.flatnonzero(rng.random(len(departures.household)) >= rates["status"])
        self.listed, self.logged = listed, listed[departures.acted[listed]]
        for name, column in departures.columns.items():
            if name in self.register:
                # One file holds what the register and the list say of a household.
                self.columns[name] = self.register[name][departures.household]
                self.missing[name] = self.register_missing[name][departures.household]
            else:
                self.columns[name], self.missing[name] = spoil(rng, column, rates[name])
        self.dates, self.dates_missing = spoil(rng, departures.act_dates, rates["act_date"])

    def pursue(self, claims, capacity):
        """The households of which everything said is likeliest to be true; of equal ones, any."""
        about = {s.attribute for s in claims}
        household, rows = self.departures.household, self.listed
        if about & {"act", "act_date"}:
            rows = self.logged
        elif not about & {"status", "departure", "route", "trait"}:
            household = rows = None
        columns, missing = (self.register, self.register_missing) if household is None else (self.columns, self.missing)
        fitting = self._all_fit(claims, columns, missing, household, rows)
        if len(fitting) >= capacity:
            # Nobody is likelier than those whose records fit throughout.
            return self.rng.choice(fitting, capacity, replace=False)
        number = len(columns["home"]) if rows is None else len(rows)
        score = np.zeros(number, dtype=np.float32)
        for said in claims:
            if said.attribute != "status":
                score += self._weight(said, columns, missing, household, slice(None) if rows is None else rows)
        keep = min(capacity, number)
        limit = np.partition(score, number - keep)[number - keep]
        above, ties = np.flatnonzero(score > limit), np.flatnonzero(score == limit)
        chosen = np.concatenate([above, self.rng.choice(ties, keep - len(above), replace=False)])
        return chosen if rows is None else household[rows[chosen]]

    def _all_fit(self, claims, columns, missing, household, rows):
        """The households whose records are all there and all fit."""
        left = np.arange(len(columns["home"])) if rows is None else rows
        for said in sorted(claims, key=lambda s: s.about != ""):
            if said.attribute != "status":
                fits, unknown = self._look(said, columns, missing, household, left)
                left = left[fits & ~unknown]
        return left if household is None else household[left]

    def _weight(self, said, columns, missing, household, rows):
        """The logarithm of how likely the claim is to be true of each household, given what the record says."""
        rate = self.rates[said.attribute]
        fits, unknown = self._look(said, columns, missing, household, rows)
        share = max(float(fits.mean()), 1e-6)
        right = (1.0 - rate) / (1.0 - rate / 2.0)
        yes, no = right + (1.0 - right) * share, (1.0 - right) * share
        weights = np.log(np.maximum([no, yes, share], 1e-9)).astype(np.float32)
        return weights[np.where(unknown, 2, fits)]

    def _look(self, said, columns, missing, household, rows):
        """By the records: which households fit, and of which nothing is known."""
        if said.attribute == "act_date":
            kind = self.laws.acted["act"].names.index(said.about)
            first, last = as_days(said)
            dates = self.dates[rows, kind]
            return (dates >= first) & (dates <= last), self.dates_missing[rows, kind]
        if said.attribute in _BITS:
            return (columns[said.attribute][rows] & self._mask(said)) != 0, missing[said.attribute][rows]
        if not said.about:
            return self._table(said)[columns[said.attribute][rows]], missing[said.attribute][rows]
        kind, register = KIN.index(said.about), self.departures.register
        # Whom a relative's row belongs to is known; what it says may be wrong.
        true_kin = register.columns["kin"] if household is None else self.departures.columns["kin"]
        kin = true_kin[rows]
        first = register.first_relative[rows if household is None else household[rows]]
        at = first + np.bitwise_count(kin & np.uint16((1 << kind) - 1))
        has = (kin >> np.uint16(kind)) & 1 == 1
        column = self.relatives[said.attribute]
        return has & self._table(said)[column[np.minimum(at, len(column) - 1)]], ~has


class RegisterCopy:
    """The register as the attacker's records have it."""

    def __init__(self, rng, register, rates):
        made = {name: spoil(rng, column, rates[name]) for name, column in register.columns.items()}
        self.columns = {name: column for name, (column, _) in made.items()}
        self.missing = {name: missing for name, (_, missing) in made.items()}
        self.relatives = {
            name: spoil(rng, register.relatives[name], rates[name])[0] for name in ("birth", "occupation")
        }  # fmt: skip


def spoil(rng, column, rate):
    """A column with errors: a share ``rate`` of it is wrong (taken from another row) or missing, half of it each."""
    luck = rng.random(column.shape, dtype=np.float32)
    wrong = luck < rate / 2
    spoiled = column.copy()
    spoiled[wrong] = rng.permutation(column[wrong])
    return spoiled, (luck >= rate / 2) & (luck < rate)
