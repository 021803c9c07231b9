"""Answers to writes. The only module that asks whether htmx has sent the request.

A change of the workspace is answered with out-of-band fragments (paragraphs, cards, counts, the
live region), a plain form with a redirect; a refusal keeps its status either way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from annotations.models import AnnotationSet, ClaimAnnotation, Span
from annotations.permissions import why_not_annotate, why_not_review
from annotations.scheme import TAG_OF
from annotations.views.boards import tally_of
from annotations.views.cards import Mode, words_for_cards
from annotations.views.columns import paragraphs_of
from annotations.views.conflicts import Attempt, Conflict, conflict_of
from annotations.views.loose import loose_of, may_change_loose
from annotations.views.rails import card_before, cards_of, rail_near, window_from
from annotations.views.requests import MemberRequest
from annotations.workflow.changing import Changed
from annotations.workflow.refusals import Forbidden, Incomplete, Refused, Stale, Unfit

MOST_DIGITS = 10  # of a primary key in a query
CLAIM_VERBS = {"attach", "detach"}  # done at a claim's card
STATUS = ((Forbidden, 403), (Stale, 409), (Unfit, 422), (Incomplete, 422))


def answered(
    request: MemberRequest,
    annotation_set: AnnotationSet,
    verb: Callable[[], Changed],
    *,
    attempt: Attempt | None = None,
) -> HttpResponse:
    """Do it and draw what changed, or say why it was not done.

    With an attempt, a refusal by what somebody else has done meanwhile shows both versions.
    """
    try:
        outcome = verb()
    except Refused as error:
        return refused(request, annotation_set, error, attempt=attempt)
    return changed(request, outcome)


def changed(request: MemberRequest, outcome: Changed) -> HttpResponse:
    """The fragments a change touches; a redirect to the place for a plain form."""
    annotation_set = outcome.annotation_set
    active = _active_after(request, outcome)
    if not request.htmx:
        span = None if outcome.verb in CLAIM_VERBS else outcome.span
        return HttpResponseRedirect(_place(annotation_set, span, active))
    before = _open_claim(request)
    turned = {before, active} if active != before else set()
    response = _fragments(
        request,
        annotation_set,
        pks={pk for pk in (*outcome.claims, *turned) if pk},
        active=active,
        outcome=outcome,
        message=message_of(outcome),
    )
    told = {
        "span": outcome.span.pk if outcome.span else None,
        "label": outcome.span.label if outcome.span else "",
        "version": annotation_set.version,
        "claim": active,
        "redrawn": [*(span.pk for span in outcome.spans), *outcome.erased],
        "undo": annotation_set.undo_top,
        "redo": annotation_set.redo_top,
    }
    return trigger_client_event(response, "ascribe:changed", told)


def refused(
    request: MemberRequest,
    annotation_set: AnnotationSet,
    error: Refused,
    *,
    mode: Mode = "annotate",
    attempt: Attempt | None = None,
) -> HttpResponse:
    """Why nothing was stored; after a conflict, also how things are now."""
    fresh = isinstance(error, Stale)
    conflict = conflict_of(request, attempt) if fresh and attempt else None
    told = {"conflict": conflict, **_what_is_missing(error)}
    if not request.htmx:
        back = _place(annotation_set, None, _open_claim(request), mode=mode)
        page, _sign, _anchor = back.partition("#")
        return stopped(request, error, back=back, annotation_set=annotation_set, page=page, **told)
    active = _open_claim(request)
    response = _fragments(
        request,
        annotation_set,
        pks={active} if fresh and active else set(),
        active=active,
        outcome=_as_it_is(request, annotation_set, conflict)
        if fresh
        else Changed(annotation_set, ""),
        message=str(error),
        told=told,
        mode=mode,
    )
    response.status_code = status_of(error)
    detail = {"reason": str(error), "conflict": conflict is not None}
    return trigger_client_event(response, "ascribe:refused", detail)


def invalid(
    request: MemberRequest, annotation_set: AnnotationSet, form: Form, *, mode: Mode = "annotate"
) -> HttpResponse:
    """What is wrong with a form; who may not do it at all is told that instead."""
    why_not = why_not_review if mode == "review" else why_not_annotate
    reason = why_not(request.user, annotation_set)
    error = Forbidden(reason) if reason else unfit(form)
    return refused(request, annotation_set, error, mode=mode)


def stopped(request: MemberRequest, error: Refused, *, back: str, **more: object) -> HttpResponse:
    """A page that says why nothing was done, with the refusal's status and a way back."""
    context = {"reason": str(error), "back": back, **more}
    return render(request, "annotations/refused.html", context, status=status_of(error))


def status_of(error: Refused) -> int:
    """403 for what a person may not do, 409 for a conflict, 422 for what does not fit."""
    return next(code for kind, code in STATUS if isinstance(error, kind))


def decided(
    request: MemberRequest, claim: ClaimAnnotation, *, following: int | None, message: str
) -> HttpResponse:
    """The decided card, the next one to decide and the counts; a redirect for a plain form."""
    annotation_set = claim.annotation_set
    path = reverse("annotations:annotation_set_review", args=[annotation_set.pk])
    if not request.htmx:
        return HttpResponseRedirect(f"{path}?claim={following}#c{following}" if following else path)
    response = _fragments(
        request,
        annotation_set,
        pks={claim.pk, following} if following else {claim.pk},
        active=following,
        outcome=Changed(annotation_set, ""),
        message=message,
        mode="review",
    )
    detail = {"version": annotation_set.version, "label": claim.allegation.label}
    return trigger_client_event(
        response, "ascribe:changed", {"claim": following, "redrawn": [], **detail}
    )


