"""The acts around a status: what has to be there before each, and what a person sends."""

from typing import Any

from konflik.desk.forms.acting import CaseAction
from konflik.law.status import SCALE_RULES, Scale
from konflik.status.models import BttUse, ConflictStatus, StatusMeasure, TniRequest
from konflik.status.services import pay_btt, record_tni_approval, submit_btt_plan
from konflik.status.tables import Purpose
from tests.builders import NOW
from tests.desk.conftest import World
from tests.status.building import (
    ADVISERS,
    COPIES,
    LAST_DAY,
    a_btt_use,
    a_consultation,
    a_measure,
    a_spoken_request,
    a_status,
    an_assessment,
    evidence_for,
)

AT = "2026-11-22T09:45"
LETTER = {
    "number": "300/147/2026",
    "written_at": AT,
    "reason": "Massa tidak terkendali",
    "area": "Bajubang",
    "help_days": "30",
    "logistics": "Dapur umum",
    "copies": COPIES,
}


def status_of(world: World) -> ConflictStatus:
    """The status of the case, declared where there is none."""
    found = ConflictStatus.objects.filter(case=world.case).first()
    return found or a_status(world.case, actor=world.people["staf"])


def status_row(world: World, action: CaseAction) -> int:
    """The part that the act is tried on, with everything that must come before it."""
    staff = world.people["staf"]
    if "<int:row>" not in action.route:
        return 0
    status = status_of(world)
    kind = action.route.partition("/")[0]
    if action.name == "status-extend" and not status.consultations.filter(purpose=Purpose.EXTENSION.value).exists():
        a_consultation(world.case, of=status, actor=staff)
    if action.name == "tni-end":
        return _ended(world, status)
    if kind == "tindakan":
        return (StatusMeasure.objects.filter(status=status).first() or a_measure(status, actor=staff)).pk
    if kind == "tni":
        return _asked(world, action, status)
    if kind == "btt":
        return _use(world, action, status)
    return status.pk


def _asked(world: World, action: CaseAction, status: ConflictStatus) -> int:
    staff = world.people["staf"]
    asked = TniRequest.objects.filter(status=status).first() or a_spoken_request(status, actor=staff)
    if action.name == "tni-order" and asked.approved_at is None:
        record_tni_approval(asked=asked, approved_at=NOW, approval="Telepon", actor=staff, now=NOW)
    return asked.pk


def _use(world: World, action: CaseAction, status: ConflictStatus) -> int:
    staff = world.people["staf"]
    use = BttUse.objects.filter(status=status).first() or a_btt_use(status, actor=staff)
    if action.name in ("btt-pay", "btt-account") and use.submitted_at is None:
        use = submit_btt_plan(use=use, number="1", submitted_at=NOW, amount=5, seen_version=1, actor=staff, now=NOW)  # type: ignore[arg-type]
    if action.name == "btt-account" and use.paid_at is None:
        pay_btt(use=use, number="1", paid_at=NOW, amount=5, seen_version=2, actor=staff, now=NOW)  # type: ignore[arg-type]
    return use.pk


def _ended(world: World, status: ConflictStatus) -> int:
    """A status under which the TNI helped, revoked ten minutes ago."""
    asked = TniRequest.objects.filter(status=status).first() or a_spoken_request(status, actor=world.people["staf"])
    told = {"approved_at": status.effective_at, "approval": "x", "ordered_at": status.effective_at, "order": "y"}
    TniRequest.objects.filter(pk=asked.pk).update(**told)
    revoked = {"revoked_at": status.effective_at + (NOW - status.effective_at) / 2, "revocation_number": "9", "revocation_reason": "Aman"}
    ConflictStatus.objects.filter(pk=status.pk).update(**revoked, ended_noted_at=NOW)
    return status.pk


def status_form(world: World, action: CaseAction) -> dict[str, Any]:
    """A full, lawful form."""
    staff = world.people["staf"]
    if action.name == "status-declare" and not world.case.criteria_assessments.exists():
        an_assessment(world.case, actor=staff)
        a_consultation(world.case, actor=staff)
    version = ConflictStatus.objects.filter(case=world.case).values_list("version", flat=True).first()
    money = BttUse.objects.filter(status__case=world.case).values_list("version", flat=True).first()
    copies = list(SCALE_RULES[Scale.KABUPATEN].copied)
    forms: dict[str, dict[str, Any]] = {
        "status-criteria": {"scale": "kabupaten", "assessed_by": "Forkopimda", "assessed_at": AT, **evidence_for()},
        "status-consult": {"purpose": "declaration", "held_on": "2026-11-21", "counterpart": "Ketua DPRD", "minutes": "BA 1"},
        "status-declare": {
            "number": "300/145/2026",
            "decided_on": "2026-11-22",
            "decided_by": "Bupati Batanghari",
            "effective_at": AT,
            "ends_on": "2027-02-19",
            "areas": [world.case.places.get().region_id],
        },
        "status-correct": {
            "seen_version": version,
            "number": "300/154/2026",
            "decided_on": "2026-11-22",
            "decided_by": "Bupati Batanghari",
            "effective_at": "2026-11-22T09:00",
            "ends_on": LAST_DAY.isoformat(),
            "areas": [world.case.places.get().region_id],
            "reason": "Nomor salah salin",
        },
        "status-extend": {
            "seen_version": version,
            "number": "300/201",
            "decided_on": "2026-11-22",
            "new_ends_on": LAST_DAY.replace(month=3, day=10).isoformat(),
            "evaluation": "Laporan nomor 7",
        },
        "status-revoke": {"seen_version": version, "number": "300/300", "revoked_at": AT, "reason": "Pulih"},
        "measure-order": {"kind": "curfew", "number": "1", "area": "Simpang", "starts_at": AT, "until_at": "2026-12-01T06:00"},
        "measure-end": {"ended_at": AT, "reason": "Aman"},
        "progress-report": {"number": "1", "reported_at": AT, "summary": "Terkendali", "copies": copies},
        "tni-oral": {"spoken_at": AT, "spoken_by": "Bupati", "spoken_to": "Mensesneg", "advised_by": ADVISERS},
        "tni-letter": {**LETTER, "advised_by": ADVISERS},
        "tni-follow": LETTER,
        "tni-approve": {"approved_at": AT, "approval": "Telepon"},
        "tni-decline": {"declined_at": AT, "note": "Cukup Polri"},
        "tni-order": {"ordered_at": "2026-11-22T10:00", "order": "Sprin 1"},
        "tni-end": {"number": "1", "sent_at": "2026-11-22T09:59"},
        "btt-decide": {"number": "900/1", "decided_at": AT, "activities": "Dapur umum"},
        "btt-plan": {"seen_version": money, "plan_number": "900/2", "amount": "750.000.000", "submitted_at": AT},
        "btt-pay": {"seen_version": money, "payment": "900/3", "paid_amount": "750.000.000", "paid_at": "2026-11-22T10:00"},
        "btt-dprd": {"seen_version": money, "dprd_letter": "900/4", "told_at": AT},
        "btt-account": {"seen_version": money, "kind": "receipts", "account_number": "900/5", "accounted_at": "2026-11-22T10:00"},
        "status-grant": {"user": "provinsi", "body": "", "reason": "Pendampingan"},
    }
    return forms[action.name]
