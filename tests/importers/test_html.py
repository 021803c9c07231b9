"""Web pages: what is extracted, always the same; encodings; bombs; and nothing from the network."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from threading import Event

import pytest

from annotations.importers import Arrival, Question, Rejection, held, html
from annotations.importers.html import _fact, is_page, read
from annotations.text.zones import zones_of

ROOT = Path(__file__).parents[2]
SENTENCES = [
    f"The minister denied report number {number} on Monday, according to two officials."
    for number in range(6)
]
STORY = "".join(f"<p>{one}</p>" for one in SENTENCES)
FACTS = (
    "<title>Dam fails | The Herald</title><meta name=author content='Amira Haddad; Ben Okafor'>"
    "<meta property='og:site_name' content='The Herald'>"
    "<meta property='og:title' content='Dam fails'>"
    "<meta property='article:published_time' content='2017-05-04T10:00:00Z'>"
    "<link rel=canonical href='https://herald.example/dam?x=1'>"
)


def page(body: str = STORY, head: str = FACTS) -> str:
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body><nav><a href=/>Home</a></nav>"
        f"<article><h1>Dam fails</h1>{body}</article><footer>Leave a Reply</footer></body></html>"
    )


def arrival(raw: bytes | str, encoding: str = "") -> Arrival:
    told = raw if isinstance(raw, bytes) else raw.encode()
    (found,) = read(replace(held("dam.html", told), encoding=encoding))
    assert isinstance(found, Arrival), found
    return found


def test_an_article_is_extracted_with_its_facts() -> None:
    raw = page().encode()

    found = arrival(raw)

    one = found.manuscript
    assert one.text == "\n\n".join(["Dam fails", *SENTENCES])
    assert (one.title, one.byline, one.outlet) == (
        "Dam fails",
        "Amira Haddad, Ben Okafor",
        "The Herald",
    )
    assert (one.published_on, one.url) == (date(2017, 5, 4), "https://herald.example/dam?x=1")
    assert (one.external_id, one.file_encoding) == ("dam.html", "utf-8")
    assert one.file_sha256 == sha256(raw).hexdigest()
    assert found.notes == ("The text was extracted from a web page. Compare it with the page.",)


def test_text_of_the_page_stays_text() -> None:
    hostile = "<p>He wrote &lt;img src=x onerror=alert(1)&gt; and left the building at noon.</p>"

    text = arrival(page(STORY + hostile)).manuscript.text

    assert text.endswith("He wrote <img src=x onerror=alert(1)> and left the building at noon.")


def test_what_the_extract_leaves_at_the_end_is_found_as_a_zone() -> None:
    text = arrival(page(f"{STORY}<p>Leave a Reply</p><p>Post Comment</p>")).manuscript.text

    assert text.endswith("Leave a Reply\n\nPost Comment")
    assert [text[zone.start : zone.end] for zone in zones_of(text)] == [
        "Leave a Reply\n\nPost Comment"
    ]


def test_facts_that_do_not_fit_are_left_out_or_cut() -> None:
    head = (
        f"<title>{'long ' * 100}</title><meta name=author content='A\x01 Haddad'>"
        "<meta property='og:site_name' content=''><link rel=canonical href='javascript:alert(1)'>"
        "<meta property='article:published_time' content='some day'>"
    )

    one = arrival(page(head=head)).manuscript

    assert len(one.title) <= 300
    assert (one.url, one.published_on) == ("", None)
    assert "\x01" not in one.byline


def test_a_page_without_facts_is_an_article_too() -> None:
    one = arrival(f"<html><body><article>{STORY}</article></body></html>").manuscript

    assert SENTENCES[-1] in one.text
    assert (one.byline, one.outlet, one.url, one.published_on) == ("", "", "", None)


EURO = STORY + "<p>“Zoë paid 5 €,” said the mayor of the town, who was there at noon.</p>"


@pytest.mark.parametrize(
    ("raw", "encoding", "read_as"),
    [
        (page(EURO).encode(), "", "utf-8"),
        (page(EURO).encode("utf-8-sig"), "", "utf-8-sig"),
        (page(EURO).encode("utf-16"), "", "utf-16"),
        (page(EURO, "<meta charset=windows-1252>").encode("cp1252"), "", "cp1252"),
        (page(EURO, "<meta charset='ISO-8859-1'>").encode("cp1252"), "", "cp1252"),
        (page(EURO, '<meta charset="utf-16">').encode(), "", "utf-8"),
        (page(EURO, "<meta charset=klingon>").encode(), "", "utf-8"),
        (page(EURO, "<meta charset=windows-1252>").encode(), "", "utf-8"),
        (
            page(
                EURO, '<meta http-equiv="Content-Type" content="text/html; charset=macintosh">'
            ).encode("mac_roman"),
            "",
            "mac-roman",
        ),
        (page(EURO).encode("cp1252"), "cp1252", "cp1252"),
        (page(EURO, "<meta charset=utf-8>").encode("cp1252"), "cp1252", "cp1252"),
    ],
)
def test_a_page_is_read_in_its_encoding(raw: bytes, encoding: str, read_as: str) -> None:
    one = arrival(raw, encoding).manuscript

    assert "“Zoë paid 5 €,” said the mayor" in one.text
    assert one.file_encoding == read_as


@pytest.mark.parametrize("head", ["", "<meta charset=utf-8>"])
def test_a_page_in_no_encoding_it_names_is_asked_about(head: str) -> None:
    (asked,) = read(held("dam.html", page(EURO, head).encode("cp1252")))

    assert isinstance(asked, Question)
    assert asked.ask == "encoding"
    assert "Zoë paid 5 €" in asked.preview[0][1]


XHTML = f"<?xml version='1.0' encoding='UTF-8'?><html xmlns='x'><body>{STORY}</body></html>"


@pytest.mark.parametrize("raw", [XHTML, page(f"<font><center>{STORY}"), page().upper()])
def test_old_and_strict_pages_are_read(raw: str) -> None:
    assert SENTENCES[0].lower() in arrival(raw).manuscript.text.lower()


def test_pictures_in_the_page_do_not_matter() -> None:
    picture = "A" * 15_000_000
    body = f"<img src='data:image/png;base64,{picture}'><img src=data:image/png;base64,{picture[:99_999]}>"

    assert arrival(page(body + STORY)).manuscript.text.endswith(SENTENCES[-1])


NOTHING = "No article was found in the page. Copy its text and paste it instead."
TAGS = "It has more than 50,000 tags."
BOMBS: dict[str, tuple[Callable[[], str], str]] = {
    "empty": (lambda: "", NOTHING),
    "no page": (lambda: "\x00\x01\xff", NOTHING),
    "no text": (lambda: "<html><script>alert('<p>one</p>')</script></html>", NOTHING),
    "frames": (lambda: "<html><frameset><frame src=http://example.org></frameset>", NOTHING),
    "deep": (lambda: "<div>" * 49_000 + STORY, NOTHING),
    "deep lists": (lambda: "<ul><li>" * 24_000 + STORY, NOTHING),
    "deep tables": (lambda: "<table><tr><td>" * 16_000 + STORY, NOTHING),
    "angles": (lambda: "<" * 19_000_000, NOTHING),
    "entities": (lambda: "&amp;" * 3_900_000, NOTHING),
    "tags": (lambda: "<p>" * 3_000_000, TAGS),
    "scripts": (lambda: page("<script>a</script>" * 60_000), TAGS),
    "paragraphs": (lambda: page("<p>one more of them, he said</p>" * 60_000), TAGS),
    "attributes": (lambda: f"<p {'a=1 ' * 4_000_000}>", "A tag has more than 1,000 attributes"),
    "attributes without spaces": (lambda: "<p " + "a='1'" * 3_000_000, "A tag has more than 1,000"),
}


@pytest.mark.parametrize(("make", "reason"), BOMBS.values(), ids=BOMBS)
def test_a_page_that_is_none_is_refused(make: Callable[[], str], reason: str) -> None:
    (found,) = read(held("bomb.html", make().encode("latin-1").decode("latin-1").encode()))

    assert isinstance(found, Rejection)
    assert found.reason.startswith(reason)


HEAVY = {
    "a long page": 'page("<p>A line of the story, he said, and %s more.</p>" * 24_000)',
    "a script": "page('<script>' + 'x(\"<\");' * 2_000_000 + '</script>' + STORY)",
    "a title": "page(head='<title>' + 'a | b - ' * 2_000_000 + '</title>')",
    "facts": "page(head=\"<meta name=author content='A B'>\" * 40_000)",
    "an author": 'page(head="<meta name=author content=\'" + "A, B and C; " * 1_500_000 + "\'>")',
    "dates": 'page("<time datetime=2017-05-04>4.5.2017</time>" * 24_000 + STORY)',
    "headings": 'page("<h2>A heading of the page</h2>" * 24_000 + STORY)',
    "links": 'page("<a href=x>a link of the page</a>" * 24_000 + STORY)',
}
MEASURED = """
import resource
from tests.importers.test_html import STORY, held, page, read
upload = held("a.html", (%s).encode())
before = resource.getrusage(resource.RUSAGE_SELF)
found = [type(one).__name__ for one in read(upload)]
after = resource.getrusage(resource.RUSAGE_SELF)
print(len(found), (after.ru_maxrss - before.ru_maxrss) // 1024, after.ru_utime - before.ru_utime)
"""


@pytest.mark.parametrize("made", HEAVY.values(), ids=HEAVY)
def test_a_heavy_page_takes_bounded_memory_and_time(made: str) -> None:
    script = f"import django\ndjango.setup()\n{MEASURED % made}"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}

    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, check=True
    )

    count, mebibytes, seconds = map(float, told.stdout.split())
    assert count == 1
    assert mebibytes < 250
    assert seconds < 20


def test_an_extract_is_the_same_in_every_process() -> None:
    raw = page(f"{STORY}<ul><li>one of them</li><li>two of them</li></ul>{EURO}")
    script = (
        "import django, sys\ndjango.setup()\n"
        "from annotations.importers import held\nfrom annotations.importers.html import read\n"
        "print(ascii(list(read(held('dam.html', sys.stdin.buffer.read())))))"
    )

    told = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONHASHSEED": seed},
            input=raw.encode(),
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(told) == 1
    assert ascii([arrival(raw)]) == told.pop().decode().strip()


def test_nothing_is_fetched_and_nothing_logged(caplog: pytest.LogCaptureFixture) -> None:
    """`conftest` refuses the network; here even an attempt to find an address is a fault."""
    asked: list[str] = []
    is_over = Event()

    def hook(event: str, _arguments: tuple[object, ...]) -> None:
        if event.startswith("socket.") and not is_over.is_set():
            asked.append(event)

    sys.addaudithook(hook)
    body = (
        "<img src=https://example.org/a.png><iframe src=https://example.org></iframe>"
        "<link rel=stylesheet href=https://example.org/a.css><script src=//example.org></script>"
    )

    with caplog.at_level(logging.DEBUG):
        arrival(page(body + STORY))
        list(read(held("a.html", b"<html>")))

    is_over.set()
    assert asked == []
    assert [one.name for one in caplog.records if one.levelno >= logging.WARNING] == []


def test_a_page_is_known_by_how_it_begins() -> None:
    assert is_page("a.dat", b"\n <!DOCTYPE HTML>")
    assert is_page("a.dat", b"<?xml version='1.0'?><HTML xmlns='x'>")
    assert not is_page("a.dat", b"The word <b>html</b> alone says nothing.")


def test_a_fact_that_cannot_be_kept_is_left_out() -> None:
    told = [_fact("A\x01 Haddad", 300), _fact(" A\n Haddad ", 300), _fact("x" * 9, 5)]

    assert told == ["", "A Haddad", "xxxx…"]


def test_whatever_the_extractor_raises_the_page_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_arguments: object, **_options: object) -> None:
        raise AssertionError("a tree without a root")

    monkeypatch.setattr(html, "bare_extraction", breaks)

    (found,) = read(held("a.html", page().encode()))

    assert found == Rejection(NOTHING)
