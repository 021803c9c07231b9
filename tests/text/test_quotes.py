"""What stands inside quotation marks, right ones and wrong ones."""

# ruff: noqa: RUF001 -- texts as the world writes them

from __future__ import annotations

from collections import Counter
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given

from annotations.text.anchors import occurrences
from annotations.text.offsets import Fragment, Fragments
from annotations.text.quotes import quote_type_of, quoted_stretches
from tests.text.gold import GoldSpan
from tests.text.wild import texts_with_places, wild_texts


def quotations(text: str) -> list[str]:
    return [text[start:end] for start, end in quoted_stretches(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “no” and “never”.", ["“no”", "“never”"]),
        ('He said "no," then "never."', ['"no,"', '"never."']),
        ("``No,'' he said. ''Never.''", ["``No,''", "''Never.''"]),
        ("« Non », dit-il. « Jamais »", ["« Non »", "« Jamais »"]),
        ("»Nein«, sagte er. ›Nie‹", ["»Nein«", "›Nie‹"]),
        ("„Nein“, sagte er. ‚Nie‘", ["„Nein“", "‚Nie‘"]),
        ("”Nej”, sa han.", ["”Nej”"]),
        ("彼は「いいえ」と言った", ["「いいえ」"]),
        ("וואמר “לא” והלך", ["“לא”"]),
        # wrong marks
        ("a “human slaughterhouse “, With the", ["“human slaughterhouse “"]),
        ("a “human slaughterhouse“, with the", ["“human slaughterhouse“"]),
        ("a ”new level”, he said", ["”new level”"]),
        ('a “mixed pair" of marks', ['“mixed pair"']),
        ("a stray” mark, 5' 10\" tall", []),
        ("« Lire la suite", []),
        # a quotation within a quotation
        ("“He said ‘no’ to me,” she said", ["“He said ‘no’ to me,”"]),
        ("‘He said “no” to me,’ she said", ["‘He said “no” to me,’"]),
        ("“‘No,’ he said,” she said", ["“‘No,’ he said,”"]),
        # marks beside dashes and brackets
        ("(“no”)—“never”—he said", ["“no”", "“never”"]),
        ("“[He] said…” and", ["“[He] said…”"]),
        ("“…and never”, he said", ["“…and never”"]),
        # apostrophes
        ("Assad’s ally, the workers’ union, don't, O'Neill's", []),
        ("the ‘90s, '90s, rock 'n' roll, ’tis, 'em", []),
        ("the ‘workers’ union is strong’ slogan", ["‘workers’ union is strong’"]),
        ("a 'regime's crime' he said", ["'regime's crime'"]),
        ("an 'unclosed word", []),
    ],
)
def test_quotations_are_found(text: str, expected: list[str]) -> None:
    assert quotations(text) == expected


def test_a_quotation_of_several_paragraphs_opens_in_each_and_closes_in_the_last() -> None:
    text = "He said: “One.\n\n“Two.\n\n“Three.”\n\nFour."

    assert quotations(text) == ["“One.", "“Two.", "“Three.”"]


def test_the_quotations_of_the_seed_end_though_its_closing_marks_are_wrong(seed_text: str) -> None:
    found = quotations(seed_text)

    assert (seed_text.count("“"), seed_text.count("”")) == (7, 5)
    assert found == [
        "“thousands”",
        "“account for these atrocities”",
        "“new level of depravity”",
        "“human slaughterhouse “",
        "“According to several sources, the regime is accused of killing up to fifty detainees a "
        "day in Saidnaya,”",
        "“We now believe that the Syrian regime has installed a crematorium that can wipe out "
        "bodies without much evidence,”",
    ]


def test_the_gold_allegations_get_their_gold_quote_type(
    seed_text: str, gold_spans: list[GoldSpan]
) -> None:
    allegations = [span for span in gold_spans if span.tag == "allegation"]

    found = [quote_type_of(seed_text, span.fragments) for span in allegations]

    assert found == [span.quote_type for span in allegations]
    assert Counter(found) == {"indirect": 9, "mixed": 3, "direct": 2}


