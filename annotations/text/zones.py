"""Finds what a web page left around an article: comment forms, share buttons, advertisements.

It flags and never edits; a person may lift any finding. Only whole lines count, and the walk up
from the last line stops at the first real sentence, so that a wrong finding is rarer than a
missed one. English only: each miss found in the wild belongs into the tables below and into the
test's table of tails.
"""

# ruff: noqa: RUF001 -- texts as the world writes them

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from annotations.text.offsets import trimmed

LONGEST_LINE = 400  # code points; longer lines are prose
LONGEST_HEADLINE = 160
LONGEST_ORPHAN = 60
MOST_HEADLINES = 10
MOST_ORPHANS = 3
MOST_LINES = 500  # that a tail has; what is longer is no article, and takes long to read
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


# Whole lines that are boilerplate wherever they stand.
_INLINE_PATTERNS = (
    r"(this is an )?advertisement( ?[-–—:.|]+ ?(story|article) continues below.{0,20})?",
    r"(story|article) continues (below|after) (the )?(advertisement|ad|video)",
    r"continue reading( the main story| below)?",
    r"share (this|on)( (article|story|post|page|facebook|twitter|linkedin|whatsapp))?:?",
    r"related( (stories|articles|posts|content|coverage))?:?",
    r"related( (story|article|post))?: .{0,160}",
)
# Names of buttons and links, of which a line may hold several. None is made of two others.
_LABELS = """
about|about sharing|about text formats|about us|accept|accept all|accessibility|accessibility & cc
account|ad choices|ad feedback|add new comment|advertise|advertise with us|already a subscriber
apply|archive|archives|back to top|be the first to know|best rated|blog|blogthis!|bluesky|bookmark
cancel anytime|cancel reply|careers|close|collection notice|comment|comments|comments feed
community guidelines|connect|contact|contact us|conversation guidelines|cookie consent
cookie policy|cookie preferences|cookie settings|cookies|copy link|corrections|customer service
decline|discussion about this post|disqus comments|do not sell my info|do not sell my information
do not sell my personal information|do not sell or share my personal information|e-mail
e-mail address|email|email address|email this|email this article|email this page|enter your e-mail
enter your email|enter your email address|entries feed|facebook|faq|faqs|feedback|flipboard|follow
follow us|get involved|get started|get the app|gift this article|give this article|go to homepage
google|google+|help|home|instagram|investors|job opportunities|jobs|join the conversation
join the discussion|learn more|leave a comment|leave a reply|legal|legal statement|like|like this
linkedin|listen|load more|log in|log out|login|mail|manage cookies|manage preferences|mastodon|menu
messenger|meta|more|my account|name|new privacy policy|new terms of use|newer post|newer posts
newest|newsletter|newsletters|next|next post|no comments|older post|older posts|oldest
order reprints|our team|permalink|pin|pin it|pinterest|pocket|post a comment|post comment
post navigation|press|preview|previous|previous post|print|print this article|print this page
privacy|privacy choices|privacy notice|privacy policy|purchase licensing rights
rate this|read our policy|ready for more|recommended by|reddit|register|reject|reject all|reply
report ad|report an error|report this ad|reprints|restack|restacks|reuse this content|rss|rss feed
save|save article|search|search for|send to a friend|settings|share|share page|share this
share to facebook|share to pinterest|share to twitter|share to x|share via email|show comments
sign in|sign in to comment|sign up|sign up now|site index|site information navigation|site map
sitemap|sms|start free trial|start writing|start your free trial|status|stay updated|subject|submit
submit a correction|subscribe|subscribe now|subscribe today|subscriptions|substack|support
support us|syndication|telegram|terms|terms & conditions|terms and conditions|terms of sale
terms of service|terms of use|text only|threads|today's paper|top|track back|trackback|transcripts
tumblr|tweet|twitter|type here|unsubscribe|url|view all|view comments|view gallery|view in app
website|wechat|whatsapp|wordpress.org|work with us|worst rated|x|your ad choices|your e-mail
your email|your email address|your name|your privacy choices|youtube
"""
# Lines over a list of headlines, topics or months.
_HEADS = (
    r"related( (to this story|reading|news|topics|links|internet links|items|stories|articles|posts|"
    r"content|coverage|videos))?|more (on|about) this( \w+)?",
    r"(more|most|top|latest|trending|popular|recent|featured|promoted|sponsored|breaking|suggested) "
    r"(popular|read|viewed|watched|shared|commented|comments|stories|posts|news|articles|headlines|"
    r"videos|now|today|topics|content|links|for you)( (by .{1,20}|you may like))?",
    r"popular in .{1,30}|popular|trending|sponsored|promoted|what's hot|(this article )?tagged under",
    r"(you (may|might)( also)? like|you may also be interested in|recommended( for you)?|more from "
    r".{1,60}|read (next|more)|up next|what to read next|also read|see also|don't miss|in other news)",
    r"editors?'?s? (picks?|choice)|(around|from) (the|our) (web|partners)|explore more.{0,40}|"
    r"read more( stories)? (about|on)",
    r"archives?|categories|topics|tags|(previous|next|older|newer)( (posts?|article|story|entry))?",
)
# Numbers and dates between the others.
_COUNT = re.compile(
    r"[#(]?\d{1,4}[.)]?|\d+ ?min(ute)?s?( read| ago)?|\d+ (hours?|days?|weeks?) ago|"
    r"[a-z]{3,9}\.? \d{1,2}, \d{4}.{0,12}|\d{1,2} [a-z]{3,9}\.? \d{4}.{0,12}|\d{4}-\d\d-\d\d.{0,12}",
    re.IGNORECASE,
)
# Said of an article, nothing of this is a line of a form.
_UNATTRIBUTED = r"(?!.*\b(?:said|says|told|tells|wrote|added|according|claimed|reported)\b)"
_TAIL_PATTERNS = (
    # comment forms and counts
    r"(leave|post|add|write|submit) (a |your )?(reply|comment)s?( to .{1,80})?( cancel reply)?",
    r"click here to cancel reply.?|mail \(will not be published\)( ?\*| ?\(required\))?",
    r"comments? \(?\d+\)?|\d+ reads|no (comments|responses)( yet)?",
    r"((\d[\d,.]*k?|one) (comments?|responses?|likes?|shares?|restacks?|views?)(\W+|$))+",
    r"(\d[\d,]*|one) (thoughts?|responses?|comments?|replies) (on|to) ([“\"'].{1,160}|.{1,160}\w)",
    r"(view|show|see|read|load)( all| more)?( \d+)? comments?|join the (conversation|discussion).?",
    r"be the first to comment.{0,40}|comments (are|have been) (closed|disabled|off).{0,40}",
    r"you must be (logged in|signed in) to (post|leave) a (comment|reply).?",
    r"(log|sign) in( or register)? to ((post|leave) (a )?)?(comment|reply)s?.?",
    r"the comments below have .{0,100}|(the )?(views|opinions) expressed .{1,120} (are|is) .{0,40}"
    r"(those of|not necessarily).{0,160}",
    r"please (let us know if you|refresh the page|enable javascript|read our|see our).{0,160}",
    r"join (our|the) .{1,30} (forum|community|discussion|conversation).?",
    r"share (what you think|your (thoughts|feedback|opinion)).{0,60}|read or share this story: .{1,80}",
    r"your email( address)? (will not|won't) be (published|shared).{0,100}",
    r"required fields are marked.{0,10}",
    r"(name|e-?mail( address)?|website|url|comment)( ?\*| ?\((required|optional).{0,40}\))?:?",
    r"save my name, e-?mail.{0,140}|notify me of .{0,60}(comments?|posts?) (by|via) e-?mail.?",
    r"this site uses akismet.{0,140}|learn how your comment data is processed.?",
    r"(we were unable to load disqus|please enable javascript to view the comments).{0,120}",
    # filing, sharing, moving on
    r"(categor(y|ies)|tags?|topics?|labels?|tagged( (as|with))?|filed (under|in)|posted (in|under)|"
    r"read more( stories)? (on|about)): ?.{0,160}",
    r"(filed under|posted in|tagged with) .{1,120}|this entry was (posted|tagged) .{0,300}",
    r"bookmark the permalink.?|(view|see) all posts by .{1,80}|← ?older.{0,100}|.{0,100} →",
    r"posted by .{1,60} at \d.{0,20}|subscribe to: post comments.{0,20}",
    r"click to (share|e-?mail|print|tweet).{0,100}|like this:?|(like )?loading(\.\.\.|…)",
    r"in [\"“].{1,40}[\"”]",  # the category under a related post
    r"(previous|next|older|newer)( (post|article|story|entry))?: ?.{0,160}(?<![.!])",
    r"follow us( on .{1,60})?:?",
    # newsletters, subscriptions
    r"(sign up|subscribe)( now| here| today)?( (for|to) .{1,120})?[.!]?",
    rf"{_UNATTRIBUTED}(.{{0,200}}\W)?(in|to|into) your inbox.{{0,60}}",
    rf"{_UNATTRIBUTED}(.{{0,80}}\W)?sign up for .{{1,60}} (newsletters?|alerts?|briefings?)\b.{{0,60}}",
    r"by (signing up|subscribing|clicking|continuing)\b.{0,80}\byou( also)? (agree|consent|accept|"
    r"acknowledge)\b.{0,160}|\W*i (understand|agree)\b.{1,120}(terms|privacy|agreement).{0,100}",
    r"(thank you|thanks) for (subscribing|signing up).{0,60}|thanks for reading .{1,60}!.{0,160}",
    r"(we respect your privacy|no spam\b\W|you can unsubscribe).{0,80}",
    r"(subscribe|sign up|log in|sign in|register) to (continue|keep) reading.{0,60}",
    r"to (continue|keep) reading,? (please )?(subscribe|sign|log|register).{0,80}",
    r"you('ve| have) (reached|used) (your|all|the) .{0,40}free (articles?|stories|views).{0,60}",
    # footers
    r"(copyright )?© ?.{0,200}|(copyright|(copyright )?\(c\)) (\d{4}|by ).{0,200}",
    rf"{_UNATTRIBUTED}(.{{0,200}}\W)?all rights reserved\W?.{{0,240}}",
    r"this material may not be published, broadcast.{0,300}",
    r"a version of this article (appears|appeared) (in|on).{0,300}",
    r"quotes displayed in real-time.{0,300}|market data provided by.{0,200}",
    r".{0,80}is not responsible for the content of external (web)?sites.?",
    rf"{_UNATTRIBUTED}((this|our) (web)?site|we)( and our partners)? uses? cookies.{{0,300}}",
    r"(proudly )?powered by .{1,40}|.{1,20} is the home for great culture",
)


