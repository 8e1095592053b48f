"""Enough officers together open the recovery secret, fewer never do, and a kit survives being typed."""

import unicodedata
from dataclasses import replace
from datetime import date
from itertools import combinations

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.errors import RecoveryError
from bearwitness.vault.recovery_kit_text import Kit, check_word, read_kit, write_kit
from bearwitness.vault.recovery_kits import dump_blobs, join_secret, load_blobs, split_secret

SECRET = b"an organisation's recovery secret"
START = "AGE-SECRET-KEY-1"


@pytest.fixture(scope="module")
def two_of_three():
    return split_secret(SECRET, officers=3, need=2)


def held(kits, *numbers):
    return {n: kits.identities[n - 1] for n in numbers}


@pytest.mark.parametrize(("officers", "need"), [(2, 2), (3, 2), (3, 3), (5, 3), (9, 4)])
def test_enough_officers_open_and_fewer_do_not(officers, need):
    """Every combination of as many as are needed opens; every smaller one is refused."""
    kits = split_secret(SECRET, officers=officers, need=need)
    everybody = range(1, officers + 1)
    for numbers in combinations(everybody, need):
        assert join_secret(kits.blobs, held(kits, *numbers)) == SECRET
    for fewer in range(need):
        for numbers in combinations(everybody, fewer):
            with pytest.raises(RecoveryError, match="too few"):
                join_secret(kits.blobs, held(kits, *numbers))
    assert join_secret(kits.blobs, held(kits, *everybody)) == SECRET


@settings(deadline=None, max_examples=25)
@given(secret=st.binary(min_size=1, max_size=300), officers=st.integers(2, 5), data=st.data())
def test_any_secret_comes_back(secret, officers, data):
    """Whatever the secret, the number of officers and who is there: what went in comes out."""
    need = data.draw(st.integers(2, officers))
    there = data.draw(st.sets(st.integers(1, officers), min_size=need))
    kits = split_secret(secret, officers=officers, need=need)
    assert join_secret(load_blobs(dump_blobs(kits.blobs)), held(kits, *there)) == secret


def test_no_blob_opens_with_the_key_of_one_officer(two_of_three):
    """Whichever key is used again and again, a single officer's comes to nothing that holds the secret."""
    for identity in two_of_three.identities:
        key = [pyrage.x25519.Identity.from_str(identity)]
        for blob in two_of_three.blobs.values():
            try:
                inner = pyrage.decrypt(blob, key)
            except pyrage.DecryptError:
                continue
            assert SECRET not in inner
            with pytest.raises(pyrage.DecryptError):
                pyrage.decrypt(inner, key)


def test_one_officer_under_two_numbers_opens_nothing(two_of_three):
    """A kit that is used twice counts once."""
    for number in (1, 2, 3):
        alone = two_of_three.identities[number - 1]
        with pytest.raises(RecoveryError, match="do not open"):
            join_secret(two_of_three.blobs, {1: alone, 2: alone, 3: alone})


def test_what_is_wrong_is_not_told_apart(two_of_three):
    """A kit of another set, exchanged numbers, no key at all and a damaged blob are refused in one and the same way."""
    other = split_secret(SECRET, officers=3, need=2)
    one, two, _ = two_of_three.identities
    damaged = {c: b[:-1] + bytes([b[-1] ^ 1]) for c, b in two_of_three.blobs.items()}
    said = set()
    for blobs, identities in (
        (two_of_three.blobs, {1: one, 2: other.identities[1]}),
        (two_of_three.blobs, {1: other.identities[0], 2: two}),
        (two_of_three.blobs, {1: two, 2: one}),
        (two_of_three.blobs, {1: one, 2: "not a key"}),
        (two_of_three.blobs, {1: one, 8: two}),
        (other.blobs, {1: one, 2: two}),
        (damaged, {1: one, 2: two}),
        (dict.fromkeys(two_of_three.blobs, b""), {1: one, 2: two}),
        ({}, {1: one, 2: two}),
    ):
        with pytest.raises(RecoveryError) as caught:
            join_secret(blobs, identities)
        said.add(str(caught.value))
        assert caught.value.status == 16
        assert one not in str(caught.value)
    assert len(said) == 1


