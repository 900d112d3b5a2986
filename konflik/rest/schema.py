"""The schema of the API, read from what the views declare: shapes, filters, orders, inputs, problems."""

import inspect
from collections.abc import Iterator
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import append_meta
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, inline_serializer
from rest_framework import serializers
from rest_framework.views import APIView

from konflik.rest.params import FORMATS, LARGEST_PAGE, PAGE, DayFormField, InstantFormField, fields_parameter
from konflik.rest.problems import MEDIA_TYPE
from konflik.rest.reading import DetailView, ListView
from konflik.rest.shapes import InstantField, Made, Shape
from konflik.rest.writing import ActionView

HEADER: Any = OpenApiParameter.HEADER
WRITING = frozenset({"POST", "PATCH"})
UNCHANGED = OpenApiResponse(description="Tidak berubah.")
FORM_TYPES: tuple[tuple[type[forms.Field], Any], ...] = (
    (InstantFormField, OpenApiTypes.DATETIME),
    (DayFormField, OpenApiTypes.DATE),
    (forms.IntegerField, OpenApiTypes.INT),
    (forms.DecimalField, OpenApiTypes.DECIMAL),
    (forms.UUIDField, OpenApiTypes.UUID),
)


class BrowserSessionScheme(OpenApiAuthenticationExtension):
    """The session of the pages, in the schema."""

    target_class = "konflik.rest.coming_in.BrowserSession"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """As OpenAPI writes it."""
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


class ProblemError(Shape):
    """One isian and what is wrong with it."""

    field = serializers.CharField(help_text="Nama isian; kosong bila menyangkut semuanya.", allow_blank=True)
    detail = serializers.CharField()


