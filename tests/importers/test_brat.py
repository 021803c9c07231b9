"""brat files: whose they are, how their offsets are counted, and what is rejected at which line."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.importers import Arrival, Question, Rejection, Upload, brat, held
from annotations.models import AnnotationSet, Article, Span
from tests.importers.brats import (
    CONTENT,
    EVENT,
    SOURCE,
    TEXT,
    TRIGGER,
    WHOLE,
    ann,
    annotated,
    brought,
    rejections,
    t,
)
from tests.people import make_cast
from tests.rows import dump

pytestmark = pytest.mark.django_db

CRLF = TEXT.replace("\n", "\r\n")
AFTER_CR = "T9\tContent 21 34\tthe dam broke"


def test_each_annotation_file_is_the_set_of_the_annotator_it_names() -> None:
    cast = make_cast()

    report = brought(
        cast,
        ("text/dam.txt", TEXT.encode()),
        ("attributions/dam_edda.ann", ann(*WHOLE)),
        ("attributions/dam_4b22.ann", ann(SOURCE)),
        ("attributions/dam_ef2d.ann", b""),
    )

    assert [entry.annotators for entry in report.of("new")] == [("edda", "4b22", "ef2d")]
    sets = AnnotationSet.objects.order_by("pk")
    assert [(one.annotator.username, one.spans.count()) for one in sets] == [
        ("edda", 3),
        ("4b22", 1),
        ("ef2d", 0),
    ]
    assert report.people == ("4b22", "ef2d")


def test_a_file_that_names_nobody_is_the_importers_unless_it_is_empty() -> None:
    cast = make_cast()

    brought(cast, ("dam.txt", TEXT.encode()), ("dam.ann", ann(*WHOLE)))
    brought(cast, ("b.txt", b"It held."), ("b.ann", b"\n"))

    assert AnnotationSet.objects.get().annotator == cast.mara
    assert Article.objects.count() == 2


def test_a_zip_is_as_good_as_the_files_in_it() -> None:
    cast = make_cast()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("dev/text/dam.txt", TEXT)
        archive.writestr("dev/attributions/dam_edda.ann", ann(*WHOLE))

    report = brought(cast, ("corpus.zip", packed.getvalue()))

    assert [entry.file for entry in report.entries] == ["corpus.zip/dev/text/dam.txt"]
    assert AnnotationSet.objects.get().spans.count() == 3


def test_every_span_quotes_the_text_whatever_its_parts_and_their_order() -> None:
    cast = make_cast()
    parts = t(7, "Content", (35, 42), (20, 33))  # the later part first
    over_a_line = t(8, "Content", (15, 33))

    annotated(cast, parts, over_a_line, t(9, "Source", (4, 5)))

    assert {one.text: one.fragments for one in Span.objects.all()} == {
        "the dam broke It fell": ((20, 33), (35, 42)),
        "said\nthe dam broke": ((15, 33),),
        "🙂": ((4, 5),),
    }


def test_importing_twice_changes_nothing() -> None:
    cast = make_cast()
    annotated(cast, *WHOLE)
    before = dump()

    report = annotated(cast, *WHOLE)

    assert [entry.outcome for entry in report.entries] == ["known"]
    assert dump() == before


@pytest.mark.parametrize(
    "text",
    [CRLF.encode(), b"\xef\xbb\xbf" + TEXT.encode()],
    ids=["CRLF counts twice", "a byte order mark counts"],
)
def test_offsets_that_counted_what_is_not_kept_are_moved_where_quotations_prove_it(
    text: bytes,
) -> None:
    cast = make_cast()

    annotated(cast, AFTER_CR, text=text)

    assert Article.objects.get().text == TEXT
    assert (Span.objects.get().start, Span.objects.get().text) == (20, "the dam broke")


@pytest.mark.parametrize("text", [CRLF.encode(), b"\xef\xbb\xbf" + TEXT.encode()])
def test_offsets_that_did_not_count_it_stay(text: bytes) -> None:
    cast = make_cast()

    annotated(cast, *WHOLE, text=text)

    assert Span.objects.get(tag="allegation").start == 20


def test_offsets_that_could_be_either_are_rejected() -> None:
    cast = make_cast()

    report = annotated(cast, "T1\tSource 4 6\taa", text=b"b\r\naaaaa")

    ((file, line, reason),) = rejections(report)
    assert (file, line) == ("dam_edda.ann", 0)
    assert "can be counted in two ways" in reason


BAD_LINES = [
    (
        t(1, "Source", (11, 14), words="Rob"),
        "T1 quotes “Rob”, but the text has “Bob” at its offset",
    ),
    (
        t(1, "Source", (12, 14), words="Bob"),
        "Is this the text that was annotated, letter for lette",
    ),
    ("T1\tSource 11 999\tBob", "T1: [11, 999) lies outside a text of 53 code points"),
    ("T1\tSource 14 11\tBob", "T1: [14, 11) is empty or reversed"),
    ("T1\tSource 11 11\t", "T1: [11, 11) is empty or reversed"),
    ("T1\tSource 11 14;12 15\tBob ob ", "T1: [12, 15) begins before the previous fragment ends"),
    ("T1\tSource 11 14", "does not have the shape of its kind, which is: T1<tab>Source 110 112"),
    ("T1 Source 11 14 Bob", "does not have the shape of its kind"),
    ("T1\tSource -1 14\tBob", "does not have the shape of its kind"),
    (f"T1\tSource {'9' * 5000} 14\tBob", "does not have the shape of its kind"),
    (t(1, "Person", (11, 14)), "T1: There is no tag “Person”. It may be one of allegation, conten"),
    ("E1\tAttribution", "does not have the shape of its kind, which is: E1<tab>Attribution:T4"),
    ("E1\tAttribution:T9 Content:T9", "E1 names T9, which is not in the file"),
    ("R1\tsupports Arg1:T8 Arg2:T9", "supports names T8, which is not in the file"),
    ("R1\tpraises Arg1:T3 Arg2:T3", "There is no link “praises”. It may be one of attributed_to"),
    ("R1\tsupports T8 T9", "does not have the shape of its kind"),
    ("A1\tcertainty T9 probable", "A1 names T9, which is not in the file"),
    ("A1\tcertainty", "does not have the shape of its kind"),
    ("#1\tAnnotatorNotes", "does not have the shape of its kind"),
    ("*\tEquiv T3", "does not have the shape of its kind"),
    ("Ann said", "does not have the shape of its kind"),
    ("said Bob", "begins with none of T E R A M # * N. Is it part of the line before?"),
]


@pytest.mark.parametrize(("bad", "reason"), BAD_LINES, ids=lambda one: str(one)[:40])
def test_a_bad_line_is_rejected_by_its_number_and_changes_nothing(bad: str, reason: str) -> None:
    cast = make_cast()
    before = dump()

    report = annotated(cast, CONTENT.replace("T3", "T33"), "", bad)

    assert {(file, line) for file, line, _reason in rejections(report)} == {("dam_edda.ann", 3)}
    assert reason in rejections(report)[0][2]
    assert not report.stored
    assert dump() == before


def test_all_bad_lines_are_told_at_once() -> None:
    report = annotated(make_cast(), *[f"X{number}" for number in range(60)])

    told = rejections(report)
    assert [line for _file, line, _reason in told] == list(range(1, 52))
    assert told[-1][2] == "10 more lines have faults; mend these first."


def test_an_id_that_is_used_twice_is_rejected() -> None:
    ((_file, line, reason),) = rejections(annotated(make_cast(), *WHOLE, SOURCE))

    assert (line, reason) == (
        6,
        "The id T1 is used twice. Give one of the two another id.",
    )


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        ("E1\tSpeech:T4 Content:T3", "E1: There is no event “Speech”. It may be one of attributio"),
        ("E1\tAttribution:T4 Victim:T3", "E1: “Victim” is no part of an attribution: Source, Cue"),
        ("E1\tAttribution:T4 Content:T1", "E1 takes T1 as its Content, but T1 is a Source."),
        ("E1\tAttribution:T4 Content:E1", "E1 names E1, which is not in the file or cannot stand"),
    ],
)
def test_an_event_that_cannot_be_is_rejected(event: str, reason: str) -> None:
    ((_file, line, told),) = rejections(annotated(make_cast(), *WHOLE[:4], event))

    assert (line, told.startswith(reason)) == (5, True)


def test_a_bad_annotation_file_alone_stays_out_where_somebody_agreed() -> None:
    cast = make_cast()

    report = brought(
        cast,
        ("dam.txt", TEXT.encode()),
        ("dam_edda.ann", ann(*WHOLE)),
        ("dam_egon.ann", ann("T1\tSource 0 3\tEve")),
        leave_out=True,
    )

    assert [(entry.file, entry.outcome) for entry in report.entries] == [
        ("dam_egon.ann", "rejected"),
        ("dam.txt", "new"),
    ]
    assert AnnotationSet.objects.get().annotator == cast.edda


ZONE = (
    "T1 lies in boilerplate, from 11 to 24 of the text. Say that it is part of the article, or leave "
    "the passage out."
)


def test_a_passage_in_boilerplate_is_rejected_with_its_line() -> None:
    text = "It broke.\n\nLeave a Reply"

    report = annotated(make_cast(), "", "T1\tCue 11 16\tLeave", text=text.encode())

    assert rejections(report) == [("dam_edda.ann", 2, ZONE)]


def test_annotations_in_an_unknown_encoding_are_a_question_of_their_own() -> None:
    report = brought(
        make_cast(), ("dam.txt", b"Zo\xc3\xab"), ("dam_edda.ann", b"T1\tSource 0 3\tZo\xeb\n")
    )

    assert [(one.ask, one.file) for one in report.questions] == [("encoding", "dam_edda.ann")]


def test_a_text_that_cannot_be_kept_is_rejected_once() -> None:
    report = annotated(make_cast(), *WHOLE, text=b"A\0")

    assert [(file, "NUL" in reason) for file, _line, reason in rejections(report)] == [
        ("dam.txt", True)
    ]


LINES = st.lists(
    st.sampled_from([*WHOLE, TRIGGER, EVENT])
    | st.text(max_size=30)
    | st.from_regex(r"[TERAM#*N]\d?\t(Source|Content|Attribution:T1) [0-9]{1,2} [0-9]{1,2}\t.{0,9}")
    | st.from_regex(r"[ERAM#*N]\d\t[A-Za-z]{1,9}(:T\d)?( [A-Z][a-z]{1,3}\d?:[TE]\d){0,3}"),
    max_size=12,
)


@given(
    lines=LINES, text=st.just(TEXT) | st.text(max_size=20), raw=st.none() | st.binary(max_size=60)
)
def test_whatever_files_hold_is_an_arrival_a_rejection_or_a_question(
    lines: list[str], text: str, raw: bytes | None
) -> None:
    told = "\n".join(lines).encode("utf-8", "surrogatepass") if raw is None else raw
    beside = (held("a_x.ann", told),)
    upload = Upload("a.txt", held("", text.encode("utf-8", "surrogatepass")).open, beside=beside)

    found = list(brat.read(upload))

    assert {type(one) for one in found} <= {Arrival, Rejection, Question}