def moved_on(request: MemberRequest, path: str) -> HttpResponse:
    """On to another page, also when htmx has asked."""
    return HttpResponseClientRedirect(path) if request.htmx else HttpResponseRedirect(path)


def shown(request: MemberRequest, claim: ClaimAnnotation, *, mode: Mode) -> HttpResponse:
    """A claim's card opened, and the one that was open before closed."""
    shut, edit = (_number(request.GET.get(name, "")) for name in ("shut", "edit"))
    pks = {claim.pk, shut} if shut else {claim.pk}
    cards = cards_of(claim.annotation_set, pks, mode=mode, active=claim.pk, editing=edit)
    context = {"cards": cards, **words_for_cards(claim.annotation_set, request.user)}
    return render(request, "annotations/_cards.html", context)


def unfit(form: Form) -> Unfit:
    """An invalid form as a refusal: its first error, with the field's name."""
    name, errors = next(iter(form.errors.items()))
    return Unfit(
        errors[0] if name == "__all__" else f"{form.fields[name].label or name}: {errors[0]}"
    )


def message_of(outcome: Changed) -> str:
    """What happened, for the live region."""
    words = {
        "tag": _("Tagged as %(what)s."),
        "retag": _("Now %(what)s."),
        "resize": _("%(what)s has new edges."),
        "remove": _("Removed."),
        "link": _("Linked."),
        "unlink": _("Link taken away."),
        "attach": _("%(what)s belongs to the claim now."),
        "detach": _("%(what)s no longer belongs to the claim."),
        "negate": _("Saved."),
        "set_attribute": _("Saved."),
        "undo": _("Undone."),
        "redo": _("Done again."),
    }
    span = outcome.span
    what = f"{_(TAG_OF[span.tag].label)} {span.label}" if span else ""  # type: ignore[index]  # known tags only
    return words[outcome.verb] % {"what": what}


def _fragments(
    request: MemberRequest,
    annotation_set: AnnotationSet,
    *,
    pks: Iterable[int],
    active: int | None,
    outcome: Changed,
    message: str,
    told: Mapping[str, object] | None = None,
    mode: Mode = "annotate",
) -> HttpResponse:
    window, rail = window_from(request.POST.get("shown", "")), None
    tally = tally_of(annotation_set) if outcome.verb else None
    places = {span.pk: span.start for span in outcome.spans}
    if tally and active in outcome.made and not window.holds(places[active]):
        rail = rail_near(annotation_set, active, mode=mode, total=tally.claims)
        window = rail.window
    is_drawn = bool(pks) and rail is None
    cards = (
        cards_of(annotation_set, pks, mode=mode, active=active, window=window) if is_drawn else []
    )
    context = {
        **words_for_cards(annotation_set, request.user),
        "board": rail,
        "cards": [card for card in cards if card.pk not in outcome.made],
        "made": [(card, card_before(card.claim)) for card in cards if card.pk in outcome.made],
        "gone": outcome.gone,
        "paragraphs": paragraphs_of(annotation_set, outcome.stretches, window=window),
        "bars": outcome.spans,
        "tally": tally or (tally_of(annotation_set) if cards else None),
        "clears": bool(outcome.verb),
        "settled": bool(outcome.verb) and "again" in request.POST,
        "is_tag": outcome.verb == "tag",
        "loose": loose_of(annotation_set)
        if mode == "annotate" and may_change_loose(outcome, cards)
        else None,
        "message": message,
        "mode": mode,
        **(told or {}),
    }
    return render(request, "annotations/_changes.html", context)


def _active_after(request: MemberRequest, outcome: Changed) -> int | None:
    """The claim that is open after a change: a new one, else the one that was open before."""
    if outcome.made:
        return outcome.made[0]
    if outcome.verb == "tag" and outcome.span and outcome.span.pk in outcome.claims:
        return outcome.span.pk
    before = _open_claim(request)
    return None if before in outcome.gone else before


def _open_claim(request: MemberRequest) -> int | None:
    return _number(request.POST.get("claim", ""))


def _number(value: str) -> int | None:
    return int(value) if value.isdecimal() and len(value) < MOST_DIGITS else None


def _as_it_is(
    request: MemberRequest, annotation_set: AnnotationSet, conflict: Conflict | None
) -> Changed:
    """After a refusal: where the passage is or was, and the claims that are gone."""
    active = _open_claim(request)
    claims = ClaimAnnotation.objects.filter(annotation_set=annotation_set, pk=active)
    gone = {active} if active and not claims.exists() else set[int]()
    stretches = conflict.stretches if conflict else ()
    gone |= set(conflict.gone if conflict else ())
    return Changed(annotation_set, "", stretches=stretches, gone=tuple(sorted(gone)))


def _what_is_missing(error: Refused) -> dict[str, object]:
    """What keeps a set from being submitted, and what is no obstacle once it has been seen."""
    if not isinstance(error, Incomplete):
        return {}
    findings, cautions = error.findings, error.cautions
    may_submit = bool(cautions) and not findings
    return {"findings": findings, "cautions": cautions, "may_submit": may_submit}


def _place(
    annotation_set: AnnotationSet,
    span: Span | None,
    active: int | None,
    *,
    mode: Mode = "annotate",
) -> str:
    screen = "annotation_set_review" if mode == "review" else "annotation_set_detail"
    path = reverse(f"annotations:{screen}", args=[annotation_set.pk])
    query = f"?claim={active}" if active else ""
    anchor = f"#s{span.pk}" if span else f"#c{active}" if active else ""
    return f"{path}{query}{anchor}"
