"""Postings in the admin: recorded and ended, never rewritten."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from accounts.access.tables import Act
from accounts.postings.forms import PostingForm
from accounts.postings.models import Posting, PostingQuerySet
from accounts.users.models import User
from konflik.registry import services
from konflik.registry.admin.base import ServiceAdmin, person
from konflik.registry.admin.beside import PeriodFilter
from konflik.registry.selectors import postings_visible_to


class PostingPeriod(PeriodFilter):
    """How the posting stands today."""

    title = "masa berlaku"
    words = (("kini", "Berlaku kini"), ("lalu", "Sudah berakhir"), ("nanti", "Belum mulai"))


@admin.register(Posting)
class PostingAdmin(ServiceAdmin):
    """Who holds which role, where, until when. What somebody may do follows from here alone."""

    sees, manages = Act.SEE_PEOPLE, Act.MANAGE_PEOPLE
    form = PostingForm
    list_display = ("user", "role", "tenure", "region", "institution", "valid_from", "valid_until")
    list_select_related = ("user", "region", "institution")
    list_filter = (
        PostingPeriod,
        ("role", ChoicesDropdownFilter),
        ("region__kabupaten", AutocompleteSelectFilter),
        ("institution", AutocompleteSelectFilter),
    )
    list_filter_submit = True
    search_fields = ("user__name", "user__username", "institution__name", "region__search_name", "decree")
    search_help_text = "Nama, nama pengguna, instansi, wilayah, atau nomor SK"
    ordering = ("-valid_from", "pk")
    autocomplete_fields = ("user", "region", "institution", "seat")
    fieldsets = (
        (None, {"fields": ("user", "role", "tenure", "region", "institution")}),
        ("Dasar dan masa", {"fields": ("seat", "decree", "valid_from", "valid_until")}),
    )

    def get_queryset(self, request: HttpRequest) -> PostingQuerySet:
        """What the asking person may see."""
        return postings_visible_to(person(request), at=timezone.now()).order_by(*self.ordering)

    def get_readonly_fields(self, request: HttpRequest, obj: Posting | None = None) -> tuple[str, ...]:
        """Once recorded, only its last day can be set."""
        return tuple(name for name in PostingForm.Meta.fields if name != "valid_until") if obj else ()

    def home_of(self, request: HttpRequest, obj: Posting | None = None) -> str:
        """The postings of that person."""
        return f"{reverse('admin:accounts_user_change', args=[obj.user_id])}#postings" if obj else ""

    def write(self, row: Posting, form: Any, *, change: bool, actor: User, now: datetime) -> Posting:
        """The services of the registry."""
        if not change:
            return services.record_posting(user=form.cleaned_data["user"], facts=form.facts(), actor=actor, now=now)
        last_day = form.cleaned_data["valid_until"]
        if last_day is None:
            raise ValidationError({"valid_until": "Isi tanggal terakhir penugasan ini."})
        return services.end_posting(posting=row, valid_until=last_day, actor=actor, now=now)
