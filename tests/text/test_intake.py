"""What comes in through the one door, what is refused, and what is left as it is."""

# ruff: noqa: RUF001 -- texts as the world writes them

from __future__ import annotations

import codecs
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.intake import (
    Decoded,
    PreviewLine,
    UnfitText,
    UnknownEncoding,
    clean_text,
    decode,
)

C0_REFUSED = [chr(code) for code in range(0x20) if chr(code) not in "\t\n\r"]
UNFIT = [*C0_REFUSED, *map(chr, (0xD800, 0xDBFF, 0xDC00, 0xDFFF))]
KEPT = st.characters(exclude_categories=["Cs"], exclude_characters=[*C0_REFUSED, "\r"])


def test_line_ends_of_every_system_become_lf() -> None:
    assert clean_text("a\r\nb\rc\nd\r\r\ne\n\r") == "a\nb\nc\nd\n\ne\n\n"


def test_leading_byte_order_marks_go_and_inner_ones_stay() -> None:
    assert clean_text("\ufeffa\ufeffb") == "a\ufeffb"
    assert clean_text("\ufeff\ufeffa") == "a"


@pytest.mark.parametrize(
    "text",
    [
        "e\u0301 é",
        "\u00a0a\u00a0",
        "soft\u00adhyphen",
        "👩‍👩‍👧",
        "\u0085\u2028\u2029",
        "\x7f",
        " a ",
        "ﬁ",
    ],
)
def test_nothing_else_is_changed(text: str) -> None:
    assert clean_text(text) == text


@given(st.text(KEPT | st.sampled_from("\r\n\ufeff")))
def test_clean_text_is_clean_already(raw: str) -> None:
    text = clean_text(raw)

    assert clean_text(text) == text
    assert not text.startswith("\ufeff")
    assert text.replace("\n", "") == re.sub(r"[\r\n]", "", raw.lstrip("\ufeff"))


@pytest.mark.parametrize("character", UNFIT)
def test_what_cannot_be_kept_is_refused_with_its_place(character: str) -> None:
    with pytest.raises(UnfitText) as refusal:
        clean_text(f"\ufeff😀\r\nab{character}")

    assert (refusal.value.position, refusal.value.line) == (4, 2)
    assert refusal.value.character == character


@pytest.mark.parametrize(
    ("character", "kind", "message"),
    [
        (
            "\0",
            "nul",
            "Line 2, character 3 (code point 4 of the text) is a NUL character (U+0000), which "
            "cannot be kept. Is the file really text? If so, save it as UTF-8 and import it again.",
        ),
        (
            "\ud83d",
            "surrogate",
            "Line 2, character 3 (code point 4 of the text) is a lone surrogate (U+D83D), which "
            "cannot be kept. It is half of a broken character, often an emoji: restore or remove "
            "it.",
        ),
        (
            "\x0c",
            "control",
            "Line 2, character 3 (code point 4 of the text) is a form feed (U+000C), which cannot "
            "be kept. Remove it, or put a line break or a space in its place.",
        ),
    ],
)
def test_a_refusal_says_what_where_and_what_to_do(character: str, kind: str, message: str) -> None:
    with pytest.raises(UnfitText) as refusal:
        clean_text(f"a\nbc{character}")

    assert (refusal.value.kind, str(refusal.value)) == (kind, message)


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        ("naïve 😀".encode(), "utf-8"),
        (codecs.BOM_UTF8 + "naïve 😀".encode(), "utf-8-sig"),
        ("naïve 😀".encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + "naïve 😀".encode("utf-16-be"), "utf-16"),
    ],
)
def test_utf8_and_what_a_bom_announces_are_decoded(raw: bytes, encoding: str) -> None:
    assert decode(raw) == Decoded("naïve 😀", encoding)


def test_decoding_leaves_line_ends_to_cleaning() -> None:
    assert decode(b"a\r\nb").text == "a\r\nb"


def test_other_bytes_are_not_guessed_but_shown_as_cp1252() -> None:
    raw = "plain\nAssad’s ally\r\nplain\n“yes” – no".encode("cp1252")

    with pytest.raises(UnknownEncoding) as refusal:
        decode(raw)

    assert refusal.value.preview == (PreviewLine(2, "Assad’s ally"), PreviewLine(4, "“yes” – no"))


def test_a_preview_is_short_and_shows_the_telling_part() -> None:
    raw = "\n".join(["x" * 1000 + "é" + "y" * 1000] * 9).encode("cp1252")

    with pytest.raises(UnknownEncoding) as refusal:
        decode(raw)

    assert [line.number for line in refusal.value.preview] == [1, 2, 3, 4, 5]
    assert {len(line.text) for line in refusal.value.preview} == {160}
    assert all("xéy" in line.text for line in refusal.value.preview)


def test_a_chosen_encoding_is_used() -> None:
    assert decode("“yes”".encode("cp1252"), encoding="cp1252") == Decoded("“yes”", "cp1252")


@pytest.mark.parametrize(
    ("raw", "chosen", "encoding"),
    [
        ("naïve 😀".encode(), "cp1252", "utf-8"),
        ("naïve 😀".encode(), "klingon", "utf-8"),
        (b"plain", "shift_jis", "utf-8"),
        (codecs.BOM_UTF8 + "naïve".encode(), "cp1252", "utf-8-sig"),
        ("naïve 😀".encode("utf-16"), "cp1252", "utf-16"),
        ("plain".encode("utf-16-le"), "utf-16-le", "utf-16-le"),
        ("日本".encode("iso2022_jp"), "iso2022_jp", "iso2022_jp"),
        ("naïve".encode("cp1252"), "cp1252", "cp1252"),
    ],
)
def test_a_byte_order_mark_and_valid_utf8_come_before_a_chosen_encoding(
    raw: bytes, chosen: str, encoding: str
) -> None:
    found = decode(raw, encoding=chosen)

    assert found.encoding == encoding
    assert found.text in {"naïve 😀", "naïve", "plain", "日本"}


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "rot13", "klingon", "a\0b"])
def test_a_chosen_encoding_that_does_not_fit_is_refused(encoding: str) -> None:
    with pytest.raises(UnknownEncoding):
        decode(b"\x81\xe9", encoding=encoding)


@given(st.binary())
def test_any_bytes_are_decoded_or_refused(raw: bytes) -> None:
    try:
        outcome: Decoded | UnknownEncoding = decode(raw)
    except UnknownEncoding as refusal:
        outcome = refusal

    assert isinstance(outcome, Decoded) or len(outcome.preview) <= 5
