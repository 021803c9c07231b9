"""Validation of everything people and their browsers send. Fields follow the codebook."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from annotations.models import Article, Span
from annotations.scheme import (
    IMPLICIT_SOURCES,
    LINK_TYPES,
    REASONS,
    TAGS,
    Attribute,
    Value,
    attributes_of,
)
from annotations.states import ClaimState
from annotations.text.offsets import Fragment
from annotations.workflow.passages import Passage

MAX_OFFSET = 2**31 - 1
MAX_NOTE = 4000
MAX_WORDS = 500
MAX_KEY = 2**63 - 1
LONGEST_SEARCH = 200
HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def choices_of(values: tuple[Value, ...]) -> list[tuple[str, str]]:
    """Values of the codebook as choices of a field, in the reader's language."""
    return [(value.key, gettext(value.label)) for value in values]


class LinesField(forms.CharField):
    """Text of several lines; a line break counts as one code point, as the browser counts it."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("\r\n", "\n") if value else value)


class SentForm(forms.Form):
    """What a browser sent, free of halves of characters.

    Whoever names an encoding such as UTF-7 can send lone surrogates, which neither a database nor
    a page can hold: the form shows U+FFFD in their place and is invalid.
    """

    def __init__(self, data: QueryDict | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_whole(data) if data else data, *args, **kwargs)
        self.is_whole = not data or self.data is data

    def clean(self) -> dict[str, Any]:
        if not self.is_whole:
            raise forms.ValidationError(gettext("This text holds half of a broken character."))
        return super().clean() or {}


class PassageForm(SentForm):
    """A passage the browser selected: start, end and quote, once for each fragment."""

    text_rev = forms.CharField(max_length=12)

    def clean(self) -> dict[str, Any]:
        """Pair the repeated fields; code points, checked against the text later."""
        cleaned = super().clean()
        starts, ends = self._numbers("start"), self._numbers("end")
        quotes = self._all("quote")
        if not starts or not len(starts) == len(ends) == len(quotes):
            raise forms.ValidationError(gettext("Every part needs a start, an end and its words."))
        self.fragments = tuple(Fragment(*pair) for pair in zip(starts, ends, strict=True))
        self.quotes = tuple(quote.replace("\r\n", "\n") for quote in quotes)
        return cleaned

    def passage(self) -> Passage:
        """The passage, once the form is valid."""
        return Passage(self.fragments, self.quotes, self.cleaned_data["text_rev"])

    def _all(self, name: str) -> list[str]:
        return list(self.data.getlist(name))  # type: ignore[attr-defined]  # always a QueryDict

    def _numbers(self, name: str) -> list[int]:
        field = forms.IntegerField(min_value=0, max_value=MAX_OFFSET)
        return [int(field.clean(value) or 0) for value in self._all(name)]


class TagForm(PassageForm):
    """A passage with its tag, the client's id for it and perhaps the claim it joins."""

    tag = forms.ChoiceField(choices=lambda: [(tag.key, tag.label) for tag in TAGS])
    uid = forms.UUIDField()
    claim = forms.IntegerField(required=False, min_value=1, max_value=MAX_KEY)


class ExtendForm(PassageForm):
    """A further part of a span and the version of it that was seen."""

    version = forms.IntegerField(min_value=1)


class ResizeForm(ExtendForm):
    """New edges of a span, or of the one part of it that starts at `part` (code points)."""

    part = forms.IntegerField(required=False, min_value=0, max_value=MAX_OFFSET)


class TypedPassageForm(SentForm):
    """A passage somebody typed or pasted, for those who cannot select it."""

    passage = forms.CharField(
        label=gettext_lazy("Passage, word for word"),
        widget=forms.Textarea(attrs={"rows": 2, "class": "input"}),
        max_length=20_000,
        strip=True,
    )
    tag = forms.ChoiceField(
        label=gettext_lazy("Tag"),
        choices=lambda: [(tag.key, gettext(tag.label)) for tag in TAGS],
        widget=forms.RadioSelect,
        initial="allegation",
    )
    start = forms.IntegerField(required=False, min_value=0, max_value=MAX_OFFSET)
    uid = forms.UUIDField()
    claim = forms.IntegerField(
        required=False, min_value=1, max_value=MAX_KEY, widget=forms.HiddenInput
    )


class RetagForm(SentForm):
    """Another tag for a span."""

    tag = forms.ChoiceField(choices=lambda: [(tag.key, tag.label) for tag in TAGS])
    version = forms.IntegerField(min_value=1)


class TopForm(SentForm):
    """The event somebody saw on top of the undo or redo stack; without it, whatever lies there."""

    top = forms.IntegerField(min_value=1, required=False)


class NegateForm(SentForm):
    """Whether the source is told not to have said it."""

    negated = forms.BooleanField(required=False)


class VersionForm(SentForm):
    """The version somebody saw before deciding to change it."""

    version = forms.IntegerField(min_value=1)


