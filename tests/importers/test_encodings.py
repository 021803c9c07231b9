"""Previews of encodings: the eye finds the right one among those that a file could be in."""

from __future__ import annotations

import codecs
import io
from time import process_time

import pytest

from annotations.importers import Question, held, html
from annotations.importers.encodings import ENCODINGS, SIZE, WIDTH, previews_of

SAMPLES = {
    "cp1252": "Zoë said “no” at the café, twice.",
    "mac_roman": "Zoë said “no” at the café, twice.",
    "cp1250": "Łódź i Gdańsk, powiedział Wałęsa.",
    "cp1251": "Он сказал, что это неправда.",
    "koi8_r": "Он сказал, что это неправда.",
    "cp1253": "Είπε ότι δεν είναι αλήθεια.",
    "cp1254": "Şişlide konuştu, doğru değil dedi.",
    "cp1255": "הוא אמר שזה לא נכון.",
    "cp1256": "قال إن هذا غير صحيح.",
    "gb18030": "他说这不是真的。",
    "big5": "他說這不是真的。",
    "shift_jis": "彼はそれは本当ではないと言った。",
    "euc_kr": "그는 사실이 아니라고 말했다.",
    "utf-16-le": "Zoë said no.",
}


def shown(raw: bytes) -> dict[str, list[tuple[int, str]]]:
    return {one.encoding: one.lines for one in previews_of(io.BytesIO(raw))}


@pytest.mark.parametrize("encoding", [key for key, _label in ENCODINGS])
def test_the_right_reading_is_among_those_shown(encoding: str) -> None:
    text = SAMPLES[encoding]

    found = shown(f"Plain.\n{text}\n".encode(encoding))

    assert [(2, text)] in found.values()


def test_western_european_comes_first() -> None:
    found = shown("Plain.\n\nZoë\n".encode("cp1252"))

    assert next(iter(found.items())) == ("cp1252", [(3, "Zoë")])


def test_readings_that_look_the_same_are_shown_once() -> None:
    found = shown("café".encode("cp1252"))

    assert "cp1252" in found
    assert "cp1254" not in found


def test_what_is_no_text_in_any_of_them_has_no_preview() -> None:
    assert shown(b"\xeb\x00\x01") == {}


def test_a_long_line_is_shown_around_what_tells() -> None:
    found = shown(("x" * 1000 + "ë" + "y" * 1000).encode("cp1252"))

    ((number, line),) = found["cp1252"]
    assert (number, len(line), "ë" in line) == (1, WIDTH, True)


def test_only_the_beginning_of_a_large_file_is_looked_at_also_within_a_character() -> None:
    raw = "彼は\n".encode("shift_jis") + "本".encode("shift_jis") * SIZE

    assert (1, "彼は") in shown(raw)["shift_jis"]


def test_every_encoding_on_offer_is_one_that_python_knows() -> None:
    assert [codecs.lookup(key).name for key, _label in ENCODINGS]


@pytest.mark.parametrize("name", ["punycode", "unicode_escape", "utf-7", "idna", "cp037", "hex"])
def test_a_page_that_names_what_is_no_encoding_of_the_web_is_asked_about(name: str) -> None:
    raw = b"<html><meta charset=%s><p>Zo\xeb" % name.encode() + b"x" * 200_000
    began = process_time()

    (asked,) = html.read(held("dam.html", raw))

    assert isinstance(asked, Question)
    assert process_time() - began < 1
