"""The service for short messages in the admin; its secret is written, never shown."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from unfold.decorators import action
from unfold.widgets import UnfoldAdminPasswordWidget

from accounts.access.tables import Act
from accounts.users.models import User
from konflik.notices.models import Gateway
from konflik.registry import services
from konflik.registry.admin.base import ServiceAdmin, person
from konflik.registry.admin.trying import ask_and_try
from konflik.registry.forms import GatewayForm


@admin.register(Gateway)
class GatewayAdmin(ServiceAdmin):
    """Name, address, secret, and a message to try it out."""

    sees = manages = Act.MANAGE_INSTALLATION
    form = GatewayForm
    list_display = ("name", "url", "is_active")
    ordering = ("name", "pk")
    actions_detail = ("send_test",)
    fieldsets = (
        (
            None,
            {
                "fields": ("name", "url", "secret", "is_active"),
                "description": "Meneruskan pemberitahuan mendesak sebagai SMS, WhatsApp, atau Telegram. Boleh tidak dipasang.",
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Gateway]:
        """For whoever manages the installation; for others there is none."""
        rows = Gateway.objects.order_by(*self.ordering)
        return rows if self.is_open_to(request, self.sees) else rows.none()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[ModelForm]:  # noqa: FBT001
        """With the field of the secret drawn like the others."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.base_fields["secret"].widget = UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"})
        return form

    def write(self, row: Gateway, form: Any, *, change: bool, actor: User, now: datetime) -> Gateway:
        """The services of the registry; an empty secret leaves the kept one."""
        facts, secret = form.facts(), form.cleaned_data["secret"]
        if change:
            return services.amend_gateway(gateway=row, facts=facts, secret=secret, actor=actor, now=now)
        return services.record_gateway(facts=facts, secret=secret, actor=actor, now=now)

    @action(description="Kirim pesan percobaan kepada saya", url_path="percobaan", permissions=["manage"])
    def send_test(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks, then sends to the number of whoever asks, and says what the service answered."""
        row = self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return ask_and_try(
            self,
            request,
            row,
            words=f"Pesan percobaan dikirim ke nomor telepon Anda, {person(request).phone or 'yang belum dicatat'}.",
            attempt=lambda: (
                f"Layanan menerima pesan percobaan untuk {services.send_test_message(user=person(request), now=timezone.now())}."
            ),
        )

    def has_manage_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        """Who may write."""
        return self.is_open_to(request, self.manages)
