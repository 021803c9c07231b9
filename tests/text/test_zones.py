"""Boilerplate: tails and inline lines of real-world shapes, and silence elsewhere."""

# ruff: noqa: RUF001 -- texts as the world writes them

from __future__ import annotations

import re
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.intake import clean_text
from annotations.text.zones import _LABELS, ZoneFinding, zones_of
from tests.text.tails import TAILS as LONG_TAILS
from tests.text.wild import wild_texts

STORY = (
    "The minister denied the report on Monday, according to two officials.\n\n"
    "“We have nothing to hide,” she said."
)

SHORT_TAILS = {
    "WordPress": "Categories: News\n\nLeave a Reply\n\n"
    "Your email address will not be published. Required fields are marked *",
    "WordPress form": "Leave a Reply Cancel reply\nYour email address will not be published.\n"
    "Required fields are marked *\nComment *\nName *\nEmail *\nWebsite\n"
    "Save my name, email, and website in this browser for the next time I comment.\nPost Comment",
    "WordPress entry": "This entry was posted in World, Syria by admin. Bookmark the permalink.\n\n"
    "← Older post    Newer post →\n\n3 thoughts on “The minister denies”\n\n"
    "This site uses Akismet to reduce spam. Learn how your comment data is processed.",
    "Jetpack": "Share this:\n\nTwitter\nFacebook\nClick to share on WhatsApp (Opens in new window)\n\n"
    "Like this:\nLike Loading...\n\nRelated",
    "Jetpack related": "Share this:\nTweet\nEmail\nPrint\n\nRelated\nMinister under pressure\n"
    'Opposition calls for inquiry\nMay 3, 2017\nIn "Politics"\n\nTags: minister, report',
    "networks in one line": "Facebook | Twitter | Pinterest | WhatsApp | Email\n\n12 Comments",
    "agency footer": "Copyright 2017 The Example Press. All rights reserved. This material may not "
    "be published, broadcast, rewritten or redistributed.",
    "newspaper footer": "© 2017 The Example Company\n\n"
    "About Us | Contact Us | Privacy Policy | Terms of Service | Advertise\n\nBack to top",
    "newsletter box": "Sign up for our morning newsletter\n"
    "Get the day’s top stories delivered to your inbox.\nEnter your email address\nSubscribe\n"
    "By signing up you agree to our terms of use.",
    "navigation": "Previous Post: Storm hits coast\nNext Post: Markets calm\n\nYou may also like\n"
    "Filed Under: Politics, Middle East",
    "comments closed": "Tagged with: crime, war\n\nComments are closed.",
    "sign in to comment": "No comments yet\nBe the first to comment\n"
    "You must be logged in to post a comment.",
    "most read": "Read more:\nStorm hits coast\nMost popular\nJoin the conversation\nShow comments",
    "follow": "Follow us on Twitter @example\nRecommended for you\nAll Rights Reserved",
}
TAILS = SHORT_TAILS | LONG_TAILS


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["", "\n", "\n\n \n"])
@pytest.mark.parametrize("tail", TAILS.values(), ids=TAILS)
def test_a_tail_is_found_with_its_exact_borders(tail: str, end: str, line_end: str) -> None:
    text = clean_text(f"{STORY}\n\n{tail}{end}".replace("\n", line_end))

    (zone,) = zones_of(text)

    assert text[zone.start : zone.end] == tail


def test_the_seed_has_one_zone(seed_text: str) -> None:
    assert zones_of(seed_text) == (
        ZoneFinding(2129, 2232, "“Categories: News”, “Leave a Reply” and 1 more"),
    )


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "ADVERTISEMENT",
        "Advertisement - story continues below",
        "Advertisement – story continues below",
        "Story continues below advertisement",
        "Continue reading the main story",
        "Share this article",
        "Share on Facebook",
        "Related: Storm hits coast",
        "RELATED ARTICLES",
    ],
)
def test_an_inline_line_is_found_alone(line: str) -> None:
    text = f"{STORY}\n\n {line} \n\n{STORY}"

    start = len(STORY) + 3
    assert zones_of(text) == (ZoneFinding(start, start + len(line), f"“{line}”"),)


def test_inline_lines_come_before_the_tail() -> None:
    text = f"{STORY}\nAdvertisement\n{STORY}\nAdvertisement\n{STORY}\nLeave a comment"

    assert [zone.reason for zone in zones_of(text)] == [
        "“Advertisement”",
        "“Advertisement”",
        "“Leave a comment”",
    ]


def test_a_line_under_a_last_advertisement_stays_in_the_story() -> None:
    text = f"{STORY}\n\nAdvertisement\n\nA short last line without a stop"

    (zone,) = zones_of(text)

    assert text[zone.start : zone.end] == "Advertisement"


def test_at_most_three_orphans_are_bridged() -> None:
    three = f"{STORY}\nTags: war\none\ntwo\nthree\nLeave a reply"
    four = f"{STORY}\nTags: war\none\ntwo\nthree\nfour\nLeave a reply"

    assert zones_of(three)[0].start == three.index("Tags")
    assert zones_of(four)[0].start == four.index("Leave")


@pytest.mark.parametrize("head", ["Most read", "Related stories:", "You might also like", "Tags"])
def test_headlines_below_a_head_may_be_many_and_long(head: str) -> None:
    headlines = "\n".join(
        ["Ten castles you can buy for the price of a flat, says a broker", "A?"] * 5
    )
    ten = f"{STORY}\n\n{head}\n{headlines}"

    assert zones_of(ten)[0].start == ten.index(head)
    assert zones_of(ten)[0].end == len(ten)
    assert all(zone.end < len(ten) for zone in zones_of(f"{ten}\nOne more"))


