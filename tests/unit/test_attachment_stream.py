"""A sealed attachment opens whole or not at all, and its size tells little."""

import hashlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl import bindings

from bearwitness.errors import DamagedAttachment
from bearwitness.vault.attachment_stream import CHUNK_BYTES, MAGIC, ROOM, open_stream, padded_size, seal_stream

KEY, OTHER_KEY = bytes(range(32)), bytes(32)
ID = b"a-7k2qd4"
HEAD_BYTES = len(MAGIC) + 24
SEALED_CHUNK = CHUNK_BYTES + 17


def pattern(size):
    """Bytes in which every place differs from those near it."""
    return (hashlib.sha256(b"pattern").digest() * (size // 32 + 1))[:size]


def seal(plain, key=KEY, file_id=ID):
    target = io.BytesIO()
    seal_stream(io.BytesIO(plain), target, key=key, file_id=file_id)
    return target.getvalue()


def unseal(sealed, key=KEY, file_id=ID):
    target = io.BytesIO()
    open_stream(io.BytesIO(sealed), target, key=key, file_id=file_id)
    return target.getvalue()


def refused(sealed, plain, **options):
    """Opening fails, says where, and has released nothing but a beginning of the true file."""
    target = io.BytesIO()
    with pytest.raises(DamagedAttachment) as caught:
        open_stream(io.BytesIO(sealed), target, key=options.get("key", KEY), file_id=options.get("file_id", ID))
    assert plain.startswith(target.getvalue())
    assert caught.value.where
    assert caught.value.hint
    return target.getvalue()


def pieces(sealed):
    """The head and the chunks of a sealed stream."""
    rest = sealed[HEAD_BYTES:]
    return sealed[:HEAD_BYTES], [rest[i : i + SEALED_CHUNK] for i in range(0, len(rest), SEALED_CHUNK)]


@settings(deadline=None, max_examples=40)
@given(size=st.one_of(st.integers(0, 300), st.integers(0, 5 * ROOM)), key=st.binary(min_size=32, max_size=32))
def test_what_is_sealed_opens_again(size, key):
    """Any file comes back byte for byte, with its hash and size both ways."""
    plain = pattern(size)
    sealed, opened = io.BytesIO(), io.BytesIO()
    first = seal_stream(io.BytesIO(plain), sealed, key=key, file_id=ID)
    second = open_stream(io.BytesIO(sealed.getvalue()), opened, key=key, file_id=ID)
    assert opened.getvalue() == plain
    assert first == second
    assert (first.sha256, first.size) == (hashlib.sha256(plain).hexdigest(), size)


@pytest.mark.parametrize("chunks", [1, 2, 31, 64])
@pytest.mark.parametrize("more", [-1, 0, 1])
def test_a_size_at_the_edge_of_a_chunk_opens_again(chunks, more):
    """One byte around a whole number of chunks makes no difference."""
    plain = pattern(chunks * ROOM + more)
    assert unseal(seal(plain)) == plain


@given(st.integers(0, 2**45))
def test_padding_is_small_and_hides_the_size(size):
    """A padded size is never smaller, at most 3.2 % larger above one chunk, and one of few."""
    padded = padded_size(size)
    assert padded >= size
    assert padded == padded_size(padded)
    assert padded == ROOM if size <= ROOM else padded <= size * 1.032


def test_files_of_a_like_size_cannot_be_told_apart():
    """All files that fit in one chunk are sealed to one size, and large ones to a few."""
    assert len({len(seal(pattern(n))) for n in (0, 1, 2_000, ROOM)}) == 1
    assert len({padded_size(n) for n in range(2**26, 2**27, 9973)}) <= 33


def test_the_sealed_size_is_the_padded_size():
    """What lies on the disk follows from the padded size alone."""
    for size in (0, ROOM + 1, 3 * ROOM, 1_000_003):
        chunks = -(-padded_size(size) // ROOM)
        assert len(seal(pattern(size))) == HEAD_BYTES + padded_size(size) + chunks * (4 + 17)


def test_nothing_plain_is_in_the_sealed_bytes():
    """Neither the text nor the id can be read, and sealing twice gives different bytes."""
    text = b"kanarienvogel" * 50
    sealed = seal(text)
    assert b"kanarienvogel" not in sealed
    assert ID not in sealed
    assert sealed[len(MAGIC) :] != seal(text)[len(MAGIC) :]


@pytest.mark.parametrize("size", [0, 10, 3 * ROOM + 5])
def test_a_stream_cut_short_is_noticed(size):
    """Cut anywhere, at a chunk's edge too, a stream does not open."""
    plain = pattern(size)
    sealed = seal(plain)
    edges = [HEAD_BYTES + i * SEALED_CHUNK for i in range(len(pieces(sealed)[1]))]
    for length in (0, 1, len(MAGIC), HEAD_BYTES - 1, *edges, *(e + 20 for e in edges), len(sealed) - 1):
        refused(sealed[:length], plain)


def test_a_last_chunk_that_does_not_open_releases_only_what_came_before():
    """A flipped bit at the end shows after the good chunks were given, and its own chunk is not given."""
    plain = pattern(3 * ROOM + 5)
    sealed = bytearray(seal(plain))
    sealed[-1] ^= 1
    assert refused(bytes(sealed), plain) == plain[: 3 * ROOM]


@pytest.mark.parametrize("more", [b"\0", b"x" * 17, b"x" * SEALED_CHUNK])
def test_what_follows_the_end_is_noticed(more):
    """A stream with anything behind its last chunk does not open, and its last chunk is not released."""
    plain = pattern(2 * ROOM + 5)
    sealed = seal(plain)
    assert refused(sealed + more, plain) == plain[: 2 * ROOM]
    refused(sealed + sealed, plain)
    refused(sealed + pieces(sealed)[1][-1], plain)
    # Where the last chunk is a whole one, what follows is not read together with it.
    plain = pattern(ROOM)
    assert refused(seal(plain) + more, plain) == b""


def test_chunks_in_another_order_are_noticed():
    """Chunks that are swapped, doubled, left out or moved to another file do not open."""
    plain = pattern(4 * ROOM)
    head, chunks = pieces(seal(plain))
    _, others = pieces(seal(plain))
    for changed in (
        [chunks[1], chunks[0], *chunks[2:]],
        [chunks[0], *chunks],
        chunks[1:],
        [*chunks[:2], *chunks[3:]],
        [chunks[-1]],
        [chunks[0], others[1], *chunks[2:]],
        others,
        [],
    ):
        refused(head + b"".join(changed), plain)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_every_flipped_bit_is_noticed(data):
    """No bit of a sealed file can be changed, in its head, a chunk or the padding."""
    plain = pattern(ROOM + 100)
    sealed = bytearray(seal(plain))
    at = data.draw(st.one_of(st.integers(0, HEAD_BYTES), st.integers(0, len(sealed) - 1)))
    sealed[at] ^= 1 << data.draw(st.integers(0, 7))
    refused(bytes(sealed), plain)


def test_key_and_id_are_those_of_the_file():
    """Another key, another id, or the file of another id put in its place does not open."""
    plain = pattern(10)
    assert refused(seal(plain), plain, key=OTHER_KEY) == b""
    assert refused(seal(plain), plain, file_id=b"a-other") == b""
    assert refused(seal(plain, file_id=b"a-other"), plain) == b""


def craft(messages):
    """A stream whose chunks are authentic whatever they hold."""
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    parts = [MAGIC, bindings.crypto_secretstream_xchacha20poly1305_init_push(state, KEY)]
    for i, message in enumerate(messages):
        tag = 3 if i == len(messages) - 1 else 0
        parts.append(bindings.crypto_secretstream_xchacha20poly1305_push(state, message, MAGIC + ID, tag))
    return b"".join(parts)


def chunk(count, room=ROOM, filler=b"\0"):
    return count.to_bytes(4, "big") + b"p" * min(count, room) + filler * max(0, room - count)


@pytest.mark.parametrize(
    "messages",
    [
        [chunk(ROOM + 1)],
        [chunk(5, filler=b"z")],
        [chunk(5, room=64)],
        [chunk(5), chunk(5)],
        [chunk(5), chunk(0)],
        [b"\0" * 3],
    ],
    ids=["count too large", "padding not zeros", "room too small", "file after its end", "room too large", "no count"],
)
def test_authentic_chunks_of_the_wrong_shape_are_refused(messages):
    """A stream that no proper writer makes is refused though its key is right."""
    assert unseal(craft([chunk(5)])) == b"p" * 5
    target = io.BytesIO()
    with pytest.raises(DamagedAttachment):
        open_stream(io.BytesIO(craft(messages)), target, key=KEY, file_id=ID)


def test_a_hole_in_the_middle_of_a_file_is_refused():
    """Only the end of a stream may be filled with zeros, though its size would fit otherwise."""
    size = 40 * ROOM + 1
    whole, rest = divmod(padded_size(size), ROOM)
    rooms = [ROOM] * whole + [rest]
    at_end = [ROOM] * 40 + [1] + [0] * (len(rooms) - 41)
    in_middle = [ROOM - 1, *at_end[1:40], 2, *at_end[41:]]
    good, bad = ([chunk(c, room=r) for c, r in zip(counts, rooms, strict=True)] for counts in (at_end, in_middle))
    assert len(unseal(craft(good))) == size
    with pytest.raises(DamagedAttachment):
        unseal(craft(bad))


class Trickle(io.RawIOBase):
    """A stream that gives a little at a time, as a pipe does."""

    def __init__(self, content):
        self._rest = io.BytesIO(content)

    def read(self, count=-1):
        return self._rest.read(min(count, 5_000))


def test_a_pipe_is_read_to_its_end():
    """A source that gives fewer bytes than asked for is read whole, both ways."""
    plain = pattern(2 * ROOM + 77)
    sealed, opened = io.BytesIO(), io.BytesIO()
    assert seal_stream(Trickle(plain), sealed, key=KEY, file_id=ID).size == len(plain)
    open_stream(Trickle(sealed.getvalue()), opened, key=KEY, file_id=ID)
    assert opened.getvalue() == plain


def test_progress_is_told_up_to_the_end():
    """Progress counts the file's bytes and never goes back."""
    plain = pattern(3 * ROOM + 7)
    told = []
    sealed = io.BytesIO()
    seal_stream(io.BytesIO(plain), sealed, key=KEY, file_id=ID, progress=told.append)
    assert told[-1] == len(plain)
    assert told == sorted(told)
    back = []
    open_stream(io.BytesIO(sealed.getvalue()), io.BytesIO(), key=KEY, file_id=ID, progress=back.append)
    assert back == told


def test_a_key_of_the_wrong_length_or_no_id_is_a_programmers_mistake():
    """Keys have 32 bytes and every file has an id."""
    for key, file_id in ((b"short", ID), (KEY, b"")):
        for step in (seal_stream, open_stream):
            with pytest.raises(ValueError, match=r"key|id"):
                step(io.BytesIO(b"x"), io.BytesIO(), key=key, file_id=file_id)
