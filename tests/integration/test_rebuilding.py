"""An image or a sound alone, as a user makes it anew: nothing stays beside it, and no command calls it safe."""

import io
import json

import numpy as np
import pytest
import soundfile
from PIL import Image

from bearwitness.cli.main import main


def photograph(path):
    """A JPEG file with a camera in its entries."""
    picture = Image.new("RGB", (8, 6), (10, 200, 30))
    exif = picture.getexif()
    exif[0x010F] = "SECRETCAM"
    picture.save(path, exif=exif)


def recording(path, kind="MP3"):
    """A second of a tone, with a tag before it."""
    out = io.BytesIO()
    soundfile.write(out, 0.2 * np.sin(np.arange(8000) / 3), 8000, format=kind)
    tag = b"TPE1\0\0\0\x0c\0\0\x03SECRETVOICE"
    path.write_bytes((b"ID3\x03\0\0\0\0\0" + bytes([len(tag)]) + tag if kind == "MP3" else b"") + out.getvalue())


@pytest.mark.parametrize(("make", "name", "to"), [(photograph, "a.jpg", "b.png"), (photograph, "a.jpg", "b.jpg"),
                                                  (recording, "a.mp3", "b.wav")])  # fmt: skip
@pytest.mark.parametrize("language", ["en", "ko"])
def test_an_image_or_a_sound_is_made_anew_and_never_called_safe(tmp_path, capsys, make, name, to, language):
    """What it carried stays behind, it is said that nobody judged it, and the status is not that of a safe file."""
    source, out = tmp_path / name, tmp_path / to
    make(source)
    assert main(["check", str(source), "--language", language]) == 3
    assert "redact FILE" in capsys.readouterr().out
    assert main(["redact", str(source), "-o", str(out), "--language", language]) == 3
    assert {"en": "NOT JUDGED", "ko": "판단하지 않음"}[language] in capsys.readouterr().out
    assert b"SECRET" not in out.read_bytes()
    assert main(["check", str(out), "--json"]) == 3
    found = json.loads(capsys.readouterr().out)
    assert not found["clean"]
    assert [entry["kind"] for entry in found["unseen"]] == ["sound" if to.endswith("wav") else "image"]


def test_what_stayed_behind_is_named_as_data(tmp_path, capsys):
    """A program gets where each thing was, and that nothing was judged."""
    source = tmp_path / "a.mp3"
    recording(source)
    assert main(["redact", str(source), "-o", str(tmp_path / "b.wav"), "--json"]) == 3
    found = json.loads(capsys.readouterr().out)
    assert not found["judged"]
    assert any("TPE1" in entry["where"] for entry in found["left_out"])
    assert "SECRET" not in json.dumps(found)


@pytest.mark.parametrize(("name", "to", "status"), [
    ("a.jpg", "b.wav", 4), ("a.mp3", "b.png", 4), ("a.jpg", "b.docx", 4), ("a.mp3", "b.txt", 4), ("a.jpg", "a.jpg", 11),
    ("cut.wav", "b.wav", 4), ("a.txt", "b.png", 4),
])  # fmt: skip
def test_an_output_of_another_kind_is_refused(tmp_path, capsys, name, to, status):
    """No sound of an image, no document of a sound, nothing of what is damaged, and never over the file itself."""
    photograph(tmp_path / "a.jpg")
    recording(tmp_path / "a.mp3")
    (tmp_path / "cut.wav").write_bytes(b"RIFF\x24\0\0\0WAVEfmt " + bytes(40))
    (tmp_path / "a.txt").write_text("words")
    before = (tmp_path / "a.jpg").read_bytes()
    assert main(["redact", str(tmp_path / name), "-o", str(tmp_path / to), "--force"]) == status
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "b.wav").exists()
    assert not (tmp_path / "b.png").exists()
    assert (tmp_path / "a.jpg").read_bytes() == before


def test_what_was_made_is_looked_at_before_it_is_written(tmp_path, monkeypatch, capsys):
    """Were anything left beside the samples, nothing would be written."""
    source = tmp_path / "a.wav"
    recording(source, "WAV")
    monkeypatch.setattr(
        "bearwitness.documents.opening.rebuild_media", lambda content, _: content + b"LIST\x08\0\0\0INFOSECR"
    )
    assert main(["redact", str(source), "-o", str(tmp_path / "b.wav")]) == 24
    assert not (tmp_path / "b.wav").exists()
    assert "SECR" not in capsys.readouterr().err