def test_a_wrong_kit_among_enough_right_ones_does_no_harm(two_of_three):
    """Two right kits open though a third is wrong, and though some blobs are lost."""
    other = split_secret(SECRET, officers=3, need=2)
    for wrong in (1, 2, 3):
        identities = held(two_of_three, 1, 2, 3) | {wrong: other.identities[0]}
        assert join_secret(two_of_three.blobs, identities) == SECRET
    assert join_secret({(2, 3): two_of_three.blobs[2, 3]}, held(two_of_three, 1, 2, 3)) == SECRET


def test_a_blob_for_one_officer_is_never_opened(two_of_three):
    """A blob that somebody made for a single officer is not taken, whatever it holds."""
    key = pyrage.x25519.Identity.from_str(two_of_three.identities[0])
    planted = {(1,): pyrage.encrypt(b"planted", [key.to_public()])}
    with pytest.raises(RecoveryError):
        join_secret(planted, held(two_of_three, 1))
    with pytest.raises(RecoveryError):
        join_secret(planted, held(two_of_three, 1, 2))


@pytest.mark.parametrize(("officers", "need"), [(1, 1), (2, 1), (3, 1), (3, 4), (10, 2), (0, 0)])
def test_numbers_out_of_range_are_a_programmers_mistake(officers, need):
    """One officer alone must never be enough, and nine is the most."""
    with pytest.raises(ValueError, match="officers"):
        split_secret(SECRET, officers=officers, need=need)


def test_an_empty_secret_is_a_programmers_mistake():
    """There is nothing to recover from nothing."""
    with pytest.raises(ValueError, match="no secret"):
        split_secret(b"", officers=3, need=2)


def test_secret_keys_do_not_show_in_a_representation(two_of_three):
    """A log or a traceback that prints a set or a kit does not print its keys."""
    for shown in (repr(two_of_three), repr(kit(two_of_three.identities[0]))):
        assert START not in shown


def test_blobs_are_the_same_text_every_time(two_of_three):
    """Dumping, loading and dumping again gives the same text, whatever the order."""
    text = dump_blobs(two_of_three.blobs)
    assert load_blobs(text) == two_of_three.blobs
    assert dump_blobs(dict(reversed(two_of_three.blobs.items()))) == text


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", "3", '"x"', "{}", "[" * 100_000,
        '{"bearwitness_recovery": 1, "blobs": {}}',
        '{"bearwitness_recovery": 1, "blobs": []}',
        '{"bearwitness_recovery": 1, "blobs": {"1": "eA=="}}',
        '{"bearwitness_recovery": 1, "blobs": {"2,1": "eA=="}}',
        '{"bearwitness_recovery": 1, "blobs": {"1,1": "eA=="}}',
        '{"bearwitness_recovery": 1, "blobs": {"0,1": "eA=="}}',
        '{"bearwitness_recovery": 1, "blobs": {"1,2": "?"}}',
        '{"bearwitness_recovery": 1, "blobs": {"1,2": 3}}',
        '{"bearwitness_recovery": 1, "blobs": {"1,2": "eA==", "1,2,3": "eA=="}}',
        '{"bearwitness_recovery": 2, "blobs": {"1,2": "eA=="}}',
        '{"bearwitness_recovery": 1, "blobs": {"1,2": "eA=="}, "more": 1}',
    ],
)  # fmt: skip
def test_a_damaged_file_of_blobs_is_refused(text):
    """What is no file of blobs is an error that names a backup, never a crash."""
    with pytest.raises(RecoveryError) as caught:
        load_blobs(text)
    assert "backup" in caught.value.hint


def kit(identity, **more):
    fields = {"organisation": "org-7k2q", "officer": 2, "officers": 3, "need": 2, "day": date(2025, 3, 4)} | more
    return Kit(identity=identity, **fields)


