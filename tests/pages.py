"""Pages as tests read them: a tree of elements with their text, and forms to fill in.

Reading is strict: a tag that is not closed, or closed twice, is an error.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.db import connection
from django.test import Client

from annotations.models import Person

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
HTMX = {"HX-Request": "true"}
UNSEEN_TABLES = {"django_session"}
"""What reading a page may touch: a session in use is written again now and then."""

Values = dict[str, Any]
"""What is posted: texts, or lists of them."""


@dataclass
class Element:
    """An element with its attributes (None where one has no value) and what is inside."""

    tag: str
    attributes: dict[str, str | None]
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What `textContent` says."""
        return "".join(one if isinstance(one, str) else one.text for one in self.children)

    @property
    def words(self) -> str:
        """The text with runs of white space as one space."""
        return " ".join(self.text.split())

    def __getitem__(self, name: str) -> str:
        return self.attributes[name] or ""

    def all(self, tag: str = "", **attributes: str) -> list[Element]:
        """Every element below with this tag and these attributes, in document order."""
        return [
            one
            for one in self.walk()
            if tag in ("", one.tag)
            and all(one.attributes.get(name) == value for name, value in attributes.items())
        ]

    def one(self, tag: str = "", **attributes: str) -> Element:
        """The only such element."""
        (found,) = self.all(tag, **attributes)
        return found

    def walk(self) -> Iterator[Element]:
        """Every element below, in document order."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.walk()

    @property
    def ids(self) -> list[str]:
        """The ids below, in document order."""
        return [one["id"] for one in self.walk() if "id" in one.attributes]


def parse(html: str) -> Element:
    """The tree of a page or of fragments; AssertionError where tags do not match."""
    parser = _TreeBuilder()
    parser.feed(html)
    parser.close()
    assert [one.tag for one in parser.open] == ["#document"], "left open"
    return parser.open[0]


def page_of(response: Any) -> Element:
    """The tree of an answer, which must be HTML."""
    assert response["Content-Type"] == "text/html; charset=utf-8"
    return parse(response.content.decode())


def told(response: Any, event: str) -> dict[str, Any]:
    """What an answer tells the page's script under the name of an event."""
    found: dict[str, Any] = json.loads(response.headers["HX-Trigger"])[event]
    return found


def swapped(page: Element) -> dict[str, str]:
    """What an answer swaps out of band: the id of each fragment, and how."""
    roots = [one for one in page.children if isinstance(one, Element)]
    assert all("hx-swap-oob" in one.attributes for one in roots), "swapped nowhere"
    return {one.attributes.get("id") or one["hx-swap-oob"]: one["hx-swap-oob"] for one in roots}


def form_to(page: Element, action: str, *, press: str = "") -> Element:
    """The form that posts to an address, or the one of them with this button.

    With the controls that belong to it though they stand elsewhere, and of its buttons those that
    post to this address.
    """
    forms = [
        form
        for form in (_as_sent(page, form, action) for form in page.all("form"))
        if form and (not press or any(press in button.words for button in form.all("button")))
    ]
    assert len(forms) == 1, f"{len(forms)} forms post to {action}"
    assert forms[0]["method"] == "post"
    return forms[0]


def values_of(form: Element) -> Values:
    """What a browser would send of a form as it stands, without its buttons."""
    values: dict[str, list[str]] = {}
    for one in form.walk():
        name = one.attributes.get("name")
        if name and (value := _value_of(one)) is not None:
            values.setdefault(name, []).append(value)
    return {name: many[0] if len(many) == 1 else many for name, many in values.items()}


def signed_in(person: Person | None, **options: bool) -> Client:
    """A browser in which somebody is signed in, or nobody."""
    client = Client(**options)  # type: ignore[arg-type]  # options of the test client are flags
    if person:
        client.force_login(person)
    return client


def everything() -> dict[str, list[str]]:
    """Every row of every table but the sessions, as text and in order."""
    tables = set(connection.introspection.table_names()) - UNSEEN_TABLES
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(str, cursor.fetchall()))
    return found


def _as_sent(page: Element, form: Element, action: str) -> Element | None:
    """A form with what it would send to an address; None where it does not post there."""
    name = form.attributes.get("id")
    elsewhere = page.all(form=name) if name else []
    fields = [one for one in elsewhere if one.tag != "button"]
    buttons = [one for one in elsewhere if one.attributes.get("formaction") == action]
    if not buttons and form.attributes.get("action") != action:
        return None
    children = [*form.children, *fields, *buttons]
    return Element("form", {**form.attributes, "action": action}, children)


def _value_of(one: Element) -> str | None:
    """The value a control adds to its form; None for none."""
    kind = one.attributes.get("type", "text")
    if one.tag == "textarea":
        return one.text.removeprefix("\n")
    if one.tag == "select":
        options = one.all("option")
        chosen = [option for option in options if "selected" in option.attributes] or options[:1]
        return chosen[0]["value"] if chosen else None
    if one.tag != "input" or (kind in ("radio", "checkbox") and "checked" not in one.attributes):
        return None
    return one.attributes.get("value") or ""


class _TreeBuilder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("#document", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        element = Element(tag, dict(attrs))
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)
