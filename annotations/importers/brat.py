"""brat standoff: NAME.txt with its annotations in NAME.ann, or NAME_ANNOTATOR.ann for each annotator.

Each annotation file becomes an annotation set of its own: that of the annotator its name tells, else
of who imports. What its lines say stands in `standoff`, what that means in our terms in
`attributions`. Offsets count code points of the text as it was: where a byte order mark or CRLF line
ends could have been counted, `countings` proves which offsets are meant or the file is rejected.
A passage whose words are not at its offsets is rejected with its line, never moved.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import PurePosixPath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.importers import Annotated, Arrival, Found, Question, Rejection, Upload, register
from annotations.importers.attributions import attributed
from annotations.importers.countings import Counting, countings_of, proved, quotes_as
from annotations.importers.sheet import Sheet
from annotations.importers.standoff import MOST_FAULTS, Textbound, read_standoff
from annotations.importers.text import Words, words_of
from annotations.text.intake import UnfitText, clean_text
from annotations.text.offsets import Fragments, fault_of, quote_of
from annotations.workflow.fitting import difference
from annotations.workflow.intake import Manuscript


@register(
    "brat",
    label="brat standoff",
    suffixes=(".ann",),
    help=gettext_lazy("Texts (.txt) with their annotations (.ann) beside them, also as a zip."),
)
def read(upload: Upload) -> Iterator[Found]:
    """The article of the text, with one annotation set for each file beside it."""
    words = words_of(upload)
    if not isinstance(words, Words):
        yield words
        return
    bom = words.raw.startswith(BOM_UTF8)
    annotated: list[Annotated] = []
    for one in upload.beside:
        for found in _annotations(one, upload, words.text, bom=bom):
            if isinstance(found, Annotated):
                annotated.append(found)
            else:
                yield found
    manuscript = Manuscript(
        text=words.text,
        external_id=upload.name,
        file_encoding=words.encoding,
        file_sha256=words.sha256,
    )
    yield Arrival(manuscript, annotated=tuple(annotated))


def _annotations(
    one: Upload, upload: Upload, raw: str, *, bom: bool
) -> Iterator[Annotated | Rejection | Question]:
    """The annotation set of a file, or all that is wrong with it; nothing for an empty NAME.ann."""
    told = words_of(one)
    if not isinstance(told, Words):
        yield _of(one, told)
        return
    try:
        text = clean_text(raw)
    except UnfitText:
        return  # the article itself is rejected for it
    standoff = read_standoff(told.text)
    annotator = _annotator(one, upload)
    if not annotator and not standoff.lines:
        return
    sheet = Sheet(text, standoff, {}, faults=list(standoff.faults))
    _place(sheet, raw, bom=bom)
    found = None if sheet.faults else attributed(sheet, annotator, one.label)
    if found and not sheet.faults:
        yield found
        return
    faults = sorted(sheet.faults, key=lambda fault: fault.line)
    for fault in faults[:MOST_FAULTS]:
        yield Rejection(fault.reason, fault.line, one.label)
    if len(faults) > MOST_FAULTS:
        reason = _("%(count)d more lines have faults; mend these first.")
        more = reason % {"count": len(faults) - MOST_FAULTS}
        yield Rejection(more, faults[MOST_FAULTS].line, one.label)


def _annotator(one: Upload, upload: Upload) -> str:
    """What the name of an annotation file adds to that of its text."""
    name, text = PurePosixPath(one.name).stem, PurePosixPath(upload.name).stem
    return name.removeprefix(text).removeprefix("_")


def _place(sheet: Sheet, raw: str, *, bom: bool) -> None:
    """Find the places of all passages in the stored text; faults for those whose words differ."""
    textbounds = sheet.standoff.textbounds
    quoted = [(one.fragments, one.quote) for one in textbounds.values()]
    counting, is_doubtful = proved(raw, quoted, countings_of(raw, bom=bom))
    if is_doubtful:
        sheet.fault(
            _(
                "Its offsets can be counted in two ways, with CR or a byte order mark and without, "
                "and its quotations fit both. Save the text with LF line ends and no mark."
            ),
            0,
        )
    for one in textbounds.values():
        places, reason = _placed(sheet.text, one, counting)
        sheet.places[one.id] = places
        if reason:
            sheet.fault(reason, one.line)


def _placed(text: str, one: Textbound, counting: Counting) -> tuple[Fragments, str]:
    """The fragments of a passage in order, and what is wrong with them."""
    told = counting.fragments(one.fragments)
    places = tuple(sorted(told))
    if fault := fault_of(places, length=len(text)):
        reason = _("%(key)s: %(fault)s. Correct it, or leave it out.")
        return places, reason % {"key": one.id, "fault": fault.rstrip(".")}
    if quotes_as(text, told, one.quote):
        return places, ""
    advice = _("Is this the text that was annotated, letter for letter?")
    return places, f"{difference(one.id, one.quote, quote_of(text, told))} {advice}"


def _of(one: Upload, found: Question | Rejection) -> Question | Rejection:
    if isinstance(found, Question):
        return Question(found.ask, found.reason, preview=found.preview, file=one.label)
    return Rejection(found.reason, found.line, one.label)