@pytest.mark.parametrize(
    ("text", "passages", "expected"),
    [
        ("“They killed fifty a day,” he said.", ["They killed fifty a day"], "direct"),
        ("“They killed fifty a day,” he said.", ["“They killed fifty a day,”"], "direct"),
        ("“They kill,” he said, “every day.”", ["“They kill,”", "“every day.”"], "direct"),
        ("He said they “kill” every day.", ["they “kill” every day"], "mixed"),
        ("He said they kill. “Yes.”", ["they kill"], "indirect"),
        ("“Yes.” They kill. “Yes.”", ["They kill"], "indirect"),
        ("He said that the regime's men kill", ["the regime's men kill"], "indirect"),
        ("“…” he said.", ["…"], "indirect"),
    ],
)
def test_a_quote_type_says_how_many_of_the_words_are_quoted(
    text: str, passages: list[str], expected: str
) -> None:
    fragments = tuple(occurrences(text, passage)[0] for passage in passages)

    assert quote_type_of(text, fragments) == expected


def test_a_quotation_of_another_paragraph_does_not_reach_a_span() -> None:
    text = "“An open quotation.\n\nHe denied it."

    assert quote_type_of(text, (Fragment(21, 33),)) == "indirect"


@given(wild_texts)
def test_quotations_are_ordered_disjoint_and_begin_with_a_mark(text: str) -> None:
    stretches = quoted_stretches(text, 0, len(text))

    edges = [edge for stretch in stretches for edge in stretch]
    assert edges == sorted(edges)
    assert all(text[start] in "\"'`“”„‟＂〝〞«»‹›「『‘‚‛" for start, _ in stretches)
    assert all(start < end for start, end in stretches)


@given(texts_with_places())
def test_every_span_has_a_quote_type(place: tuple[str, Fragment]) -> None:
    text, fragment = place

    assert quote_type_of(text, (fragment,)) in {"direct", "indirect", "mixed"}


@pytest.mark.parametrize("unit", ["“", " 'a", "'", "s’ a", "«", " “a", "‘a s’ b "])
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))

    stretches = quoted_stretches(text, 0, len(text))

    assert all(end <= len(text) for _, end in stretches)


def test_the_corpus_has_about_the_known_shares(corpus: Path) -> None:
    counts: Counter[str] = Counter()
    for path in sorted(corpus.glob("dev/attributions/*.ann")):
        name = path.stem.rpartition("_")[0]
        text = (corpus / "dev" / "text" / f"{name}.txt").read_bytes().decode()
        counts.update(quote_type_of(text, content) for content in _contents_in(path))

    total = counts.total()
    assert total > 2_000
    assert counts["indirect"] / total == pytest.approx(0.736, abs=0.12)
    assert counts["direct"] / total == pytest.approx(0.154, abs=0.08)
    assert counts["mixed"] / total == pytest.approx(0.109, abs=0.06)


def _contents_in(path: Path) -> list[Fragments]:
    """Read the Content spans of one brat file."""
    fields = [line.split("\t") for line in path.read_bytes().decode().split("\n")]
    places = [
        field[1].removeprefix("Content ")
        for field in fields
        if field[0].startswith("T") and field[1].startswith("Content ")
    ]
    return [
        tuple(Fragment(*map(int, pair.split())) for pair in place.split(";")) for place in places
    ]


def test_many_spans_of_one_long_paragraph_take_linear_time() -> None:
    text = "He said “it broke in May” and so did she. " * 5000
    began = process_time()

    found = {
        quote_type_of(text, (Fragment(start, start + 17),))
        for start in range(8, len(text) - 42, 42)
    }

    assert found == {"direct"}
    assert process_time() - began < 4
