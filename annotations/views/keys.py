"""A person's own keys: give one another meaning, switch one or all off, go back to the defaults."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from annotations.forms import SentForm
from annotations.keymap import ACTIONS, PREFIX, choice_of, faults_of, key_of
from annotations.models import Person
from annotations.views.requests import MemberRequest

LONGEST_KEY = 20
GROUPS = (("annotate", gettext_lazy("Annotating")), ("review", gettext_lazy("Reviewing")))


class KeysForm(SentForm):
    """Whether single keys act, and the key of each action; an empty field switches one off."""

    keys_on = forms.BooleanField(label=gettext_lazy("Single keys act"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in ACTIONS:
            self.fields[one.name] = forms.CharField(
                label=gettext(one.label), required=False, max_length=LONGEST_KEY
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, fault in faults_of(self.keys(cleaned)).items():
            if name not in self.errors:
                self.add_error(name, fault)
        return cleaned

    def keys(self, cleaned: dict[str, Any]) -> dict[str, str]:
        """The keys that were sent; of an action that was not, the one it had."""
        sent = {name: cleaned[name] for name in cleaned if name in self.data}
        return {one.name: sent.get(one.name, self.initial[one.name]) for one in ACTIONS}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def keys(request: MemberRequest) -> HttpResponse:
    """The keys of workspace and review, and a form to choose them."""
    is_reset = "reset" in request.POST
    form = KeysForm(request.POST if request.method == "POST" else None, initial=_kept(request.user))
    if request.method != "POST" or not (is_reset or form.is_valid()):
        groups = [(title, _fields(form, group)) for group, title in GROUPS]
        context = {"form": form, "groups": groups, "prefix": PREFIX}
        status = 422 if form.is_bound else 200
        return render(request, "annotations/keys.html", context, status=status)
    if is_reset:
        keep(request.user, keys_on=True, own={})
        messages.success(request, gettext("The keys are as they were at first."))
    else:
        chosen = form.keys(form.cleaned_data)
        keep(request.user, keys_on=form.cleaned_data["keys_on"], own=choice_of(chosen))
        messages.success(request, gettext("Your keys are saved."))
    return HttpResponseRedirect(reverse("annotations:keys"))


def keep(person: Person, *, keys_on: bool, own: dict[str, str]) -> None:
    """Store a person's keys. No event: it concerns nobody's work."""
    person.keys_on, person.own_keys = keys_on, own
    person.save(update_fields=["keys_on", "own_keys"])


def _kept(person: Person) -> dict[str, object]:
    own = {one.name: key_of(one, person.own_keys) for one in ACTIONS}
    return {"keys_on": person.keys_on, **own}


def _fields(form: KeysForm, group: str) -> list[tuple[forms.BoundField, bool]]:
    """The fields of a group's actions, and whether each follows the prefix."""
    return [(form[one.name], one.prefixed) for one in ACTIONS if one.group == group]
