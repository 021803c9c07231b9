"""Web pages: one saved page is one article, its text and facts as trafilatura finds them.

The text is an extract, so a note asks a person to compare it with the page; what is left of the page
around it is found by the rule for zones. Bytes are read by their byte order mark, else as UTF-8,
else as the encoding a person chose, else as that which the page names. Nothing is fetched and
no script runs; pages that no reader writes are refused before they are parsed.
"""

from __future__ import annotations

import codecs
import logging
import re
from collections.abc import Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from trafilatura import bare_extraction
from trafilatura.settings import Document

from annotations.importers import Arrival, Found, Rejection, Upload, register
from annotations.importers.encodings import OF_THE_WEB
from annotations.importers.text import Words, words_of
from annotations.text.intake import Decoded, UnfitText, clean_text, decode
from annotations.workflow.intake import Manuscript

MOST_TAGS = 50_000  # a long page has 10,000; parsing these takes 2 s and 150 MB
MOST_ATTRIBUTES = 1000  # of one tag; the parser takes quadratic time
LONGEST_FACT = 300
LONGEST_OUTLET = 200
LONGEST_URL = 1000

_HEAD = 4096  # bytes in which a page names its encoding
_CHARSET = re.compile(rb"""<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_ATTRIBUTE = r"""[\s/]*+[^\s<>=/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s<>]*+))?+"""
_TAG = re.compile(rf"<[a-zA-Z][^\s<>/]*+(?P<attributes>(?:{_ATTRIBUTE})*+)")
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_WIDER = {
    **dict.fromkeys(("iso8859-1", "ascii"), "cp1252"),
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}  # as browsers read them
_CUT = re.compile(r"""[^\s"'<>]{65536,}+|"[^"<>]{65536,}+"|'[^'<>]{65536,}+'""")  # pictures
_OPTIONS = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}

# What they say of a page is of no use to who reads the log, and may quote it.
for _library in ("trafilatura", "htmldate", "courlan", "justext"):
    logging.getLogger(_library).setLevel(logging.CRITICAL + 1)


def is_page(_name: str, head: bytes) -> bool:
    """Whether a file begins like a web page."""
    begin = head[:_HEAD].lower()
    return b"<!doctype html" in begin or b"<html" in begin


@register(
    "html",
    label="Web page",
    suffixes=(".html", ".htm", ".xhtml"),
    sniff=is_page,
    help=gettext_lazy("A saved web page. Its article is extracted; compare it with the page."),
)
def read(upload: Upload) -> Iterator[Found]:
    """The article of the page."""
    page = words_of(upload, _decoded)
    if not isinstance(page, Words):
        yield page
        return
    reason = _why_not_parse(page.text)
    found = None if reason else _extracted(page.text)
    if found is None:
        yield Rejection(
            reason or _("No article was found in the page. Copy its text and paste it instead.")
        )
        return
    note = _("The text was extracted from a web page. Compare it with the page.")
    yield Arrival(_manuscript(upload, found, page), notes=(note,))


def _decoded(raw: bytes, *, encoding: str) -> Decoded:
    """The page as text; raises UnknownEncoding where it is not in the encoding it names.

    A name that is none of the encodings of the web counts as no name.
    """
    named = _CHARSET.search(raw[:_HEAD])
    if encoding or named is None:
        return decode(raw, encoding=encoding)
    try:
        codec = codecs.lookup(named[1].decode()).name
    except LookupError:
        return decode(raw)
    codec = _WIDER.get(codec, codec)
    return decode(raw, encoding=codec if codec in OF_THE_WEB else "")


def _why_not_parse(page: str) -> str:
    """What is wrong with a page made to take a parser for ever; "" where nothing is."""
    tags = 0
    for tags, tag in enumerate(_TAG.finditer(page), 1):  # noqa: B007 -- counted for below
        attributes = tag["attributes"]
        if len(attributes) > MOST_ATTRIBUTES:
            count = sum(1 for _one in _ATTRIBUTES.finditer(attributes))
            if count > MOST_ATTRIBUTES:
                return _("A tag has more than 1,000 attributes: this is no page with an article.")
    if tags > MOST_TAGS:
        return _("It has more than 50,000 tags. Copy the text of the article and paste it instead.")
    return ""


def _extracted(page: str) -> Document | None:
    """What trafilatura makes of a page; None where it finds no article, or gives up."""
    try:
        found = bare_extraction(
            _CUT.sub("", page),
            include_comments=False,
            with_metadata=True,
            date_extraction_params=_OPTIONS,
        )
    except Exception:  # whatever its many parts raise means that this is no page for them
        return None
    return found if isinstance(found, Document) and (found.text or "").strip() else None


def _manuscript(upload: Upload, found: Document, page: Words) -> Manuscript:
    """The article, its paragraphs parted by blank lines; facts that do not fit are left out."""
    lines = (line.strip() for line in (found.text or "").split("\n"))
    return Manuscript(
        text="\n\n".join(line for line in lines if line),
        title=_fact(found.title, LONGEST_FACT),
        byline=_fact((found.author or "").replace("; ", ", "), LONGEST_FACT),
        outlet=_fact(found.sitename, LONGEST_OUTLET),
        url=_address(found.url),
        published_on=_date(found.date),
        external_id=upload.name,
        file_encoding=page.encoding,
        file_sha256=page.sha256,
    )


def _fact(found: str | None, longest: int) -> str:
    """One line of what is known about an article, "" where it cannot be kept."""
    try:
        line = " ".join(clean_text(found or "").split())
    except UnfitText:
        return ""
    return line if len(line) <= longest else line[: longest - 1] + "…"


def _address(found: str | None) -> str:
    """The page's own address, "" where it is none."""
    try:
        URLValidator(schemes=("http", "https"))(found or "")
    except ValidationError:
        return ""
    return found if found and len(found) <= LONGEST_URL else ""


def _date(found: str | None) -> date | None:
    try:
        return date.fromisoformat(found or "")
    except ValueError:
        return None
