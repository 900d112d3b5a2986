"""A status for tests: every piece by one keyword builder, through the services, lawful unless told otherwise."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from accounts.users.models import User
from konflik.cases.models import Case
from konflik.law.stages import Stage
from konflik.law.status import SCALE_RULES, TNI_ADVISERS, TNI_COPIES, Restriction, Scale, signs_of
from konflik.status import services
from konflik.status.models import BttUse, ConflictStatus, Consultation, CriteriaAssessment, StatusExtension, StatusMeasure, TniRequest
from konflik.status.tables import Purpose
from tests.builders import BUNGKU, DAY, HOUR, NOW, a_case_in, region

TODAY = date(2026, 11, 22)
START = datetime(2026, 11, 22, 2, 0, tzinfo=NOW.tzinfo)
"""09.00 WIB of the day on which the builders stand."""
LAST_DAY = TODAY + timedelta(days=89)
ADVISERS = [one.code for one in TNI_ADVISERS]
COPIES = [one.code for one in TNI_COPIES]


def a_troubled_case(*, actor: User, now: datetime = NOW, **told: Any) -> Case:
    """A case in penghentian."""
    return a_case_in(Stage.PENGHENTIAN, actor=actor, now=now, opened_at=now - 20 * DAY, **told)


def evidence_for(scale: Scale = Scale.KABUPATEN, *but: str) -> dict[str, str]:
    """Evidence for every sign of the scale, without those named."""
    return {sign.code: f"Laporan Polres tentang {sign.code}" for sign in signs_of(scale) if sign.code not in but}


def an_assessment(case: Case, *, actor: User, now: datetime = NOW, **told: Any) -> CriteriaAssessment:
    """Both conditions with evidence for each sign."""
    scale = told.pop("scale", Scale.KABUPATEN)
    plain = {"evidence": evidence_for(scale), "assessed_by": "Rapat Forkopimda", "assessed_at": now - 3 * HOUR}
    return services.assess_criteria(case=case, scale=scale, actor=actor, now=now, **{**plain, **told})


def a_consultation(case: Case, *, actor: User, now: datetime = NOW, of: ConflictStatus | None = None, **told: Any) -> Consultation:
    """The leaders of the DPRD were consulted today about a declaration, or about extending the status `of`."""
    plain = {
        "purpose": Purpose.EXTENSION if of else Purpose.DECLARATION,
        "held_on": (now + 7 * HOUR).date(),
        "counterpart": "Ketua DPRD",
        "minutes": "BA 12/DPRD",
        "notes": "",
    }
    return services.record_consultation(case=case, status=of, actor=actor, now=now, **{**plain, **told})


def a_decree(**told: Any) -> services.Decree:
    """A decree of today for the longest time that the law permits."""
    plain = services.Decree(
        number="300/145/2026",
        decided_on=TODAY,
        decided_by="Bupati Batanghari",
        effective_at=START,
        ends_on=LAST_DAY,
        areas=[region(BUNGKU)],
    )
    return replace(plain, **told)


def a_status(case: Case | None = None, *, actor: User, now: datetime = NOW, **told: Any) -> ConflictStatus:
    """A status declared on criteria and consultation."""
    case = case or a_troubled_case(actor=actor, now=now)
    an_assessment(case, actor=actor, now=now)
    a_consultation(case, actor=actor, now=now)
    told = {"areas": [place.region for place in case.places.select_related("region")], **told}
    return services.declare(case=case, decree=a_decree(**told), actor=actor, now=now)


def an_extension(status: ConflictStatus, *, actor: User, now: datetime, **told: Any) -> StatusExtension:
    """An extension to the last lawful day, decided on the day of `now`."""
    plain = {
        "number": "300/201/2027",
        "decided_on": (now + 7 * HOUR).date(),
        "new_ends_on": status.ends_on + timedelta(days=30),
        "evaluation": "Laporan pengendalian nomor 7",
        "seen_version": status.version,
    }
    return services.extend(status=status, actor=actor, now=now, **{**plain, **told})


def a_measure(status: ConflictStatus, *, actor: User, now: datetime = NOW, **told: Any) -> StatusMeasure:
    """A closed area for the first two weeks."""
    plain = services.MeasureOrder(
        kind=Restriction.CLOSED_AREA,
        number="300/146/2026",
        area="Simpang portal kebun",
        starts_at=status.effective_at,
        until_at=status.effective_at + 14 * DAY,
    )
    return services.order_measure(status=status, order=replace(plain, **told), actor=actor, now=now)


def a_spoken_request(status: ConflictStatus, *, actor: User, now: datetime = NOW, **told: Any) -> TniRequest:
    """Asked by telephone an hour after the status began."""
    plain = {
        "spoken_at": status.effective_at + HOUR / 2,
        "spoken_by": "Bupati Batanghari",
        "spoken_to": "Menteri Sekretaris Negara",
        "advised_by": ADVISERS,
    }
    return services.request_tni_orally(status=status, actor=actor, now=now, **{**plain, **told})


def a_letter(**told: Any) -> services.Letter:
    """Everything that PP 2/2015 Pasal 47 wants, copied to all nine."""
    plain = services.Letter(
        number="300/147/2026",
        written_at=NOW,
        reason="Massa tidak terkendali",
        area="Kecamatan Bajubang",
        help_days=30,
        logistics="Dapur umum dan bahan bakar",
        copies=COPIES,
    )
    return replace(plain, **told)


def a_written_request(
    status: ConflictStatus, request: TniRequest | None = None, *, actor: User, now: datetime = NOW, **told: Any
) -> TniRequest:
    """The letter after the word, or alone."""
    return services.request_tni(status=status, asked=request, letter=a_letter(**told), advised_by=ADVISERS, actor=actor, now=now)


def a_btt_use(status: ConflictStatus, *, actor: User, now: datetime = NOW, **told: Any) -> BttUse:
    """A decision that names its activities."""
    plain = {"number": "900/12/2026", "decided_at": NOW - HOUR / 2, "activities": "Dapur umum"}
    return services.decide_btt(status=status, actor=actor, now=now, **{**plain, **told})


def copies_of(scale: Scale = Scale.KABUPATEN) -> list[str]:
    """Everybody to whom progress is copied."""
    return list(SCALE_RULES[scale].copied)
