"""Projects, people and who annotates what."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from annotations.models import AnnotationSet, Article, Membership, Person, Project
from annotations.permissions import why_not_manage, why_not_take
from annotations.states import Role
from annotations.workflow.log import record, record_project
from annotations.workflow.refusals import Unfit, forbid

# As Django's own validator of user names has it.
NAME = re.compile(r"[\w.@+-]+")
LONGEST_NAME = 150

# Nobody who could ever sign in is among them.
MADE_BY_IMPORT = Q(is_active=False, password__startswith=UNUSABLE_PASSWORD_PREFIX)


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
def add_annotators(project: Project, usernames: Iterable[str], *, by: Person) -> list[Person]:
    """Make people who cannot sign in, members as editors: whose work was done elsewhere.

    Those whom an import into another project made are made members of this one, too. Raises Unfit
    for a name that anybody else has or that nobody can have.
    """
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    forbid(why_not_manage(by, project))
    made = []
    for username in usernames:
        if fault := fault_of_name(username):
            raise Unfit(fault)
        person = Person.objects.filter(MADE_BY_IMPORT, username=username).first()
        if person is None:
            person = _annotator_called(username)
        elif Membership.objects.filter(project=project, person=person).exists():
            raise Unfit(_("%(name)s is a member already.") % {"name": person})
        Membership.objects.create(project=project, person=person, role=Role.EDITOR)
        after = {"person": username, "role": Role.EDITOR.value}
        record_project(project, "add_annotator", by=by, after=after)
        made.append(person)
    return made


def _annotator_called(username: str) -> Person:
    """A new person who cannot sign in."""
    if Person.objects.filter(username=username).exists():
        raise Unfit(_("There is somebody called “%(name)s” already.") % {"name": username})
    person = Person(username=username, is_active=False)
    person.set_unusable_password()
    person.save(force_insert=True)
    return person


def fault_of_name(username: str) -> str:
    """Say why nobody can have this user name; "" where somebody can."""
    is_fit = 0 < len(username) <= LONGEST_NAME and NAME.fullmatch(username)
    if is_fit and Person.normalize_username(username) == username:
        return ""
    return _(
        "“%(name)s” cannot be a user name: it has up to %(most)d letters, digits and @ . + - _."
    ) % {"name": username[:LONGEST_NAME], "most": LONGEST_NAME}


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
