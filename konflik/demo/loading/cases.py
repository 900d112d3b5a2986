"""The cases of the demo, each dated as its report."""

from datetime import date, datetime, time, timedelta

from accounts.regions.models import Region
from accounts.regions.selectors import zone_of
from accounts.users.models import User
from konflik.cases.models import Case, IssueType
from konflik.cases.services.access import grant_access
from konflik.cases.services.assigning import assign_handler
from konflik.cases.services.facts import add_party
from konflik.cases.services.opening import Opening, open_case
from konflik.demo.loading.people import FIRST, Cast
from konflik.demo.tables.cases import REPORTS, SETTLED, Report, Work
from konflik.demo.tables.homes import Home
from konflik.law.stages import Stage
from konflik.stages.services.activities import Plan, plan_activity, update_activity
from konflik.stages.services.moves import Move, move_case
from konflik.stages.tables import ActivityStatus

MORNING = time(9)
GRANTED_FOR = timedelta(days=180)


def open_reports(cast: Cast, home: Home, *, now: datetime) -> int:
    """Open those of `home`; says how many."""
    reports = [report for report in REPORTS if report.home is home]
    for report in reports:
        _open(cast, report, now)
    return len(reports)


def _open(cast: Cast, report: Report, now: datetime) -> None:
    staff = cast.user(FIRST, report.home)
    regions = Region.objects.in_bulk(report.places)
    case = open_case(
        opening=Opening(
            title=report.title,
            chronology=report.chronology,
            places=[regions[code] for code in report.places],
            source=report.source,
            issue_type=IssueType.objects.get(pk=report.issue),
            secrecy=report.secrecy,
            opened_at=_morning(report.reported_on, regions[report.places[0]]),
            severity=report.severity,
            parent=Case.objects.get(kabupaten_id=report.home.code, title=report.part_of) if report.part_of else None,
        ),
        actor=staff,
        now=now,
    )
    for side in report.sides:
        add_party(case=case, kind=side.kind, name=side.name, role=side.role, actor=staff, now=now)
    case = assign_handler(
        case=case,
        seen_version=case.version,
        handler=None,
        institution=cast.agencies[report.home.slug, report.handler],
        reason="Pembagian tugas awal (data contoh).",
        actor=staff,
        now=now,
    )
    for work in report.work:
        _plan(cast, case, report, work, staff, now)
    _grant(cast, case, report, now)
    _settle(case, report, staff, now)


def _morning(day: date, region: Region) -> datetime:
    """Reports tell the day, not the hour."""
    return datetime.combine(day, MORNING, tzinfo=zone_of(region))


def _plan(cast: Cast, case: Case, report: Report, work: Work, staff: User, now: datetime) -> None:
    today = now.astimezone(zone_of(case.kabupaten)).date()
    plan = Plan(
        kind=work.kind,
        title=work.title,
        institution=cast.agencies[report.home.slug, work.agency],
        planned_start=today + timedelta(days=work.begins_in),
        planned_end=today + timedelta(days=work.ends_in),
    )
    activity = plan_activity(case=case, plan=plan, actor=staff, now=now)
    if work.status is ActivityStatus.RENCANA:
        return
    changes = {"status": work.status.value, "progress": work.progress, "obstacles": work.obstacles, "started_on": plan.planned_start}
    update_activity(activity=activity, seen_version=activity.version, changes=changes, actor=staff, now=now)


def _grant(cast: Cast, case: Case, report: Report, now: datetime) -> None:
    if report.opened_to:
        grant_access(
            case=case,
            user=cast.user(report.opened_to, report.home),
            body=None,
            valid_from=now,
            valid_until=now + GRANTED_FOR,
            reason="Instansi yang menangani pelindungan korban (data contoh).",
            actor=cast.user("sekretaris", report.home),
            now=now,
        )


def _settle(case: Case, report: Report, staff: User, now: datetime) -> None:
    if report.settled_on is not None:
        facts = {"settled_at": _morning(report.settled_on, case.kabupaten), "settlement": SETTLED}
        current = Case.objects.get(pk=case.pk)
        move_case(case=current, move=Move(Stage.SELESAI, facts), seen_version=current.version, actor=staff, now=now)
