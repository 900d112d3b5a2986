"""The installation in the admin: one row, amended through the registry."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from unfold.decorators import action
from unfold.widgets import UnfoldAdminPasswordWidget

from accounts.access.models import Installation
from accounts.access.selectors import installation
from accounts.access.tables import Act
from accounts.users.models import User
from konflik.registry import services
from konflik.registry.admin.base import ServiceAdmin, person
from konflik.registry.admin.trying import ask_and_try
from konflik.registry.forms import InstallationForm


@admin.register(Installation)
class InstallationAdmin(ServiceAdmin):
    """Letterhead and mail server."""

    sees = manages = Act.MANAGE_INSTALLATION
    form = InstallationForm
    actions_detail = ("send_test",)
    readonly_fields = ("region", "set_up_at")
    fieldsets = (
        ("Kop surat", {"fields": ("region", "letterhead_government", "letterhead_office", "letterhead_address", "set_up_at")}),
        (
            "Server surel (SMTP)",
            {
                "fields": ("mail_host", "mail_port", "mail_user", "mail_password", "mail_from"),
                "description": "Boleh dikosongkan. Tanpa server surel, tautan masuk tampil di layar untuk disampaikan langsung.",
            },
        ),
    )

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[ModelForm]:  # noqa: FBT001
        """With the field of the password drawn like the others."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.base_fields["mail_password"].widget = UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"})
        return form

    @action(description="Kirim surel percobaan kepada saya", url_path="percobaan-surel", permissions=["manage"])
    def send_test(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks, then sends to the address of whoever asks, and says what the server answered."""
        row = self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return ask_and_try(
            self,
            request,
            row,
            words=f"Surel percobaan dikirim ke alamat Anda, {person(request).email or 'yang belum dicatat'}, lewat server yang tersimpan.",
            attempt=lambda: f"Server surel menerima surel percobaan untuk {services.send_test_mail(user=person(request))}.",
        )

    def has_manage_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        """Who may write."""
        return self.is_open_to(request, self.manages)

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
