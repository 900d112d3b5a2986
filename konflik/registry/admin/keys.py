"""Keys of the API in the admin: made with their secret shown once, looked at, revoked; never rewritten."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from unfold.decorators import action
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from accounts.access.tables import Act
from accounts.keys.models import ApiKey
from accounts.keys.selectors import keys_visible_to
from accounts.users.models import User
from konflik.registry import services
from konflik.registry.admin.base import ServiceAdmin, person
from konflik.registry.forms import KeyForm

FACTS = ("owner", "name", "scopes", "regions", "clearance", "days", "rate")


@admin.register(ApiKey)
class ApiKeyAdmin(ServiceAdmin):
    """Who reads by machine, how far, and since when it was not used any more."""

    sees = manages = Act.MANAGE_KEYS
    form = KeyForm
    list_display = ("name", "shown", "owner", "scope_list", "stands", "last_used_at")
    list_select_related = ("owner",)
    search_fields = ("name", "hint", "owner__name", "owner__username")
    search_help_text = "Pemakai, awal kunci, atau nama pemilik"
    ordering = ("-made_at", "pk")
    autocomplete_fields = ("owner",)
    actions_detail = ("revoke",)
    fieldsets = (
        (
            None,
            {
                "fields": FACTS,
                "description": "Kunci berbicara atas nama pemiliknya dan tidak pernah membuka lebih dari penugasan pemilik. "
                "Rahasianya tampil satu kali sesudah disimpan.",
            },
        ),
    )
    shown_fieldsets = (
        (None, {"fields": ("name", "shown", "owner", "scope_list", "region_list", "clearance", "rate")}),
        ("Masa", {"fields": ("stands", "made_at", "made_by", "expiry", "revoked_at", "last_used_at")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiKey]:
        """Those with a region in which the asking person manages keys."""
        return keys_visible_to(person(request), at=timezone.now()).select_related("owner", "made_by").order_by(*self.ordering)

    def get_fieldsets(self, request: HttpRequest, obj: ApiKey | None = None) -> Any:
        """What is filled in, later what is known."""
        return self.shown_fieldsets if obj else self.fieldsets

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[ModelForm]:  # noqa: FBT001
        """With the regions in which the asking person manages keys."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None:
            fields: Any = form.base_fields
            fields["regions"].queryset = KeyForm.regions_for(person(request), at=timezone.now())
            for name in ("scopes", "regions"):
                fields[name].widget = UnfoldAdminCheckboxSelectMultipleWidget(choices=fields[name].choices)
        return form

    def write(self, row: ApiKey, form: Any, *, change: bool, actor: User, now: datetime) -> ApiKey:
        """The service of the registry."""
        made = services.make_key(facts=form.facts(), actor=actor, now=now)
        made.key.__dict__["secret"] = made.secret  # for response_add, which is handed this very row
        return made.key

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        """The service has written the regions too."""

    def response_add(self, request: HttpRequest, obj: ApiKey, post_url_continue: str | None = None) -> HttpResponse:
        """The secret, which is shown now and never again."""
        return self._page(request, obj, "made_key.html", secret=obj.__dict__["secret"])

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: whoever needs another key makes another one."""
        return False

    def has_manage_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        """Who may revoke."""
        return self.is_open_to(request, self.manages)

    @action(description="Cabut kunci", url_path="cabut", permissions=["manage"])
    def revoke(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks, then ends the key at once."""
        row = self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if request.method != "POST":
            return self._page(request, row, "ask_revoke.html")
        try:
            services.revoke_key(key=row, actor=person(request), now=timezone.now())
            messages.success(request, f"Kunci {row} dicabut. Permintaan berikutnya dengan kunci itu ditolak.")
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        return redirect("admin:accounts_apikey_change", row.pk)

    @admin.display(description="awal kunci")
    def shown(self, key: ApiKey) -> str:
        """Enough to recognise it by."""
        return f"{key.hint}…"

    @admin.display(description="cakupan")
    def scope_list(self, key: ApiKey) -> str:
        """In words."""
        return key.scope_words()

    @admin.display(description="wilayah")
    def region_list(self, key: ApiKey) -> str:
        """By name."""
        return "; ".join(str(region) for region in key.regions.order_by("pk"))

    @admin.display(description="berlaku sampai")
    def expiry(self, key: ApiKey) -> datetime:
        """The instant from which it opens nothing."""
        return key.expires_at

    @admin.display(description="keadaan")
    def stands(self, key: ApiKey) -> str:
        """Whether it still opens something."""
        if key.revoked_at is not None:
            return "Dicabut"
        return "Berlaku" if key.is_open(at=timezone.now()) else "Habis masa berlaku"

    def _page(self, request: HttpRequest, key: ApiKey, template: str, **more: Any) -> HttpResponse:
        back = redirect("admin:accounts_apikey_change", key.pk).url
        context = {**self.admin_site.each_context(request), "opts": self.opts, "original": key, "title": str(key), "back": back, **more}
        return TemplateResponse(request, f"registry/{template}", context, headers={"Cache-Control": "no-store"})