@pytest.fixture(scope="module")
def printed():
    """A kit and its text."""
    one = kit(str(pyrage.x25519.Identity.generate()))
    return one, write_kit(one)


def columns(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def test_a_kit_fits_a_page(printed):
    """Fewer than 60 lines, none wider than 72 columns where Hangul takes two, in both languages."""
    for text in (printed[1], write_kit(kit(printed[0].identity, organisation="o" * 40, officer=9, officers=9, need=9))):
        lines = text.splitlines()
        assert len(lines) < 60
        assert max(map(columns, lines)) <= 72
        assert "officers must come together" in text
        assert "함께 있어야" in text


@settings(max_examples=30, deadline=None)
@given(
    organisation=st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True),
    officers=st.integers(2, 9), day=st.dates(min_value=date(1900, 1, 1)), data=st.data(),
)  # fmt: skip
def test_a_printed_kit_is_read_again(organisation, officers, day, data):
    """What is printed is what is read, with every field."""
    need = data.draw(st.integers(2, officers))
    officer = data.draw(st.integers(1, officers))
    identity = str(pyrage.x25519.Identity.generate())
    one = kit(identity, organisation=organisation, officers=officers, officer=officer, need=need, day=day)
    assert read_kit(write_kit(one)) == one


@pytest.mark.parametrize("organisation", ["date", "officer", "needed-2", "organisation", "2-of-3"])
def test_an_organisation_may_be_called_like_a_line(printed, organisation):
    """An id that looks like one of the kit's own words is read as an id."""
    one = replace(printed[0], organisation=organisation)
    assert read_kit(write_kit(one)) == one


def core(text):
    """The key and the check word of a printed kit, without anything else."""
    return text[text.index(START) : text.index("====", text.index(START))]


def test_spaces_breaks_and_case_do_not_matter(printed):
    """A kit reads the same in small letters, broken elsewhere, in full-width signs, and with hyphens for spaces."""
    one, text = printed
    key, word = one.identity, check_word(one.identity)
    whole = text[: text.index("What this is")]
    for typed in (
        whole.lower(), whole.replace("\n", "\r\n"), whole.replace(" ", "  "), whole.replace("    ", "\t"),
        " ".join(whole.split()), unicodedata.normalize("NFD", whole),
    ):  # fmt: skip
        assert read_kit(typed) == one
    bare = Kit(identity=key)
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in key)
    for typed in (
        key, key.lower(), wide, core(text), f"{key}\n{word}", f"{key}{word}", f"{key} {word[:4]}-{word[4:]}",
        "\n".join(key), key.replace("-", " "), key.replace("-", ""), f"{key}\n확인 문자: {word.upper()}",
    ):  # fmt: skip
        assert read_kit(typed) == bare


def test_look_alikes_are_read_as_what_was_printed():
    """O for 0, I or 1 for L, and B for 8 can only be slips, and do no harm."""
    while True:
        identity = str(pyrage.x25519.Identity.generate())
        letters = identity[len(START) :]
        if all(c in letters for c in "08L") and {"0", "1"} <= set(check_word(identity)):
            break
    for table in ({"0": "O", "L": "I", "8": "B"}, {"0": "o", "L": "1"}):
        typed = START + letters.translate(str.maketrans(table))
        word = check_word(identity).replace("0", "o").replace("1", "l")
        assert read_kit(f"{typed} Check word: {word}").identity == identity


