"""Who may do what, and why not.

Each `why_not_…` returns the reason for a refusal, or "" when the verb is allowed: one function for
the refusal, the hint on a disabled button and the test. A role is read once in a request, so that one
taken away counts from the next request on; outside requests it is read anew each time.
"""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from annotations.models import AnnotationSet, Article, ClaimAnnotation, Membership, Person, Project
from annotations.states import REVIEWING, ClaimState, Role, SetState


def role_of(person: Person, project_id: int) -> Role | None:
    """The person's role in the project, None for an outsider or someone deactivated.

    Queries; for the person of a request only the first time.
    """
    if not person.is_active:
        return None
    known = person.known_roles
    if known is not None and project_id in known:
        return known[project_id]
    roles = Membership.objects.filter(person=person.pk, project=project_id)
    found = roles.values_list("role", flat=True)[:1]
    role = next((Role(one) for one in found), None)
    if known is not None:
        known[project_id] = role
    return role


def why_not_read(person: Person, project: Project) -> str:
    """Every member reads, searches and downloads."""
    return "" if role_of(person, project.pk) else _outsider()


def why_not_download(person: Person, project: Project, states: Collection[ClaimState]) -> str:
    """Editors download what they may see: nothing that is being rewritten.

    In a blind project that is what has been approved.
    """
    role = role_of(person, project.pk)
    if role is None:
        return _outsider()
    if role in REVIEWING:
        return ""
    if project.blind and set(states) - {ClaimState.APPROVED}:
        return _("In this project editors download approved claims only.")
    if {ClaimState.DRAFT, ClaimState.RETURNED} & set(states):
        return _("Claims that are being rewritten are for reviewers and managers.")
    return ""


def why_not_manage(person: Person, project: Project) -> str:
    """People, roles, guidelines, imports, withdrawals and reopening are the manager's."""
    role = role_of(person, project.pk)
    if role is None:
        return _outsider()
    return "" if role is Role.MANAGER else _("Only a manager of the project may do this.")


def why_not_take(person: Person, article: Article) -> str:
    """Every member may annotate an article in a set of their own."""
    if role_of(person, article.project_id) is None:
        return _outsider()
    return _("This article has been withdrawn.") if article.withdrawn_at else ""


def why_not_zone(person: Person, article: Article) -> str:
    """Who may take an article may say what of it is boilerplate and what is text after all."""
    return why_not_take(person, article)


def why_not_annotate(person: Person, annotation_set: AnnotationSet) -> str:
    """The annotator changes an open set; a reviewer may amend a submitted one of somebody else."""
    role = role_of(person, annotation_set.project_id)
    if role is None:
        return _outsider()
    is_own = annotation_set.annotator_id == person.pk
    state = SetState(annotation_set.state)
    if is_own:
        return "" if state is SetState.OPEN else _not_open(state)
    if role is Role.EDITOR:
        return _("Only its annotator may change this annotation set.")
    if state is not SetState.SUBMITTED:
        return _("A reviewer may amend an annotation set only while it is in review.")
    return ""


def why_not_undo(person: Person, annotation_set: AnnotationSet) -> str:
    """Undo and redo belong to the annotator of an open set."""
    if role_of(person, annotation_set.project_id) is None:
        return _outsider()
    if annotation_set.annotator_id != person.pk:
        return _("Only its annotator may undo changes of this annotation set.")
    state = SetState(annotation_set.state)
    return "" if state is SetState.OPEN else _not_open(state)


def why_not_submit(person: Person, annotation_set: AnnotationSet) -> str:
    """The annotator submits an open set."""
    if role_of(person, annotation_set.project_id) is None:
        return _outsider()
    if annotation_set.annotator_id != person.pk:
        return _("Only its annotator may submit this annotation set.")
    state = SetState(annotation_set.state)
    return "" if state is SetState.OPEN else _("It has been submitted already.")


def why_not_review(person: Person, annotation_set: AnnotationSet) -> str:
    """A reviewer decides the claims of others."""
    role = role_of(person, annotation_set.project_id)
    if role is None:
        return _outsider()
    if role is Role.EDITOR:
        return _("Only a reviewer may decide claims.")
    if annotation_set.annotator_id == person.pk:
        return _("This is your own work: somebody else has to decide it.")
    return ""


def why_not_decide(person: Person, claim: ClaimAnnotation) -> str:
    """A reviewer decides a pending claim of somebody else. Reads `claim.annotation_set`."""
    if reason := why_not_review(person, claim.annotation_set):
        return reason
    state = ClaimState(claim.state)
    if state is ClaimState.PENDING:
        return ""
    return _("This claim is not waiting for a decision: it is “%(state)s”.") % {
        "state": state.label
    }


def why_not_approve(person: Person, claim: ClaimAnnotation) -> str:
    """As deciding; nobody approves what they themselves changed last."""
    if reason := why_not_decide(person, claim):
        return reason
    if claim.changed_by_id == person.pk:
        return _("You changed this claim last: somebody else has to approve it.")
    return ""


def why_not_reopen(person: Person, annotation_set: AnnotationSet) -> str:
    """A manager reopens a reviewed set."""
    role = role_of(person, annotation_set.project_id)
    if role is None:
        return _outsider()
    if role is not Role.MANAGER:
        return _("Only a manager of the project may do this.")
    if annotation_set.state != SetState.REVIEWED:
        return _("Only a reviewed annotation set can be reopened.")
    return ""


def why_not_see(person: Person, annotation_set: AnnotationSet) -> str:
    """Own sets always; others' once they are submitted; reviewers and managers see all."""
    role = role_of(person, annotation_set.project_id)
    if role is None:
        return _outsider()
    if annotation_set.annotator_id == person.pk or role is not Role.EDITOR:
        return ""
    if annotation_set.state == SetState.OPEN:
        return _("Its annotator has not submitted it yet.")
    return (
        _("In this project editors see their own work only.") if _is_blind(annotation_set) else ""
    )


def _is_blind(annotation_set: AnnotationSet) -> bool:
    return annotation_set.project.blind


def _outsider() -> str:
    return _("You are not a member of this project.")


def _not_open(state: SetState) -> str:
    if state is SetState.SUBMITTED:
        return _("It is in review and cannot be changed until it comes back.")
    return _("It has been reviewed. A manager can reopen it.")
