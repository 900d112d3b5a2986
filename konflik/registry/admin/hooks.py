"""Subscriptions of other systems in the admin: made with their secret shown once, looked at, ended."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from unfold.decorators import action
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from accounts.access.tables import Act
from accounts.keys.selectors import keys_visible_to
from accounts.users.models import User
from konflik.law.events import EVENT_LABELS, Event
from konflik.notices.models import Subscription
from konflik.registry import services
from konflik.registry.admin.base import ServiceAdmin, person
from konflik.registry.forms import SubscriptionForm


@admin.register(Subscription)
class SubscriptionAdmin(ServiceAdmin):
    """Which system is told of what. What could not be delivered stands in the outbox."""

    sees = manages = Act.MANAGE_KEYS
    form = SubscriptionForm
    list_display = ("key", "url", "event_list", "region", "stands")
    ordering = ("-made_at", "pk")
    autocomplete_fields = ("region",)
    actions_detail = ("end",)
    fieldsets = (
        (
            None,
            {
                "fields": ("key", "url", "region", "events"),
                "description": "Sistem penerima diberi tahu jenis kejadian dan nomornya saja, hanya tentang yang terbuka bagi kuncinya. "
                "Isinya dibaca lewat API. Yang tidak terkirim tampil di Kotak keluar.",
            },
        ),
    )
    shown_fieldsets = ((None, {"fields": ("key", "url", "region", "event_list", "stands", "made_at", "made_by", "ended_at")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Subscription]:
        """Those of the keys that the asking person manages."""
        keys = keys_visible_to(person(request), at=timezone.now())
        rows = Subscription.objects.filter(key__in=keys).select_related("key__owner", "region", "made_by")
        return rows.order_by(*self.ordering)

    def get_fieldsets(self, request: HttpRequest, obj: Subscription | None = None) -> Any:
        """What is filled in, later what is known."""
        return self.shown_fieldsets if obj else self.fieldsets

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[ModelForm]:  # noqa: FBT001
        """With the events as boxes to tick."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None:
            fields: Any = form.base_fields
            fields["events"].widget = UnfoldAdminCheckboxSelectMultipleWidget(choices=fields["events"].choices)
        return form

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        """Only keys that the asking person manages."""
        if db_field.name == "key":
            kwargs["queryset"] = keys_visible_to(person(request), at=timezone.now()).filter(revoked_at=None).order_by("name", "pk")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def write(self, row: Subscription, form: Any, *, change: bool, actor: User, now: datetime) -> Subscription:
        """The service of the registry."""
        made = services.subscribe(facts=form.facts(), actor=actor, now=now)
        made.subscription.__dict__["secret"] = made.secret  # for response_add, which is handed this very row
        return made.subscription

    def response_add(self, request: HttpRequest, obj: Subscription, post_url_continue: str | None = None) -> HttpResponse:
        """The secret, which is shown now and never again."""
        return self._page(request, obj, "made_subscription.html", secret=obj.__dict__["secret"])

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: another address is another subscription, with a secret of its own."""
        return False

    def has_manage_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        """Who may end."""
        return self.is_open_to(request, self.manages)

    @action(description="Hentikan langganan", url_path="hentikan", permissions=["manage"])
    def end(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks, then tells the address nothing more."""
        row = self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if request.method != "POST":
            return self._page(request, row, "ask_end_subscription.html")
        try:
            services.end_subscription(subscription=row, actor=person(request), now=timezone.now())
            messages.success(request, "Langganan dihentikan. Kiriman yang masih menunggu tidak dikirim lagi.")
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        return redirect("admin:konflik_subscription_change", row.pk)

    @admin.display(description="kejadian")
    def event_list(self, subscription: Subscription) -> str:
        """In words."""
        return "; ".join(EVENT_LABELS[Event(event)] for event in subscription.events)

    @admin.display(description="keadaan")
    def stands(self, subscription: Subscription) -> str:
        """Whether its address is still told."""
        if subscription.ended_at is not None:
            return "Dihentikan"
        return "Berjalan" if subscription.key.is_open(at=timezone.now()) else "Kuncinya sudah berakhir"

    def _page(self, request: HttpRequest, row: Subscription, template: str, **more: Any) -> HttpResponse:
        back = redirect("admin:konflik_subscription_change", row.pk).url
        context = {**self.admin_site.each_context(request), "opts": self.opts, "original": row, "title": str(row), "back": back, **more}
        return TemplateResponse(request, f"registry/{template}", context, headers={"Cache-Control": "no-store"})
