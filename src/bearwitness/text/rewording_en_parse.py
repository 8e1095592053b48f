"""The shape of an English sentence: which noun, preposition and verb hangs on which."""

from __future__ import annotations

from bearwitness.text.rewording_en_frames import Frame, Reader
from bearwitness.text.rewording_en_tokens import EITHER, read_tokens
from bearwitness.text.rewording_en_units import NAME_NOUNS, SAYS, Role, Shape, chunk
from bearwitness.text.rewording_en_verbs import place_verb


def read_shape(text: str, start: int, end: int) -> Shape:
    """Cut a sentence into units and say which hangs on which.

    Parameters
    ----------
    text : str
        The text, typographic quotes made plain.
    start, end : int
        One sentence of it.

    Notes
    -----
    A shallow reading by closed classes and endings: right for the plain sentences of a report. Where it is wrong a
    change is refused or reads badly, but never says more: what has to go goes by its offsets.
    """
    tokens = read_tokens(text, start, end)
    shape = Shape(tokens, chunk(tokens))
    _build(Reader(shape))
    return shape


def _build(reader: Reader) -> None:
    for i, unit in enumerate(reader.shape.units):
        if unit.kind == "comma":
            _comma(reader, i)
            continue
        if unit.kind == "mark":
            _mark(reader, i)
            continue
        if unit.kind == "np":
            _np(reader, i)
        elif unit.kind == "prep":
            _prep(reader, i)
        elif unit.kind == "verb":
            place_verb(reader, i)
        elif unit.kind == "adv":
            _adv(reader, i)
            continue
        else:
            _link(reader, i)
            continue
        reader.comma = -1
    while len(reader.frames) > 1:
        reader.pop()


def _mark(reader: Reader, i: int) -> None:
    """A dateline ends at its dash; after a semicolon or a quotation a clause of its own begins."""
    written = reader.shape.tokens[reader.shape.units[i].first].text
    if written in "–—-:" and reader.frames[0].verb < 0:
        reader.frames = [Frame(role="main", head=-1)]
    elif written == '"':
        reader.quoted = not reader.quoted
    closes = written == ";" or (written == '"' and not reader.quoted and reader.comma == i - 1)
    if closes and reader.frames[0].verb >= 0:
        while len(reader.frames) > 1:
            reader.pop()
        reader.push(Frame(role="coord", head=reader.frames[0].verb))
        reader.cc = reader.comma = reader.prep = -1


def _comma(reader: Reader, i: int) -> None:
    if i and reader.shape.last_word(i - 1) in NAME_NOUNS and reader.shape.is_next(i, "np"):
        # "Identified by her surname, Chu, ...": the name is still within what is said.
        reader.comma = i
        return
    opened = [k for k, f in enumerate(reader.frames) if f.comma >= 0]
    initial = [k for k, f in enumerate(reader.frames) if f.role == "sub" and f.head == -1]
    if opened and reader.frames[opened[-1]].root >= 0:
        while len(reader.frames) > opened[-1]:
            reader.pop(i if len(reader.frames) == opened[-1] + 1 else -1)
    elif initial:
        while len(reader.frames) > initial[0]:
            reader.pop(i)
    elif reader.frames[-1].role in ("rel", "part", "inf", "gerund") and reader.frames[0].verb < 0:
        while len(reader.frames) > 1:
            reader.pop()
    reader.comma = i
    reader.prep = -1


def _link(reader: Reader, i: int) -> None:
    tag = reader.shape.tokens[reader.shape.units[i].first].tag
    frame = reader.frames[-1]
    if tag == "cc":
        reader.cc = i
        return
    if tag == "sub":
        _subordinate(reader, i)
        return
    verb = frame.verb
    if tag == "that" and verb >= 0 and (
        reader.shape.last_word(verb) in SAYS or not (i and reader.shape.units[i - 1].kind == "np")
    ):
        new = Frame(role="comp", head=verb)
    else:
        new = Frame(role="rel", head=reader.shape.antecedent(i, frame.last_np), comma=reader.comma)
    new.waiting.append(i)
    reader.shape.units[i].role = "word"
    if reader.cc >= 0:
        new.waiting.append(reader.cc)
        reader.cc = -1
    if reader.shape.is_next(i, "verb", "adv"):
        new.subject = i
    reader.comma = -1
    reader.push(new)