def _one_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


def _label_pattern() -> str:
    """Labels in a row; atomic and longest first, so that no line takes long."""
    names = sorted(_LABELS.replace("\n", "|").strip("|").split("|"), key=len, reverse=True)
    label = "(?>" + "|".join(map(re.escape, names)) + r")(?!\w)"
    return rf"\W*(?:{label}(?:\W+|$)(?:and )?)+"


_INLINE = _one_of(*_INLINE_PATTERNS)
_HEAD = _one_of(*(rf"(?:{pattern}):?" for pattern in _HEADS))
_ANCHOR = _one_of(*_INLINE_PATTERNS, _HEAD.pattern, *_TAIL_PATTERNS, _label_pattern())
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

    A few orphans are bridged between anchors, and the headlines below a head; below the lowest
    anchor only if it is not a mere inline line.
    """
    top = len(lines)
    loose: list[str] = []
    for index in range(len(lines) - 1, max(-1, len(lines) - 1 - MOST_LINES), -1):
        line = lines[index].text
        if _COUNT.fullmatch(line):
            continue
        if not _is_anchor(line):
            if len(loose) == MOST_HEADLINES or not _is_headline(line):
                break
            loose.append(line)
        elif _belongs(line, loose, is_lowest=top == len(lines)):
            top, loose = index, []
        else:
            break
    return top


def _belongs(anchor: str, loose: list[str], *, is_lowest: bool) -> bool:
    """Whether the lines below an anchor, up to the next one, are boilerplate with it."""
    if _HEAD.fullmatch(_plain(anchor)):
        return True
    if loose and is_lowest and _INLINE.fullmatch(anchor):
        return False
    return len(loose) <= MOST_ORPHANS and all(map(_is_orphan, loose))


def _plain(line: str) -> str:
    return line.replace("’", "'")


def _is_anchor(line: str) -> bool:
    return len(line) <= LONGEST_LINE and _ANCHOR.fullmatch(_plain(line)) is not None


def _is_headline(line: str) -> bool:
    return len(line) <= LONGEST_HEADLINE and not line.endswith((".", "!", "”", '"', "»"))


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
