"""Six ways to attack: in each, what the model predicts for a household and whether it was among those pursued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import toy_worlds as toys
from attack_worlds import chances_of_leaving, draw_departures, make_register, read_laws
from attack_worlds_attacker import Attacker, HastyAttacker, LinkingAttacker, NoisyAttacker, RegisterCopy
from attack_worlds_frames import claims_of, exact_files, shipped_files
from attack_worlds_releases import pick_households, write_release
from scipy.stats import binom, chi2

from bearwitness.disclosure.crowd import Crowd
from bearwitness.disclosure.frames import draw_frames
from bearwitness.disclosure.jigsaw import gather_households
from bearwitness.disclosure.measure import measure_household
from bearwitness.model.claims import HouseholdId
from bearwitness.model.publication import Ledger, LedgerEntry, LedgerPersona, Policy


@dataclass(frozen=True)
class Scenario:
    """A way to attack, and what is claimed of it.

    ``claim``: "exact", the prediction is right; "bound", it is never too low; "open", nothing: it is measured what
    happens where the model's assumptions fail. ``frame``: the world is drawn from the frame's shares, independent or
    correlated, or differs from it ("wrong"): the truth is drawn from the spread that the shipped files state, or, with
    ``worth`` below 1, from a wider one. ``size_told``: how many times too large the model is told the crowd is.
    ``about``: only releases that say this count ("relative's birth", "news"), so that the others do not hide it.
    ``lag_share``: which share of a lag's days the model counts; 1 where the adversary does not know how fast news is.
    """

    name: str
    claim: str
    frame: str = "independent"
    worth: float = 1.0
    linked: bool = False
    generations: bool = False
    vague_kin: bool = False
    fast_news: bool = False
    attacker: type = Attacker
    size_told: float = 1.0
    about: str = ""
    lag_share: float = 1.0


SCENARIOS = (
    Scenario("Independent frame", "exact"),
    Scenario("Correlated frame", "exact", frame="correlated"),
    Scenario("Wrong frame", "bound", frame="wrong", vague_kin=True),
    Scenario("Linked releases", "exact", frame="correlated", linked=True),
    Scenario("Noisy adversary", "bound", frame="correlated", attacker=NoisyAttacker),
    # Its likeliest day has a chance of one in five: 4 of 31 days are counted.
    Scenario("Fast news", "bound", fast_news=True, attacker=HastyAttacker, about="news", lag_share=0.15),
)
BEYOND = (
    Scenario("Frame off by twice what it states", "open", frame="wrong", worth=0.25),
    Scenario("Relatives of real generations", "open", generations=True, about="relative's birth"),
    Scenario("Earlier releases linked with each other", "open", linked=True, attacker=LinkingAttacker),
)
CHECKS = ("status", "home", "surname", "sex", "birth", "occupation", "kin", "trait", "departure", "route", "act",
          "act_date")  # fmt: skip
CAPACITIES = (1, 3, 20, 100)
LINKS = (0.3, 0.6)
# How often a record of each attribute is wrong or missing: as stated for state security.
RATES = {
    "status": 0.05, "home": 0.05, "surname": 0.02, "sex": 0.01, "birth": 0.02, "occupation": 0.15, "kin": 0.05,
    "departure": 0.3, "route": 0.4, "trait": 0.7, "act": 0.1, "act_date": 0.1,
}  # fmt: skip


@dataclass(frozen=True)
class Size:
    """How large a campaign is: residents of a register, registers, draws of who left from each, attacked in each."""

    residents: int
    registers: int
    departures: int
    attacked: int


@dataclass(frozen=True)
class Outcome:
    """Predicted risks, and which of the households were found; ``world`` numbers the draws of who left.

    ``edge``: where the link with an earlier release is uncertain, how many candidates the model counts for the two
    together, the count nearest to the twenty below which they are taken as linked (infinite: none).
    """

    predicted: np.ndarray
    found: np.ndarray
    world: np.ndarray
    edge: np.ndarray
    residents: tuple[int, ...]

    def only(self, keep):
        """Some of the households."""
        return Outcome(self.predicted[keep], self.found[keep], self.world[keep], self.edge[keep], self.residents)


def attack_worlds(scenario, seed, size, draws=1000):
    """Attack households of simulated worlds in one of the scenarios.

    Each draw of who left is a world of its own for those who search the list and the log, and no household is attacked
    twice in it, so that hardly any two attacks share a set of candidates.
    """
    rng = np.random.default_rng(seed)
    wrong = scenario.frame == "wrong"
    files = (
        shipped_files(size.residents) if wrong
        else exact_files(size.residents, correlated=scenario.frame == "correlated")
    )  # fmt: skip
    frames = draw_frames(
        [{**f, "sources": ["a simulated world"], "size": _told(f["size"], scenario.size_told)} for f in files],
        np.random.default_rng(int(rng.integers(1 << 60))), draws if wrong else 1,
    )  # fmt: skip
    attacked, world, residents, number = [], [], [], 0
    for _ in range(size.registers):
        laws = read_laws(files, rng, worth=scenario.worth) if wrong else read_laws(files)
        register = make_register(rng, laws, generations=scenario.generations)
        residents.append(register.residents)
        chance = chances_of_leaving(register, laws)
        more = (RATES, RegisterCopy(rng, register, RATES)) if scenario.attacker is NoisyAttacker else ()
        for _ in range(size.departures):
            if wrong:
                laws = read_laws(files, rng, known=laws, worth=scenario.worth)
                chance = chances_of_leaving(register, laws)
            departures = draw_departures(rng, register, chance, laws)
            attacker = scenario.attacker(rng, departures, *more)
            attacks = [
                attack_one(rng, frames, attacker, int(row), scenario)
                for row in pick_households(rng, departures, size.attacked)
            ]
            attacks = [a for a in attacks if a is not None]
            number += 1
            world += [number] * len(attacks)
            attacked += attacks
    predicted, found, edge = (np.array(part) for part in zip(*attacked, strict=True))
    return Outcome(predicted, found, np.array(world), edge, tuple(residents))


def _told(size, times):
    return {**size, "median": size["median"] * times}


def _says(release, about):
    """Whether a release says what a scenario is about."""
    if about == "news":
        return any(s.lag for s in release)
    return not about or any(s.about and s.attribute == "birth" for s in release)


def attack_one(rng, frames, attacker, row, scenario):
    """Predicted risk of a household (where the frame is wrong, its upper bound), whether it was found, its edge.

    None where the release does not say what the scenario is about.
    """
    departures, linked = attacker.departures, scenario.linked
    capacity = int(rng.choice(CAPACITIES))
    draft, *earlier = (
        write_release(
            rng, departures, row, most=2 if linked else 4, vague_kin=scenario.vague_kin, fast_news=scenario.fast_news
        )
        for _ in range(int(rng.integers(2, 5)) if linked else 1)
    )
    if not _says(draft, scenario.about):
        return None
    link = float(rng.choice(LINKS))
    # A known link: the household goes by the same name in the same outlet.
    known = [bool(rng.random() < 0.5) for _ in earlier]
    one_story = scenario.attacker is LinkingAttacker
    ledger = Ledger(entries=tuple(
        _entry(i, said, "p1" if k else "another" if one_story else f"another {i}")
        for i, (said, k) in enumerate(zip(earlier, known, strict=True))
    ))  # fmt: skip
    policy = Policy(link=link, outlet="weekly", lag_share=scenario.lag_share)
    acts = departures.register.laws.acted["act"].names
    crowd = Crowd(frames, toys.adversary(capacity, CHECKS, acts))
    household, = gather_households([toys.persona()], claims_of(draft, "d"), ledger, policy)
    risk = measure_household(household, crowd, policy).joined
    claims = attacker.join(draft, earlier, known, link)
    hit = int(departures.household[row]) in attacker.pursue(claims, capacity)
    counts = [
        1.0 + float(np.median(crowd.others([*household.draft, *r.constraints])))
        for r in household.releases if r.bound < 1.0
    ]  # fmt: skip
    edge = min(counts, key=lambda k: abs(np.log(k / 20.0)), default=np.inf)
    return risk.upper if scenario.frame == "wrong" else risk.risk, hit, edge


def _entry(number, said, label):
    persona = LedgerPersona(
        id=f"r{number}p", household=HouseholdId("h1"), claims=claims_of(said, f"r{number}"), label=label
    )
    return LedgerEntry(id=f"r{number}", outlet="weekly", published=date(2024, 1, 1), title="", personas=(persona,))


@dataclass(frozen=True)
class Decile:
    """A tenth of the households by predicted risk: mean prediction, how many were found, and the binomial band.

    ``spread`` is the variance of the number found, from each household's own prediction.
    """

    number: int
    predicted: float
    found: int
    low: int
    high: int
    spread: float

    @property
    def word(self):
        """Where the number found lies."""
        return "below" if self.found < self.low else "above" if self.found > self.high else "inside"

    def by_chance(self, claim):
        """The probability of lying outside (for a bound: above) if the prediction is right."""
        above = float(binom.sf(self.high, self.number, self.predicted))
        return above + (float(binom.cdf(self.low - 1, self.number, self.predicted)) if claim == "exact" else 0.0)

    def holds(self, claim):
        """Whether the decile is as claimed."""
        return self.word == "inside" or (self.word == "below" and claim != "exact")

    @property
    def deviation(self):
        """How far the number found is from the prediction, in standard deviations."""
        return (self.found - self.number * self.predicted) / np.sqrt(max(self.spread, 0.05))


def deciles(outcome, level=0.95):
    """Ten groups of equal size by predicted risk, each with the binomial band around its mean prediction."""
    order = np.argsort(outcome.predicted, kind="stable")
    rows = []
    for part in np.array_split(order, 10):
        risks = outcome.predicted[part]
        low, high = binom.interval(level, len(part), risks.mean())
        spread = float(np.sum(risks * (1.0 - risks)))
        rows.append(Decile(len(part), float(risks.mean()), int(outcome.found[part].sum()), int(low), int(high), spread))
    return rows


def joint_test(rows, claim):
    """The probability of deviations at least as large as those seen, over all deciles together, if the claim holds.

    Exact: Hosmer and Lemeshow's sum of squares over groups, with the variance of each household's own prediction,
    chi-square with as many degrees of freedom as there are groups (nothing is fitted). Bound: only groups above their
    prediction count, each with half a degree (chi-bar-square). Groups in which less than three are left to chance
    are taken together with the next.
    """
    groups, carried = [], (0.0, 0.0)
    for row in rows:
        carried = (carried[0] + row.found - row.number * row.predicted, carried[1] + row.spread)
        if carried[1] >= 3.0:
            groups.append(carried)
            carried = (0.0, 0.0)
    if carried[1] > 0 and groups:
        groups[-1] = (groups[-1][0] + carried[0], groups[-1][1] + carried[1])
    if claim == "exact":
        return float(chi2.sf(sum(d * d / v for d, v in groups), len(groups)))
    total = sum(max(d, 0.0) ** 2 / v for d, v in groups)
    if total == 0.0:
        return 1.0
    weights = binom.pmf(np.arange(len(groups) + 1), len(groups), 0.5)
    return float(sum(w * chi2.sf(total, k) for k, w in enumerate(weights) if k))


def between_worlds(outcome):
    """How far the worlds differ among each other, against what independent attacks would: 1 where nothing clusters.

    With the probability of so large a figure if nothing does (chi-square, a degree for each world).
    """
    parts = [np.flatnonzero(outcome.world == w) for w in np.unique(outcome.world)]
    total = 0.0
    for part in parts:
        risks = outcome.predicted[part]
        total += float(outcome.found[part].sum() - risks.sum()) ** 2 / float(np.sum(risks * (1.0 - risks)))
    return total / len(parts), float(chi2.sf(total, len(parts)))
