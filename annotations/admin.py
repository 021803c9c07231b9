"""Django's admin for operators: read-mostly, because rows change through the workflow only."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import Model
from django.http import HttpRequest

from annotations.models import AnnotationSet, Article, Event, Membership, Person, Project


@admin.register(Person)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]  # no generics at run time
    """People and their passwords; a person is deactivated, never deleted."""

    fieldsets = (
        (None, {"fields": ("username", "password", "name", "email")}),
        ("Access", {"fields": ("is_active", "is_staff", "is_superuser")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    list_display = ("username", "name", "email", "is_active", "is_staff")
    search_fields = ("username", "name", "email")

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        return False


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # no generics at run time
    """Rows to look at."""

    def get_readonly_fields(
        self, _request: HttpRequest, _obj: Model | None = None
    ) -> tuple[str, ...]:
        return tuple(field.name for field in self.opts.fields)

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        return False


@admin.register(Project)
class ProjectAdmin(ReadOnlyAdmin):
    list_display = ("slug", "name", "annotators_per_article", "blind")


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    list_display = ("project", "person", "role")


@admin.register(Article)
class ArticleAdmin(ReadOnlyAdmin):
    list_display = ("title", "project", "outlet", "created_at")
    list_select_related = ("project",)


@admin.register(AnnotationSet)
class AnnotationSetAdmin(ReadOnlyAdmin):
    list_display = ("article", "annotator", "state", "changed_at")
    list_select_related = ("article", "annotator")


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("chain", "number", "verb", "actor", "at")
