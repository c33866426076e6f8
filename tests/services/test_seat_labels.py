"""Seat numbers: one spelling each, ranges spread out, nothing invisible."""

# ruff: noqa: RUF001 - letters that look alike are what these tests are about

import itertools
import sys
import unicodedata

import pytest

from webapp.services.seat_labels import LabelUnusable, expand_labels, normalize_label, split_label


def spelling(text: str) -> str | None:
    """The normalized label, or None where it is refused."""
    try:
        return normalize_label(text)
    except LabelUnusable:
        return None


@pytest.mark.parametrize(
    ("written", "label"),
    [
        (" c5 ", "C5"),
        ("c 5", "C5"),
        ("\tC\u00a05\r\n", "C5"),
        ("\u3000C\u20095", "C5"),
        ("Ｃ５", "C5"),
        ("ﬁ²", "FI2"),
        ("ß1", "SS1"),
        ("ı1", "I1"),
        ("İ1", "İ1"),
        ("I\u03071", "İ1"),
        ("ŉ1", "ʼN1"),
        ("ǰ", "J\u030c"),
        ("parkett (links)-a-1", "PARKETT(LINKS)-A-1"),
        ("a1#2", "A1#2"),
        ("x" * 64, "X" * 64),
    ],
)
def test_a_seat_number_has_one_spelling_however_it_is_typed(written: str, label: str) -> None:
    assert normalize_label(written) == label


def test_normalizing_again_changes_nothing_for_any_character_of_unicode() -> None:
    accepted = changed = 0
    for code in range(sys.maxunicode + 1):
        if unicodedata.category(chr(code)) in ("Cn", "Co", "Cs"):
            continue
        label = spelling(f"A{chr(code)}1")
        accepted += label is not None
        changed += label is not None and spelling(label) != label
    assert changed == 0
    assert accepted > 100_000


def test_normalizing_again_changes_nothing_for_combinations_that_compose_and_change_case() -> None:
    awkward = "ßẞıİŉǰΐΰﬁﬃſKÅΩµªº²¨´΅῁῀ͅιΙᾳᾼᾐ\u0301\u0308\u0307\u0345\u0331\u20e3がぱｶﾞ가각각ՙևǆǅǄ℀㎏①Ⅻⅻa1-#"
    for combination in itertools.product(awkward, repeat=3):
        label = spelling("".join(combination))
        assert label is None or normalize_label(label) == label, ascii(combination)


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "U+0000"),
        ("\x1f", "U+001F"),
        ("\x7f", "U+007F"),
        ("\x85", "U+0085"),
        ("\xad", "U+00AD SOFT HYPHEN"),
        ("\u200b", "U+200B ZERO WIDTH SPACE"),
        ("\u200d", "U+200D ZERO WIDTH JOINER"),
        ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u2028", "U+2028 LINE SEPARATOR"),
        ("\u2066", "U+2066 LEFT-TO-RIGHT ISOLATE"),
        ("\u3164", "U+3164 HANGUL FILLER"),
        ("\ufe0f", "U+FE0F VARIATION SELECTOR-16"),
        ("\ufeff", "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("\ud800", "U+D800"),
        ("\ue000", "U+E000"),
        ("\u0378", "U+0378"),
        ("\U000e0041", "U+E0041 TAG LATIN CAPITAL LETTER A"),
        ("\U0010ffff", "U+10FFFF"),
    ],
)
@pytest.mark.parametrize("around", ["A{}1", "{}A1", "A1{}"])
def test_a_character_nobody_can_see_is_refused_by_its_name(around: str, character: str, name: str) -> None:
    with pytest.raises(LabelUnusable) as refusal:
        normalize_label(around.format(character))
    assert f"The character {name} cannot be used" in refusal.value.sentence
    assert refusal.value.facts["codepoint"] == f"U+{ord(character):04X}"


@pytest.mark.parametrize("nothing", ["", "   ", "\t\n", "\u00a0\u3000"])
def test_a_seat_number_of_white_space_alone_is_refused(nothing: str) -> None:
    with pytest.raises(LabelUnusable, match="cannot be empty"):
        normalize_label(nothing)


