"""The dataset page: what goes in, a look at the rows, and the files."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from annotations.models import AnnotationSet, ClaimAnnotation, Project
from annotations.workflow import reviewing
from tests.pages import everything, page_of
from tests.people import Cast, make_article, make_set, tag
from tests.views.conftest import Browsers

PAGE = "/projects/news/datasets/"


@pytest.fixture
def decided(cast: Cast, submitted: AnnotationSet) -> AnnotationSet:
    """A set with one approved claim (the dam) and one that waits; and a draft elsewhere."""
    claim = ClaimAnnotation.objects.in_text_order()[0]
    reviewing.approve(claim, by=cast.rosa, version=claim.version)
    tag(make_set(cast, "Lee said it rained.\n"), "it rained", "allegation")
    return submitted


def rows_of(response: Any) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_page_counts_the_claims_of_each_choice(
    browsers: Browsers, decided: AnnotationSet
) -> None:
    page = page_of(browsers.rosa.get(PAGE))

    choices = {
        one.one("input")["value"]: one.one("small").words
        for one in page.all("label", **{"class": "choice"})
        if one.all("small")
    }
    assert choices == {
        "approved": "1 claim",
        "approved,pending": "2 claims",
        "submitted": "2 claims",
    }


def test_the_preview_shows_the_rows_that_the_file_has(
    browsers: Browsers, decided: AnnotationSet
) -> None:
    page = page_of(browsers.rosa.get(f"{PAGE}?status=approved,pending&table=claims"))

    table = page.one("table", **{"class": "grid csv"})
    header = [one.words for one in table.one("thead").all("th")]
    shown = [
        dict(zip(header, [cell.text for cell in row.all("td")], strict=True))
        for row in table.one("tbody").all("tr")
    ]
    (door,) = [one for one in page.all("a") if one.words == "claims.csv"]
    written = rows_of(browsers.rosa.get(door["href"]))
    assert [one["allegation_text"] for one in shown] == [
        "the dam had failed",
        "“We told them in May,”",
    ]
    assert [
        {**one, **{key: value for key, value in row.items() if value}}
        for one, row in zip(shown, written, strict=True)
    ] == shown
    assert list(written[0]) == header


@pytest.mark.parametrize(
    ("query", "states"),
    [
        ("", ["approved"]),
        ("?status=approved", ["approved"]),
        ("?status=", ["approved"]),
        ("?status=approved,pending", ["approved", "pending"]),
        ("?status=submitted", ["approved", "pending"]),
    ],
)
def test_a_file_holds_the_claims_of_the_chosen_status(
    browsers: Browsers, decided: AnnotationSet, query: str, states: list[str]
) -> None:
    response = browsers.rosa.get(f"{PAGE}claims.csv{query}")

    assert [row["status"] for row in rows_of(response)] == states


@pytest.mark.parametrize("table", ["claims", "spans", "links", "articles", "zones"])
def test_every_table_is_a_file_of_its_name(
    browsers: Browsers, decided: AnnotationSet, table: str
) -> None:
    response = browsers.rosa.get(f"{PAGE}{table}.csv?status=submitted")

    assert (response.status_code, response.headers["Content-Type"]) == (
        200,
        "text/csv; charset=utf-8",
    )
    assert response.headers["Content-Disposition"] == f'attachment; filename="news-{table}.csv"'
    assert (len(rows_of(response)) > 0) == (table != "zones")


@pytest.mark.parametrize(
    "address",
    [
        f"{PAGE}?status=draft",
        f"{PAGE}?status=approved&status=nothing",
        f"{PAGE}?status=%00",
        f"{PAGE}?table=people",
        f"{PAGE}?table=articles",
        f"{PAGE}people.csv",
        f"{PAGE}claims.csv?status=draft",
        f"{PAGE}Claims.csv",
        "/projects/olds/datasets/claims.csv",
    ],
)
def test_what_cannot_be_chosen_does_not_exist(
    browsers: Browsers, decided: AnnotationSet, address: str
) -> None:
    response = browsers.rosa.get(address)

    assert response.status_code == 404


def test_an_empty_choice_says_so(browsers: Browsers, cast: Cast) -> None:
    make_article(cast)

    page = page_of(browsers.rosa.get(PAGE))

    assert page.one("table").one("tbody").words == "No claim has this status yet."


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}claims.csv"])
@pytest.mark.parametrize(
    ("who", "is_blind", "answers"),
    [
        ("edda", False, [200, 200, 403]),
        ("edda", True, [200, 403, 403]),
        ("rosa", True, [200, 200, 200]),
        ("mara", True, [200, 200, 200]),
        ("stranger", False, [404, 404, 404]),
    ],
)
def test_what_is_being_rewritten_is_for_those_who_review(
    browsers: Browsers,
    decided: AnnotationSet,
    address: str,
    who: str,
    is_blind: bool,
    answers: list[int],
) -> None:
    Project.objects.update(blind=is_blind)
    choices = ("approved", "approved,pending", "submitted")

    found = [getattr(browsers, who).get(f"{address}?status={choice}") for choice in choices]

    assert [answer.status_code for answer in found] == answers


def test_an_editor_is_offered_what_an_editor_may_download(
    browsers: Browsers, decided: AnnotationSet
) -> None:
    page = page_of(browsers.edda.get(PAGE))

    assert [one["value"] for one in page.all("input", name="status")] == [
        "approved",
        "approved,pending",
    ]


def test_a_refused_download_says_why(browsers: Browsers, decided: AnnotationSet) -> None:
    response = browsers.edda.get(f"{PAGE}claims.csv?status=submitted")

    reason = "Claims that are being rewritten are for reviewers and managers."
    assert (response.status_code, reason in page_of(response).words) == (403, True)


def test_reading_and_downloading_writes_nothing(browsers: Browsers, decided: AnnotationSet) -> None:
    before = everything()

    browsers.rosa.get(PAGE)
    rows_of(browsers.rosa.get(f"{PAGE}claims.csv"))

    assert everything() == before


def test_asking_for_the_headers_alone_sends_no_row(
    browsers: Browsers, decided: AnnotationSet
) -> None:
    response: Any = browsers.rosa.head(f"{PAGE}claims.csv")

    assert (response.status_code, b"".join(response.streaming_content)) == (200, b"")


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_of_the_page_do_not_grow_with_the_claims(
    browsers: Browsers,
    cast: Cast,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    for number in range(count):
        annotation_set = make_set(cast, f"Article {number}: Lee said it rained.\n")
        claim = tag(annotation_set, "it rained", "allegation")
        tag(annotation_set, "Lee", "source", claim=claim)
        reviewing.submit(annotation_set, by=cast.edda)
    browsers.rosa.get("/")

    with django_assert_num_queries(14):
        browsers.rosa.get(f"{PAGE}?status=submitted")
