"""Verbs of an English sentence: which clause each carries, or which noun or verb it hangs on."""

from __future__ import annotations

from bearwitness.text.rewording_en_frames import Frame, Reader
from bearwitness.text.rewording_en_units import AFTER_NOUNS, SAYS


def place_verb(reader: Reader, i: int) -> None:
    """Hang a verb where it belongs, by its form, its subject and what joins it to another.

    Parameters
    ----------
    reader : Reader
        What is open before it.
    i : int
        The unit of the verb.
    """
    unit = reader.shape.units[i]
    first = reader.shape.tokens[unit.first]
    frame = reader.frames[-1]
    participle = first.lower in AFTER_NOUNS and i > 0 and reader.shape.units[i - 1].kind == "np"
    if participle and (frame.verb < 0 or reader.shape.units[i - 1].role != "subject"):
        reader.open(i, "part", i - 1)
    elif first.tag == "to":
        reader.open(i, "inf", frame.verb if frame.verb >= 0 else frame.last_np)
    elif not unit.finite:
        _participle(reader, i)
    elif reader.cc >= 0 and _joined(reader, i):
        pass
    else:
        _finite(reader, i)
    for adverb in reader.adverbs:
        reader.shape.units[adverb].head = i
    reader.adverbs.clear()
    reader.prep = -1


def _participle(reader: Reader, i: int) -> None:
    frame = reader.frames[-1]
    if reader.prep >= 0:
        reader.open(i, "gerund", reader.prep)
        return
    if reader.cc >= 0 and frame.verb >= 0:
        reader.join(i, frame)
        return
    before = reader.shape.units[i - 1] if i else None
    head = frame.last_np if before is not None and before.kind == "np" else frame.verb
    reader.open(i, "part", head if head >= 0 else frame.last_np)


def _joined(reader: Reader, i: int) -> bool:
    """A verb after "and" without a subject of its own joins the nearest one that carries a clause."""
    for k in range(len(reader.frames) - 1, -1, -1):
        frame = reader.frames[k]
        if frame.verb >= 0 and (reader.shape.units[frame.verb].finite or k == 0):
            while len(reader.frames) > k + 1:
                reader.pop()
            reader.join(i, frame)
            return True
    return False


def _finite(reader: Reader, i: int) -> None:
    frame = reader.frames[-1]
    before = i - 1
    while before >= 0 and reader.shape.units[before].kind == "adv":
        before -= 1
    bare = reader.shape.tokens[reader.shape.units[i].first].tag == "past"
    for k in range(len(reader.frames) - 1, -1, -1):
        if reader.frames[k].verb < 0 and reader.frames[k].subject >= 0:
            while len(reader.frames) > k + 1:
                reader.pop()
            reader.assign(i)
            return
    if before >= 0 and reader.shape.units[before].kind == "np" and frame.verb >= 0:
        np = reader.shape.units[before]
        says = reader.shape.last_word(frame.verb) in SAYS
        if bare and not says and not reader.shape.is_person(before):
            reader.open(i, "part", before)
            return
        head = frame.verb if says else before - 1
        new = Frame(role="comp" if says else "rel", head=head, subject=before, last_np=before)
        new.waiting.append(before)
        np.role = "subject"
        reader.push(new)
        reader.assign(i)
        return
    if frame.verb >= 0:
        reader.join(i, frame)
        return
    reader.assign(i)
