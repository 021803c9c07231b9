"""Finds what a web page left around an article: comment forms, share buttons, advertisements.

It flags and never edits; a person may lift any finding. Only whole lines count, and the walk up
from the last line stops at the first real sentence, so that a wrong finding is rarer than a
missed one. English only: each miss found in the wild belongs into the pattern table.
"""

# ruff: noqa: RUF001 -- look-alikes of quotation marks and dashes are the subject here

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from annotations.text.offsets import trimmed

LONGEST_LINE = 240  # code points; longer lines are prose
LONGEST_ORPHAN = 60
MOST_ORPHANS = 3
LONGEST_NAMED = 60


class ZoneFinding(NamedTuple):
    """A stretch that is not the story, in code points, and the lines that gave it away."""

    start: int
    end: int
    reason: str


class _Line(NamedTuple):
    """A line that is not blank, without the white space around it."""

    start: int
    end: int
    text: str


def zones_of(text: str) -> tuple[ZoneFinding, ...]:
    """Return the boilerplate of a text, in order: single lines inside it, then its tail."""
    lines = list(_lines_of(text))
    tail = _tail_start(lines)
    inline = (_finding([line]) for line in lines[:tail] if _INLINE.fullmatch(line.text))
    return (*inline, _finding(lines[tail:])) if tail < len(lines) else tuple(inline)


_INLINE_PATTERNS = (
    r"(this is an )?advertisement( ?[-–—:.|]+ ?(story|article) continues below.{0,20})?",
    r"(story|article) continues (below|after) (the )?(advertisement|ad|video)",
    r"continue reading( the main story| below)?",
    r"share (this|on)( (article|story|post|page|facebook|twitter|linkedin|whatsapp))?:?",
    r"related( (stories|articles|posts|content|coverage))?:?",
    r"related( (story|article|post))?: .{0,160}",
)
_TAIL_PATTERNS = (
    # comment forms and counts
    r"(leave|post|add|write|submit) (a |your )?(reply|comment)s?( to .{1,80})?( cancel reply)?",
    r"(cancel )?reply|comments?|comments? \(\d+\)|(\d[\d,]*|one) (comments?|responses?)",
    r"no (comments|responses)( yet)?",
    r"(\d[\d,]*|one) (thoughts?|responses?|comments?|replies) (on|to) .{1,160}",
    r"(view|show|see|read|load)( all| more)?( \d+)? comments?|join the (conversation|discussion).?",
    r"be the first to comment.{0,40}|comments (are|have been) (closed|disabled|off).{0,40}",
    r"you must be (logged in|signed in) to (post|leave) a (comment|reply).?",
    r"(log|sign) in to (leave a )?(comment|reply).?",
    r"your email( address)? (will not|won[’']t) be (published|shared).{0,100}",
    r"required fields are marked.{0,10}",
    r"(name|e-?mail( address)?|website|url|comment)( ?\*| ?\((required|optional).{0,40}\))?:?",
    r"save my name, e-?mail.{0,140}|notify me of .{0,60}(comments?|posts?) (by|via) e-?mail.?",
    r"this site uses akismet.{0,140}|learn how your comment data is processed.?",
    # filing, sharing, moving on
    r"(categor(y|ies)|tags?|topics?|tagged( (as|with))?|filed (under|in)|posted (in|under)): ?.{0,160}",
    r"(filed under|posted in|tagged with) .{1,120}|this entry was (posted|tagged) .{0,180}",
    r"bookmark the permalink.?|(view|see) all posts by .{1,80}|← older.{0,100}|.{0,100} →",
    r"click to (share|email|print|tweet).{0,100}|like this:?|(like )?loading(\.\.\.|…)",
    r"in [\"“].{1,40}[\"”]",  # the category under a related post
    r"(tweet|share|pin it|print|e-?mail|facebook|twitter|x|linkedin|pinterest|reddit|tumblr|"
    r"whatsapp|telegram|pocket|google\+?|instagram|youtube|copy link)"
    r"(([ ,|·•/]|, and )+(tweet|share|pin it|print|e-?mail|facebook|twitter|x|linkedin|pinterest|"
    r"reddit|tumblr|whatsapp|telegram|pocket|google\+?|instagram|youtube|copy link|more)){0,14}",
    r"(previous|next|older|newer) (post|article|story|entry)(: ?.{0,160})?",
    r"(you (may|might) also like|recommended( for you| (posts|stories|articles))?|"
    r"more from .{1,60}|most (popular|read|viewed)|trending( now)?|read (next|more)|up next):?",
    r"follow us( on .{1,60})?:?",
    # newsletters
    r"(sign up|subscribe)( now| here| today)?( (for|to) .{1,120})?[.!]?",
    r"(get|receive|have) .{1,140}(in|to|into) your inbox.{0,60}",
    r"(enter )?your e-?mail( address)?( here)?|by (signing up|subscribing).{0,180}",
    r"(thank you|thanks) for (subscribing|signing up).{0,60}",
    # footers
    r"(copyright )?© ?.{0,200}|(copyright|(copyright )?\(c\)) (\d{4}|by ).{0,200}",
    r"(.{0,100}\W)?all rights reserved\W?.{0,140}",
    r"this material may not be published, broadcast.{0,140}",
    r"((about( us)?|contact( us)?|privacy( policy| notice)?|terms( (of (use|service)|and "
    r"conditions|& conditions))?|cookies?( policy)?|advertise( with us)?|careers|site ?map|help|"
    r"subscribe|newsletters?|home|accessibility|rss|do not sell my (personal )?info(rmation)?)"
    r"([ |·•/,]+|$)){2,}",
    r"privacy policy|terms of (use|service)|back to top",
)
_INLINE = re.compile("|".join(_INLINE_PATTERNS), re.IGNORECASE)
_TAIL = re.compile("|".join((*_INLINE_PATTERNS, *_TAIL_PATTERNS)), re.IGNORECASE)
_ATTRIBUTION = re.compile(
    r"\b(said|says|told|tells|added|wrote|claims?|claimed|denied|according)\b", re.IGNORECASE
)


