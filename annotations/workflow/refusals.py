"""Why a verb did not happen. Nothing was stored; str() is the reason a person reads."""

from __future__ import annotations

from collections.abc import Sequence

from annotations.scheme import Finding


class Refused(Exception):
    """A change that was not made."""


class Forbidden(Refused):
    """The person may not do this, whatever they send."""


class Stale(Refused):
    """It rests on something that has changed since, or on a state that has passed."""


class Unfit(Refused):
    """What was sent does not fit: offsets, quotes, tags, values, links."""


class Incomplete(Refused):
    """The set cannot be submitted yet; `findings` says what is missing and where.

    `cautions` are no obstacle once the annotator has seen them.
    """

    def __init__(
        self, reason: str, findings: Sequence[Finding], cautions: Sequence[Finding] = ()
    ) -> None:
        super().__init__(reason)
        self.findings = findings
        self.cautions = cautions


def forbid(reason: str) -> None:
    """Raise Forbidden with this reason; do nothing when it is empty."""
    if reason:
        raise Forbidden(reason)
