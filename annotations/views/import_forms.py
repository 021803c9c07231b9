"""Validation of what comes in to be imported, and of the answers to what its report asks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID, uuid4, uuid5

from django import forms
from django.core.files import File
from django.core.files.base import ContentFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext, gettext_lazy

from annotations.forms import SentForm
from annotations.importers import FORMATS
from annotations.importers.encodings import ENCODINGS
from annotations.importers.report import MOST_ASKED
from annotations.models import ImportRun, Project

INPUT = {"class": "input"}
FIELDS = (
    ("text", gettext_lazy("Text of the article")),
    ("title", gettext_lazy("Title")),
    ("byline", gettext_lazy("Byline")),
    ("outlet", gettext_lazy("Outlet")),
    ("url", gettext_lazy("Address on the web")),
    ("published_on", gettext_lazy("Date of publication")),
    ("language", gettext_lazy("Language")),
    ("external_id", gettext_lazy("Id in your system")),
)
"""What a column can be; all but the text may be missing."""

ARTICLE, BOILERPLATE = "article", "boilerplate"
MOST_ROWS = 100
"""Files that a report shows, each with its format to be chosen."""

Told = Mapping[str, Any]
Value = TypeVar("Value")
NOTHING_READ: Told = {"questions": [], "entries": []}


class ManyFilesInput(forms.ClearableFileInput):
    """A file input for several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files, each of them checked as one would be."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[File[bytes]]:
        single = super().clean
        return [single(one, initial) for one in data or () if one is not None]


