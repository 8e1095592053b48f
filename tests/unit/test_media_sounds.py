"""A sound tells everything that its file carries besides its samples, and rebuilt from them it carries nothing."""

from __future__ import annotations

import base64
import io
import struct
import wave
import zlib

import numpy as np
import pytest
import soundfile
from PIL import Image

from bearwitness.documents.media_sound_parts import walk_flac, walk_ogg, walk_wav
from bearwitness.documents.media_sounds import read_sound, rebuild_sound
from bearwitness.documents.opening_forms import find_form
from bearwitness.errors import DocumentError

WORD = "Vordanika"
NAME = "표은여울"
RATE = 8000
FORMS = {
    "wav": ("WAV", "PCM_16"), "float": ("WAV", "FLOAT"), "deep": ("WAV", "PCM_24"), "flac": ("FLAC", "PCM_16"),
    "vorbis": ("OGG", "VORBIS"), "opus": ("OGG", "OPUS"), "mp3": ("MP3", "MPEG_LAYER_III"),
}  # fmt: skip
TONE = (0.3 * np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE)).astype("float32")


def made(form: str, samples: np.ndarray = TONE) -> bytes:
    """A sound of one second."""
    out = io.BytesIO()
    soundfile.write(out, samples, RATE, format=FORMS[form][0], subtype=FORMS[form][1])
    return out.getvalue()


def told(content: bytes) -> str:
    """Everything that is hidden in a sound, as one text."""
    return "\n".join(f"{h.kind} {h.where} {h.text}" for h in read_sound(content).hidden)


def picture() -> bytes:
    """A small picture with the word in its remark."""
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "JPEG", comment=WORD.encode())
    return out.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    """A chunk of a RIFF file."""
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def with_chunk(name: bytes, data: bytes, *, first: bool = False) -> bytes:
    """A WAV file with one more chunk, before or behind its samples."""
    content, more = made("wav"), chunk(name, data)
    body = content[12:36] + more + content[36:] if first else content[12:] + more
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WAVE" + body


def seven_bits(size: int) -> bytes:
    """A size as tags write it."""
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))


def id3(*frames: tuple[bytes, bytes], version: int = 3, flags: int = 0) -> bytes:
    """An ID3 tag."""
    body = b""
    for name, data in frames:
        size = {2: len(data).to_bytes(3, "big"), 3: struct.pack(">I", len(data)), 4: seven_bits(len(data))}[version]
        body += name + size + (b"" if version == 2 else b"\0\0") + data
    if flags & 0x80:
        body = body.replace(b"\xff", b"\xff\0")
    body += bytes(20)
    return b"ID3" + bytes([version, 0, flags]) + seven_bits(len(body)) + body


def flac_with(sort: int, data: bytes) -> bytes:
    """A FLAC file with one more block, after the first."""
    content = made("flac")
    return content[:42] + bytes([sort]) + len(data).to_bytes(3, "big") + data + content[42:]


def comments(*entries: bytes) -> bytes:
    """Comments as FLAC, Vorbis and Opus have them."""
    return b"".join([struct.pack("<I", 3) + b"enc", struct.pack("<I", len(entries)),
                     *(struct.pack("<I", len(e)) + e for e in entries)])  # fmt: skip


def page_with(content: bytes, packet: bytes, *, flags: int, serial: bytes) -> bytes:
    """An Ogg file with one more page of one packet behind the others."""
    sizes = b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255])
    head = b"OggS\0" + bytes([flags]) + bytes(8) + serial + bytes(4) + bytes(4) + bytes([len(sizes)]) + sizes
    return content + head + packet


def ape(*items: tuple[bytes, bytes]) -> bytes:
    """An APE tag with head and foot."""
    body = b"".join(struct.pack("<II", len(value), 0) + key + b"\0" + value for key, value in items)
    head, foot = (
        b"APETAGEX" + struct.pack("<IIII", 2000, len(body) + 32, len(items), flags) + bytes(8)
        for flags in (0xA0000000, 1 << 31)
    )
    return head + body + foot


