"""Changing a case: amend what it says of itself, decide what it is, hand it over. Statutory facts change by acts, never by PATCH."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from konflik.cases.api.base import CaseChange, fields_of
from konflik.cases.api.inputs import CodeField, LongText, Places, Reasoned, RowField, Text
from konflik.cases.api.reading import CaseDetail
from konflik.cases.api.shapes import CaseFull
from konflik.cases.models import Case
from konflik.cases.selectors.choices import institutions_for, issue_types_for, other_cases, posted_in, satgas_for
from konflik.cases.services.amending import AMENDABLE, amend_case, correct_opening, set_places
from konflik.cases.services.assigning import assign_handler
from konflik.cases.services.deciding import classify_case, qualify_case, set_severity
from konflik.cases.tables import CHRONOLOGY_MAX
from konflik.law.qualifications import QUALIFICATION_LABELS, Qualification
from konflik.law.secrecy import Secrecy
from konflik.law.severity import Severity
from konflik.law.sources import SOURCE_LABELS
from konflik.rest.shapes import Input, InstantField, WordField
from konflik.rest.writing import Done


class Amendment(Reasoned):
    """What PATCH may change. Stage, severity, class, handler and places have addresses of their own."""

    title = Text(max_length=200, required=False)
    chronology = LongText(max_length=CHRONOLOGY_MAX, required=False)
    source = serializers.ChoiceField([(k.value, v) for k, v in SOURCE_LABELS.items()], required=False)  # type: ignore[assignment]
    issue_type = CodeField(lambda case, reader, now: issue_types_for(case), max_length=40, required=False)
    parent = RowField(lambda case, reader, now: other_cases(case, reader, at=now), required=False, allow_null=True)  # type: ignore[assignment]
    satgas = RowField(lambda case, reader, now: satgas_for(case, at=now), required=False, allow_null=True)


class AmendCase(CaseChange):
    """PATCH: change what is named, with the reason."""

    does = "amend"
    takes = Amendment
    gives = CaseFull

    def patch(self, request: Request, **kwargs: Any) -> HttpResponse:
        """The change."""
        return self.post(request, **kwargs)

    def act(self, data: dict[str, Any], *, target: Case, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `amend_case`."""
        changes = fields_of(data, AMENDABLE)
        case = amend_case(case=target, seen_version=target.version, changes=changes, reason=data["reason"], actor=reader, now=now)
        return self.done(case, reader, now)


class OneCase(CaseDetail, AmendCase):
    """Satu perkara; PATCH mengubah data yang bukan keputusan menurut undang-undang, dengan alasan."""

    http_method_names = ["get", "head", "patch", "options"]


class Opened(Reasoned):
    """Since when the conflict was really known."""

    opened_at = InstantField()


class CorrectOpening(CaseChange):
    """Memperbaiki waktu pembukaan; nomor tidak berubah."""

    does = "opening-correct"
    takes = Opened
    gives = CaseFull

    def act(self, data: dict[str, Any], *, target: Case, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `correct_opening`."""
        return self.done(correct_opening(case=target, seen_version=target.version, actor=reader, now=now, **data), reader, now)


class Lying(Input):
    """Where the case lies, whole."""

    places = Places()


class SetPlaces(CaseChange):
    """Mengganti semua lokasi; yang pertama memimpin."""

    does = "places"
    takes = Lying
    gives = CaseFull

    def act(self, data: dict[str, Any], *, target: Case, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `set_places`."""
        return self.done(set_places(case=target, seen_version=target.version, actor=reader, now=now, **data), reader, now)


class Graveness(Reasoned):
    """How grave, and since when."""

    level = WordField(Severity)
    since = InstantField()


class SetSeverity(CaseChange):
    """Menilai kerawanan."""

    does = "severity"
    takes = Graveness
    gives = CaseFull

    def act(self, data: dict[str, Any], *, target: Case, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `set_severity`."""
        return self.done(set_severity(case=target, seen_version=target.version, actor=reader, now=now, **data), reader, now)


class Decision(Reasoned):
    """What the file legally is, who decided so, and when."""

    qualification = serializers.ChoiceField([(k.value, v) for k, v in QUALIFICATION_LABELS.items()])
    decided_by = Text(max_length=160, help_text="Jabatan atau forum.")
    decided_at = InstantField()


class QualifyCase(CaseChange):
    """Menetapkan kualifikasi hukum (UU 7/2012 Pasal 1 angka 1)."""

    does = "qualify"
    takes = Decision
    gives = CaseFull

    def act(self, data: dict[str, Any], *, target: Case, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `qualify_case`."""
        decided = {**data, "qualification": Qualification(data["qualification"])}
        return self.done(qualify_case(case=target, seen_version=target.version, actor=reader, now=now, **decided), reader, now)


class Class(Reasoned):
    """The security class."""

    secrecy = WordField(Secrecy)


class ClassifyCase(CaseChange):
    """Mengubah kelas keamanan (UU 43/2009 Pasal 40 ayat (4))."""

    does = "classify"
    takes = Class
    gives = CaseFull

    def act(self, data: dict[str, Any], *, target: Case, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `classify_case`."""
        return self.done(classify_case(case=target, seen_version=target.version, actor=reader, now=now, **data), reader, now)


class Handing(Reasoned):
    """To whom."""

    institution = RowField(lambda case, reader, now: institutions_for(case))
    handler = RowField(lambda case, reader, now: posted_in(case.kabupaten, at=now), required=False, allow_null=True)


class AssignHandler(CaseChange):
    """Menyerahkan penanganan kepada satu instansi dan, bila diketahui, satu orang."""

    does = "handler"
    takes = Handing
    gives = CaseFull

    def act(self, data: dict[str, Any], *, target: Case, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `assign_handler`."""
        given = {"handler": None, **data}
        return self.done(assign_handler(case=target, seen_version=target.version, actor=reader, now=now, **given), reader, now)
