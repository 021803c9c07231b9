"""The style sheets keep their own law: contrast in both themes, colours in one file, plain selectors.

The pairs and what they need are those of the design: WCAG 2.2, 1.4.3 (text 4.5) and 1.4.11 (lines 3).
"""

from __future__ import annotations

import re
from functools import reduce
from pathlib import Path
from typing import NamedTuple

import pytest

CSS = Path(__file__).resolve().parent.parent / "static" / "css"
SHEETS = sorted(set(CSS.glob("*.css")) - {CSS / "all.css"})
TOKENS = CSS / "tokens.css"

GROUNDS = ("paper", "surface", "raised")
TAGS = ("a", "e", "s", "c")
THEMES = ("light", "dark")

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
DECLARATION = re.compile(r"--([\w-]+):\s*([^;]+);")
COLOUR_LITERAL = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(|"
    r"\b(?:black|white|gr[ae]y|red|green|blue|orange|yellow|purple|pink|brown|silver|teal|navy)\b",
    re.IGNORECASE,
)


class Colour(NamedTuple):
    """Red, green and blue from 0 to 1, and how opaque it is."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ink", ["ink", "ink-2", "ink-3", "warn-text", "bad-text"])
def test_text_can_be_read_on_every_ground(theme: str, ink: str) -> None:
    tokens = tokens_of(theme)

    worst = min(contrast(tokens[ink], tokens[ground]) for ground in GROUNDS)

    assert worst >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *(("ink", ground) for ground in ("sunken", "selection")),
        *(("ink-2", ground) for ground in ("sunken", "raised")),
        ("ink-3", "sunken"),
        ("on-ink", "ink"),
        ("on-ink", "ink-2"),
        ("warn-text", "warn-tint"),
        ("bad-text", "bad-tint"),
        *(("paper", f"{tag}-text") for tag in TAGS),
    ],
)
def test_text_can_be_read_on_its_own_ground(theme: str, ink: str, ground: str) -> None:
    tokens = tokens_of(theme)

    assert contrast(tokens[ink], tokens[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("tag", TAGS)
def test_the_letter_of_a_tag_can_be_read(theme: str, tag: str) -> None:
    tokens = tokens_of(theme)
    tinted = [over(tint, tokens["paper"]) for tint in tints_of(tag, tokens)]

    worst = min(
        contrast(tokens[f"{tag}-text"], ground)
        for ground in [*tinted, *(tokens[ground] for ground in GROUNDS)]
    )

    assert worst >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("tag", TAGS)
def test_the_line_of_a_tag_can_be_seen(theme: str, tag: str) -> None:
    tokens = tokens_of(theme)
    grounds = [
        *(tokens[ground] for ground in GROUNDS),
        *(over(tint, tokens[ground]) for tint in tints_of(tag, tokens) for ground in GROUNDS),
    ]

    worst = min(contrast(tokens[f"{tag}-mark"], ground) for ground in grounds)

    assert worst >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("tag", ["a", "e", "s"])
@pytest.mark.parametrize(("part", "needed"), [("text", 4.5), ("mark", 3.0)])
def test_letter_and_line_stand_out_where_three_spans_overlap(
    theme: str, tag: str, part: str, needed: float
) -> None:
    tokens = tokens_of(theme)
    ground = reduce(lambda below, name: over(tokens[f"{name}-tint"], below), "sea", tokens["paper"])

    assert contrast(tokens[f"{tag}-{part}"], ground) >= needed


@pytest.mark.parametrize("theme", THEMES)
def test_the_article_can_be_read_on_every_tint(theme: str) -> None:
    tokens = tokens_of(theme)
    grounds = [
        over(tokens[f"{tag}-tint{strength}"], tokens[ground])
        for tag in TAGS
        for strength in ("", "-on")
        for ground in GROUNDS
    ]

    assert min(contrast(tokens["ink"], ground) for ground in grounds) >= 7


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("edge", ["control", "focus"])
def test_fields_and_focus_can_be_seen(theme: str, edge: str) -> None:
    tokens = tokens_of(theme)

    worst = min(contrast(tokens[edge], tokens[ground]) for ground in GROUNDS)

    assert worst >= 3


def test_the_measure_of_contrast_is_that_of_the_standard() -> None:
    white, grey, black = parsed("#ffffff"), parsed("#777777"), parsed("#000000")

    assert (round(contrast(white, black), 2), round(contrast(white, grey), 2)) == (21, 4.48)


def test_the_dark_theme_names_no_colour_that_the_light_one_lacks() -> None:
    light, dark = (set(own_tokens(theme)) for theme in THEMES)

    assert dark - light == set()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_colours_stand_in_the_tokens_only(sheet: Path) -> None:
    found = [] if sheet == TOKENS else COLOUR_LITERAL.findall(declarations_of(sheet))

    assert found == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_nothing_is_important(sheet: Path) -> None:
    assert re.findall(r"!\s*important", code_of(sheet)) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_selector_names_an_id(sheet: Path) -> None:
    assert [rule for rule in selectors_of(sheet) if re.search(r"#[\w-]", rule)] == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_side_is_called_left_or_right(sheet: Path) -> None:
    physical = re.compile(
        r"(?:margin|padding|border|inset)-(?:left|right)\b|(?<![\w-])(?:left|right)\s*:|"
        r"text-align:\s*(?:left|right)"
    )

    assert physical.findall(code_of(sheet)) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_rule_lies_in_a_layer(sheet: Path) -> None:
    layers = re.findall(r"^@layer (\w+) \{", code_of(sheet), re.MULTILINE)
    outside = re.findall(r"^[^@\s}][^{]*\{", code_of(sheet), re.MULTILINE)

    assert (bool(layers), outside) == (True, [])


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_variable_is_defined(sheet: Path) -> None:
    defined = {name for each in SHEETS for name, _ in DECLARATION.findall(code_of(each))}
    used = set(re.findall(r"var\(--([\w-]+)\)", code_of(sheet)))

    assert used - defined == set()


def code_of(sheet: Path) -> str:
    """The text of a sheet without its comments."""
    return COMMENT.sub("", sheet.read_text(encoding="utf-8"))


def declarations_of(sheet: Path) -> str:
    """What stands to the right of the colons, line by line."""
    return "\n".join(re.findall(r":\s([^{};]+);", code_of(sheet)))


def selectors_of(sheet: Path) -> list[str]:
    """What stands before each opening brace."""
    return re.findall(r"([^{};]+)\{", code_of(sheet))


def own_tokens(theme: str) -> dict[str, str]:
    """The variables that a theme's block sets, as they are written."""
    light, dark = code_of(TOKENS).split("@media screen and (prefers-color-scheme: dark)")
    block = light if theme == "light" else dark.split("@media print")[0]
    return dict(DECLARATION.findall(block))


