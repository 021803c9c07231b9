"""What PolNeAR's annotations mean in our terms, without loss.

| brat | ours |
|---|---|
| `Source`, `Cue`, `Content`, our own tags | spans; the same words under one tag are one span |
| event `Attribution` | a link from each content to each source, with the cue; event is `group` |
| a second cue of an event | the links once more, in the group `EVENT/2` |
| `Attribution-no-source`, or no source | the implicit source `unspecified` |
| the trigger | it repeats the cue, or is the cue where there is none |
| `Discuss`, `Discard`, notes `#` | `note` of the allegation there or nearest: place and words |
| relations, `*` | links of that name; an event stands for its only content |
| `Negated` of an event | `negated` of its links |
| other attributes | those of the passage, or of all contents of the event |

What has no place (an event without content, an attribute we do not know) is left out by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from annotations.importers import Annotated
from annotations.importers.remarks import MARKS, negated_in, remark
from annotations.importers.sheet import Sheet, missing
from annotations.importers.standoff import Happening, Textbound
from annotations.importers.vocabulary import known_tags, link_named, tag_named
from annotations.scheme import LINK_TYPE_OF
from annotations.workflow.fitting import Relation

NO_SOURCE = "attribution-no-source"
EVENTS = {"attribution", NO_SOURCE}
ROLES = {"allegation", "cue", "source"}
UNSPECIFIED = "unspecified"


def attributed(sheet: Sheet, annotator: str, file: str) -> Annotated:
    """What the file says in our terms; `sheet.faults` has what is wrong with it."""
    _mark_passages(sheet)
    sheet.negated = negated_in(sheet)
    for event in sheet.standoff.events.values():
        _link_parts(sheet, event)
    _settle_triggers(sheet)
    for relation in sheet.standoff.relations:
        _join(sheet, relation.type, relation.start, relation.end, relation.line)
    remark(sheet)
    passages = (
        replace(one, attributes=sheet.given[one.key]) if one.key in sheet.given else one
        for one in sheet.passages.values()
    )
    return Annotated(
        annotator,
        tuple(passages),
        tuple(sheet.relations),
        file,
        tuple(sheet.left_out),
        {**sheet.standoff.lines, **sheet.lines},
    )


def _mark_passages(sheet: Sheet) -> None:
    for one in sheet.standoff.textbounds.values():
        if tag := tag_named(one.tag):
            sheet.mark(one, tag)
        elif one.tag.casefold() not in EVENTS | MARKS:
            reason = _("%(key)s: There is no tag “%(tag)s”. It may be one of %(tags)s.")
            told = {"key": one.id, "tag": one.tag[:50], "tags": known_tags()}
            sheet.fault(reason % told, one.line)


def _link_parts(sheet: Sheet, event: Happening) -> None:
    """One link from each content to each source, for each cue."""
    if event.type.casefold() not in EVENTS:
        reason = _("%(key)s: There is no event “%(type)s”. It may be one of %(types)s.")
        types = ", ".join(sorted(EVENTS))
        sheet.fault(reason % {"key": event.id, "type": event.type[:50], "types": types}, event.line)
        return
    trigger = sheet.standoff.textbounds.get(event.trigger)
    parts = dict(_parts_of(sheet, event))
    if trigger is None:
        sheet.fault(missing(event.id, event.trigger), event.line)
    if trigger is None or len(parts) < len(event.parts):
        return
    roles: dict[str, list[str]] = {role: [] for role in ROLES}
    for role, target in parts.values():
        if target not in roles[role]:
            roles[role].append(target)
    cues = roles["cue"] or [_cue_of(sheet, trigger)]
    sheet.contents[event.id] = roles["allegation"]
    for key in (event.trigger, *(one for keys in roles.values() for one in keys), *cues):
        sheet.used_by[key].append(event.id)
    if not roles["allegation"]:
        reason = _("%(key)s has no content to attribute. Its words stay marked.")
        sheet.leave_out(reason % {"key": event.id}, event.line)
        return
    targets: list[tuple[str | None, str]] = [(key, "") for key in roles["source"]]
    if not targets or event.type.casefold() == NO_SOURCE:
        targets.append((None, UNSPECIFIED))
    sheet.lines["E:links"] += 1
    sheet.relations += (
        Relation(
            "attributed_to",
            content,
            source,
            implicit,
            cue,
            event.id in sheet.negated,
            event.id if number == 1 else f"{event.id}/{number}",
            line=event.line,
        )
        for number, cue in enumerate(cues, start=1)
        for content in roles["allegation"]
        for source, implicit in targets
    )


def _parts_of(sheet: Sheet, event: Happening) -> Iterator[tuple[int, tuple[str, str]]]:
    """The parts of an event by their number: the role, and the passage that plays it."""
    for number, part in enumerate(event.parts):
        role = tag_named(part.role)
        one = sheet.standoff.textbounds.get(part.target)
        if role not in ROLES:
            reason = _(
                "%(key)s: “%(role)s” is no part of an attribution: Source, Cue and Content are."
            )
            sheet.fault(reason % {"key": event.id, "role": part.role[:50]}, event.line)
        elif one is None:
            sheet.fault(missing(event.id, part.target), event.line)
        elif tag_named(one.tag) != role:
            reason = _("%(key)s takes %(id)s as its %(role)s, but %(id)s is a %(tag)s.")
            told = {"key": event.id, "id": one.id, "role": part.role, "tag": one.tag}
            sheet.fault(reason % told, event.line)
        else:
            yield number, (role, sheet.key_of[one.id])


def _cue_of(sheet: Sheet, trigger: Textbound) -> str:
    """The trigger as the cue of an event that names none."""
    return sheet.key_of.get(trigger.id) or sheet.mark(trigger, "cue")


def _settle_triggers(sheet: Sheet) -> None:
    """Triggers say what a cue says already; alone they are cues, and what differs is left out."""
    for one in sheet.standoff.textbounds.values():
        if one.id in sheet.key_of or one.tag.casefold() not in EVENTS:
            continue
        if key := sheet.key_at.get(("cue", sheet.places[one.id])):
            sheet.key_of[one.id] = key
            sheet.lines["T:trigger"] += 1
        elif one.id in sheet.used_by:
            reason = _("%(key)s has other words than the cue of its event, which are kept.")
            sheet.leave_out(reason % {"key": one.id}, one.line)
        else:
            sheet.mark(one, "cue")


def _join(sheet: Sheet, name: str, start: str, end: str, line: int) -> None:
    link_type = link_named(name) or ("same_as" if name.casefold() == "equiv" else "")
    if not link_type:
        reason = _("There is no link “%(type)s”. It may be one of %(types)s.")
        sheet.fault(reason % {"type": name[:50], "types": ", ".join(LINK_TYPE_OF)}, line)
        return
    ends = [_end_of(sheet, one) for one in (start, end)]
    for key, one in zip(ends, (start, end), strict=True):
        if not key:
            sheet.fault(missing(name, one), line)
    if all(ends):
        sheet.relations.append(Relation(link_type, ends[0], ends[1], line=line))
        sheet.lines["R:links"] += 1


def _end_of(sheet: Sheet, target: str) -> str:
    """The passage that a relation means: an event stands for its only content."""
    contents = sheet.contents.get(target, [])
    return contents[0] if len(contents) == 1 else sheet.key_of.get(target, "")
