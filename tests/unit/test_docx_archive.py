"""Archives are opened within bounds, and what they carry outside of their members is told."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.documents import zip_bounds
from bearwitness.documents.zip_bounds import open_archive, pack_archive, stray_bytes
from bearwitness.errors import DocumentError

_PLAIN = pack_archive({"a.xml": b"<a/>", "b/c.xml": b"<c/>" * 40})


def _zipped(*entries: tuple[zipfile.ZipInfo | str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return packed.getvalue()


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}(/[a-z가-힣]{1,8})?", fullmatch=True), st.binary(max_size=300), max_size=6))  # noqa: E501
def test_what_is_packed_comes_out_again(members: dict[str, bytes]) -> None:
    """An archive gives back its members, is the same bytes each time, and carries nothing besides."""
    packed = pack_archive(members)
    assert open_archive(packed, where="x") == members
    assert packed == pack_archive(members)
    assert stray_bytes(packed) == ()


@pytest.mark.parametrize("name", ["../a", "/a", "a/../../b", "C:a", "a\\b", "a\nb", "..", "x/.."])
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    """A member whose name leaves the archive's folder, or holds a control character, is refused."""
    with pytest.raises(DocumentError, match="entry 2"):
        open_archive(_zipped(("fine", b""), (name, b"x")), where="x")


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["word/a.xml", "Word/A.xml"])
def test_a_name_that_is_there_twice_is_refused(name: str) -> None:
    """Two members of one name, in capitals or not, would be two documents to two programs."""
    with pytest.raises(DocumentError, match="entry 2"):
        open_archive(_zipped(("word/a.xml", b"1"), (name, b"2")), where="x")


def test_a_symbolic_link_is_refused() -> None:
    """A member that is a link is refused."""
    info = zipfile.ZipInfo("a")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    with pytest.raises(DocumentError, match="entry 1"):
        open_archive(_zipped((info, b"/etc/hosts")), where="x")


def test_a_bomb_is_refused() -> None:
    """A member over a megabyte, packed more than 200 times smaller, is refused before it is unpacked."""
    with pytest.raises(DocumentError, match="too large"):
        open_archive(_zipped(("a", b"\0" * 3_000_000)), where="x")


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    """A member that says it is small and is not is refused as damaged."""
    content = bytearray(_zipped(("a", b"\0" * 3_000_000)))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", content, content.find(mark) + offset, 1000)
    with pytest.raises(DocumentError):
        open_archive(bytes(content), where="x")


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of members has a bound, and so has what they hold together."""
    monkeypatch.setattr(zip_bounds, "MOST_MEMBERS", 2)
    with pytest.raises(DocumentError, match="too large"):
        open_archive(pack_archive({"a": b"", "b": b"", "c": b""}), where="x")
    monkeypatch.setattr(zip_bounds, "MOST_UNPACKED_BYTES", 5)
    with pytest.raises(DocumentError, match="too large"):
        open_archive(pack_archive({"a": b"123", "b": b"456"}), where="x")
    assert open_archive(pack_archive({"a": b"123", "b": b"45"}), where="x")


def test_an_encrypted_member_is_refused() -> None:
    """An archive with a locked member is refused, and the message says so."""
    content = bytearray(_PLAIN)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark) + offset] |= 1
    with pytest.raises(DocumentError, match="locked"):
        open_archive(bytes(content), where="x")


@pytest.mark.parametrize("cut", range(1, len(_PLAIN), 23))
def test_an_archive_cut_short_is_refused(cut: int) -> None:
    """Whatever is missing at the end, it is an error of the program's own."""
    with pytest.raises(DocumentError):
        open_archive(_PLAIN[:cut], where="x")


@given(st.integers(0, len(_PLAIN) - 1), st.integers(1, 255))
def test_a_damaged_archive_never_surprises(at: int, change: int) -> None:
    """With any one byte changed it is read, or refused with an error of the program's own."""
    content = bytearray(_PLAIN)
    content[at] ^= change
    try:
        open_archive(bytes(content), where="x")
    except DocumentError:
        return
    stray_bytes(bytes(content))


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"reed cutters" + _PLAIN, "before"),
        (_PLAIN + b"reed cutters", "after"),
    ],
)
def test_bytes_that_belong_to_no_member_are_told(content: bytes, place: str) -> None:
    """What stands before or after the archive is a part that is not read, with its words."""
    assert open_archive(content, where="x") == open_archive(_PLAIN, where="x")
    told = [h for h in stray_bytes(content) if place in h.where]
    assert [h.kind for h in told] == ["unread_part"]
    assert "reed cutters" in told[0].text


def test_bytes_between_two_members_are_told() -> None:
    """What stands between two members is told, though the list of the archive does not name it."""
    gap = b"reed cutters by the river"
    at = _PLAIN.find(b"PK\x03\x04", 4)
    content = bytearray(_PLAIN[:at] + gap + _PLAIN[at:])
    second = content.rfind(b"PK\x01\x02")
    struct.pack_into("<I", content, second + 42, at + len(gap))
    end = content.rfind(b"PK\x05\x06")
    start: int = struct.unpack_from("<I", content, end + 16)[0]
    struct.pack_into("<I", content, end + 16, start + len(gap))
    assert open_archive(bytes(content), where="x") == open_archive(_PLAIN, where="x")
    assert [h.text for h in stray_bytes(bytes(content)) if h.kind == "unread_part"] == [gap.decode()]


def test_comments_times_and_owners_are_told() -> None:
    """The comment of the archive and of a member, the time of packing and additional fields are told."""
    info = zipfile.ZipInfo("a", (2021, 3, 4, 5, 6, 8))
    info.comment, info.extra = b"reed cutter", b"\x55\x99\x05\x00heron"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(info, b"x")
        archive.comment = b"ferry man"
    told = "\n".join(h.text for h in stray_bytes(packed.getvalue()))
    for word in ("reed cutter", "heron", "ferry man", "2021-03-04 05:06:08"):
        assert word in told