@pytest.mark.parametrize("long", ["x" * 65, "ß" * 33, "\ufdfa" * 5, "x" * 100_000, "a" + "\u0301\u0316" * 500_000])
def test_a_seat_number_longer_than_64_characters_once_normalized_is_refused(long: str) -> None:
    with pytest.raises(LabelUnusable, match="it may have 64 characters"):
        normalize_label(long)


def test_a_mark_without_a_letter_before_it_is_no_beginning_of_a_seat_number() -> None:
    with pytest.raises(LabelUnusable, match=r"U\+0301 COMBINING ACUTE ACCENT"):
        normalize_label("\u03011")


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("A1-A3", ["A1", "A2", "A3"]),
        ("a1-3", ["A1", "A2", "A3"]),
        ("A1–A3", ["A1", "A2", "A3"]),
        (" a 1 — a 3 ", ["A1", "A2", "A3"]),
        ("Ａ１－３", ["A1", "A2", "A3"]),
        ("B5", ["B5"]),
        ("7-9", ["7", "8", "9"]),
        ("A5-A5", ["A5"]),
        ("A08-A11", ["A08", "A09", "A10", "A11"]),
        ("Stalls-A-1-2", ["STALLS-A-1", "STALLS-A-2"]),
        ("Stalls-A-1 - Stalls-A-2", ["STALLS-A-1", "STALLS-A-2"]),
        ("A-C 1-2", ["A1", "A2", "B1", "B2", "C1", "C2"]),
        ("c – d 9 – 10", ["C9", "C10", "D9", "D10"]),
        ("A1, B2;C3\nD4\r\nE5,,\n", ["A1", "B2", "C3", "D4", "E5"]),
        ("A1, a1, A1-A2", ["A1", "A1", "A1", "A2"]),
        ("Row A 1", ["ROWA1"]),
    ],
)
def test_an_organizer_writes_seats_as_labels_and_ranges(typed: str, labels: list[str]) -> None:
    assert expand_labels(typed) == labels


@pytest.mark.parametrize("label", ["BOX-1", "A1-Z", "BOX-A", "2-B4", "A-1", "LOGE–1"])
def test_a_label_with_a_dash_that_is_no_range_stays_a_label(label: str) -> None:
    assert expand_labels(label) == [label]


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("A20-A1", "Write the lower number first: A1-A20"),
        ("A9-1", "Write the lower number first: A1-A9"),
        ("A1-B20", "goes from row A to row B. Write one range for each row"),
        ("A1 A2", "Part seats with commas"),
        ("1 2 3", "Part seats with commas"),
        ("A1-A010", "Write both alike"),
        ("C-A 1-2", "Write the first row first"),
        ("", "Write at least one seat number"),
        (" ,;\n", "Write at least one seat number"),
        ("A1,\u200bA2", "U+200B ZERO WIDTH SPACE"),
        ("A1-A10001", "more than 10,000 seats. Add at most that many at a time"),
        ("A1-A9999999999999999", "more than 10,000 seats"),
        ("A-Z 1-1000", "more than 10,000 seats"),
        ("A1-A6000, B1-B6000", "more than 10,000 seats"),
        ("A,B," * 5_001, "more than 10,000 seats"),
        ("A" + " " * 1_000 + "B" * 100, "it may have 64 characters"),
    ],
)
def test_what_can_be_meant_two_ways_is_refused_with_what_to_do(typed: str, advice: str) -> None:
    with pytest.raises(LabelUnusable) as refusal:
        expand_labels(typed)
    assert advice in refusal.value.sentence


def test_ten_thousand_seats_at_once_are_still_added() -> None:
    assert len(expand_labels("A1-A10000")) == 10_000
    assert len(expand_labels("A-J 1-1000")) == 10_000


@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("A12", ("A", "12")),
        ("AA1", ("AA", "1")),
        ("12", (None, "12")),
        ("BOX", (None, None)),
        ("12A", (None, None)),
        ("", (None, None)),
        ("STALLS-A-12", ("STALLS-A", "12")),
        ("B2-59", ("B2", "59")),
        ("A1#2", ("A", "1#2")),
        ("A٣", (None, None)),
    ],
)
def test_a_label_is_taken_apart_into_row_and_number(label: str, parts: tuple[str | None, str | None]) -> None:
    assert split_label(label) == parts
