"""What tests of the import page share: bringing files as Mara does, and reading the page."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from annotations.models import ImportRun
from tests.pages import Element, page_of
from tests.views.conftest import Browsers

NEW = "/projects/news/import/"
CSV = b"headline,body,day\nOne,The dam broke.,2026-11-22\nTwo,,2026-11-22\n"
HTML = (
    b"<html><head><title>Bridge falls</title></head><body><nav>Home</nav><article><p>The bridge fell "
    b"on Monday, officials said. Nobody was hurt, according to the police of the town.</p><p>Engineers "
    b"had warned for years that the bridge was old and its pillars had cracks.</p></article></body></html>"
)


def path(run: ImportRun, verb: str = "detail") -> str:
    return reverse(f"annotations:import_{verb}", args=["news", run.pk])


def sent(browsers: Browsers, **files: bytes) -> Any:
    """Mara brings files; their names have a dot for the last underscore."""
    named = [SimpleUploadedFile(".".join(key.rsplit("_", 1)), raw) for key, raw in files.items()]
    return browsers.mara.post(NEW, {"uploads": named})


def shown(browsers: Browsers, run: ImportRun) -> Element:
    return page_of(browsers.mara.get(path(run)))


def rows(page: Element) -> list[tuple[str, str, str]]:
    """File, verdict and number of articles of each row of the report."""
    found = []
    for row in page.one("table", **{"class": "grid report"}).one("tbody").all("tr"):
        verdicts = [
            one
            for one in row.all("span")
            if (one.attributes.get("class") or "").startswith("verdict")
        ]
        found.append((row.one("b").words, verdicts[0].words, row.all("td")[1].words))
    return found
