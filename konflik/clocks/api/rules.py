"""The limits of the law, and when one of them would end."""

from collections.abc import Callable
from datetime import datetime
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from konflik.clocks.api.open import Questions
from konflik.clocks.api.shapes import PreviewShape, RulePage, RuleShape
from konflik.clocks.selectors import start_means
from konflik.clocks.selectors.answering import Answer, answer_of
from konflik.law.grammar.clocks import Counting
from konflik.law.grammar.counting import end_of
from konflik.law.grammar.deadlines import DeadlineRule, Example, Strength
from konflik.law.offices import Office
from konflik.law.reading import counted_in_words, start_of
from konflik.law.rulebook import ALL_CHAPTERS, RULES
from konflik.rest.everybody import OpenView
from konflik.rest.files import table_file
from konflik.rest.instants import write_instant
from konflik.rest.params import FORMATS, among, fields_parameter, read_fields, single
from konflik.rest.reading import ListView

CHAPTER_OF = {rule.code: chapter.title for chapter in ALL_CHAPTERS for rule in chapter.rules}
NARROWED_BY: dict[str, tuple[Callable[[DeadlineRule], str], tuple[str, ...]]] = {
    "strength": (lambda rule: rule.strength.value, tuple(one.value for one in Strength)),
    "counting": (lambda rule: rule.clock.counting.value, tuple(one.value for one in Counting)),
    "duty_of": (lambda rule: rule.duty_of.value, tuple(one.value for one in Office)),
}
"""Parameters of the list: what of a rule they look at, and the words they take."""
NAMES = tuple(RuleShape().fields)


class RuleList(OpenView):
    """Tenggat menurut hukum, dalam urutan daftar tenggat."""

    shape = RuleShape
    media_types = ListView.media_types

    @extend_schema(
        parameters=[
            *(OpenApiParameter(name, str, enum=list(words)) for name, (_, words) in NARROWED_BY.items()),
            fields_parameter(NAMES),
            OpenApiParameter("format", str, enum=list(FORMATS), default=FORMATS[0], description="Berkas csv atau xlsx."),
        ],
        responses={200: RulePage},
    )
    def get(self, request: Request) -> HttpResponseBase:
        """All of them on one page, or as a file."""
        raw = single(request.query_params, [*NARROWED_BY, "fields", "format"])
        asked = {name: among(raw, name, words) for name, (_, words) in NARROWED_BY.items() if name in raw}
        form, names = among(raw, "format", FORMATS), read_fields(raw, NAMES) or NAMES
        found = [rule_as_data(rule) for rule in RULES.rules.values() if all(NARROWED_BY[name][0](rule) == asked[name] for name in asked)]
        if form != FORMATS[0]:
            rows = ([rule[name] for name in names] for rule in found)
            return table_file(chain([names], rows), form=form, name="deadline-rules", now=timezone.now())
        page = {"results": [{name: rule[name] for name in names} for rule in found], "next": None, "previous": None}
        return self.answered(request, {**page, "count": len(found), "count_is_exact": True})


class RuleDetail(OpenView):
    """Satu tenggat menurut hukum."""

    shape = RuleShape

    @extend_schema(parameters=[fields_parameter(NAMES)], responses={200: RuleShape})
    def get(self, request: Request, code: str) -> HttpResponse:
        """The rule. Raises Http404 for a code that no rule has."""
        names = read_fields(single(request.query_params, ["fields"]), NAMES) or NAMES
        rule = rule_as_data(rule_or_404(code))
        return self.answered(request, {name: rule[name] for name in names})


class RulePreview(OpenView):
    """Kapan tenggat ini berakhir bila pemicunya terjadi pada saat dan di tempat itu."""

    @extend_schema(
        parameters=[
            OpenApiParameter("start", datetime, required=True, description="Saat dengan selisih zona; artinya dalam `start_means`."),
            OpenApiParameter("region", str, required=True, description="Kode wilayah: zona waktu dan libur daerahnya berlaku."),
        ],
        responses={200: PreviewShape},
    )
    def get(self, request: Request, code: str) -> HttpResponse:
        """The answer that the calculator gives. Raises Http404 for a code that no rule has, Problem for what cannot be read."""
        rule = rule_or_404(code)
        asked = Questions(request, ("start", "region"))
        start, region = asked.instant("start"), asked.region("region")
        asked.refuse_wrong()
        return self.answered(request, preview_as_data(answer_of(rule, region=region, start=start)))  # type: ignore[arg-type]


def rule_or_404(code: str) -> DeadlineRule:
    """The rule of that code. Raises Http404."""
    rule = RULES.get(code)
    if rule is None:
        raise Http404
    return rule


def rule_as_data(rule: DeadlineRule) -> dict[str, Any]:
    """One rule as the API writes it."""
    span = rule.clock.span
    return {
        "code": rule.code,
        "number": rule.number,
        "chapter": CHAPTER_OF[rule.code],
        "title": rule.title,
        "basis": str(rule.basis),
        "text": rule.text,
        "is_quoted": rule.is_quoted,
        "strength": rule.strength.value,
        "counting": rule.clock.counting.value,
        "number_of": span.number if span else None,
        "unit": span.unit.value if span else None,
        "how": counted_in_words(rule.clock),
        "start_means": start_means(rule),
        "starts_with": [event.value for event in rule.clock.since],
        "counted_from": rule.clock.of,
        "duty_of": rule.duty_of.value,
        "told": [office.value for office in rule.told],
        "addressed_to": rule.addressed_to,
        "warn_days_before": list(rule.warn_days_before),
        "since": rule.since,
        "until": rule.until,
        "example": example_as_data(rule.example) if rule.example else None,
    }


def example_as_data(example: Example) -> dict[str, Any]:
    """The worked example in the form of an answer."""
    zone = ZoneInfo(example.zone)
    last_day = datetime.fromisoformat(example.last_day).date() if example.last_day else None
    due = end_of(last_day, zone) if last_day else datetime.fromisoformat(example.due).replace(tzinfo=zone)
    start = write_instant(start_of(example), example.zone)
    return {"start": start, "last_day": last_day, "due_at": write_instant(due, example.zone), "note": example.note}


def preview_as_data(told: Answer) -> dict[str, Any]:
    """One answer as the API writes it."""
    zone, period = told.zone.key, told.period
    return {
        "rule": told.rule.code,
        "title": told.rule.title,
        "start": write_instant(told.start, zone),
        "start_means": start_means(told.rule),
        "region": told.region.pk,
        "time_zone": zone,
        "figure": told.figure,
        "basis": told.basis,
        "rests_on": told.rests_on,
        "last_day": told.last_day,
        "due_at": write_instant(told.due_at, zone),
        "reason": told.why_none,
        "is_provisional": bool(told.provisional),
        "period": {"code": period.code, "first_day": period.first_day, "last_day": period.last_day} if period else None,
        "explanation": told.explanation,
        "steps": [{"day": step.day, "number": step.number, "reason": step.reason} for step in (told.outcome.steps if told.outcome else ())],
    }
