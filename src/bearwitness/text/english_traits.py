"""What marks one person out in English without a name: illness, the body, faith, descent, family state, unusual work.

A register holder knows these as well as a date of birth. No claim of the model stands for them yet, so each is in doubt
until an editor takes it out or decides it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from bearwitness.text import rules_names, rules_occupations
from bearwitness.text.english_allusions import Allusion
from bearwitness.text.particles import word_set

HEALTH: Final = rules_occupations.HEALTH.why_en
DESCENT: Final = rules_occupations.DESCENT.why_en
NATION: Final = rules_occupations.NATION.why_en
NARROWING: Final = rules_occupations.NARROWING.why_en
WORK: Final = rules_occupations.WORK.why_en
ROLE: Final = rules_occupations.ROLE.why_en
TITLE: Final = rules_names.QUOTED_TITLE.why_en

_HEALTH: Final = re.compile(
    r"\b(?:(?:(?!diploma|aroma|utopia|ethiopia|academia|bohemia|nostalgia|empath|sympath|telepath)[a-z]+(?:itis"
    r"|osis|oma|opia|opic|opathy|plegia|plegic|aemia|emia|pathic|algia|sclerosis|phrenia|phrenic))"
    r"|cancers?|tumou?rs?|leuka?emia|diabet(?:es|ic)|epilep(?:sy|tic)|asthma(?:tic)?|tuberculosis|TB|HIV|AIDS|malaria"
    r"|cholera|typhoid|stroke|coma|dementia|alzheimer's|parkinson's|autis(?:m|tic)|depress(?:ion|ive)|bipolar|ptsd"
    r"|schizo[a-z]+|psychiatric|mental(?:ly)? (?:ill(?:ness)?|disorder|handicap)|pneumonia|anorexia|obes(?:e|ity)"
    r"|disabled|disabilit(?:y|ies)|handicap(?:s|ped)?|wheelchairs?|crutches|cripple[ds]?|lame|limp(?:s|ed|ing)?"
    r"|deaf(?:ness)?|blind(?:ness)?"
    r"|mute|stutter(?:s|ed|ing)?|stammer(?:s|ed|ing)?|amputat(?:ed|ion|ee)|prosthe(?:tic|sis)|paraly[sz]ed|paralysis"
    r"|scars?|scarred|tattoo(?:s|ed)?|birthmarks?|harelip|hunchback|dwarf(?:ism)?|albino"
    r"|one-(?:armed|legged|eyed|handed)|left-handed"
    r"|(?:lost|losing|loses|loss of) (?:[a-z]+ ){0,2}(?:arm|leg|hand|foot|feet|eye|eyes|ear|fingers?|toes?|sight"
    r"|hearing"
    r"|eyesight|vision|speech)"
    r"|(?:severe|serious|chronic|congenital|strong|acute|permanent|reconstructive|surgical|plastic"
    r"|corrective)(?: [a-z]+)?"
    r" (?:complications?|illness|disease|condition|injur(?:y|ies)|operations?|surgery|degeneration|disorder"
    r"|damage|pain)"
    r"|(?:heart|kidney|liver|lung|skin|eye|brain|blood|bone|spinal|cardiac|renal|neurological|hereditary|genetic)"
    r" (?:disease|attack|failure|condition|trouble|problems?|transplant|disorder|injur(?:y|ies)|defect)"
    r"|miscarr(?:iage|ied)|pregnan(?:t|cy)|abortion|infertil(?:e|ity)|transplant|dialysis|chemotherapy|surgery"
    r"|fractur(?:es?|ed)|psychotic|psychosis|paranoid|sciatica|degenerative|vertebra[el]?|prosthe(?:ses|tics)"
    r"|knee(?:cap)?s?"
    r"|(?:left|right|lower|upper) (?:eye|leg|knee|arm|hand|foot|ear|shoulder|hip|ankle|thigh|shin|elbow|wrist"
    r"|side|orbital)"
    r"|(?:near|far|short)-?sighted(?:ness)?"
    r"|addict(?:ed|ion)?|alcoholi(?:c|sm)|overweight)(?![\w-])", re.I
)  # fmt: skip
_PERSON: Final = (
    "man|woman|men|women|boy|girl|person|people|child|children|couple|family|families|mother|father|parents?|son"
    "|daughter|brother|sister|wife|husband|widow|widower|worker|workers|student|citizens?|nationals?|residents?"
    "|community|minority|descent|origin|background|applicant|victim|prisoner|defector|refugee|youth|officer|doctor"
    "|teacher|nurse|believers?|pastor|priest|converts?|faith"
)
_DESCENT: Final = re.compile(
    r"\b(?:(?:black|white|brown|mixed-race|coloured|colored|red-haired|blond[e]?|bald|tall|short|fat|obese|gay|lesbian"
    rf"|homosexual|bisexual|transgender|transsexual|divorced|separated|unmarried|childless|adopt(?:ed|ive)"
    rf"|orphaned)(?= (?:{_PERSON})\b)"
    r"|homosexual(?:ity|s)?|lesbians?|bisexual|transgender|transsexual"
    r"|orphan(?:s|ed)?|twins?|triplets?|widower|divorc(?:ed|ee|ée)|only child|breadwinner|foster (?:child|son"
    r"|daughter|parents?)"
    r"|adopted (?:child|son|daughter)|stepson|stepdaughter|stepchild(?:ren)?|illegitimate|bigam(?:y|ist)"
    r"|shaman(?:ess)?|fortune[- ]teller|returnees? from Japan|half-(?:Japanese|Chinese|Korean|Russian|American)"
    r"|(?:ethnic(?:ally)?|of) (?:Chinese|Japanese|Korean|Russian|Roma|Kurdish|Jewish|Arab|African"
    r"|Asian)(?: (?:origin|descent|extraction))?"
    r"|Roma|Gypsy|Gypsies|Kurd(?:s|ish)?|Jew(?:s|ish)?|Muslims?|Islam(?:ic)?|Alevi|Buddhists?|Catholics?|Protestants?"
    r"|Baptists?|Pentecostals?|Jehovah's Witness(?:es)?|Chondoists?|Cheondoists?|Christians?|imam|rabbi|monk"
    r"|nun)(?![\w-])"
)  # fmt: skip
# Countries so common in these texts that they are printed; as somebody's own they are still a trait of few.
_FEW: Final = (
    "Japan|Russia|the United States|the US|the USA|America|Europe|Africa|Geneva|Brussels|New York|Washington|Tokyo"
    "|Moscow"
)
_NATION: Final = re.compile(
    r"\b(?:[A-Z][a-z]+(?:ean|ian|an|ese|ish|i|ch|ss)(?: [A-Z][a-z]+(?:ean|ian|an|ese|ish|i))?)"
    r"(?= (?:national(?:s|ity)?|citizen(?:s|ship)?|passport|descent|origin)\b)"
    r"|\b(?:(?:nationals?|citizens?) of(?= )|liv(?:es?|ed|ing)|resid(?:es?|ed|ing)|(?:re)?settl(?:ed?|es|ing)"
    r"|based|born|raised|grew up|stud(?:y|ies|ied|ying)"
    r"|practi[sc]ing|emigrated|moved|asylum|exile|fled|escaped)"
    rf"(?: (?:now |mostly |again )?(?:in|to|at))? (?P<where>{_FEW})\b"
)
_TITLE: Final = re.compile(r'(?<=[\w,(] )"([A-Z][^"\n.!?,;]{0,40}[^"\n.!?,;\s])"|(?<=[\w,(] )"([A-Z]\w+)"')
_MOST_TITLE_WORDS: Final = 6
# Adjectives before an occupation that fit nearly anybody.
_COMMON_BEFORE: Final = frozenset(
    ["former", "young", "old", "older", "elderly", "fellow", "local", "senior", "junior", "good", "simple", "ordinary",
     "poor", "new", "late", "the", "a", "an", "his", "her", "their", "my", "our", "one", "another", "who", "was", "is",
     "of", "and", "or", "as", "by", "with", "to", "for", "some", "any", "every", "no", "other", "same", "said", "then"]
)  # fmt: skip
_BEFORE_WORK: Final = re.compile(r"\b(?:[Aa]n?|[Tt]he|[Hh]is|[Hh]er|former|one|another) ((?:[a-z][a-z-]+ ){1,4})$")
_AGENT: Final = re.compile(
    r"\b(?P<how>(?:[Aa]s|was|were|is|became|becomes?|been|being|works?|worked|employed as|post of|job of"
    r"|position of) (?:an?|the) )"
    r"(?P<what>(?:[a-z][a-z-]+ ){0,4}?(?:[a-z-]{3,}(?:eer|ist|ian|smith|wright|keeper|monger|maker|driver"
    r"|cleaner|officer|clerk"
    r"|manager|director|worker|operator|inspector|instructor|teacher|trainer|coach|dealer|trader|merchant|seller"
    r"|painter"
    r"|writer|singer|player|actor|actress|dancer|designer|builder|carpenter|plumber|baker|butcher|barber"
    r"|hairdresser|tailor"
    r"|waiter|waitress|porter|miner|farmer|fisherman|sailor|pilot|captain|soldier|sergeant|corporal|lieutenant|colonel"
    r"|surveyor|lecturer|professor|researcher|librarian|secretary|accountant|assistant|attendant|consultant|agent|guard"
    r"|lawyer|solicitor|barrister|advocate|judge|notary|mayor|councillor|deputy)|officer|clerk|manager|director"
    r"|guard|tailor"
    r"|farmer|miner|baker|porter|painter|lawyer|solicitor|barrister|judge|mayor|engineer|chemist|dentist|surgeon|vet"
    r"|advocate|physician|practitioner|principal|owner|founder|editor|publisher|businessman|businesswoman"
    r"|fireman|postman|salesman|foreman|chairman|craftsman|policeman|policewoman|midwife|nanny"
    r"|cook|chef|maid|monk|priest|trader|merchant|student|pupil|apprentice|trainee|pensioner|self-employed))\b"
)  # fmt: skip
_ROLE: Final = re.compile(
    r"(?:\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|one|another)"
    r"|'s) (?P<what>(?:[a-z][a-z-]+ ){0,2}?(?:mayor|notary|landlord|landlady"
    r"|headmaster|headmistress|head ?teacher|deacon|preacher|priest|pastor|rapporteur|solicitor|barrister"
    r"|counsel|official receiver"
    r"|employer|operator|expert|accountant|neighbou?r|flatmate|roommate|classmate|colleague|workmate|schoolmate"
    r"|godfather"
    r"|fianc[eé]e?|boyfriend|girlfriend|lover|mistress|guardian|tenant|lodger|witness|informant|co-defendant|co-accused"
    r"|accomplice|cellmate|headman|village (?:head|chief)|team leader|unit head"
    r"|(?:head|leader|owner|founder|manager|director|chairman|chairwoman|deputy|secretary|treasurer"
    r"|captain|keeper)"
    r"(?= of (?:the|an?|[A-Z]|his|her|its|their)\b)))\b"
    r"|\b(?P<state>married|unemployed|self-employed|retired|pensioner|widowed|jobless|homeless|illiterate)\b"
)
_MAKER: Final = re.compile(
    r"\b(?:[Aa]s|was|were|is|became|becomes?|been|being|works?|worked|employed as|job of) (?:an?|the) "
    r"(?P<what>(?:[a-z][a-z-]+ ){0,2}?(?P<last>[a-z-]{2,}(?:er|or)))\b(?! (?:of|than|to|for|who)\b)"
)
# Words that end like somebody who does something, and are nobody.
_NO_MAKERS: Final = word_set(
    "matter number letter order power paper river water winter summer chapter register offer answer manner "
    "danger corner border error factor sector minor major motor mirror terror horror tractor computer "
    "newspaper dinner supper shelter filter layer member character cover disaster monster further former later "
    "latter other another either neither rather whether never ever over under after tower flower shower silver "
    "butter leather weather feather father mother brother sister daughter easter master quarter shoulder "
    "finger hunger anger timber lumber rubber ladder bladder murder disorder reminder remainder indicator "
    "elevator escalator generator reactor sensor tumor humor favor harbor labor color honor rumor armor vapor "
    "floor door poor odor rigor stupor warrior interior exterior inferior superior prior better worse bitter "
    "proper upper lower inner outer clever sober tender slender eager longer bigger smaller larger greater "
    "higher closer harder easier earlier older younger newer barrier career beer deer peer center theater "
    "meter kilometer liter fiber caliber saber somber encounter counter charter batter chatter scatter shatter "
    "litter glitter twitter buffer differ suffer refer prefer infer transfer confer defer offender fever lever "
    "sewer"
)
_NO_WORK: Final = re.compile(
    r"(?:whole|key|prime|main|determining|deciding|contributing|limiting) |(?:matter|manner|result|member)\b"
)


def find_traits(text: str, ordinary: Collection[str]) -> Iterator[Allusion]:
    """Every passage that tells a trait by which one person can be known, in the order of kinds.

    Parameters
    ----------
    text : str
        Normalised English text.
    ordinary : collection of str
        Ordinary words in lower case: a quoted sentence of them is speech and no title.
    """
    for match in _HEALTH.finditer(text):
        yield Allusion(match.start(), match.end(), HEALTH)
    for match in _DESCENT.finditer(text):
        yield Allusion(match.start(), match.end(), DESCENT)
    for start, end in find_nations(text):
        yield Allusion(start, end, NATION)
    for match in _TITLE.finditer(text):
        said = match[1] or match[2]
        if len(said.split()) <= _MOST_TITLE_WORDS and not _is_speech(said, ordinary):
            yield Allusion(match.start() + 1, match.end() - 1, TITLE)
    for match in _ROLE.finditer(text):
        group = "what" if match["what"] else "state"
        yield Allusion(match.start(group), match.end(group), ROLE)
    for match in _AGENT.finditer(text):
        if not _NO_WORK.match(match["what"]):
            yield Allusion(match.start("what"), match.end("what"), WORK)
    for match in _MAKER.finditer(text):
        if match["last"] not in _NO_MAKERS and not _NO_WORK.match(match["what"]):
            yield Allusion(match.start("what"), match.end("what"), WORK)


def find_nations(text: str) -> Iterator[tuple[int, int]]:
    """Countries told as somebody's own: a nationality, or where somebody lives who is one of few there.

    Parameters
    ----------
    text : str
        Normalised English text.
    """
    for match in _NATION.finditer(text):
        if match["where"]:
            yield match.span("where")
        elif not match.group().startswith(("North Korean", "South Korean", "Korean")):
            yield match.span()


def _is_speech(said: str, ordinary: Collection[str]) -> bool:
    """Whether quoted words are a piece of a sentence: one capital, the rest small ordinary words, more than two."""
    words = said.split()
    return len(words) > 2 and all(w.islower() and w.strip("'-") in ordinary for w in words[1:])


def narrowing_words(text: str, start: int) -> tuple[int, int] | None:
    """The words between an article and an occupation that narrow it ("a *local housing* officer"), if there are any.

    Parameters
    ----------
    text : str
        Normalised text.
    start : int
        Where the occupation begins.
    """
    match = _BEFORE_WORK.search(text, max(0, start - 70), start)
    if match is None:
        return None
    first = match.start(1)
    words = match[1].split()
    while words and words[0] in _COMMON_BEFORE:
        first += len(words[0]) + 1
        words = words[1:]
    if not words or any(w in _COMMON_BEFORE for w in words):
        return None
    return first, start - 1
