"""Sentences of newspaper prose, by rule: for moving by keyboard and for linking what is near.

Made for English; other languages with full stops, CJK and Arabic marks do tolerably. A blank line
always ends a sentence, a single line end never does by itself. White space between sentences
belongs to none.
"""

# ruff: noqa: RUF001 -- look-alikes of quotation marks and dashes are the subject here

from __future__ import annotations

import re
from collections.abc import Iterator

from annotations.text.blocks import runs_of_lines, whole_blocks
from annotations.text.offsets import Fragment, trimmed


def sentences_of(text: str) -> tuple[Fragment, ...]:
    """Return all sentences of a text, in order, without white space at their ends."""
    return sentences_in(text, 0, len(text))


def sentences_in(text: str, start: int, end: int) -> tuple[Fragment, ...]:
    """Return the sentences of a stretch, reading nothing outside: one block, as a rule."""
    return tuple(
        sentence
        for run in runs_of_lines(text, start, end)
        for sentence in _sentences_of_run(text, run)
    )


def sentence_at(text: str, offset: int) -> Fragment:
    """Return the sentence at an offset, else the next one, else the last one.

    Reads only the block around the offset, unless that place is blank. Raises ValueError for an
    offset outside the text and for a text without any sentence.
    """
    if not 0 <= offset <= len(text):
        raise ValueError(f"offset {offset} lies outside a text of {len(text)} code points")
    near = sentences_in(text, *whole_blocks(text, offset, offset))
    if not near or offset >= near[-1].end:
        near = sentences_of(text)
    if not near:
        raise ValueError("the text has no sentence")
    return next((sentence for sentence in near if offset < sentence.end), near[-1])


_MARKS = ".!?…؟۔।"
_CLOSING = "\"'”’“‘»›)\\]}」』）"
_BREAK = re.compile(
    rf"""
    (?<! [{_MARKS}] ) (?P<mark> [{_MARKS}]++ )
    (?P<closing> (?: [{_CLOSING}] | [ \u00a0\u202f] » (?= \s | \Z ) )*+ ) (?= \s )
    | [。！？]+ [{_CLOSING}]*
    """,
    re.VERBOSE,
)
_NEXT_WORD = re.compile(r"[\s\"'“”‘„«»‹(\[¿¡–—―-]*(?P<word>\w[\w’'-]*)?")
_LAST_WORD = re.compile(r"[^\s\"'“”‘„«»‹(\[–—―/-]+\Z")
_LONGEST_ABBREVIATION = 24  # characters looked at before a full stop


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


_BEFORE_NAMES = _words(
    "Mr Mrs Ms Mx Dr Drs Prof Rev Fr Br Hon Pres Sen Sens Rep Reps Gov Govs Lt Gen Col Maj Capt "
    "Cmdr Cpl Sgt Pvt Adm Supt Det Insp Atty Amb Messrs Mme Mlle St Ste Mt Ft Hr Frau vs "
    "e.g i.e cf al"
)
_BEFORE_NUMBERS = _words(
    "No Nos no nos Nr nr Art art Sec sec Fig fig Vol vol Ch ch p pp ca approx v "
    "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec"
)
_ABBREVIATIONS = _BEFORE_NUMBERS - {"No", "no"} | _words(
    "Inc Corp Co Cos Ltd Bros Jr Sr Esq Ave Blvd Rd Dept Univ Assn Ala Ariz Ark Calif Colo "
    "Conn Del Fla Ga Ill Ind Kan Ky La Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex "
    "Va Vt Wash Wis Wyo etc Ph.D M.D"
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_OPENERS = _words(  # words that begin a sentence far oftener than they follow an abbreviation
    "A According After All Also An And Another As At Because Before Both But By During Each Even "
    "For From He Her His How However I If In Instead It Its Last Later Many Meanwhile More Most "
    "No Not Now On One Only Or Other She Since So Some Such That The Their Then There These They "
    "This Those Though Through Two Under Until We Well What When Where Whether Which While Who "
    "Why With Yet You Your"
)
_SPEAKER_FOLLOWS = re.compile(
    r"\s+(?:[A-Z][\w.’'-]*\s+){1,4}(?:said|says|asked|asks|wrote|told|added|replied|tweeted)\b"
)


def _sentences_of_run(text: str, run: Fragment) -> Iterator[Fragment]:
    start = run.start
    for found in _BREAK.finditer(text, *run):
        if found["mark"] and not _ends_sentence(text, start, run.end, found):
            continue
        sentence = trimmed(text, start, found.end())
        if sentence:
            yield sentence
        start = found.end()
    rest = trimmed(text, start, run.end)
    if rest:
        yield rest


def _ends_sentence(text: str, start: int, end: int, found: re.Match[str]) -> bool:
    following = _NEXT_WORD.match(text, found.end(), end)
    next_word = (following and following["word"]) or ""
    if next_word[:1].islower():
        return False
    if found["mark"] == ".":
        first = max(start, found.start() - _LONGEST_ABBREVIATION)
        return not _is_abbreviated(text[first : found.start()], next_word)
    is_question_quoted = bool(found["closing"].strip(")]}"))
    return not (is_question_quoted and _SPEAKER_FOLLOWS.match(text, found.end(), end))


def _is_abbreviated(before: str, next_word: str) -> bool:
    """Tell whether the full stop after `before` belongs to its last word, not to the sentence."""
    last = _LAST_WORD.search(before)
    word = last.group() if last else ""
    if word in _BEFORE_NAMES:
        return True
    if word.isdigit() and not before[: -len(word)].strip():
        return True  # the number of a list entry
    if next_word[:1].isdigit():
        return word in _BEFORE_NUMBERS
    if word in _ABBREVIATIONS or (_INITIALS.fullmatch(word) and word != "I"):
        return next_word not in _OPENERS
    return False