def test_numbers_and_dates_between_lines_do_not_count() -> None:
    dates = "4 May 2017\nMay 4, 2017\n2017-05-04\n7\n3 min read\n2 hours ago"
    text = f"{STORY}\nTags: war\n{dates}\nLeave a reply"

    assert zones_of(text)[0].start == text.index("Tags")
    assert zones_of(f"{STORY}\n{dates}") == ()


def test_a_tail_without_end_is_read_from_below_only() -> None:
    text = f"{STORY}\n" + "Leave a reply\n" * 2000

    (zone,) = zones_of(text)

    assert text.count("\n", 0, zone.start) == 2 + 1 + 1500


@pytest.mark.parametrize(
    "orphan",
    ["A sentence ends here.", "Nobody, said the minister", "“No comment”", "x" * 61],
)
def test_a_line_that_reads_like_the_story_is_not_bridged(orphan: str) -> None:
    text = f"{STORY}\nTags: war\n{orphan}\nLeave a reply"

    assert zones_of(text)[0].start == text.index("Leave")


def test_a_long_line_is_named_in_short() -> None:
    text = f"{STORY}\nTags: {'w' * 60}"

    assert zones_of(text)[0].reason == f"“Tags: {'w' * 53}…”"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        STORY,
        f"{STORY}\n\nAn end without a full stop",
        f"{STORY}\n\nThe advertisement was withdrawn.",
        f"{STORY}\n\nShe asked readers to leave a reply on the ministry’s page.",
        f"{STORY}\n\n“Leave a reply,” she said",
        f"{STORY}\n\nThe categories: news, opinion and sport are listed in her speech.",
        f"{STORY}\n\nReporting by Amira Haddad; editing by Ben Okafor",
        f"Leave a Reply\n\n{STORY}\n\n{STORY}",
        f"{STORY}\n\nNo comment",
        f"{STORY}\n\nOne response to the crisis was to close the border.",
        f"{STORY}\n\nNext: the Senate votes on Tuesday.",
        f"{STORY}\n\nBy subscribing to the treaty, both states agree to inspections.",
        f"{STORY}\n\nThe label says “all rights reserved”, she said.",
        f"{STORY}\n\nThe views expressed by the minister are not shared by his party.",
        f"{STORY}\n\nIt put leaflets into your inbox, she said.",
        f"{STORY}\n\nWe use cookies, the company told the court.",
        f"{STORY}\n\nMore from the front\n\nThe shelling stopped at noon.",
        f"{STORY}\n\n2017\n\n4 May 2017",
        f"{STORY}\n\n" + "Newsletter subscriptions rose, she told reporters. " * 8,
        "قال المتحدث\n\nאמר הדובר\n\n😀",
    ],
)
def test_ordinary_articles_have_no_zones(text: str) -> None:
    assert zones_of(text) == ()


@given(wild_texts)
def test_zones_are_ordered_disjoint_named_and_trimmed(text: str) -> None:
    zones = zones_of(text)

    edges = [edge for zone in zones for edge in (zone.start, zone.end)]
    assert edges == sorted(edges)
    assert all(text[zone.start : zone.end].strip() == text[zone.start : zone.end] for zone in zones)
    assert all(zone.reason for zone in zones)


@given(wild_texts, st.sampled_from(list(TAILS.values())))
def test_a_tail_is_found_after_any_story(story: str, tail: str) -> None:
    text = f"{story}\nThe story ends here.\n\n{tail}"

    assert zones_of(text)[-1][:2] == (len(text) - len(tail), len(text))


def test_no_article_of_the_corpus_is_flagged(corpus: Path) -> None:
    texts = [path.read_bytes().decode() for path in sorted(corpus.glob("*/text/*.txt"))]

    flagged = [text[zone.start : zone.end] for text in texts for zone in zones_of(text)]

    assert len(texts) > 80
    assert flagged == []


@pytest.mark.parametrize("tail", LONG_TAILS.values(), ids=LONG_TAILS)
def test_a_tail_is_found_below_every_article_of_the_corpus(corpus: Path, tail: str) -> None:
    for path in sorted(corpus.glob("dev/text/*.txt")):
        story = path.read_bytes().decode().rstrip()

        (zone,) = zones_of(f"{story}\n\n{tail}")

        # A story that ends without a stop may lose its last lines to the tail, never a sentence.
        lost = story[zone.start :]
        assert len(lost) <= 200, (path.name, lost)


LABELS = _LABELS.replace("\n", "|").strip("|").split("|")


def test_no_label_is_made_of_others() -> None:
    """Else a line of labels could be read in many ways, and long lines would take for ever."""
    bare = {re.sub(r"\W+", " ", label).strip() for label in LABELS}

    made = [
        label
        for label in bare
        for words in [label.split(" ")]
        for cut in range(1, len(words))
        if " ".join(words[:cut]) in bare and " ".join(words[cut:]) in bare
    ]

    assert made == []
    assert len(LABELS) == len(set(LABELS))


@given(
    st.lists(
        st.sampled_from([*LABELS, *" |.©“-→1", "and", "you agree", "inbox", "all rights reserved"]),
        max_size=80,
    )
)
def test_no_line_takes_long(parts: list[str]) -> None:
    began = process_time()

    zones_of(" ".join(parts))

    assert process_time() - began < 0.2
