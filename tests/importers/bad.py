"""Files that are no articles, each with what is said of it; made when a test asks for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.importers.cases import article, line
from tests.importers.zips import (
    STORY,
    bomb,
    flagged,
    linked,
    lying,
    many_bombs,
    overlapping,
    zipped,
)

MIB = 2**20
SMALL = zipped(("a.txt", STORY * 100))
Files = Mapping[str, bytes]
Bad = tuple[Files | Callable[[], Files], str, int, str]
"""Files, the one at fault, the line of its fault, and how the reason begins."""


def table(*rows: str) -> Files:
    """A CSV file of these lines."""
    return {"table.csv": "\n".join(rows).encode()}


BAD_FILES: dict[str, Bad] = {
    # name: files, the one that is at fault, its line, how the reason begins
    "zip bomb": (
        lambda: {"a.zip": bomb()},
        "a.zip/zeros.txt",
        0,
        "Unpacked it is larger than 20 MiB. Divide it.",
    ),
    "zip of many bombs": (
        lambda: {"a.zip": many_bombs(27, 10 * MIB)},
        "a.zip",
        0,
        "Unpacked it is larger than 256 MiB. Divide it",
    ),
    "zip ratio": (
        lambda: {"a.zip": bomb(19 * MIB)},
        "a.zip/zeros.txt",
        0,
        "It unpacks to more than a hundred times",
    ),
    "zip entries": (
        lambda: {"a.zip": overlapping(20_000)},
        "a.zip",
        0,
        "It holds more than 10,000 files. Divide",
    ),
    "zip lying about size": (
        {"a.zip": lying(SMALL, size=10)},
        "a.zip/a.txt",
        0,
        "It is damaged, or other than",
    ),
    "zip lying about packing": (
        lambda: {"a.zip": lying(bomb(19 * MIB), packed=MIB)},
        "a.zip/zeros.txt",
        0,
        "It is damaged",
    ),
    "zip slip": (
        {"a.zip": zipped(("../../etc/cron.txt", STORY))},
        "a.zip/../../etc/cron.txt",
        0,
        "Its name points out of the archive. Pack",
    ),
    "zip with an absolute name": (
        {"a.zip": zipped(("/etc/cron.txt", STORY))},
        "a.zip//etc/cron.txt",
        0,
        "Its name points out of",
    ),
    "zip of a symlink": (
        {"a.zip": zipped((linked("a.txt", "/etc/passwd"), b"/etc/passwd"))},
        "a.zip/a.txt",
        0,
        "It is a link or a device",
    ),
    "zip encrypted": (
        {"a.zip": flagged(SMALL, flags=1)},
        "a.zip/a.txt",
        0,
        "It is encrypted. Pack it again without",
    ),
    "zip in a zip": (
        {"a.zip": zipped(("b.zip", SMALL))},
        "a.zip/b.zip",
        0,
        "It is an archive in an archive. Unpack",
    ),
    "zip with a name twice": (
        lambda: {"a.zip": zipped(("a.txt", STORY), ("a.txt", b"Another."))},
        "a.zip/a.txt",
        0,
        "Two files of the archive have this name. Rename one.",
    ),
    "zip cut off": (
        {"a.zip": SMALL[:-9]},
        "a.zip",
        0,
        "It is no intact zip archive. Pack it again",
    ),
    "zip that is none": ({"a.zip": STORY}, "a.zip", 0, "It is no intact zip archive."),
    "zip without files": ({"a.zip": zipped()}, "a.zip", 0, "It holds no files."),
    "zip with a bad file": (
        {"a.zip": zipped(("good.txt", STORY), ("sub/bad.txt", b"A\0"))},
        "a.zip/sub/bad.txt",
        0,
        "Line 1, character 2 (code point 1 of the text) is a NUL character",
    ),
    "50 MB of text": (
        lambda: {"large.txt": b"word " * 10_000_000},
        "large.txt",
        0,
        "It is larger than 20 MiB. Divide it.",
    ),
    "50 MB of lines": (
        lambda: {"large.jsonl": line(article()) * 60_000},
        "large.jsonl",
        0,
        "It is larger than 20 MiB. Divide it.",
    ),
    "empty text": (
        {"a.txt": b""},
        "a.txt",
        0,
        "The text is empty. Leave it out, or put the words in.",
    ),
    "blank text": (
        {"a.txt": b"\xef\xbb\xbf \n\t\n"},
        "a.txt",
        0,
        "The text is empty. Leave it out, or put the words in.",
    ),
    "NUL": (
        {"a.txt": b"One.\nTwo\0."},
        "a.txt",
        0,
        "Line 2, character 4 (code point 8 of the text) is a NUL character (U+0000), which cannot "
        "be kept. Is the file really text?",
    ),
    "C0 control": ({"a.txt": b"One.\x0c"}, "a.txt", 0, "Line 1, character 5 (code point 4 of the"),
    "UTF-16 without a mark": (
        {"a.txt": "A story, he said.".encode("utf-16-le")},
        "a.txt",
        0,
        "Line 1, character 2 (code point 1 of the text) is a NUL character",
    ),
    "UTF-16 cut in half": ({"a.txt": b"\xff\xfeA"}, "a.txt", 0, "The file is not valid utf-16."),
    "UTF-32": ({"a.txt": "A dam.".encode("utf-32-be")}, "a.txt", 0, "Line 1, character 1 (code"),
    "cp1252": ({"a.txt": b"Zo\xeb said so."}, "a.txt", 0, "The file is not valid utf-8. Choose"),
    "a program": ({"a.txt": b"\x7fELF\x02\x01\x01" + bytes(99)}, "a.txt", 0, "Line 1, character"),
    "a Word file": ({"a.docx": SMALL}, "a.docx", 0, "Files of this kind are not read. Save it as"),
    "a PDF": ({"a.pdf": b"%PDF-1.4"}, "a.pdf", 0, "Files of this kind are not read. Copy its text"),
    "a file of no kind": ({"a.dat": b"\x01\x02"}, "a.dat", 0, "What it is cannot be told from its"),
    "a table without a text": (
        table("a,b", "1,2"),
        "table.csv",
        0,
        "No column is known to hold the",
    ),
    "a table with too many fields": (
        table("text,title", "One.,A", "Two, he said.,B,C"),
        "table.csv",
        3,
        "It has 4 fields, but the first line names 2 columns. Put fields",
    ),
    "a table with an open mark": (
        table("text,title", "One.,A", '"Two.,B', "Three.,C"),
        "table.csv",
        3,
        "The quotation marks of this row do not fit",
    ),
    "a table with a huge title": (
        table("text,title", f"One.,{'x' * 500_000}"),
        "table.csv",
        2,
        "title: Ensure this value has at most 300 characters",
    ),
    "a table with a date that is two": (
        table("text,date", "One.,3/4/2026"),
        "table.csv",
        2,
        "“3/4/2026” may be two days. Write it as year, month and day",
    ),
    "a table without rows of text": (table("text,title", ",A"), "table.csv", 2, "“text” is empty"),
    "an empty table": (table(""), "table.csv", 0, "The file is empty. Its first line must name"),
    "a page of scripts": (
        lambda: {"a.html": b"<html>" + b"<script>a('<p>')</script>" * 60_000},
        "a.html",
        0,
        "It has more than 50,000 tags. Copy the text",
    ),
    "a page with a tag that never ends": (
        lambda: {"a.html": b"<html><p " + b"a=1 " * 500_000},
        "a.html",
        0,
        "A tag has more than 1,000 attributes",
    ),
    "a page nested without end": (
        lambda: {"a.html": b"<html>" + b"<div>" * 49_000},
        "a.html",
        0,
        "No article was found in the page. Copy its text",
    ),
}
