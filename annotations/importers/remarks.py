"""What attributes and notes of brat say of allegations and their sources.

A note, and a passage marked Discuss or Discard, goes into the attribute `note` of the allegation it
is about or nearest to, with its place and its words, so that nothing of it is lost.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from annotations.importers.sheet import Sheet, missing
from annotations.importers.standoff import Saying, Textbound
from annotations.importers.vocabulary import attribute_named
from annotations.scheme import fault_of_attributes
from annotations.text.offsets import Fragments, envelope, quote_of
from annotations.workflow.fitting import Passage

MARKS = {"discuss", "discard"}
NEGATED = {"negated", "negation"}
NOT_SO = {"false", "no", "0"}
NOTE = "note"
LONGEST_NOTE, LONGEST_WORDS = 4000, 500  # code points


def remark(sheet: Sheet) -> None:
    """Set attributes, then keep marks and notes; the passages and links are there already."""
    for attribute in sheet.standoff.attributes:
        _set_attribute(sheet, attribute)
    for one in sheet.standoff.textbounds.values():
        if one.tag.casefold() in MARKS:
            _keep_mark(sheet, one)
    for note in sheet.standoff.notes:
        _keep_note(sheet, note)
    for reference in sheet.standoff.references:
        sheet.leave_out(_("Names in other databases are not kept."), reference.line)


def negated_in(sheet: Sheet) -> set[str]:
    """The events that are said not to be: their sources deny the words."""
    return {
        one.target
        for one in sheet.standoff.attributes
        if one.name.casefold() in NEGATED and one.value.strip().casefold() not in NOT_SO
    }


def _set_attribute(sheet: Sheet, one: Saying) -> None:
    """Set an attribute of a passage, or of all contents of an event."""
    if one.target not in sheet.standoff.textbounds and one.target not in sheet.standoff.events:
        sheet.fault(missing(one.id, one.target), one.line)
        return
    if one.target in sheet.contents and one.name.casefold() in NEGATED:
        sheet.lines["A:set"] += 1
        return
    key = sheet.key_of.get(one.target, "")
    keys = sheet.contents.get(one.target) or ([key] if key else [])
    tag = sheet.passages[keys[0]].tag if keys else ""
    named = attribute_named(tag, one.name, one.value.strip())
    if named is None or not named[1]:
        reason = _("%(key)s: “%(name)s” is no attribute that can be kept here.")
        sheet.leave_out(reason % {"key": one.id, "name": one.name[:50]}, one.line)
    elif fault := fault_of_attributes(tag, dict([named])):
        sheet.fault(f"{one.id}: {fault}", one.line)
    elif any(sheet.given[key].get(named[0], named[1]) != named[1] for key in keys):
        reason = _("%(key)s: “%(name)s” has another value already, which is kept.")
        sheet.leave_out(reason % {"key": one.id, "name": one.name[:50]}, one.line)
    else:
        for key in keys:
            sheet.given[key][named[0]] = named[1]
        sheet.lines["A:set"] += 1


def _keep_mark(sheet: Sheet, one: Textbound) -> None:
    """Keep a Discuss or Discard as a note: what it is, where, and which words."""
    places = sheet.places[one.id]
    key = _nearest(sheet, places)
    words = _flat(quote_of(sheet.text, places))[:LONGEST_WORDS]
    if key and _noted(sheet, key, f"{_mark(sheet, one)}: {words}"):
        sheet.key_of[one.id] = key
        sheet.lines["T:note"] += 1
    else:
        sheet.leave_out(_no_room(one.id), one.line)


def _keep_note(sheet: Sheet, note: Saying) -> None:
    """Keep a note with the allegation it is about, directly or by an event."""
    told = note.value.strip()
    key = sheet.key_of.get(note.target, "") or next(iter(sheet.contents.get(note.target, ())), "")
    one = sheet.standoff.textbounds.get(note.target)
    if one is not None and one.tag.casefold() in MARKS:
        told = f"{_mark(sheet, one)}: {told}"
    elif key and sheet.passages[key].tag != "allegation":
        told = f"“{_flat(sheet.passages[key].quote)[:LONGEST_WORDS]}”: {told}"
        contents = (one for event in sheet.used_by[key] for one in sheet.contents[event])
        key = next(contents, "")
    if key and note.value.strip() and _noted(sheet, key, told):
        sheet.lines["#:note"] += 1
    else:
        sheet.leave_out(_no_room(note.id), note.line)


def _mark(sheet: Sheet, one: Textbound) -> str:
    """A mark and its place, in brat's notation."""
    places = ";".join(f"{start} {end}" for start, end in sheet.places[one.id])
    return f"{one.tag} {places}"


def _no_room(key: str) -> str:
    reason = _("%(key)s: There is no allegation with room for it in its notes.")
    return reason % {"key": key[:50]}


def _noted(sheet: Sheet, key: str, told: str) -> bool:
    """Add to the note of an allegation; False where there is no room."""
    note = "\n".join(filter(None, (sheet.given[key].get(NOTE, ""), told)))
    if len(note) > LONGEST_NOTE:
        return False
    sheet.given[key][NOTE] = note
    return True


def _nearest(sheet: Sheet, places: Fragments) -> str:
    """The allegation that shares most with these places, else the one nearest to them."""
    start, end = envelope(places)

    def distance(passage: Passage) -> tuple[int, int]:
        around = envelope(passage.fragments)
        shared = min(around.end, end) - max(around.start, start)
        return (-shared, around.start)

    allegations = [one for one in sheet.passages.values() if one.tag == "allegation"]
    return min(allegations, key=distance).key if allegations else ""


def _flat(words: str) -> str:
    return words.replace("\n", " ")
