"""What a person's role in a project lets the page offer."""

from __future__ import annotations

from django import template

from annotations.models import Person, Project
from annotations.permissions import why_not_manage

register = template.Library()


@register.filter
def manages(person: Person, project: Project) -> bool:
    """Whether the person is a manager of the project. Queries."""
    return not why_not_manage(person, project)