class IntakeForm(SentForm):
    """Files, or a text that was pasted with what is known about it."""

    uid = forms.CharField(required=False)
    uploads = ManyFilesField(required=False, allow_empty_file=True)
    text = forms.CharField(
        label=gettext_lazy("Text of the article"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs=INPUT | {"rows": 8}),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs=INPUT),
    )
    outlet = forms.CharField(
        label=gettext_lazy("Outlet"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=INPUT),
    )
    byline = forms.CharField(
        label=gettext_lazy("Byline"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs=INPUT),
    )
    url = forms.URLField(
        label=gettext_lazy("Address on the web"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        widget=forms.URLInput(attrs=INPUT),
    )
    published_on = forms.DateField(
        label=gettext_lazy("Date of publication"),
        required=False,
        widget=forms.DateInput(attrs=INPUT | {"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not cleaned.get("uploads") and not cleaned.get("text", "").strip():
            raise forms.ValidationError(gettext("Choose a file, or paste a text."))
        return cleaned

    def brought(self) -> Iterator[tuple[str, str, File[bytes]]]:
        """Name, format ("" to find out) and content of all that came, once the form is valid."""
        for file in self.cleaned_data["uploads"]:
            yield str(file.name), "", file
        if self.cleaned_data["text"].strip():
            line = json.dumps(self._pasted(), ensure_ascii=False).encode()
            yield gettext("Pasted text"), "jsonl", ContentFile(line)

    def uid_in(self, project: Project) -> UUID:
        """The id of the import: the same for the same content sent by the same form."""
        if not self.cleaned_data["uid"]:
            return uuid4()
        digest = sha256()
        for name, key, file in self.brought():
            content = sha256()
            for chunk in file.chunks():
                content.update(chunk)
            file.seek(0)
            digest.update(json.dumps([name, key, content.hexdigest()]).encode())
        return uuid5(project.uid, f"{self.cleaned_data['uid']} {digest.hexdigest()}")

    def _pasted(self) -> dict[str, str]:
        facts = {name: self.cleaned_data[name] for name in ("text", "title", "outlet", "byline")}
        day = self.cleaned_data["published_on"]
        return {
            **facts,
            "url": self.cleaned_data["url"],
            "published_on": day.isoformat() if day else "",
        }


class RunForm(SentForm):
    """The version of an import run that somebody saw."""

    version = forms.IntegerField(min_value=1)


class AnswersForm(RunForm):
    """The answers to what a report asks; field names carry the number of what they are about."""

    uploads = ManyFilesField(required=False, allow_empty_file=True)
    same = forms.BooleanField(required=False)

    def __init__(
        self, run: ImportRun, data: QueryDict, files: MultiValueDict[str, Any] | None = None
    ) -> None:
        super().__init__(data, files)
        self.run = run
        self.report = report = run.report or NOTHING_READ
        for number, question in enumerate(report["questions"]):
            if question["ask"] == "encoding":
                self.fields[f"encoding-{number}"] = forms.ChoiceField(
                    choices=ENCODINGS, required=False
                )
            else:
                for name, _label in FIELDS:
                    self.fields[f"column-{number}-{name}"] = forms.ChoiceField(
                        choices=[("", ""), *((one, one) for one in question["columns"])],
                        required=False,
                    )
        for number, _zone in enumerate(zones_in(report)):
            self.fields[f"zone-{number}"] = forms.ChoiceField(
                choices=[(BOILERPLATE, ""), (ARTICLE, "")], required=False
            )
        for number, entry in enumerate(extracts_in(report)):
            if may_leave_out(run, entry):
                self.fields[f"without-{number}"] = forms.BooleanField(required=False)
        for number, _file in self._sent("format", files_in(report)):
            self.fields[f"format-{number}"] = forms.ChoiceField(
                choices=[("", ""), *((key, "") for key in FORMATS)], required=False
            )

    def choices(self) -> dict[str, Any]:
        """What was settled before and now, once the form is valid; what was not sent stays."""
        before = self.run.choices
        return {
            "settled": self._settled(before.get("settled", {})),
            "lifted": self._lifted(before.get("lifted", [])),
            "without": self._without(before.get("without", [])),
        }

    def _lifted(self, before: list[Any]) -> list[Any]:
        found = list(before)
        for number, (entry, zone) in self._sent("zone", zones_in(self.report)):
            place = [entry["sha256"], zone["start"], zone["end"]]
            found = [one for one in found if one != place]
            if self.cleaned_data[f"zone-{number}"] == ARTICLE:
                found.append(place)
        return found

    def _without(self, before: list[Any]) -> list[Any]:
        found = list(before)
        for number, entry in self._sent("without", extracts_in(self.report)):
            if f"without-{number}" in self.fields:
                found = [one for one in found if one != entry["file"]]
                if self.cleaned_data[f"without-{number}"]:
                    found.append(entry["file"])
        return found

    def _settled(self, before: Told) -> dict[str, dict[str, Any]]:
        """By file what was chosen for it, the new beside what is still to be kept."""
        # An answer that did not help is taken back, so that the file is asked about again.
        refused = {one["file"] for one in self.report["entries"] if one["outcome"] == "rejected"}
        found = {
            file: {
                key: one for key, one in answer.items() if key == "format" or file not in refused
            }
            for file, answer in before.items()
        }
        for number, file in self._sent("format", files_in(self.report)):
            answer, chosen = found.setdefault(file, {}), self.cleaned_data[f"format-{number}"]
            if chosen != answer.get("format", ""):
                answer.pop("columns", None)  # they were those of another format
            answer["format"] = chosen
        for file, answer in self._answered():
            found[file] = found.get(file, {}) | answer
        told = {
            file: {key: one for key, one in answer.items() if one} for file, answer in found.items()
        }
        return {file: answer for file, answer in told.items() if answer}

    def _sent(self, name: str, asked: Iterable[Value]) -> Iterator[tuple[int, Value]]:
        """What is asked about by numbered fields, as far as the fields were sent."""
        for number, one in enumerate(asked):
            if f"{name}-{number}" in self.data:
                yield number, one

    def _answered(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """By file, the encoding or the columns chosen for it."""
        first = ""
        for number, question in enumerate(self.report["questions"]):
            if question["ask"] == "encoding":
                chosen = self.cleaned_data[f"encoding-{number}"]
                first = first or chosen
                if encoding := first if self.cleaned_data["same"] else chosen:
                    yield question["file"], {"encoding": encoding}
            elif columns := self._columns(number):
                yield question["file"], {"columns": columns}

    def _columns(self, number: int) -> dict[str, str]:
        chosen = {name: self.cleaned_data[f"column-{number}-{name}"] for name, _label in FIELDS}
        # A field that has no column is told as such, or a name like ours would be taken for it.
        return chosen if any(chosen.values()) else {}


def zones_in(report: Told) -> list[tuple[Told, Told]]:
    """The zones that are asked about, each with the entry it belongs to."""
    found = (
        (entry, zone)
        for entry in report["entries"]
        if entry["outcome"] != "known"  # that is stored, with its zones
        for zone in entry["zones"]
    )
    return [pair for _number, pair in zip(range(MOST_ASKED), found, strict=False)]


def extracts_in(report: Told) -> list[Told]:
    """The new articles whose text was taken out of something, to be looked at."""
    entries = [one for one in report["entries"] if one["outcome"] == "new" and one["notes"]]
    return entries[:MOST_ASKED]


def files_in(report: Told) -> list[str]:
    """The files of a report in their order, by label."""
    return list(dict.fromkeys(str(entry["file"]) for entry in report["entries"]))


def may_leave_out(run: ImportRun, entry: Told) -> bool:
    """Whether a file can stay out by itself: a member of an archive cannot."""
    return any(one["name"] == entry["file"] for one in run.files)