class ClaimForm(SentForm):
    """The claim a span joins or leaves."""

    claim = forms.IntegerField(min_value=1, max_value=MAX_KEY)


class SubmitForm(SentForm):
    """Whether the annotator has seen what the warnings say."""

    seen = forms.BooleanField(required=False)


class AttributesForm(SentForm):
    """The attributes of one span, built from the codebook; only those sent are changed."""

    version = forms.IntegerField(min_value=1)

    def __init__(self, span: Span, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.span = span
        for attribute in attributes_of(span.tag):
            self.fields[attribute.key] = _field_of(attribute)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        # Of a span that is gone or another by now nobody knows what is new: the verb calls it stale.
        is_as_seen = self.span.tag and cleaned.get("version") == self.span.version
        if is_as_seen and not self.errors and not self.values(cleaned):
            raise forms.ValidationError(gettext("Nothing was changed."))
        return cleaned

    def values(self, cleaned: dict[str, Any] | None = None) -> dict[str, str]:
        """The attributes that were sent and differ from what the span has."""
        known = self.cleaned_data if cleaned is None else cleaned
        return {
            key: known[key]
            for key in known
            if key != "version" and key in self.data and known[key] != self.span.value.value(key)
        }


class LinkForm(SentForm):
    """What to join: a span to a span or to an implicit source."""

    type = forms.ChoiceField(choices=lambda: [(one.key, one.label) for one in LINK_TYPES])
    from_span = forms.IntegerField(min_value=1, max_value=MAX_KEY)
    to_span = forms.IntegerField(min_value=1, max_value=MAX_KEY, required=False)
    implicit = forms.ChoiceField(
        choices=lambda: [("", ""), *choices_of(IMPLICIT_SOURCES)], required=False
    )
    cue = forms.IntegerField(min_value=1, max_value=MAX_KEY, required=False)
    claim = forms.IntegerField(min_value=1, max_value=MAX_KEY, required=False)


class DecisionForm(SentForm):
    """Why a claim goes back or is refused."""

    version = forms.IntegerField(min_value=1)
    reasons = forms.MultipleChoiceField(
        choices=lambda: choices_of(REASONS), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = LinesField(required=False, max_length=MAX_NOTE)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not cleaned.get("reasons") and not cleaned.get("note"):
            raise forms.ValidationError(gettext("Say why: choose a reason or write a note."))
        return cleaned


class SearchForm(SentForm):
    """Words to find among a project's articles, and the stage these are at."""

    q = forms.CharField(required=False)
    stage = forms.ChoiceField(choices=[("", ""), *Article.STAGES], required=False)

    def clean_q(self) -> str:
        return str(self.cleaned_data["q"])[:LONGEST_SEARCH]


class DatasetForm(SentForm):
    """Which claims go into a dataset, and what one row stands for."""

    STATUSES = (
        ("approved", gettext_lazy("Approved only")),
        ("approved,pending", gettext_lazy("Approved and to decide")),
        ("submitted", gettext_lazy("Everything submitted")),
    )
    STATES = {
        "approved": (ClaimState.APPROVED,),
        "approved,pending": (ClaimState.APPROVED, ClaimState.PENDING),
        "submitted": (
            ClaimState.APPROVED,
            ClaimState.PENDING,
            ClaimState.REJECTED,
            ClaimState.RETURNED,
        ),
    }
    TABLES = (
        ("claims", gettext_lazy("Claim")),
        ("spans", gettext_lazy("Tagged span")),
        ("links", gettext_lazy("Link")),
    )

    status = forms.ChoiceField(choices=STATUSES, required=False)
    table = forms.ChoiceField(choices=TABLES, required=False)

    def clean_status(self) -> str:
        return self.cleaned_data["status"] or "approved"

    def clean_table(self) -> str:
        return self.cleaned_data["table"] or "claims"


def named_set(data: QueryDict) -> int | None:
    """The set whose page a form comes from, where the form names one."""
    field = forms.IntegerField(min_value=1, max_value=MAX_KEY)
    try:
        return int(field.clean(data.get("annotation_set")) or 0)
    except forms.ValidationError:
        return None


def _whole(data: QueryDict) -> QueryDict:
    """The data itself, or a copy with U+FFFD in the place of each lone surrogate."""
    if not any(HALF_CHARACTER.search(value) for _, values in data.lists() for value in values):
        return data
    copy = data.copy()
    for name, values in data.lists():
        copy.setlist(name, [HALF_CHARACTER.sub("\ufffd", value) for value in values])
    return copy


def _field_of(attribute: Attribute) -> forms.Field:
    label, help_text = gettext(attribute.label), gettext(attribute.help)
    if attribute.values:
        return forms.ChoiceField(
            choices=choices_of(attribute.values), label=label, help_text=help_text, required=False
        )
    kind, most = (LinesField, MAX_NOTE) if attribute.lines else (forms.CharField, MAX_WORDS)
    return kind(label=label, help_text=help_text, required=False, max_length=most)
