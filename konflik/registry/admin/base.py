"""A page of the admin that saves through one service, and says at the field what the service refused."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, cast

from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import DateField, Field, ForeignKey, Model
from django.forms import DateInput, ModelForm
from django.forms.models import construct_instance
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from unfold.admin import ModelAdmin

from accounts.access.tables import Act
from accounts.users.models import User


class RefusedForm(ModelForm):
    """Carries what the service refused back to the fields."""

    refusal: ValidationError | None = None

    def clean(self) -> dict[str, Any]:
        """Show the refusal of the first try, on the second."""
        cleaned = super().clean() or self.cleaned_data
        for field, errors in _by_field(self.refusal).items():
            self.add_error(field if field in self.fields else None, errors)
        return cleaned

    def _post_clean(self) -> None:
        """Only fill the row in: the rules and constraints of the whole row are the service's to explain, each at its field."""
        self.instance = construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)


class RowSelect(AutocompleteSelect):
    """A choice of one row. Django's own breaks on an address or a form that proposes what is no key at all."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        """The chosen row, where the value could be the key of one."""
        return super().optgroups(name, [one for one in value if not one or self._could_be(one)], attr)

    def _could_be(self, value: object) -> bool:
        key = self.field.target_field
        with suppress(ValidationError):
            key.run_validators(key.to_python(value))
            return True
        return False


class DayInput(DateInput):
    """A day, in the browser's own field as on the pages of cases: a day has no hour, so no zone to be warned of."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={**(attrs or {}), "type": "date"}, format="%Y-%m-%d")


class ServiceAdmin(ModelAdmin):
    """Sees with `sees`, writes with `manages`; `write` calls the service. Nothing is ever deleted here.

    `noted_beside` are the choices beside which a missing row may be entered without leaving the page.
    """

    sees: Act
    manages: Act
    noted_beside: tuple[str, ...] = ("institution", "secretariat")
    formfield_overrides = {DateField: {"widget": DayInput}}
    list_per_page = 50
    show_full_result_count = False

    def write(self, row: Any, form: Any, *, change: bool, actor: User, now: datetime) -> Model:
        """Call the one service that saves this; its ValidationError comes back to the form."""
        raise NotImplementedError

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        """Hand over to the service and take its row back."""
        saved = self.write(obj, form, change=change, actor=person(request), now=timezone.now())
        obj.__dict__.update(saved.__dict__)

    def home_of(self, request: HttpRequest, obj: Any = None) -> str:
        """The page that this row, or the one about to be added, belongs to; "" where that is its own list."""
        return ""

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        """With the way back for who changes nothing."""
        obj = kwargs.get("obj")
        back = "" if obj and self.get_preserved_filters(request) else self.home_of(request, obj)
        return super().render_change_form(request, {**context, "back_url": back}, *args, **kwargs)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Back to the page that the new row belongs to."""
        home = self.home_of(request, obj)
        return HttpResponseRedirect(home) if home else super().response_post_save_add(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """As after adding; who came from a filtered list goes back to that."""
        home = "" if self.get_preserved_filters(request) else self.home_of(request, obj)
        return HttpResponseRedirect(home) if home else super().response_post_save_change(request, obj)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Django's page is one transaction: a refusal undoes it, and the page is drawn again with the reason."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except ValidationError as refused:
            request.refusal = refused  # type: ignore[attr-defined]
            return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[ModelForm]:  # noqa: FBT001
        """The form, with what was refused."""
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (RefusedForm, form), {"refusal": getattr(request, "refusal", None)})

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        """Beside a choice stands at most one way on: to enter what is missing."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_view_related = False
            field.widget.can_add_related = field.widget.can_add_related and db_field.name in self.noted_beside
        return field

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """What must be chosen starts empty, so that nobody saves the first of the list unawares."""
        if not db_field.blank and not db_field.has_default():
            kwargs["choices"] = db_field.get_choices(blank_choice=[("", "Pilih …")])
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        """Big lists are searched, and whatever stands in the address is no fault of ours."""
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = RowSelect(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def is_open_to(self, request: HttpRequest, act: Act) -> bool:
        """Whether a posting of the asking person permits `act`; the login backend reads that once per request."""
        return request.user.has_perm(f"accounts.{act}")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Who may see."""
        return self.is_open_to(request, self.sees)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who may see; what of it, `get_queryset` says."""
        return self.is_open_to(request, self.sees)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Who may write; in which region, the service says."""
        return self.is_open_to(request, self.manages)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who may write; in which region, the service says."""
        return self.is_open_to(request, self.manages)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: what ended gets an end date."""
        return False

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """The journal tells it; a second history would only differ."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """As for an addition."""


def person(request: HttpRequest) -> User:
    """Who asks. The admin site has sent everybody else to the login page."""
    return cast("User", request.user)


def _by_field(refusal: ValidationError | None) -> dict[str | None, list[ValidationError]]:
    if refusal is None:
        return {}
    if not hasattr(refusal, "error_dict"):
        return {None: refusal.error_list}
    return {None if field == NON_FIELD_ERRORS else field: errors for field, errors in refusal.error_dict.items()}