PICTURE_BLOCK = (
    struct.pack(">I", 3) + struct.pack(">I", 10) + b"image/jpeg" + struct.pack(">I", 0) + bytes(16)
    + struct.pack(">I", len(picture())) + picture()
)  # fmt: skip
UTF16 = b"\x01" + f"{NAME}".encode("utf-16")
MP3 = made("mp3")
PLACES = {
    "information": with_chunk(b"LIST", b"INFO" + chunk(b"IART", WORD.encode() + b"\0")),
    "before the samples": with_chunk(b"LIST", b"INFO" + chunk(b"IART", WORD.encode()), first=True),
    "old Korean": with_chunk(b"LIST", b"INFO" + chunk(b"INAM", NAME.encode("cp949"))),
    "label": with_chunk(b"LIST", b"adtl" + chunk(b"labl", bytes(4) + NAME.encode())),
    "broadcast": with_chunk(b"bext", WORD.encode().ljust(602, b"\0")),
    "iXML": with_chunk(b"iXML", f"<BWFXML><NOTE>{WORD}</NOTE></BWFXML>".encode()),
    "XMP": with_chunk(b"_PMX", f"<x>{WORD}</x>".encode()), "cue": with_chunk(b"cue ", bytes(4) + WORD.encode()),
    "junk": with_chunk(b"JUNK", bytes(30) + WORD.encode()), "unheard of": with_chunk(b"zzzz", WORD.encode()),
    "ID3 in a chunk": with_chunk(b"id3 ", id3((b"TPE1", b"\0" + WORD.encode()))),
    "after the end": made("wav") + WORD.encode(),
    "ID3 2": id3((b"TT2", b"\0" + WORD.encode()), version=2) + made("mp3"),
    "ID3 3": id3((b"TPE1", b"\0" + WORD.encode())) + made("mp3"),
    "ID3 4": id3((b"TPE1", b"\x03" + NAME.encode()), version=4) + made("mp3"),
    "UTF-16": id3((b"TIT2", UTF16)) + made("mp3"),
    "not in step": id3((b"TIT2", UTF16), flags=0x80) + made("mp3"),
    "remark": id3((b"COMM", b"\0eng\0" + WORD.encode())) + made("mp3"),
    "address": id3((b"WXXX", b"\0\0https://example.org/" + WORD.encode())) + made("mp3"),
    "cover": id3((b"APIC", b"\0image/jpeg\0\x03\0" + picture())) + made("mp3"),
    "name of a cover": id3((b"APIC", b"\x01image/jpeg\0\x03" + NAME.encode("utf-16") + b"\0\0" + picture())) + MP3,
    "private": id3((b"PRIV", b"example.org\0" + WORD.encode())) + made("mp3"),
    "packed": b"ID3\x03\0\0" + seven_bits(10 + 4 + len(zlib.compress(b"\0" + WORD.encode()))) + b"TPE1"
    + struct.pack(">I", 4 + len(zlib.compress(b"\0" + WORD.encode()))) + b"\0\x80" + struct.pack(">I", 10)
    + zlib.compress(b"\0" + WORD.encode()) + made("mp3"),
    "behind the frames of a tag": id3() [:-9] + WORD.encode() + made("mp3"),
    "ID3 1": made("mp3") + (b"TAG" + WORD.encode()).ljust(128, b"\0"),
    "APE": made("mp3") + ape((b"Artist", WORD.encode())), "lyrics": made("mp3") + b"LYRICSBEGIN" + WORD.encode(),
    "behind an MP3": made("mp3") + WORD.encode(),
    "between frames": MP3[: MP3.index(b"\xff\xe3", 300)] + WORD.encode() + MP3[MP3.index(b"\xff\xe3", 300) :],
    "FLAC comment": flac_with(4, comments(f"ARTIST={NAME}".encode())),
    "application": flac_with(2, b"abcd" + WORD.encode()),
    "FLAC padding": flac_with(1, bytes(9) + WORD.encode()), "FLAC picture": flac_with(6, PICTURE_BLOCK),
    "unknown block": flac_with(77, WORD.encode()),
    "before a FLAC": id3((b"TPE1", b"\0" + WORD.encode())) + made("flac"),
    "behind a FLAC": made("flac") + WORD.encode(),
    "behind pages": made("vorbis") + WORD.encode(),
    "stream of another sort": page_with(made("vorbis"), b"fishead\0" + WORD.encode(), flags=2, serial=b"abcd"),
}  # fmt: skip


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_sound_is_never_clean_and_a_bare_one_tells_at_most_its_program(form: str) -> None:
    """What is said in it was heard by nobody, and that is said of each; a bare WAV carries nothing else."""
    content = made(form)
    hidden = read_sound(content).hidden
    assert find_form(content) == "audio"
    assert hidden[0].kind == "sound"
    assert {h.kind for h in hidden[1:]} <= (set() if form in ("wav", "deep") else {"exif"})
    if form == "float":
        # The program notes when it was written.
        assert "UTC" in told(content)


@pytest.mark.parametrize("place", sorted(PLACES))
def test_a_word_in_any_part_of_a_sound_is_told(place: str) -> None:
    """Chunks, tags of any version and encoding, pictures, padding, between and behind the sound."""
    said = told(PLACES[place])
    assert (WORD in said) or (NAME in said)


