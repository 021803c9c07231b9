"""Projects, people and who annotates what."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import AnnotationSet, Article, Membership, Person, Project
from annotations.permissions import why_not_manage, why_not_take
from annotations.states import Role
from annotations.workflow.log import record, record_project
from annotations.workflow.refusals import Unfit, forbid


@transaction.atomic
def create_project(*, slug: str, name: str, by: Person) -> Project:
    """Create a project without members; Unfit if the short name is taken."""
    if Project.objects.filter(slug=slug).exists():
        raise Unfit(_("There is a project “%(slug)s” already.") % {"slug": slug})
    project = Project.objects.create(slug=slug, name=name)
    record_project(project, "create", by=by, after={"slug": slug, "name": name})
    return project


@transaction.atomic
def add_member(project: Project, *, person: Person, role: Role, by: Person) -> Membership:
    """Make somebody a member, or give a member another role.

    An operator at the console, a person without a row, needs no role for it.
    """
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    if by.pk is not None:
        forbid(why_not_manage(by, project))
    known = Membership.objects.filter(project=project, person=person).first()
    before = {"role": known.role} if known else None
    if known and known.role == role:
        return known
    membership, _created = Membership.objects.update_or_create(
        project=project, person=person, defaults={"role": role}
    )
    after = {"person": person.username, "role": role.value}
    record_project(project, "add_member", by=by, before=before, after=after)
    return membership


@transaction.atomic
def take(article: Article, *, by: Person) -> AnnotationSet:
    """Open a set of one's own on an article, or find the one there is."""
    article = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
    forbid(why_not_take(by, article))
    mine = {"article": article, "annotator": by, "kind": AnnotationSet.Kind.INDIVIDUAL}
    known = AnnotationSet.objects.filter(**mine).first()
    if known:
        return known
    taken = AnnotationSet.objects.create(project=article.project, **mine)
    record(taken, "take", by=by, after={"annotator": by.username})
    return taken