def _subordinate(reader: Reader, i: int) -> None:
    frame = reader.frames[-1]
    word = reader.shape.word(i)
    waits = frame.verb < 0 and frame.subject >= 0
    follows = reader.shape.clause_follows(i) or reader.shape.clause_after_aside(i)
    if word in EITHER and (waits or not follows):
        reader.shape.units[i].kind = "prep"
        _prep(reader, i)
        return
    new = Frame(role="sub", head=frame.verb, comma=reader.comma if frame.verb >= 0 else -1)
    new.waiting.append(i)
    reader.shape.units[i].role = "word"
    reader.comma = -1
    if reader.shape.is_next(i, "verb"):
        new.subject = i
    reader.push(new)


def _adv(reader: Reader, i: int) -> None:
    frame = reader.frames[-1]
    reader.shape.units[i].role = "word"
    if reader.shape.is_next(i, "verb", "adv"):
        reader.adverbs.append(i)
    elif frame.verb >= 0:
        reader.shape.units[i].head = frame.verb
    else:
        frame.waiting.append(i)


def _np(reader: Reader, i: int) -> None:
    frame = reader.frames[-1]
    if reader.prep >= 0:
        role: Role = "pobj" if reader.cc < 0 else "conj"
        reader.hang(i, reader.prep if reader.cc < 0 else frame.last_np, role)
        frame.last_np, reader.prep = i, -1
        return
    attribution = reader.comma >= 0 and reader.cc < 0 and reader.shape.speaks_next(i)
    if frame.verb >= 0 and ((reader.cc >= 0 and reader.shape.clause_follows(i)) or attribution):
        _coordinate(reader, i)
        return
    if reader.comma >= 0 and reader.cc < 0 and frame.last_np >= 0 and reader.shape.is_apposition(i, reader.comma):
        reader.push(Frame(role="appos", head=frame.last_np, root=i, comma=reader.comma, last_np=i))
        reader.shape.units[i].comma = reader.comma
        reader.hang(i, frame.last_np, "appos")
        return
    opens = reader.comma >= 0 and frame.verb < 0 and frame.subject < 0
    if frame.last_np >= 0 and not opens and (reader.cc >= 0 or (reader.comma >= 0 and frame.verb < 0)):
        reader.hang(i, reader.shape.alike(i, frame.last_np), "conj")
    elif frame.verb < 0 and frame.subject < 0 and frame.role not in ("appos", "adjunct"):
        frame.subject = i
        reader.shape.units[i].role = "subject"
        frame.waiting.append(i)
    elif frame.verb >= 0:
        reader.hang(i, frame.verb, "object")
    else:
        reader.hang(i, frame.root if frame.root >= 0 else frame.last_np, "adjunct")
    frame.last_np = i


def _coordinate(reader: Reader, i: int) -> None:
    while reader.frames[-1].role not in ("main", "comp", "sub", "coord") and len(reader.frames) > 1:
        reader.pop()
    frame = reader.frames[-1]
    # "..., he said, but ...": who speaks stands between commas.
    aside = reader.comma if reader.cc < 0 else -1
    new = Frame(role="coord", head=frame.verb, subject=i, last_np=i, comma=aside)
    new.waiting.append(i)
    if reader.cc >= 0:
        new.waiting.append(reader.cc)
        reader.shape.units[reader.cc].role = "word"
    reader.shape.units[i].role = "subject"
    reader.cc = -1
    reader.push(new)


def _prep(reader: Reader, i: int) -> None:
    frame = reader.frames[-1]
    before = reader.shape.units[i - 1] if i else None
    role: Role = "adjunct"
    if reader.comma >= 0 and frame.verb < 0 and frame.last_np >= 0 and frame.role == "main":
        reader.push(Frame(role="adjunct", head=frame.last_np, root=i, comma=reader.comma))
        reader.shape.units[i].comma = reader.comma
        reader.hang(i, frame.last_np, role)
    elif before is not None and before.kind == "np" and (reader.shape.word(i) == "of" or frame.verb < 0):
        reader.hang(i, i - 1, role)
    elif frame.verb >= 0:
        reader.hang(i, frame.verb, role)
    elif frame.last_np >= 0:
        reader.hang(i, frame.last_np, role)
    else:
        frame.waiting.append(i)
        reader.shape.units[i].role = role
    reader.prep = i
