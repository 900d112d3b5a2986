"""Live numbers: what a reader may see, counted."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any, ClassVar, cast

import django_filters
from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.users.models import User
from konflik.law.severity import Severity
from konflik.rest.etags import tag_of
from konflik.rest.files import table_file
from konflik.rest.instants import write_instant
from konflik.rest.params import FORMATS, among, single
from konflik.rest.problems import Problem
from konflik.rest.reading import ListView, answer
from konflik.rest.rendering import write_json
from konflik.statistics.api import shapes
from konflik.statistics.api.rights import SeesCases, SeesClocks
from konflik.statistics.filters import CaseFilters, StageFilters, WorkFilters, question_of
from konflik.statistics.selectors.cases import cases
from konflik.statistics.selectors.sight import Sight
from konflik.statistics.selectors.times import stage_times
from konflik.statistics.selectors.work import activities, deadlines, figures
from konflik.statistics.tables.questions import CaseRow, Dimension, Question

OUTSIDE = "Wilayah ini di luar jangkauan Anda: nol di sini akan terbaca seolah tidak ada perkara."
AMOUNT = re.compile(r"-?\d+\.\d\d", re.ASCII)
NUMBERS = tuple(field.name for field in fields(CaseRow) if field.name != "key")


class NumbersView(APIView):
    """GET: one question, one answer, beside that of the period before. What a subclass gives: `filters`, `keys` and `rows`."""

    http_method_names = ["get", "head", "options"]
    permission_classes = (*APIView.permission_classes, SeesCases)
    media_types: ClassVar[Mapping[str, str]] = ListView.media_types
    filters: ClassVar[type[django_filters.FilterSet]] = WorkFilters
    keys: ClassVar[tuple[str, ...]] = ()

    def get(self, request: Request) -> HttpResponseBase:
        """The answer as JSON, or as a tidy table in csv or xlsx: one row for each number."""
        now = timezone.now()
        raw = single(request.query_params, [*self.filters.base_filters, "format"])
        form = among(raw, "format", FORMATS)
        question = question_of(raw, self.filters, today=timezone.localdate(now))
        sight = Sight(cast("User", request.user), now)
        covers = sight.covers(question.region)
        if not covers and sight.beyond(question.region) is None:
            raise Problem("parameter-tidak-sah", errors={"region": [OUTSIDE]})
        if form != FORMATS[0]:
            rows = tidy(self.keys_of(question), self.rows(question, sight))
            return _csv(rows, now) if form == "csv" else table_file(map(_with_number, rows), form=form, name="statistik", now=now)
        body = write_json({"period": asdict(question.period), "region": question.region, "covers": covers, **self.ask(question, sight)})
        return answer(request, body, tag_of(body))

    def keys_of(self, question: Question) -> tuple[str, ...]:
        """What the rows are told apart by; everything else in them is a number."""
        return self.keys

    def rows(self, question: Question, sight: Sight) -> list[dict[str, Any]]:
        """The rows of the answer."""
        raise NotImplementedError

    def ask(self, question: Question, sight: Sight) -> dict[str, Any]:
        """The rows under "results", and those of the period before, as long."""
        earlier = replace(question, period=question.period.before)
        before = {"period": asdict(earlier.period), "results": self.rows(earlier, sight)}
        return {"results": self.rows(question, sight), "before": before}


def described(view: type[NumbersView], gives: Any) -> type[NumbersView]:
    """`view` with its parameters and its answer in the schema."""
    told = [OpenApiParameter(name, str, description=str(one.label)) for name, one in view.filters.base_filters.items()]
    told.append(OpenApiParameter("format", str, enum=list(FORMATS), default=FORMATS[0]))
    return extend_schema(parameters=told, responses={200: gives})(view)


class CaseNumbersView(NumbersView):
    """Jumlah perkara yang terbuka bagi Anda: dibuka, ditutup, dibuka kembali, berpindah tahap, dan yang berdiri pada akhir masa."""

    filters = CaseFilters

    def keys_of(self, question: Question) -> tuple[str, ...]:
        """The dimensions asked for."""
        return tuple(dimension.value for dimension in question.by)

    def rows(self, question: Question, sight: Sight) -> list[dict[str, Any]]:
        """By these."""
        return [_row(row) for row in cases(question, sight=sight).rows]

    def ask(self, question: Question, sight: Sight) -> dict[str, Any]:
        """With the totals, of which that of the period before is kept beside the cells."""
        found = cases(question, sight=sight)
        return {
            "basis": found.basis,
            "total": _total(found.total),
            "before": {"period": asdict(question.period.before), "total": _total(found.before)},
            "results": [_row(row) for row in found.rows],
        }


class StageTimesView(NumbersView):
    """Lama perkara berada pada tiap tahap yang ditinggalkan dalam masa itu, dalam hari."""

    filters = StageFilters
    keys = ("stage",)

    def rows(self, question: Question, sight: Sight) -> list[dict[str, Any]]:
        """By stage."""
        return [asdict(row) for row in stage_times(question, sight=sight)]


class ActivityNumbersView(NumbersView):
    """Kegiatan menurut tahap dan jenis: selesai, belum selesai, dan lewat rencananya."""

    keys = ("stage", "kind")

    def rows(self, question: Question, sight: Sight) -> list[dict[str, Any]]:
        """By stage and kind."""
        return [asdict(row) for row in activities(question, sight=sight)]


class DeadlineNumbersView(NumbersView):
    """Tenggat yang jatuh dalam masa itu, menurut aturan."""

    permission_classes = (*NumbersView.permission_classes, SeesClocks)
    keys = ("rule",)

    def rows(self, question: Question, sight: Sight) -> list[dict[str, Any]]:
        """By rule."""
        return [asdict(row) for row in deadlines(question, sight=sight)]


class FigureNumbersView(NumbersView):
    """Angka resmi saja, menurut sumber: tidak pernah dijumlahkan lintas sumber."""

    keys = ("measure", "source", "newest")

    def rows(self, question: Question, sight: Sight) -> list[dict[str, Any]]:
        """By measure and source."""
        rows = figures(question, sight=sight)
        return [{**asdict(row), "newest": write_instant(row.newest, settings.TIME_ZONE)} for row in rows]


def _total(total: CaseRow) -> dict[str, Any]:
    share = total.settled_share
    numbers = {name: getattr(total, name) for name in NUMBERS}
    return {**numbers, "settled_share": None if share is None else round(share, 6)}


def _row(row: CaseRow) -> dict[str, Any]:
    key: dict[str, Any] = {dimension.value: value for dimension, value in row.key.items()}
    if Dimension.SEVERITY in row.key:
        key["severity"] = Severity(key["severity"]).name.lower()
    return {**key, **{name: getattr(row, name) for name in NUMBERS}}


def tidy(keys: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[list[Any]]:
    """A heading, then one line for each number: what it is told apart by, its name, its value."""
    yield [*keys, "measure_name", "value"]
    for row in rows:
        for name, value in row.items():
            if name not in keys:
                yield [*(row[key] for key in keys), name, value]


def _with_number(row: Sequence[Any]) -> list[Any]:
    """Amounts are exact texts here and numbers in a sheet, where somebody goes on calculating."""
    *keys, value = row
    return [*keys, float(value) if isinstance(value, str) and AMOUNT.fullmatch(value) else value]


def _csv(rows: Iterable[list[Any]], now: datetime) -> HttpResponse:
    """Plain, as harvesters of open data read it. All of it is codes, days and numbers of ours: nothing that could be a formula."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    name = f"statistik-{timezone.localtime(now):%Y%m%d-%H%M}.csv"
    return HttpResponse(
        out.getvalue(), content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


described(CaseNumbersView, shapes.CaseNumbers)
for _view, _shape in (
    (StageTimesView, shapes.StageTimeRow),
    (ActivityNumbersView, shapes.ActivityNumbersRow),
    (DeadlineNumbersView, shapes.DeadlineNumbersRow),
    (FigureNumbersView, shapes.FigureNumbersRow),
):
    described(_view, shapes.numbers_of(_shape))
