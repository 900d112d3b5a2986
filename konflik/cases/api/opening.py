"""Opening cases: one, or up to a thousand at once."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from rest_framework import serializers

from accounts.access.selectors import acts_of
from accounts.access.tables import Act
from konflik.cases.api.base import NOT_PERMITTED, show_case
from konflik.cases.api.inputs import CodeField, LongText, Places, RowField, Text, visible_cases
from konflik.cases.api.reading import CaseList
from konflik.cases.api.shapes import CaseFull
from konflik.cases.models import Case
from konflik.cases.selectors.choices import issue_types_for
from konflik.cases.services.opening import Opening, open_case, open_cases
from konflik.cases.tables import CHRONOLOGY_MAX
from konflik.law.qualifications import QUALIFICATION_LABELS, Qualification
from konflik.law.secrecy import Secrecy
from konflik.law.severity import Severity
from konflik.law.sources import SOURCE_LABELS, Source
from konflik.law.stages import STAGE_LABELS, Stage
from konflik.rest.problems import Problem, problem_of
from konflik.rest.shapes import Input, InstantField, Shape, WordField
from konflik.rest.writing import ActionView, Done

MOST_AT_ONCE = 1000


class OpeningInput(Input):
    """What is known of a case when it is opened."""

    title = Text(max_length=200)
    chronology = LongText(max_length=CHRONOLOGY_MAX)
    places = Places()
    source = serializers.ChoiceField([(k.value, v) for k, v in SOURCE_LABELS.items()])  # type: ignore[assignment]
    issue_type = CodeField(lambda case, reader, now: issue_types_for(), kept_as="issue type in use", max_length=40)
    secrecy = WordField(Secrecy)
    opened_at = InstantField()
    qualification = serializers.ChoiceField([(k.value, v) for k, v in QUALIFICATION_LABELS.items()], required=False)
    severity = WordField(Severity, required=False)
    stage = serializers.ChoiceField([(k.value, v) for k, v in STAGE_LABELS.items()], required=False)
    stage_since = InstantField(required=False, allow_null=True)
    parent = RowField(visible_cases, required=False, allow_null=True)  # type: ignore[assignment]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The words as members of their lists."""
        kinds = {"source": Source, "qualification": Qualification, "stage": Stage}
        return {**attrs, **{name: kind(attrs[name]) for name, kind in kinds.items() if name in attrs}}


class OpenCase(ActionView):
    """POST: open one case."""

    takes = OpeningInput
    gives = CaseFull
    answers_with = 201

    def target(self, reader: Any, now: datetime) -> None:
        """Nothing yet. Raises PermissionDenied for who may open a case nowhere."""
        if Act.OPEN_CASE not in acts_of(reader, at=now):
            raise PermissionDenied(NOT_PERMITTED)

    def act(self, data: dict[str, Any], *, target: None, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `open_case`."""
        case = open_case(opening=Opening(**data), actor=reader, now=now)
        return Done(show_case(case.pk, reader, now=now), location=reverse("api:case", args=[case.pk]))

    def check_replay(self, body: Any, reader: Any, now: datetime) -> None:
        """The class of the case may have been raised since."""
        show_case(body["id"], reader, now=now)


class Cases(CaseList, OpenCase):
    """Perkara yang terbuka bagi Anda; POST membuka satu perkara."""

    http_method_names = ["get", "head", "post", "options"]


class ManyInput(Input):
    """Cases to open. Each is looked at on its own; with `all_or_nothing` one refusal refuses them all."""

    cases = serializers.ListField(child=serializers.DictField(), min_length=1, max_length=MOST_AT_ONCE)
    all_or_nothing = serializers.BooleanField(required=False, default=False)


class ItemDone(Shape):
    """What became of one of them: the case, or the problem."""

    index = serializers.IntegerField()
    status = serializers.IntegerField()
    id = serializers.IntegerField(allow_null=True)
    number = serializers.CharField(allow_null=True)
    problem = serializers.DictField(allow_null=True)


class ManyDone(Shape):
    """What became of all of them, in the order in which they came."""

    opened = serializers.IntegerField()
    refused = serializers.IntegerField()
    results = ItemDone(many=True)


NOT_OPENED = {"status": 424, "id": None, "number": None}
"""In a request that is all or nothing: sound in itself, and undone with the others (RFC 4918 11.4, Failed Dependency)."""


class OpenCases(OpenCase):
    """Membuka banyak perkara sekaligus (paling banyak 1.000); setiap perkara mendapat jawabannya sendiri."""

    takes = ManyInput  # type: ignore[assignment]
    gives = ManyDone  # type: ignore[assignment]
    answers_with = 200

    def check_replay(self, body: Any, reader: Any, now: datetime) -> None:
        """It says which numbers the cases got, and nothing of them."""

    def act(self, data: dict[str, Any], *, target: None, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `open_cases`. Raises Problem with every answer where one refusal refuses them all."""
        context = {"reader": reader, "now": now, "target": None}
        read = [_read(item, context) for item in data["cases"]]
        with transaction.atomic():
            opened = open_cases(openings=[one for one in read if isinstance(one, Opening)], actor=reader, now=now)
            outcomes = iter(opened)
            results = [_told(index, next(outcomes) if isinstance(one, Opening) else one) for index, one in enumerate(read)]
            refused = sum(result["problem"] is not None for result in results)
            if refused and data["all_or_nothing"]:
                undone = [result if result["problem"] else {**result, **NOT_OPENED} for result in results]
                raise Problem("ditolak", f"{refused} dari {len(results)} perkara ditolak. Tidak ada yang tersimpan.", results=undone)
        return Done({"opened": len(results) - refused, "refused": refused, "results": results})


def _read(item: dict[str, Any], context: dict[str, Any]) -> Opening | Exception:
    given = OpeningInput(data=item, context=context)
    try:
        given.is_valid(raise_exception=True)
    except serializers.ValidationError as wrong:
        return wrong
    return Opening(**given.validated_data)


def _told(index: int, one: Case | Exception) -> dict[str, Any]:
    if isinstance(one, Case):
        return {"index": index, "status": 201, "id": one.pk, "number": one.number, "problem": None}
    problem = problem_of(one)
    if problem is None:
        raise one
    return {"index": index, "status": problem.status_code, "id": None, "number": None, "problem": problem.body}