def _lines_of(text: str) -> Iterator[_Line]:
    start = 0
    for line in text.split("\n"):
        inner = trimmed(text, start, start + len(line))
        if inner:
            yield _Line(*inner, text[inner.start : inner.end])
        start += len(line) + 1


def _tail_start(lines: list[_Line]) -> int:
    """Return the index of the tail's first line, or the number of lines without a tail.

    Orphans are bridged between anchors, and below the lowest one if it is not a mere inline line.
    """
    top = len(lines)
    orphans = 0
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if _is_anchor(line.text):
            if top == len(lines) and orphans and _INLINE.fullmatch(line.text):
                break
            top, orphans = index, 0
        elif orphans < MOST_ORPHANS and _is_orphan(line.text):
            orphans += 1
        else:
            break
    return top


def _is_anchor(line: str) -> bool:
    return len(line) <= LONGEST_LINE and _TAIL.fullmatch(line) is not None


def _is_orphan(line: str) -> bool:
    is_sentence = line.endswith((".", "!", "?", "…", "”", '"', "’", "'", "»"))
    return len(line) <= LONGEST_ORPHAN and not is_sentence and not _ATTRIBUTION.search(line)


def _finding(lines: list[_Line]) -> ZoneFinding:
    anchors = [line.text for line in lines if _is_anchor(line.text)]
    named = [f"“{_shortened(anchor)}”" for anchor in anchors[:2]]
    reason = ", ".join(named)
    if len(anchors) > len(named):
        reason += f" and {len(anchors) - len(named)} more"
    return ZoneFinding(lines[0].start, lines[-1].end, reason)


def _shortened(line: str) -> str:
    return line if len(line) <= LONGEST_NAMED else line[: LONGEST_NAMED - 1].rstrip() + "…"
