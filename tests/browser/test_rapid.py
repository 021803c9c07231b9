"""Faster than the server answers: every tag is stored with its own words, in the order of the keys."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Event
from tests.browser.bench import Wire, pending, stored, wait_until
from tests.browser.conftest import SitDown
from tests.people import tag

pytestmark = pytest.mark.browser

DELAY = 250  # milliseconds until an answer comes
SENTENCES = ["Officials spoke.", "Photographs 🙂 show it.", "Jones said so.", "Nobody listened."]
TEXT = f"{SENTENCES[0]} {SENTENCES[1]}\n\n{SENTENCES[2]} {SENTENCES[3]}\n"
TAGS = {"a": "allegation", "e": "evidence", "s": "source", "c": "cue"}

# Presses keys as fast as the page takes them; gives the milliseconds it took.
PRESS = """(keys) => {
  const text = document.querySelector("#text");
  text.focus();
  const begun = performance.now();
  for (const key of keys) text.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  return performance.now() - begun;
}"""

# Selects four stretches as a mouse does, each with its key before the next frame is drawn.
SELECT_AND_PRESS = """(stretches) => {
  const text = document.querySelector("#text");
  text.focus();
  const begun = performance.now();
  for (const [block, start, end, key] of stretches) {
    const words = text.querySelectorAll("[data-o]")[block].firstChild;
    getSelection().setBaseAndExtent(words, start, words, end);
    text.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  }
  return performance.now() - begun;
}"""

DURATIONS = """() => performance.getEntriesByType("resource")
  .filter(({ name }) => name.endsWith("/spans/")).map(({ duration }) => duration)"""

IS_SLOW = """async (delay) => {
  const begun = performance.now();
  await fetch("/healthz", { cache: "no-store" });
  return performance.now() - begun >= delay;
}"""


@pytest.mark.parametrize("keys", ["aesc", "scea", "aaaa", "ssss"])
def test_four_tags_within_100_ms_are_all_stored_right_and_in_order(
    page: Page, sit_down: SitDown, keys: str
) -> None:
    annotation_set = sit_down(page, TEXT)
    slow_down(page)

    took = page.evaluate(PRESS, [press for key in keys for press in ("j", key)])

    assert took < 100
    expect(page.locator("#saved")).to_have_text("Saved")
    starts = [TEXT.index(words) for words in SENTENCES]
    right = [
        (TAGS[key], start, start + len(words), words)
        for key, start, words in zip(keys, starts, SENTENCES, strict=True)
    ]
    assert stored(annotation_set) == right
    events = Event.objects.of_article(annotation_set.article.uid).filter(verb="tag")
    assert [told(event) for event in events] == SENTENCES
    assert pending(page) == 0
    durations = page.evaluate(DURATIONS)
    assert len(durations) == 4
    assert min(durations) >= DELAY


def test_a_key_in_the_very_frame_of_its_selection_tags_what_is_selected(
    page: Page, sit_down: SitDown
) -> None:
    annotation_set = sit_down(page, TEXT)
    slow_down(page)

    took = page.evaluate(
        SELECT_AND_PRESS, [[0, 0, 9, "s"], [0, 17, 28, "e"], [1, 0, 5, "s"], [1, 15, 21, "s"]]
    )

    assert took < 100
    expect(page.locator("#saved")).to_have_text("Saved")
    assert stored(annotation_set) == [
        ("source", 0, 9, "Officials"),
        ("evidence", 17, 28, "Photographs"),
        ("source", 41, 46, "Jones"),
        ("source", 56, 62, "Nobody"),
    ]
    assert pending(page) == 0


def test_what_waits_is_drawn_as_pending_and_gone_once_it_is_answered(
    page: Page, sit_down: SitDown
) -> None:
    annotation_set = sit_down(page, TEXT)
    slow_down(page)

    waiting = page.evaluate(
        f"""async (keys) => {{
      ({PRESS})(keys);
      return CSS.highlights.get("pending").size;
    }}""",
        list("jajsjsjs"),
    )

    assert waiting == 4
    expect(page.locator("#saved")).to_have_text("Saved")
    assert (len(stored(annotation_set)), pending(page)) == (4, 0)
    expect(page.locator("#text mark[id]")).to_have_count(4)


@pytest.mark.parametrize("loaded_after", range(1, 7))
def test_keys_pressed_while_a_script_is_still_loading_act_in_their_order(
    page: Page, sit_down: SitDown, loaded_after: int
) -> None:
    annotation_set = sit_down(page, TEXT)
    for words in ("Officials", "Photographs", "Jones", "said", "Nobody"):
        tag(annotation_set, words, "source")
    wire = Wire(page, "**/hand.js")
    wire.act = wire.hold
    page.reload()

    for number, key in enumerate("nnnlnn", 1):
        page.keyboard.press(key)
        if number == loaded_after:
            wait_until(page, lambda: bool(wire.held))
            wire.held[0].continue_()

    expect(page.locator("#text .aim")).to_have_text("Nobody")
    expect(page.locator("#text .cur")).to_have_text("Jones")


def told(event: Event) -> str:
    """The words that an event says were tagged."""
    (span,) = (event.after or {})["spans"].values()
    return str(span["text"])


def slow_down(page: Page) -> None:
    """Let every answer take its time from now on."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": DELAY, "downloadThroughput": -1, "uploadThroughput": -1},
    )
    page.wait_for_function(IS_SLOW, arg=DELAY)
