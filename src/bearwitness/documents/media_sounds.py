"""Sounds: what one carries besides what is heard, and the same sound made anew from its samples alone."""

from __future__ import annotations

import io
import wave
from typing import TYPE_CHECKING, Any, Final

from bearwitness.documents.binary_forms import HEAD_BYTES, find_media_kind
from bearwitness.documents.content import Document, Hidden, Opened
from bearwitness.documents.media_sound_parts import WALKS
from bearwitness.errors import DocumentError

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

# Of all channels together: 45 minutes of one channel at 44,100 a second.
MOST_SAMPLES: Final = 120_000_000

_FORMATS: Final = frozenset({"WAV", "WAVEX", "FLAC", "OGG", "MP3"})
_RATES: Final = range(4_000, 192_001)
_MOST_CHANNELS: Final = 8
_BLOCK: Final = 1 << 16
_CONVERT: Final = "Open it in a program for sounds and save it as WAV, FLAC or MP3."


def read_sound(content: bytes) -> Opened:
    """A sound and everything that its file carries besides the samples.

    Parameters
    ----------
    content : bytes
        A WAV, FLAC, Ogg (Vorbis, Opus) or MP3 file.

    Returns
    -------
    Opened
        Its document has no words. The first hidden entry says that nobody heard what is said in it; there is none that
        says nothing is hidden.

    Raises
    ------
    DocumentError
        If it is no such sound, or is damaged.
    """
    kind = _kind_of(content)
    with _opened(content) as sound:
        _decoded(sound)
    hidden = [Hidden(kind="sound", where="the sound itself"), *WALKS[kind](content)]
    return Opened(form="audio", document=Document(blocks=()), hidden=tuple(hidden))


def rebuild_sound(content: bytes) -> bytes:
    """The same sound, from nothing but its samples.

    Rate and channels stay; each sample has 16 bits. A voice stays the voice it is, and so do the room, the noises and
    whatever is said: who knows the speaker will know them again. Neither does a mark go that somebody hid in the
    samples.

    Parameters
    ----------
    content : bytes
        As for :func:`read_sound`.

    Returns
    -------
    bytes
        A WAV file of two chunks, shape and samples; the same for the same sound.

    Raises
    ------
    DocumentError
        As :func:`read_sound`; or if it has more than ``MOST_SAMPLES`` or ``_MOST_CHANNELS``, or an unusual rate.
    """
    import numpy

    _kind_of(content)
    samples = bytearray()
    with _opened(content) as sound:
        channels, rate = sound.channels, sound.samplerate
        if channels > _MOST_CHANNELS or rate not in _RATES:
            raise DocumentError("the sound has too many channels, or an unusual rate of samples.", hint=_CONVERT)
        while len(block := _decoded(sound)):
            # What is no number is silence; what is too loud is cut off, as any player does it.
            scaled = numpy.rint(numpy.nan_to_num(block, posinf=1.0, neginf=-1.0) * 32768.0)
            samples += numpy.clip(scaled, -32768, 32767).astype("<i2").tobytes()
            if len(samples) > 2 * MOST_SAMPLES:
                minutes = MOST_SAMPLES // (60 * rate * channels)
                raise DocumentError(
                    f"the sound is longer than {minutes} minutes, which is the most at its rate and channels.",
                    hint="Cut it into parts.",
                )
    if not samples:
        raise _damaged()
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples)
    return out.getvalue()


def _kind_of(content: bytes) -> str:
    kind = find_media_kind(content[:HEAD_BYTES])
    if kind not in WALKS:
        raise DocumentError("this is not a sound that is read.", hint=_CONVERT)
    return str(kind)


def _opened(content: bytes) -> Any:
    import soundfile

    try:
        sound = soundfile.SoundFile(io.BytesIO(content))
    except Exception:
        # A decoder raises whatever a damaged file leads it to.
        raise _damaged() from None
    if sound.format not in _FORMATS:
        sound.close()
        raise DocumentError("this is not a sound that is read.", hint=_CONVERT)
    return sound


def _decoded(sound: Any) -> NDArray[float32]:
    """The next samples, a row for each moment; none at the end."""
    try:
        found: NDArray[float32] = sound.read(_BLOCK, dtype="float32", always_2d=True)
    except Exception:
        raise _damaged() from None
    return found


def _damaged() -> DocumentError:
    return DocumentError("the sound is damaged, or cannot be decoded.", hint=_CONVERT)
