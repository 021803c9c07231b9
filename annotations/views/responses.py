"""Answers to writes. The only module that asks whether htmx has sent the request.

A change of the workspace is answered with out-of-band fragments (paragraphs, cards, counts, the
live region), a plain form with a redirect; a refusal keeps its status either way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from annotations.models import AnnotationSet, ClaimAnnotation, Span
from annotations.permissions import why_not_annotate, why_not_review
from annotations.scheme import TAG_OF
from annotations.views.boards import WINDOW, cards_of, tally_of
from annotations.views.cards import Mode, words_for_cards
from annotations.views.columns import paragraphs_of
from annotations.views.requests import MemberRequest
from annotations.workflow.changing import Changed
from annotations.workflow.refusals import Forbidden, Incomplete, Refused, Stale, Unfit

MOST_DIGITS = 10  # of a primary key in a query
STATUS = ((Forbidden, 403), (Stale, 409), (Unfit, 422), (Incomplete, 422))


def answered(
    request: MemberRequest, annotation_set: AnnotationSet, verb: Callable[[], Changed]
) -> HttpResponse:
    """Do it and draw what changed, or say why it was not done."""
    try:
        outcome = verb()
    except Refused as error:
        return refused(request, annotation_set, error)
    return changed(request, outcome)


def changed(request: MemberRequest, outcome: Changed) -> HttpResponse:
    """The fragments a change touches; a redirect to the place for a plain form."""
    annotation_set = outcome.annotation_set
    active = _active_after(request, outcome)
    if not request.htmx:
        return HttpResponseRedirect(_place(annotation_set, outcome.span, active))
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
) -> HttpResponse:
    """Why nothing was stored; after a conflict, also how things are now."""
    findings = error.findings if isinstance(error, Incomplete) else ()
    if not request.htmx:
        back = _place(annotation_set, None, _open_claim(request), mode=mode)
        page, _sign, _anchor = back.partition("#")
        context = {"annotation_set": annotation_set, "findings": findings, "page": page}
        return stopped(request, error, back=back, **context)
    active, fresh = _open_claim(request), isinstance(error, Stale)
    response = _fragments(
        request,
        annotation_set,
        pks={active} if fresh and active else set(),
        active=active,
        outcome=_as_it_is(annotation_set, request) if fresh else Changed(annotation_set, ""),
        message=str(error),
        findings=findings,
        mode=mode,
    )
    response.status_code = status_of(error)
    return trigger_client_event(response, "ascribe:refused", {"reason": str(error)})


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
    return trigger_client_event(response, "ascribe:changed", {"claim": following, "redrawn": []})


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
    findings: Iterable[object] = (),
    mode: Mode = "annotate",
) -> HttpResponse:
    cards = cards_of(annotation_set, pks, mode=mode, active=active) if pks else []
    tally = tally_of(annotation_set) if cards or outcome.verb else None
    has_all_cards = tally is not None and tally.claims <= WINDOW
    carded = None if has_all_cards else {card.pk for card in cards}
    context = {
        **words_for_cards(annotation_set, request.user),
        "cards": [card for card in cards if card.pk not in outcome.made],
        "made": [(card, _card_before(card.claim)) for card in cards if card.pk in outcome.made],
        "gone": outcome.gone,
        "paragraphs": paragraphs_of(annotation_set, outcome.stretches, carded=carded),
        "bars": outcome.spans,
        "tally": tally,
        "findings": findings,
        "clears": bool(outcome.verb),
        "message": message,
        "mode": mode,
    }
    return render(request, "annotations/_changes.html", context)


def _card_before(claim: ClaimAnnotation) -> int | None:
    """The claim whose card stands before this one's."""
    start, end = claim.allegation.start, claim.allegation.end
    claims = ClaimAnnotation.objects.filter(annotation_set=claim.annotation_set_id)
    earlier = claims.exclude(pk=claim.pk).filter(allegation__start__lte=start)
    rows = earlier.order_by("-allegation__start", "allegation__end").values_list(
        "pk", "allegation__start", "allegation__end"
    )
    return next((pk for pk, one, other in rows[:20] if (one, -other) <= (start, -end)), None)


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


def _as_it_is(annotation_set: AnnotationSet, request: MemberRequest) -> Changed:
    """For a conflict: the passage somebody else changed, and the open claim where it is gone."""
    seen, active = (_number(request.POST.get(name, "")) or 0 for name in ("span", "claim"))
    span = Span.objects.filter(annotation_set=annotation_set, pk=seen).first()
    claims = ClaimAnnotation.objects.filter(annotation_set=annotation_set, pk=active)
    return Changed(
        annotation_set,
        "",
        stretches=span.fragments if span else (),
        gone=(active,) if active and not claims.exists() else (),
    )


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
