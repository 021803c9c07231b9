"""Whatever is sent, it gets its answer, changes nothing and never breaks the server."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from annotations.models import AnnotationSet, ClaimAnnotation, Link, Span
from annotations.workflow import reviewing
from tests.pages import HTMX, Values, everything, page_of, signed_in, told
from tests.people import Cast, link, make_cast, make_set, make_submitted_set, passage_of, tag
from tests.seed import seed_text

HUGE = (str(2**31), str(2**63), str(10**30), "9" * 5000)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def edda(cast: Cast) -> Client:
    return signed_in(cast.edda)


@pytest.fixture
def rosa(cast: Cast) -> Client:
    return signed_in(cast.rosa)


@pytest.fixture
def opened(cast: Cast) -> AnnotationSet:
    """An open set with A1, said by S1."""
    annotation_set = make_set(cast)
    claim = tag(annotation_set, "the dam had failed", "allegation")
    tag(annotation_set, "Officials", "source", claim=claim)
    return annotation_set


@pytest.fixture
def waiting(cast: Cast) -> ClaimAnnotation:
    """A claim that waits for a decision."""
    make_submitted_set(cast)
    return ClaimAnnotation.objects.in_text_order()[0]


def named(label: str) -> Span:
    return next(one for one in Span.objects.all() if one.label == label)


def selection(annotation_set: AnnotationSet, words: str = "Photographs", **more: str) -> Values:
    (place,) = passage_of(annotation_set.article, words).fragments
    return {
        "start": str(place.start),
        "end": str(place.end),
        "quote": words,
        "text_rev": annotation_set.article.text_rev,
        "tag": "evidence",
        "uid": str(uuid4()),
        **more,
    }


def refused(client: Client, path: str, form: Values, status: int) -> str:
    """The reason of a refusal, the same with htmx and without, that changes nothing."""
    before = everything()

    plain = client.post(path, form)
    fragments = client.post(path, form, headers=HTMX)

    assert (plain.status_code, fragments.status_code) == (status, status)
    assert everything() == before
    reason = str(told(fragments, "ascribe:refused")["reason"])
    assert page_of(plain).one("main").all("p")[0].text == reason
    return reason


OTHER_WORDS = "These offsets quote other words than were selected."
NO_PLACE = "These offsets do not fit the text."
NO_WORDS = "There are no words in this selection."


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"end": "153"}, NO_PLACE),
        ({"start": "46"}, NO_PLACE),
        ({"start": "60"}, NO_PLACE),
        ({"start": ["35", "35"], "end": ["46", "46"], "quote": ["Photographs"] * 2}, NO_PLACE),
        ({"start": "34"}, OTHER_WORDS),
        ({"end": "47"}, OTHER_WORDS),
        ({"quote": "photographs"}, OTHER_WORDS),
        ({"quote": "Photographs "}, OTHER_WORDS),
        ({"quote": ""}, OTHER_WORDS),
        ({"start": "79", "end": "81", "quote": "\n\n"}, NO_WORDS),
        ({"start": "79", "end": "81", "quote": "\r\n\r\n"}, NO_WORDS),
        ({"start": "34", "end": "35", "quote": " "}, NO_WORDS),
        ({"start": "33", "end": "34", "quote": "."}, NO_WORDS),
        ({"start": "33", "end": "35", "quote": ". "}, NO_WORDS),
        ({"quote": ["Photographs", "x"]}, "Every part needs a start, an end and its words."),
        ({"start": ["35"] * 41, "end": ["46"] * 41, "quote": ["x"] * 41}, "A passage has between"),
        ({"tag": "rumour"}, "tag: Select a valid choice."),
        ({"uid": "1"}, "uid: Enter a valid UUID."),
        *(({name: ""}, "") for name in ("start", "end", "text_rev", "tag", "uid")),
        *(({name: number}, "") for name in ("start", "end", "claim") for number in HUGE[1:]),
        *(({name: "x"}, "") for name in ("start", "end", "claim")),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_selection_that_does_not_fit_is_refused(
    edda: Client, opened: AnnotationSet, changes: Values, reason: str
) -> None:
    form = selection(opened) | changes

    told_reason = refused(edda, f"/annotation-sets/{opened.pk}/spans/", form, 422)

    assert told_reason.startswith(reason)


@pytest.mark.parametrize("name", ["start", "end", "quote", "text_rev", "tag", "uid"])
def test_a_selection_that_lacks_something_is_refused(
    edda: Client, opened: AnnotationSet, name: str
) -> None:
    form = {key: value for key, value in selection(opened).items() if key != name}

    refused(edda, f"/annotation-sets/{opened.pk}/spans/", form, 422)


def test_a_selection_in_another_text_is_a_conflict(edda: Client, opened: AnnotationSet) -> None:
    form = selection(opened, text_rev="0123456789ab")

    reason = refused(edda, f"/annotation-sets/{opened.pk}/spans/", form, 409)

    assert reason == "The text of this article is another one by now. Reload the page."


@pytest.mark.parametrize("words", ["Leave a Reply", "chemical weapons attack\n\nCategories"])
def test_boilerplate_is_not_tagged(edda: Client, cast: Cast, words: str) -> None:
    annotation_set = make_set(cast, seed_text())

    reason = refused(
        edda, f"/annotation-sets/{annotation_set.pk}/spans/", selection(annotation_set, words), 409
    )

    assert reason.startswith("These words lie in boilerplate")


def test_the_same_words_are_not_tagged_twice(edda: Client, opened: AnnotationSet) -> None:
    form = selection(opened, "Officials", tag="source")

    reason = refused(edda, f"/annotation-sets/{opened.pk}/spans/", form, 422)

    assert reason == "These words are tagged already: S1."


def test_an_id_that_was_used_in_another_set_is_refused(
    edda: Client, cast: Cast, opened: AnnotationSet
) -> None:
    other = make_set(cast, "Lee said it rained.\n")
    form = selection(other, "it rained", uid=str(named("A1").uid))

    refused(edda, f"/annotation-sets/{other.pk}/spans/", form, 422)


def test_a_claim_of_another_set_or_project_does_not_exist(
    edda: Client, cast: Cast, opened: AnnotationSet
) -> None:
    olds = make_cast("olds")
    claims = [
        tag(make_set(cast, "Lee said it rained.\n"), "it rained", "allegation"),
        tag(make_set(olds, "Kim said it snowed.\n"), "it snowed", "allegation"),
    ]
    before = everything()

    answers = [
        edda.post(path, selection(opened, claim=str(claim.pk)) | {"passage": "Photographs"})
        for claim in claims
        for path in (f"/annotation-sets/{opened.pk}/spans/", f"/annotation-sets/{opened.pk}/find/")
    ]

    assert ([answer.status_code for answer in answers], everything()) == ([404] * 4, before)


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("retag", {"tag": "rumour"}),
        ("retag", {"tag": "source"}),
        ("retag", {}),
        ("resize", {"start": "0"}),
        ("describe", {}),
        ("describe", {"kind": "martian"}),
        ("describe", {"certainty": "certain"}),
        ("describe", {"colour": "red"}),
        ("describe", {"role": "x" * 501}),
        *(("remove", {"version": number}) for number in ("", "0", "-1", "x", "1.5", HUGE[3])),
    ],
)
def test_a_change_of_a_passage_that_does_not_fit_is_refused(
    edda: Client, opened: AnnotationSet, verb: str, form: Values
) -> None:
    source = named("S1")

    refused(edda, f"/spans/{source.pk}/{verb}/", {"version": str(source.version)} | form, 422)


@pytest.mark.parametrize("verb", ["retag", "resize", "remove", "describe"])
@pytest.mark.parametrize("version", ["1", "99", *HUGE[:3]])
def test_a_stale_form_is_a_conflict(
    edda: Client, opened: AnnotationSet, verb: str, version: str
) -> None:
    form = selection(opened) | {"tag": "cue", "role": "engineers", "version": version}

    reason = refused(edda, f"/spans/{named('S1').pk}/{verb}/", form, 409)

    assert reason == "This passage has been changed since. Look at it as it is now."


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"type": "likes", "implicit": "author"}, 422),
        ({"type": "attributed_to"}, 422),
        ({"type": "attributed_to", "implicit": "nobody"}, 422),
        ({"type": "supports", "implicit": "author"}, 422),
        ({"type": "attributed_to", "to_span": "itself"}, 422),
        ({"type": "relayed_by", "to_span": "source"}, 422),
        ({"type": "attributed_to", "to_span": "source", "implicit": "author"}, 422),
        ({"type": "attributed_to", "to_span": "source"}, 422),
        ({"type": "attributed_to", "to_span": "x"}, 422),
        ({"type": "attributed_to", "to_span": "-1"}, 422),
        ({"type": "attributed_to", "from_span": "", "implicit": "author"}, 422),
        ({"type": "attributed_to", "to_span": HUGE[0]}, 409),
        ({"type": "attributed_to", "from_span": HUGE[0]}, 409),
        *(({"type": "attributed_to", "to_span": number}, 422) for number in HUGE[1:3]),
        *(({"type": "attributed_to", "from_span": number}, 422) for number in HUGE[1:3]),
        ({"type": "attributed_to", "to_span": HUGE[3]}, 422),
    ],
    ids=lambda value: str(value)[:70],
)
def test_a_link_that_cannot_be_is_refused(
    edda: Client, opened: AnnotationSet, form: Values, status: int
) -> None:
    spans = {"itself": str(named("A1").pk), "source": str(named("S1").pk)}
    sent = {"from_span": spans["itself"]} | {
        name: spans.get(str(value), value) for name, value in form.items()
    }
    before = everything()

    response = edda.post(f"/annotation-sets/{opened.pk}/links/", sent)

    assert (response.status_code, everything()) == (status, before)


@pytest.mark.parametrize("verdict", ["approve", "return", "reject"])
@pytest.mark.parametrize(
    ("version", "status"),
    [("", 422), ("0", 422), ("x", 422), ("99", 409), *((number, 409) for number in HUGE[:3])],
)
def test_a_decision_on_another_version_is_refused(
    rosa: Client, waiting: ClaimAnnotation, verdict: str, version: str, status: int
) -> None:
    form = {"version": version, "reasons": "other"}

    refused(rosa, f"/claims/{waiting.pk}/{verdict}/", form, status)


def test_own_work_is_approved_by_nobody_not_even_past_the_program(cast: Cast, rosa: Client) -> None:
    own = make_set(cast, by=cast.rosa)
    claim = tag(own, "the dam had failed", "allegation")
    link("attributed_to", claim, implicit="author")
    reviewing.submit(own, by=cast.rosa)

    reason = refused(rosa, f"/claims/{claim.pk}/approve/", {"version": "2"}, 403)

    assert reason == "This is your own work: somebody else has to decide it."
    with (
        pytest.raises(IntegrityError, match="claim_not_decided_by_author"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE annotations_claimannotation SET state = 'approved', decided_by_id = %s,"
            " decided_at = CURRENT_TIMESTAMP, changed_by_id = %s",
            [cast.rosa.pk, cast.mara.pk],
        )


def test_a_claim_that_has_gone_is_a_conflict(edda: Client, opened: AnnotationSet) -> None:
    claim = named("A1")
    edda.post(f"/spans/{claim.pk}/remove/", {"version": str(claim.version)})

    form = selection(opened, claim=str(claim.pk))

    assert (Link.objects.count(), Span.objects.count()) == (0, 1)
    refused(edda, f"/annotation-sets/{opened.pk}/spans/", form, 409)