@pytest.mark.parametrize("form", ["vorbis", "opus"])
def test_comments_of_an_ogg_sound_are_told_with_their_pictures(form: str) -> None:
    """Title, artist and cover of a Vorbis or Opus sound."""
    out = io.BytesIO()
    with soundfile.SoundFile(out, "w", RATE, 1, format="OGG", subtype=FORMS[form][1]) as file:
        file.artist, file.title = NAME, WORD
        file.write(TONE)
    assert {NAME, WORD} <= {line.partition("=")[2] for line in told(out.getvalue()).split("\n")}
    content = made(form)
    mark = b"OpusTags" if form == "opus" else b"\x03vorbis"
    packet = mark + comments(b"METADATA_BLOCK_PICTURE=" + base64.b64encode(PICTURE_BLOCK))
    first = content.index(b"OggS", 4)
    page = page_with(content[:first], packet, flags=0, serial=content[14:18])
    assert WORD in "\n".join(h.text for h in walk_ogg(page))


def test_parts_that_the_decoder_refuses_are_told_all_the_same() -> None:
    """Samples a second time, a cue sheet of another shape: whoever reads such a file finds the word."""
    twice = with_chunk(b"data", WORD.encode() + bytes(3))
    for walk, content in ((walk_wav, twice), (walk_flac, flac_with(5, WORD.encode() + bytes(396)))):
        assert WORD in "\n".join(h.text for h in walk(content))


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_rebuilt_sound_carries_nothing_and_sounds_the_same(form: str) -> None:
    """Two chunks, sixteen bits; rate, length and tone stay, and the bytes are the same again."""
    content = made(form)
    rebuilt = rebuild_sound(content)
    assert rebuild_sound(content) == rebuilt
    assert [h.kind for h in read_sound(rebuilt).hidden] == ["sound"]
    assert (rebuilt[12:16], rebuilt[36:40]) == (b"fmt ", b"data")
    assert len(rebuilt) == 44 + int.from_bytes(rebuilt[40:44], "little")
    with wave.open(io.BytesIO(rebuilt)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
    samples = soundfile.read(io.BytesIO(rebuilt))[0]
    assert len(samples) == RATE
    spectrum = np.abs(np.fft.rfft(samples[:RATE]))
    assert abs(int(spectrum.argmax()) - 440) <= 1
    assert abs(float(samples.std()) - 0.212) < 0.02


@pytest.mark.parametrize("place", sorted(PLACES))
def test_nothing_of_a_word_beside_the_samples_is_left(place: str) -> None:
    """Rebuilt, whatever stood in a tag or chunk is gone."""
    rebuilt = rebuild_sound(PLACES[place])
    assert [h.kind for h in read_sound(rebuilt).hidden] == ["sound"]
    assert WORD.encode() not in rebuilt
    assert NAME.encode() not in rebuilt


def test_samples_of_sixteen_bits_stay_as_they_are_and_what_is_too_loud_is_cut_off() -> None:
    """Exact for a sound of sixteen bits, in two channels; no number is silence."""
    rng = np.random.default_rng(7)
    samples = rng.integers(-32768, 32767, size=(500, 2), dtype="int16")
    out = io.BytesIO()
    soundfile.write(out, samples, RATE, format="FLAC", subtype="PCM_16")
    assert (soundfile.read(io.BytesIO(rebuild_sound(out.getvalue())), dtype="int16")[0] == samples).all()
    loud = made("float", np.array([2.0, -3.0, np.nan, np.inf, 0.5] * 100, dtype="float32"))
    heard = soundfile.read(io.BytesIO(rebuild_sound(loud)), dtype="int16")[0][:5]
    assert heard.tolist() == [32767, -32768, 0, 32767, 16384]


@pytest.mark.parametrize("read", [read_sound, rebuild_sound])
@pytest.mark.parametrize(
    "content", [b"", b"words", made("wav")[:30], made("flac")[:30], b"OggS" + bytes(80), b"ID3\x03\0\0\0\0\0\x01\0\0",
                b"RIFF\x24\0\0\0WAVEfmt " + bytes(40)],
)  # fmt: skip
def test_damaged_and_other_files_are_refused(read: object, content: bytes) -> None:
    """Cut short, empty, no sound: each one error, with advice."""
    with pytest.raises(DocumentError) as caught:
        read(content)  # type: ignore[operator]
    assert caught.value.hint


def test_a_sound_that_is_too_long_or_of_an_odd_rate_is_not_rebuilt(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bound on samples, whatever the file says of itself; one on rate and channels."""
    monkeypatch.setattr("bearwitness.documents.media_sounds.MOST_SAMPLES", 5000)
    with pytest.raises(DocumentError, match="minutes"):
        rebuild_sound(made("flac"))
    out = io.BytesIO()
    soundfile.write(out, np.zeros((20, 9), dtype="float32"), RATE, format="WAV")
    with pytest.raises(DocumentError, match="channels"):
        rebuild_sound(out.getvalue())