def fails(text, *typed):
    """The message of a kit that is refused; nothing that was typed is in it."""
    with pytest.raises(RecoveryError) as caught:
        read_kit(text)
    said = str(caught.value)
    assert caught.value.hint
    for part in typed:
        assert part not in said
    return said


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_one_wrong_letter_is_found_with_its_group(data):
    """Whichever letter of the key is another one, the message names its group and repeats nothing of the key."""
    identity = str(pyrage.x25519.Identity.generate())
    letters = identity[len(START) :]
    at = data.draw(st.integers(0, len(letters) - 1))
    other = data.draw(st.sampled_from([c for c in "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L" if c != letters[at]]))
    wrong = letters[:at] + other + letters[at + 1 :]
    group = wrong[at // 5 * 5 : at // 5 * 5 + 5]
    said = fails(f"{START}{wrong}\nCheck word: {check_word(identity)}", *([group] if len(group) == 5 else []))
    assert f"group {at // 5 + 1} " in said


def test_a_key_with_something_else_wrong_is_described(printed):
    """A sign that no key has, a missing letter, several wrong ones and a missing beginning are told apart."""
    key = printed[0].identity
    letters = key[len(START) :]
    assert "group 3 " in fails(f"{START}{letters[:12]}#{letters[13:]}", letters)
    assert "57 letters" in fails(f"{START}{letters[1:]} Check word: {check_word(key)}", letters[1:])
    assert "59 letters" in fails(f"{START}{letters}Q Check word: {check_word(key)}", letters)
    turned = "".join(reversed(letters[:10])) + letters[10:]
    assert "more than one" in fails(START + turned, turned)
    assert "first line" in fails(letters, letters)
    assert "first line" in fails("")


@pytest.mark.parametrize("word", ["", "0000 0000", "1234567", "zzzz zzzz"])
def test_a_wrong_check_word_is_named(printed, word):
    """A check word that does not fit, or is cut short, is refused as such."""
    key = printed[0].identity
    assert "check word" in fails(f"{key}\nCheck word / 확인 문자: {word}", key)


@pytest.mark.parametrize(
    ("printed_line", "typed", "part"),
    [
        ("2 of 3", "x of 3", "officer"),
        ("2 of 3", "2 of", "officer"),
        ("2 of 3", "4 of 3", "numbers of officers"),
        ("2 of 3", "0 of 3", "numbers of officers"),
        ("2 of 3", "2 of 30", "numbers of officers"),
        (" : 2\n", " : two\n", "needed"),
        (" : 2\n", " : 4\n", "numbers of officers"),
        (" : 2\n", " : 1\n", "numbers of officers"),
        ("2025-03-04", "2025-02-30", "date"),
        ("2025-03-04", "March", "date"),
        ("org-7k2q", "7k2q!", "organisation"),
        ("org-7k2q", "@", "organisation"),
    ],
)
def test_a_wrong_line_above_the_key_is_named(printed, printed_line, typed, part):
    """A line that cannot be right is refused by its name, and what was typed is not repeated."""
    text = printed[1]
    assert printed_line in text
    assert part in fails(text.replace(printed_line, typed, 1), typed.strip(" :\n"), printed[0].identity)


def test_lines_above_the_key_may_be_left_out(printed):
    """Each line can be missing alone, and the key still reads."""
    one, text = printed
    for label, changes in (
        ("Organisation", {"organisation": ""}), ("Officer", {"officer": None, "officers": None}),
        ("Needed", {"need": None}), ("Date", {"day": None}),
    ):  # fmt: skip
        without = "\n".join(line for line in text.splitlines() if not line.startswith(label))
        assert read_kit(without) == replace(one, **changes)


@pytest.mark.parametrize(
    "changes",
    [{"organisation": ""}, {"organisation": "two words"}, {"organisation": "한글"}, {"day": None}, {"officer": None},
     {"officer": 4}, {"need": 1}, {"need": 4}, {"officers": 10}, {"identity": "x"}, {"need": None}, {"officers": None}],
)  # fmt: skip
def test_a_kit_that_lacks_a_field_is_not_printed(printed, changes):
    """A kit with a field missing or out of its range is a programmer's mistake."""
    with pytest.raises(ValueError, match="a kit to print"):
        write_kit(replace(printed[0], **changes))


def test_typed_kits_open_the_secret(two_of_three):
    """From the split to the paper and back: two officers type their kits and the secret is there."""
    texts = [write_kit(kit(two_of_three.identities[n - 1], officer=n)) for n in (1, 3)]
    typed = [read_kit(text.lower()) for text in texts]
    assert join_secret(two_of_three.blobs, {k.officer: k.identity for k in typed}) == SECRET
