"""Logins in the admin: invited with a first posting, amended, given a one-time link; nobody sees or sets a password here."""

from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import ModelForm, fields_for_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from unfold.contrib.filters.admin import BooleanRadioFilter
from unfold.decorators import action

from accounts.access.services import mail_login_link
from accounts.access.tables import Act
from accounts.postings.forms import posting_facts
from accounts.postings.models import Posting
from accounts.users.forms import UserForm
from accounts.users.models import User
from accounts.users.services import LoginLink
from konflik.registry import services
from konflik.registry.admin.base import ServiceAdmin, person
from konflik.registry.admin.beside import ShownInline
from konflik.registry.selectors import people_visible_to, postings_visible_to, with_postings

FIRST_POSTING = ("role", "tenure", "region", "institution", "decree", "valid_from", "valid_until")


class PostingInline(ShownInline):
    """What the person holds and held; each is recorded and ended on its own page."""

    model = Posting
    fields = ("role", "tenure", "region", "institution", "valid_from", "valid_until")
    ordering = ("-valid_from", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Posting]:
        """Those in the regions of the asking person."""
        return postings_visible_to(person(request), at=timezone.now()).select_related("region", "institution").order_by(*self.ordering)


@admin.register(User)
class UserAdmin(ServiceAdmin):
    """People of the own regions."""

    sees, manages = Act.SEE_PEOPLE, Act.MANAGE_PEOPLE
    form = UserForm
    inlines = (PostingInline,)
    list_display = ("name", "username", "email", "holds", "is_active")
    list_filter = (("is_active", BooleanRadioFilter),)
    list_filter_submit = True
    search_fields = ("name", "username", "email")
    search_help_text = "Nama, nama pengguna, atau surel"
    ordering = ("name", "pk")
    actions_detail = ("issue_link", "add_posting", "release_second_factor")
    fieldsets = ((None, {"fields": ("username", "name", "email", "phone", "is_active")}),)
    add_fieldsets = (
        (None, {"fields": ("username", "name", "email", "phone")}),
        ("Penugasan pertama", {"fields": FIRST_POSTING}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """What the asking person may see, with what they hold today."""
        now = timezone.now()
        return with_postings(people_visible_to(person(request), at=now), day=timezone.localdate(now)).order_by(*self.ordering)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """A new login comes with a posting, since without one it opens nothing."""
        return self.fieldsets if obj else self.add_fieldsets

    def get_inlines(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Postings come once the login stands."""
        return self.inlines if obj else ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[ModelForm]:  # noqa: FBT001
        """For a new login with the fields of a posting, drawn as on the page of postings."""
        if obj is None:
            page = self.admin_site.get_model_admin(Posting)
            draw = partial(page.formfield_for_dbfield, request=request)
            fields = fields_for_model(Posting, fields=FIRST_POSTING, formfield_callback=draw)
            kwargs["form"] = type("InvitationForm", (UserForm,), fields)
        return super().get_form(request, obj, change=change, **kwargs)

    def write(self, row: User, form: Any, *, change: bool, actor: User, now: datetime) -> User:
        """The services of the registry."""
        if change:
            return services.amend_user(user=row, facts=form.facts(), actor=actor, now=now)
        made = services.invite_user(facts=form.facts(), posting=posting_facts(form.cleaned_data), actor=actor, now=now)
        made.user.__dict__["issued"] = made.link  # for response_add, which is handed this very row
        return made.user

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: str | None = None) -> HttpResponse:
        """The one-time link, which is shown now and never again."""
        return self._show_link(request, obj, obj.__dict__["issued"])

    @admin.display(description="penugasan kini")
    def holds(self, user: User) -> str:
        """Every posting in force."""
        return "; ".join(str(posting) for posting in user.postings_now) or "Tidak ada"  # type: ignore[attr-defined]

    @action(description="Buat tautan masuk sekali pakai", url_path="tautan-masuk", permissions=["manage"])
    def issue_link(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks, then shows the link, mailed too where a mail server is set."""
        return self._ask_then(request, object_id, "link", lambda user: self._show_link(request, user, self._issue(request, user)))

    @action(description="Catat penugasan", url_path="penugasan", permissions=["manage"])
    def add_posting(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The page of a new posting, with the person filled in."""
        user = self.get_object(request, object_id)
        if user is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return redirect(f"{reverse('admin:accounts_posting_add')}?user={user.pk}")

    @action(description="Lepas verifikasi dua langkah", url_path="lepas-dua-langkah", permissions=["manage"])
    def release_second_factor(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """For a lost phone: the person sets up a new one at the next login."""
        return self._ask_then(request, object_id, "release", lambda user: self._release(request, user))

    def has_manage_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        """Who may write."""
        return self.is_open_to(request, self.manages)

    def _issue(self, request: HttpRequest, user: User) -> LoginLink:
        return services.issue_login_link(user=user, actor=person(request), now=timezone.now())

    def _release(self, request: HttpRequest, user: User) -> HttpResponse:
        services.release_second_factor(user=user, actor=person(request), now=timezone.now())
        messages.success(request, f"Verifikasi dua langkah {user} dilepas. Ia memasang yang baru saat masuk berikutnya.")
        return redirect("admin:accounts_user_change", user.pk)

    def _ask_then(self, request: HttpRequest, object_id: str, what: str, do: Any) -> HttpResponse:
        """A page that asks, and on its button does it; what a service refuses is said on the page of the person."""
        user = self.get_object(request, object_id)
        if user is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if request.method != "POST":
            return self._page(request, user, f"ask_{what}.html")
        try:
            return do(user)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect("admin:accounts_user_change", user.pk)

    def _show_link(self, request: HttpRequest, user: User, link: LoginLink) -> HttpResponse:
        url = request.build_absolute_uri(reverse("account_link", args=[link.uid, link.token]))
        return self._page(request, user, "login_link.html", link=url, is_mailed=mail_login_link(user=user, url=url))

    def _page(self, request: HttpRequest, user: User, template: str, **more: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "original": user, "title": str(user), **more}
        return TemplateResponse(request, f"registry/{template}", context, headers={"Cache-Control": "no-store"})