class ProblemShape(Shape):
    """Penolakan menurut RFC 9457."""

    type = serializers.CharField(help_text="Kode tetap dari penolakan ini, sebagai alamat.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="Apa yang perlu dilakukan.")
    errors = ProblemError(many=True)  # type: ignore[assignment]
    current = serializers.DictField(required=False, help_text="Pada 412: nilai yang sekarang.")


class ViewSchema(AutoSchema):
    """One operation, from the class attributes of its view."""

    def get_tags(self) -> list[str]:
        """The topic: the first word after /api/v1/."""
        words = [part for part in self.path.split("/") if part]
        return [words[2]] if len(words) > 2 else [words[-1]]

    def get_operation_id(self) -> str:
        """get_cases, get_cases_by_id, post_cases_moves: stable, and made of the address."""
        words = [part for part in self.path.split("/") if part][2:] or ["root"]
        named = [f"by_{part.strip('{}')}" if part.startswith("{") else part.replace("-", "_") for part in words]
        return "_".join([self.method.lower(), *named])

    def get_description(self) -> str:  # type: ignore[override]
        """What the view says of itself."""
        return inspect.getdoc(type(self.view)) or ""

    def get_override_parameters(self) -> list[Any]:
        """Query and headers."""
        view = self.view
        if isinstance(view, ActionView) and self.method in WRITING:
            return _action_headers(view)
        if isinstance(view, ListView):
            return [*filter_parameters(view), *_own_parameters(view), if_none_match()]
        if isinstance(view, DetailView):
            return [fields_parameter(list(view.shape().fields)), if_none_match()]
        return super().get_override_parameters()

    def get_request_serializer(self) -> Any:
        """The body of a POST."""
        return self.view.takes if isinstance(self.view, ActionView) else super().get_request_serializer()

    def get_response_serializers(self) -> Any:
        """Answers by status and media type; problems are the same everywhere."""
        view = self.view
        if isinstance(view, ActionView) and self.method in WRITING:
            given = {(view.answers_with, "application/json"): view.gives} if view.gives else {view.answers_with: _empty("Dilakukan.")}
            return {**given, **problems("4XX")}
        if isinstance(view, ListView):
            page = _page_of(view.shape)
            return {(200, "application/json"): page, 304: UNCHANGED, **problems("4XX")}
        if isinstance(view, DetailView):
            return {(200, "application/json"): view.shape, 304: UNCHANGED, **problems("4XX")}
        return super().get_response_serializers()

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        """With the refusals, also where a view tells its own answers: every address of ours may refuse."""
        told = super()._get_response_bodies(direction)
        if not any(code.startswith("4") for code in told):
            told["4XX"] = self._get_response_for_code(next(iter(problems("4XX").values())), "4XX", media_types=[MEDIA_TYPE])
        return told

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> Any:
        """What `fields` may leave out is not promised."""
        told = super()._map_basic_serializer(serializer, direction)
        if type(serializer) in _narrowed():
            told.pop("required", None)
        return told

    def _map_serializer_field(self, field: Any, direction: Any, bypass_extensions: bool = False) -> Any:  # noqa: FBT001 - its signature
        if isinstance(field, InstantField):
            return append_meta({"type": "string", "format": "date-time"}, self._get_serializer_field_meta(field, direction))
        if isinstance(field, Made):
            return super()._map_serializer_field(field.like, direction, bypass_extensions)
        return super()._map_serializer_field(field, direction, bypass_extensions)


@cache
def _narrowed() -> frozenset[type]:
    """The shapes that lists and objects give, as their views name them: of these `fields` lets choose."""
    return frozenset(shape for view in _below(APIView) if (shape := getattr(view, "shape", None)))


def _below(kind: type[Any]) -> Iterator[type[Any]]:
    nearest: list[type[Any]] = kind.__subclasses__()
    for one in nearest:
        yield one
        yield from _below(one)


def filter_parameters(view: ListView) -> list[OpenApiParameter]:
    """The filters of a list as parameters."""
    return [
        OpenApiParameter(name, _form_type(one.field), description=str(one.label or ""), enum=_choices(one.field))
        for name, one in view.filters.base_filters.items()
    ]


def _own_parameters(view: ListView) -> list[OpenApiParameter]:
    return [
        OpenApiParameter("ordering", str, enum=list(view.orderings), default=view.orderings[0], description="Urutan."),
        OpenApiParameter("cursor", str, description="Dari `next` atau `previous`, apa adanya."),
        OpenApiParameter(
            "limit", {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE}, description="Baris per halaman."
        ),
        fields_parameter([column.name for column in view.columns]),
        OpenApiParameter("count", str, enum=["false", "true"], default="false", description="Hitung juga jumlahnya, sampai 10.001."),
        OpenApiParameter("format", str, enum=list(FORMATS), default="json", description="Berkas csv atau xlsx memuat semua baris."),
    ]


def if_none_match() -> OpenApiParameter:
    """The header of a reader who has an answer already."""
    return OpenApiParameter("If-None-Match", str, HEADER, description="ETag dari bacaan sebelumnya: jawabannya 304 bila tidak berubah.")


def _action_headers(view: ActionView) -> list[OpenApiParameter]:
    key = OpenApiParameter(
        "Idempotency-Key",
        str,
        HEADER,
        description="Nilai acak sekali pakai; wajib dengan kunci API. Kiriman ulang mendapat jawaban yang sama.",
    )
    match = OpenApiParameter("If-Match", str, HEADER, required=True, description="ETag dari bacaan terakhir.")
    return [match, key] if view.demands_version else [key]


@cache
def _page_of(shape: type[Shape]) -> Any:
    url: Any = {"allow_null": True, "help_text": "Alamat halaman tetangga."}
    return inline_serializer(
        f"{shape.__name__}Page",
        {
            "results": shape(many=True),
            "next": serializers.CharField(**url),
            "previous": serializers.CharField(**url),
            "count": serializers.IntegerField(allow_null=True, help_text="Dengan `count=true`; berhenti pada 10.001."),
            "count_is_exact": serializers.BooleanField(allow_null=True),
        },
    )


def problems(*codes: str) -> dict[Any, Any]:
    """The refusals with these codes, for the answers of an operation."""
    return {(code, MEDIA_TYPE): OpenApiResponse(ProblemShape, "Ditolak, dengan apa yang perlu dilakukan.") for code in codes}


def _empty(words: str) -> OpenApiResponse:
    return OpenApiResponse(description=words)


def _form_type(asked: forms.Field) -> Any:
    return next((told for kind, told in FORM_TYPES if isinstance(asked, kind)), OpenApiTypes.STR)


def _choices(asked: forms.Field) -> list[Any] | None:
    choices = getattr(asked, "choices", None)
    return [value for value, _ in choices if value != ""] if choices else None