def tokens_of(theme: str) -> dict[str, Colour]:
    """The colours that hold in a theme: the light ones, replaced by the dark where it has them."""
    written = own_tokens("light") | (own_tokens("dark") if theme == "dark" else {})
    return {
        name: parsed(value)
        for name, value in written.items()
        if re.fullmatch(r"#[0-9a-f]{6}|rgb\([^()]*\)|transparent", value)
    }


def tints_of(tag: str, tokens: dict[str, Colour]) -> list[Colour]:
    """What lies behind the words of a span, at rest and while its claim is active."""
    return [tokens[f"{tag}-tint"], tokens[f"{tag}-tint-on"]]


def parsed(value: str) -> Colour:
    """Read `#rrggbb`, `rgb(r g b / a)` or `transparent`."""
    if value == "transparent":
        return Colour(0, 0, 0, 0)
    if value.startswith("#"):
        red, green, blue = (int(value[at : at + 2], 16) / 255 for at in (1, 3, 5))
        return Colour(red, green, blue)
    red, green, blue, alpha = (float(number) for number in re.findall(r"[\d.]+", value))
    return Colour(red / 255, green / 255, blue / 255, alpha)


def over(colour: Colour, ground: Colour) -> Colour:
    """A translucent colour laid over an opaque one."""
    mixed = (
        part * colour.alpha + below * (1 - colour.alpha)
        for part, below in zip(colour[:3], ground[:3], strict=True)
    )
    return Colour(*mixed)


def luminance(colour: Colour) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two opaque colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
