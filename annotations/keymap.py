"""The keys of workspace and review: what each does, its default, and a person's own choice.

Plain values only: where a choice is stored, asked for and shown is the business of others. Keys that
move and confirm (Enter, Escape, Delete, the arrows, the digits) are the same for everybody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

Group = Literal["annotate", "review"]

PREFIX: Final = "g"
"""The key that announces a second one, so that nobody submits by a slip."""

NAMED_KEYS: Final = frozenset(
    {*(f"F{number}" for number in range(1, 13)), "Home", "End", "PageUp", "PageDown", "Insert"}
)


@dataclass(frozen=True, slots=True)
class Action:
    """What a key does. `key` is the default as a browser names it; case matters, Z is Shift+z.

    A `prefixed` one acts only right after `PREFIX`.
    """

    name: str
    key: str
    label: str
    group: Group = "annotate"
    prefixed: bool = False


ACTIONS: Final = (
    Action("next_sentence", "j", gettext_noop("select the next sentence")),
    Action("previous_sentence", "k", gettext_noop("select the previous sentence")),
    Action("other_end", "o", gettext_noop("work on the other end of the selection")),
    Action("allegation", "a", gettext_noop("tag as allegation")),
    Action("evidence", "e", gettext_noop("tag as evidence")),
    Action("source", "s", gettext_noop("tag as source")),
    Action("cue", "c", gettext_noop("tag as cue")),
    Action("next_span", "n", gettext_noop("go to the next passage")),
    Action("previous_span", "p", gettext_noop("go to the previous passage")),
    Action("link", "l", gettext_noop("link this passage with another")),
    Action("relay", "r", gettext_noop("say who passes on what this source said")),
    Action("retag", "t", gettext_noop("give this passage another tag")),
    Action("part", "f", gettext_noop("add the selection as a part of this passage")),
    Action("detach", "d", gettext_noop("detach this passage from the open claim")),
    Action("undo", "z", gettext_noop("undo")),
    Action("redo", "Z", gettext_noop("redo")),
    Action("submit", "s", gettext_noop("submit for review"), prefixed=True),
    Action("help", "?", gettext_noop("show all keys")),
    Action("next_claim", "j", gettext_noop("go to the next claim"), "review"),
    Action("previous_claim", "k", gettext_noop("go to the previous claim"), "review"),
    Action("approve", "a", gettext_noop("approve"), "review"),
    Action("return", "r", gettext_noop("return with a reason"), "review"),
    Action("reject", "x", gettext_noop("reject with a reason"), "review"),
)


def key_of(action: Action, own: Mapping[str, str]) -> str:
    """The key of an action, without its prefix; "" where the person has switched it off."""
    chosen = own.get(action.name)
    return chosen if isinstance(chosen, str) else action.key


def keys_of(group: Group, *, is_on: bool, own: Mapping[str, str]) -> dict[str, str]:
    """The keys that act for a person, by action, such as {"undo": "z", "submit": "g s"}.

    "" stands for one that is switched off, and for all of them where `is_on` is false.
    """
    return {
        one.name: _with_prefix(one, key_of(one, own)) if is_on else ""
        for one in ACTIONS
        if one.group == group
    }


def choice_of(keys: Mapping[str, str]) -> dict[str, str]:
    """What differs from the defaults: the part of these keys that is worth storing."""
    return {one.name: keys[one.name] for one in ACTIONS if keys.get(one.name, one.key) != one.key}


def faults_of(own: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with each of these keys, in a sentence, by action; {} when nothing is.

    Two actions of a group may not share a key; workspace and review are never on one page.
    """
    keys = {one.name: key_of(one, own) for one in ACTIONS}
    found = {name: fault for name, key in keys.items() if (fault := _fault_of_key(key))}
    taken = Counter(_place(one, keys[one.name]) for one in ACTIONS if keys[one.name])
    for one in ACTIONS:
        key = keys[one.name]
        if one.name in found or not key:
            continue
        if key == PREFIX and not one.prefixed and one.group == "annotate":
            found[one.name] = _("“%(key)s” already announces the key that submits.") % {"key": key}
        elif taken[_place(one, key)] > 1:
            found[one.name] = _("“%(key)s” already means: %(what)s.") % {
                "key": key,
                "what": _(_rival_of(one, keys).label),
            }
    return found


def _fault_of_key(key: str) -> str:
    if key == "" or key in NAMED_KEYS:
        return ""
    if len(key) > 1:
        return _("One character, or one of: %(keys)s.") % {"keys": ", ".join(sorted(NAMED_KEYS))}
    if key.isdecimal():
        return _("The digits set values. Choose another key.")
    return "" if key.isprintable() and not key.isspace() else _("This is no character to press.")


def _with_prefix(action: Action, key: str) -> str:
    return f"{PREFIX} {key}" if action.prefixed and key else key


def _place(action: Action, key: str) -> tuple[Group, str]:
    """What no two actions may share: the keys as they are pressed, within a group."""
    return action.group, _with_prefix(action, key)


def _rival_of(action: Action, keys: Mapping[str, str]) -> Action:
    """Another action with the same key."""
    place = _place(action, keys[action.name])
    return next(
        one for one in ACTIONS if one is not action and _place(one, keys[one.name]) == place
    )
