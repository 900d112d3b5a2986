"""The installation in the admin: one row, amended through the registry."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from unfold.widgets import UnfoldAdminPasswordWidget

from accounts.access.models import Installation
from accounts.access.selectors import installation
from accounts.access.tables import Act
from accounts.users.models import User
from konflik.registry import services
from konflik.registry.admin.base import ServiceAdmin
from konflik.registry.forms import InstallationForm


@admin.register(Installation)
class InstallationAdmin(ServiceAdmin):
    """Letterhead and mail server."""

    sees = manages = Act.MANAGE_INSTALLATION
    form = InstallationForm
    readonly_fields = ("region", "set_up_at")
    fieldsets = (
        (None, {"fields": ("region", "letterhead_government", "letterhead_office", "letterhead_address", "set_up_at")}),
        ("Peladen surel", {"fields": ("mail_host", "mail_port", "mail_user", "mail_password", "mail_from")}),
    )

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[ModelForm]:  # noqa: FBT001
        """With the field of the password drawn like the others."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.base_fields["mail_password"].widget = UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"})
        return form

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one row, so its page is the list."""
        row = installation()
        return redirect("admin:accounts_installation_change", row.pk) if row else super().changelist_view(request, extra_context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Made by the set-up, once."""
        return False

    def write(self, row: Installation, form: Any, *, change: bool, actor: User, now: datetime) -> Installation:
        """The service of the registry; an empty password leaves the kept one."""
        password = form.cleaned_data["mail_password"] or None
        return services.amend_installation(installation=row, facts=form.facts(row.region), mail_password=password, actor=actor, now=now)
