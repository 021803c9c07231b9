"""doccano's lines: both shapes, whose they are, and what is rejected at which line."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.importers import Arrival, Rejection, doccano, held
from annotations.models import AnnotationSet, Article, Span
from tests.importers.cases import imported
from tests.people import make_cast
from tests.rows import dump

pytestmark = pytest.mark.django_db

TEXT = "Ann – said it broke."  # noqa: RUF001 -- one code point beyond ASCII


def told(**changes: object) -> bytes:
    return json.dumps({"id": 7, "text": TEXT} | changes).encode() + b"\n"


def entity(key: int, label: str, start: int, end: int) -> dict[str, object]:
    return {"id": key, "label": label, "start_offset": start, "end_offset": end}


def words() -> list[tuple[str, str]]:
    return [(one.tag, one.text) for one in Span.objects.order_by("start")]


def test_labels_of_plain_labelling_are_spans_of_who_imports() -> None:
    cast = make_cast()

    imported(cast, "a.jsonl", told(label=[[0, 3, "SOURCE"], [6, 10, "cue"], [11, 19, "Content"]]))

    assert words() == [("source", "Ann"), ("cue", "said"), ("allegation", "it broke")]
    assert AnnotationSet.objects.get().annotator == cast.mara
    assert Article.objects.get().external_id == "7"


def test_entities_and_relations_are_spans_and_links_and_twins_are_one() -> None:
    entities = [entity(1, "source", 0, 3), entity(2, "Source", 0, 3), entity(3, "Content", 11, 19)]
    relations = [{"id": 9, "from_id": 3, "to_id": 2, "type": "attributed to"}]

    report = imported(make_cast(), "a.jsonl", told(entities=entities, relations=relations))

    assert words() == [("source", "Ann"), ("allegation", "it broke")]
    assert report.entries[0].links == 1


def test_in_a_zip_each_file_is_the_user_it_is_named_after() -> None:
    cast = make_cast()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("edda.jsonl", told(label=[[0, 3, "source"]]))
        archive.writestr("nora.jsonl", told(label=[[0, 3, "source"]]))
        archive.writestr("all.jsonl", told(label=[]))

    report = imported(cast, "export.zip", packed.getvalue())

    assert [entry.outcome for entry in report.entries] == ["new", "new", "known"]
    sets = AnnotationSet.objects.order_by("annotator__username")
    assert [one.annotator.username for one in sets] == ["edda", "nora"]


@pytest.mark.parametrize(
    ("text", "label", "words_found"),
    [
        ("\ufeffIt\r\nbroke\r\n.", [5, 10], None),
        ("It\r\nbroke.", [4, 9], None),
        ("🙂 it broke.", [5, 10], None),
        ("It\rbroke.", [3, 8], "broke"),
        ("It\nbroke.", [3, 8], "broke"),
        ("It broke. 🙂\r\n", [3, 8], "broke"),
        ("🙂 it broke.", [0, 1], "🙂"),  # in UTF-16 it would end within the character
        ("🙂 it broke", [6, 11], "broke"),  # in code points it would end past the text
        ("It\r\nbroke", [4, 9], "broke"),
    ],
)
def test_offsets_that_can_be_counted_in_several_ways_are_refused(
    text: str, label: list[int], words_found: str | None
) -> None:
    report = imported(make_cast(), "a.jsonl", told(text=text, label=[[*label, "cue"]]))

    if words_found is not None:
        assert words() == [("cue", words_found)]
        return
    (entry,) = report.of("rejected")
    assert entry.reason.startswith("Its offsets can be counted in several ways, and ")
    assert "with the words of each span" in entry.reason
    assert not report.stored


@pytest.mark.parametrize("text", ["🙂 it broke.", "It\r\nbroke."])
def test_a_text_without_labels_comes_in_however_it_is_counted(text: str) -> None:
    assert imported(make_cast(), "a.jsonl", told(text=text, label=[])).stored


@pytest.mark.parametrize("label", [[[0, 3, "cue"]], []])
def test_comments_are_left_out_by_name(label: list[object]) -> None:
    report = imported(make_cast(), "a.jsonl", told(label=label, comments=["Hm", "So?"]))

    assert [(one.line, one.file) for one in report.entries[0].left_out] == [(1, "a.jsonl")] * 2


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"label": [[0, 3, "PER"]]}, "label 1: There is no tag “PER”. Choose one of allegation, "),
        ({"label": [[0, 300, "cue"]]}, "label 1: [0, 300) lies outside a text of 20 code points"),
        ({"label": [[3, 0, "cue"]]}, "label 1: [3, 0) is empty or reversed"),
        ({"label": [[-3, 0, "cue"]]}, "label 1: [-3, 0) begins before the text."),
        ({"label": [[3, 4, "cue"]]}, "label 1: A passage has words, in at most 40 parts."),
        ({"label": [[0, 3]]}, "“label” must be a list of a start, an end and a label each: [[0, 5"),
        ({"label": ["positive"]}, "“label” must be a list of a start, an end and a label each"),
        ({"label": {"a": 1}}, "“label” must be a list."),
        ({"entities": [{"id": 1}]}, "“start_offset” must be a whole number"),
        ({"entities": [entity(1, "cue", 0, 3), entity(1, "cue", 6, 10)]}, "The id 1 is used twic"),
        (
            {"entities": [], "relations": [{"from_id": 1, "to_id": 2, "type": "supports"}]},
            "A link names 1, which is not among the spans.",
        ),
        ({"label": [], "text": None}, "The text is empty. Leave it out, or put the words in."),
    ],
)
def test_a_bad_line_is_rejected_by_its_number_and_changes_nothing(
    changes: dict[str, object], reason: str
) -> None:
    cast = make_cast()
    before = dump()

    report = imported(cast, "a.jsonl", b"\n" + told(**{"label": []} | changes))

    (entry,) = report.of("rejected")
    assert (entry.line, entry.format) == (2, "doccano")
    assert entry.reason.startswith(reason)
    assert dump() == before


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 30) | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "label", "entities", "relations", *entity(1, "", 0, 0)]), inner
        )
    ),
    max_leaves=12,
)


@given(raw=st.binary(max_size=60) | JSON.map(lambda one: told(entities=one, label=one)))
def test_whatever_a_file_holds_is_an_arrival_or_a_rejection(raw: bytes) -> None:
    found = list(doccano.read(held("any.jsonl", raw)))

    assert {type(one) for one in found} <= {Arrival, Rejection}
