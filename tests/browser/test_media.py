"""Forced colours and paper: what a passage is shows by the shape of its lines, never by colour alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Person
from tests.browser.conftest import NewPage
from tests.people import make_cast, make_gold_set

pytestmark = pytest.mark.browser

# The lines of the first mark of each combination of tags: side or decoration, style, whether it is seen.
LINES = """() => {
  const found = {};
  for (const mark of document.querySelectorAll("#text mark")) {
    const tags = [..."aces"].filter((tag) => mark.classList.contains(tag)).join(" ");
    const style = getComputedStyle(mark);
    const lines = [];
    for (const side of ["Top", "Bottom"]) {
      const width = parseFloat(style[`border${side}Width`]);
      const color = style[`border${side}Color`];
      if (width > 0 && !/^rgba.*, 0\\)$/.test(color)) lines.push(`${side.toLowerCase()} ${style[`border${side}Style`]}`);
    }
    if (style.textDecorationLine !== "none") lines.push(`under ${style.textDecorationStyle}`);
    found[tags] ??= lines.sort().join(", ");
  }
  return found;
}"""

A, E, S, C = "bottom solid", "top dashed", "under dotted", "under double"


@pytest.fixture
def gold(
    site: str, new_page: NewPage, sign_in: Callable[[Page, Person], None]
) -> Callable[[], Page]:
    """Opens the seed article with its gold annotation, as the one who annotates it."""

    def opened() -> Page:
        annotation_set = make_gold_set(make_cast())
        page = new_page(width=1440, height=900)
        sign_in(page, annotation_set.annotator)
        page.goto(f"{site}/annotation-sets/{annotation_set.pk}/")
        return page

    return opened


def test_forced_colours_keep_the_tags_apart_by_the_shape_of_their_lines(
    gold: Callable[[], Page],
) -> None:
    page = gold()
    page.locator("[data-layer=c]").click()

    page.emulate_media(forced_colors="active")

    lines = page.evaluate(LINES)
    assert (lines["a"], lines["e"], lines["s"], lines["c"]) == (A, E, S, C)
    assert len(set(lines.values())) == len(lines)


def test_paper_keeps_the_tags_apart_also_without_backgrounds(gold: Callable[[], Page]) -> None:
    page = gold()
    page.locator("[data-layer=c]").click()

    page.emulate_media(media="print")

    lines = page.evaluate(LINES)
    assert (lines["a"], lines["e"], lines["s"], lines["c"]) == (A, E, S, C)
    assert len(set(lines.values())) == len(lines)


def test_paper_shows_neither_toolbars_nor_buttons(gold: Callable[[], Page]) -> None:
    page = gold()
    page.locator("#text").focus()
    page.keyboard.press("n")
    expect(page.locator("#spanbar")).to_be_visible()

    page.emulate_media(media="print")

    shown = page.locator("button, [role=toolbar], kbd, .rail-head, .typed, #saved, #status, #grips")
    assert [one.text_content() for one in shown.all() if one.is_visible()] == []


@pytest.mark.parametrize("opened", [False, True], ids=["all shut", "one open"])
def test_paper_lists_the_claims_as_a_table_in_the_order_of_the_text(
    gold: Callable[[], Page], opened: bool
) -> None:
    page = gold()
    if opened:
        page.get_by_role("link", name="Open claim A2").click()
        expect(page.locator(".claim.active")).to_have_count(1)

    page.emulate_media(media="print")

    head = [one.inner_text() for one in page.locator(".print-head b").all()]
    assert head == ["Claim", "Said by", "What is said", "Evidence"]
    claims = page.locator("#claims .claim")
    names = [one.locator(".claim-no").inner_text().split()[-1] for one in claims.all()]
    assert names == [f"A{number}" for number in range(1, 15)]
    columns = [
        sorted(
            {round(box["x"]) for one in claims.locator(part).all() if (box := one.bounding_box())}
        )
        for part in (".claim-no", ".claim-by", ".claim-say", ".claim-on")
    ]
    assert [len(places) for places in columns] == [1, 1, 1, 1]
    assert columns == sorted(columns)
