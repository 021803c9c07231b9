"""Label Studio's tasks: units, annotators, attributes, and what is rejected at which line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.importers import Arrival, Rejection, held, labelstudio
from annotations.models import AnnotationSet, Article, Link, Span
from tests.importers.cases import imported
from tests.people import make_cast
from tests.rows import dump

pytestmark = pytest.mark.django_db

TEXT = "🙂 Ann said it broke."
"""In UTF-16 units Ann stands at 3, said at 7, it broke at 12."""


def region(key: str, label: str, start: int, end: int, words: str | None) -> dict[str, Any]:
    value = {"start": start, "end": end, "labels": [label]}
    quote = {} if words is None else {"text": words}
    return {"id": key, "type": "labels", "from_name": "label", "value": value | quote}


ANN = region("s", "Source", 3, 6, "Ann")
BROKE = region("a", "Content", 12, 20, "it broke")
JOINED = {"type": "relation", "from_id": "a", "to_id": "s", "labels": ["attributed to"]}


def annotation(*result: object, by: object = "edda", **changes: object) -> dict[str, object]:
    return {"completed_by": by, "result": list(result)} | changes


def tasks(*annotations: object, text: str = TEXT, **changes: object) -> bytes:
    task = {"id": 3, "data": {"text": text}, "annotations": list(annotations)} | changes
    return b"[\n" + json.dumps(task).encode() + b"\n]\n"


def places() -> list[tuple[int, int, str]]:
    return [(one.start, one.end, one.text) for one in Span.objects.order_by("start")]


def test_units_of_javascript_become_code_points() -> None:
    imported(make_cast(), "a.json", tasks(annotation(ANN, BROKE, JOINED)))

    assert places() == [(2, 5, "Ann"), (11, 19, "it broke")]
    assert Link.objects.get().to_span == Span.objects.get(tag="source")


@pytest.mark.parametrize(
    ("text", "one"),
    [
        (TEXT, region("s", "Source", 2, 5, "Ann")),
        ("A\r\n🙂 Ann", region("s", "Source", 6, 9, "Ann")),
        ("A\r\n🙂 Ann", region("s", "Source", 5, 8, "Ann")),
        ("A\r\n🙂 Ann", region("s", "Source", 4, 7, "Ann")),
    ],
    ids=["code points", "CRLF counted", "CRLF not counted", "neither"],
)
def test_other_ways_to_count_are_taken_where_quotations_prove_them(
    text: str, one: dict[str, Any]
) -> None:
    imported(make_cast(), "a.json", tasks(annotation(one), text=text))

    assert Span.objects.get().text == "Ann"


def test_a_line_break_in_a_quotation_may_be_written_out() -> None:
    one = region("s", "Source", 0, 3, "A\\nB")

    imported(make_cast(), "a.json", tasks(annotation(one), text="A\nB"))

    assert Span.objects.get().text == "A\nB"


@pytest.mark.parametrize(
    ("by", "name"),
    [
        ("edda", "edda"),
        ({"id": 4, "email": "ann@example.org"}, "ann@example.org"),
        ({"id": 4}, "labelstudio-4"),
        (4, "labelstudio-4"),
        (None, "mara"),
    ],
)
def test_an_annotation_belongs_to_who_completed_it(by: object, name: str) -> None:
    imported(make_cast(), "a.json", tasks(annotation(ANN, by=by)))

    assert AnnotationSet.objects.get().annotator.username == name


def test_several_annotations_are_several_sets_and_cancelled_ones_are_left_out() -> None:
    report = imported(
        make_cast(),
        "a.json",
        tasks(annotation(ANN), annotation(ANN, by="egon"), annotation(was_cancelled=True)),
    )

    assert report.entries[0].annotators == ("edda", "egon")
    assert [one.line for one in report.entries[0].left_out] == [2]


def test_choices_and_text_areas_of_a_region_are_attributes() -> None:
    chosen = {
        "id": "a",
        "type": "choices",
        "from_name": "Certainty",
        "value": {"choices": ["possible"]},
    }
    written = {"id": "a", "type": "textarea", "from_name": "about", "value": {"text": ["the dam"]}}
    odd = {"id": "a", "type": "choices", "from_name": "mood", "value": {"choices": ["grim"]}}
    rating = {"id": "a", "type": "rating", "value": {"rating": 3}}

    report = imported(make_cast(), "a.json", tasks(annotation(BROKE, chosen, written, odd, rating)))

    assert Span.objects.get().attributes == {
        "certainty": "possible",
        "about": "the dam",
        "quote_type": "indirect",
    }
    assert sorted(one.reason for one in report.entries[0].left_out) == [
        "A part of type “rating”.",
        "a: “mood” is no attribute here.",
    ]


def test_a_relation_to_the_left_is_turned_round() -> None:
    turned = JOINED | {"from_id": "s", "to_id": "a", "direction": "left"}

    imported(make_cast(), "a.json", tasks(annotation(ANN, BROKE, turned)))

    assert Link.objects.get().from_span.tag == "allegation"


def test_a_text_may_be_called_otherwise_if_it_is_the_only_one() -> None:
    raw = json.dumps({"data": {"body": "It broke.", "n": 1}, "annotations": []}).encode()

    imported(make_cast(), "a.json", raw)

    assert Article.objects.get().text == "It broke."


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        (
            [region("s", "Source", 3, 6, "Bob")],
            "s quotes “Bob”, but the text has “Ann” at its offse",
        ),
        (
            [region("s", "Source", 3, 99, "Ann")],
            "s quotes “Ann”, but the text has “Ann said it bro",
        ),
        ([region("s", "Source", 1, 6, None)], "s: Offset 1 lies in the middle of a character"),
        ([region("s", "Source", -1, 6, None)], "s: [-1, 6) begins before the text."),
        ([region("s", "Source", 99, 120, None)], "s: [98, 119) lies outside a text of 20 code poi"),
        ([region("s", "Person", 3, 6, "Ann")], "s: There is no tag “Person”."),
        ([ANN | {"id": None}], "A region needs an “id” and, in its “value”, “labels”."),
        ([ANN, ANN], "The id s is used twice. Give one of the two another id."),
        ([JOINED], "A link names a, which is not among the spans."),
        (
            [ANN, BROKE, JOINED | {"labels": []}],
            "The relation a → s has no label that says what it",
        ),
        ([ANN, BROKE, JOINED | {"labels": ["likes"]}], "likes a → s: There is no such link."),
        ([7], "“result” must be a list of objects."),
    ],
)
def test_a_bad_task_is_rejected_by_its_line_and_changes_nothing(
    result: list[Any], reason: str
) -> None:
    cast = make_cast()
    before = dump()

    report = imported(cast, "a.json", tasks(annotation(*result)))

    (entry,) = report.of("rejected")
    assert (entry.line, entry.format) == (2, "labelstudio")
    assert entry.reason.startswith(reason)
    assert dump() == before


def test_offsets_that_could_be_either_are_rejected() -> None:
    one = region("s", "Source", 4, 6, None)

    report = imported(make_cast(), "a.json", tasks(annotation(one), text="b\r\naaaaa"))

    (entry,) = report.of("rejected")
    assert entry.reason.startswith("Its offsets can be counted in several ways")


TASK = '{"data": {"text": "A"}, "annotations": []}'


@pytest.mark.parametrize(
    ("raw", "line", "reason"),
    [
        (f"[\n{TASK},\n{{]", 3, "It is not valid JSON: Expecting property name"),
        (f"[\n{TASK},\n\n{TASK}", 4, "It is not valid JSON: the list of tasks does not end."),
        (f"[\n{TASK}\n{TASK}]", 3, "It is not valid JSON: a comma or “]” is missing."),
        (f"[{TASK}]\n{TASK}", 1, "It is not valid JSON: something follows the list of tasks."),
        (f"[{TASK},\n7]", 2, "A task must be a JSON object with “data” and “annotations”."),
        ('{"annotations": [], "data":\n"A"}', 1, "“data” is missing: an object with the text"),
        ('{"annotations": [], "data": ' + "[" * 100_000, 1, "It is nested too deeply"),
        ('{"annotations": [], "data": ' + "9" * 5_000 + "}", 1, "It is not valid JSON"),
        (f'[{TASK},\n{{"data": {{"text": "A\\u0000"}}}}]', 2, "“text”: Line 1, character 2"),
    ],
)
def test_a_bad_file_is_rejected_at_its_line(raw: str, line: int, reason: str) -> None:
    (*_, found) = labelstudio.read(held("a.json", raw.encode()))

    assert isinstance(found, Rejection)
    assert (found.line, found.reason[: len(reason)]) == (line, reason)


def test_tasks_may_follow_each_other_line_by_line() -> None:
    found = list(labelstudio.read(held("a.json", f"{TASK}\n\n{TASK}\n".encode())))

    assert [one.line for one in found if isinstance(one, Arrival)] == [1, 3]


def test_a_byte_that_is_no_utf8_is_rejected_at_its_line() -> None:
    (found,) = labelstudio.read(held("a.json", b'[\n{"data": "\xff'))

    assert found == Rejection("Byte 13 is not UTF-8. Save the file as UTF-8.", 2)


KEYS = st.sampled_from(["start", "end", "labels", "text", "value", "id", "type", "result", "data"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 30) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner),
    max_leaves=12,
)
PARTS = st.fixed_dictionaries(
    {"type": st.sampled_from(["labels", "relation", "choices"]), "value": JSON},
    optional={"id": JSON},
)


@given(
    raw=st.binary(max_size=60)
    | JSON.map(lambda one: json.dumps([one]).encode())
    | st.lists(PARTS, max_size=4).map(lambda parts: tasks(annotation(*parts)))
    | JSON.map(lambda one: tasks(annotation(one, by=one), one))
)
def test_whatever_a_file_holds_is_an_arrival_or_a_rejection(raw: bytes) -> None:
    found = list(labelstudio.read(held("any.json", raw)))

    assert {type(one) for one in found} <= {Arrival, Rejection}
