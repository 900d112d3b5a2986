"""The announcements of one's own kabupaten; each change is written through the services, with its line."""

from dataclasses import fields as fields_of
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.access.selectors import area
from accounts.access.tables import Act
from accounts.regions.models import Level, Region
from accounts.users.models import User
from konflik.public.models import PublicNote
from konflik.public.services import NoteFacts, amend_note, record_note
from konflik.registry.admin.base import ServiceAdmin, person

ASKED = tuple(field.name for field in fields_of(NoteFacts))
KNOWN = ("recorded_by", "recorded_at", "updated_by", "updated_at")


@admin.register(PublicNote)
class PublicNoteAdmin(ServiceAdmin):
    """What is no longer so is withdrawn, never deleted."""

    sees = manages = Act.MANAGE_REFERENCE
    list_display = ("title", "section", "kabupaten", "published_on", "withdrawn_on")
    list_filter = ("section",)
    search_fields = ("title",)
    search_help_text = "Judul"
    ordering = ("-published_on", "-pk")
    fields = ASKED
    readonly_fields = KNOWN
    list_select_related = ("kabupaten",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[PublicNote]:
        """Those of the regions in which the asking person keeps such lists."""
        return super().get_queryset(request).filter(area(person(request), Act.MANAGE_REFERENCE, via="kabupaten__", at=timezone.now()))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who and when, of what is on file."""
        return ASKED if obj is None else (*ASKED, *KNOWN)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only kabupaten of the same regions."""
        if db_field.name == "kabupaten":
            here = area(person(request), Act.MANAGE_REFERENCE, via="", at=timezone.now())
            kwargs["queryset"] = Region.objects.of_level(Level.KABUPATEN).filter(here).order_by("name")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def write(self, row: PublicNote, form: Any, *, change: bool, actor: User, now: datetime) -> PublicNote:
        """The services of the announcements."""
        facts = NoteFacts(**{name: form.cleaned_data[name] for name in ASKED})
        if change:
            return amend_note(note=row, facts=facts, actor=actor, now=now)
        return record_note(facts=facts, actor=actor, now=now)
