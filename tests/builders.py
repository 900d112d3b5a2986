"""A case file for tests: every piece by one keyword builder, through the services, with values that are plausible unless told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from accounts.postings.models import Institution
from accounts.postings.tables import InstitutionKind, Role
from accounts.regions.models import Region
from accounts.users.models import User
from konflik.acts.services import DutyFacts, open_duty, record
from konflik.cases.models import Case, Figure, IssueType, Party
from konflik.cases.services.facts import Count, add_figure, add_party
from konflik.cases.services.opening import Opening, open_case
from konflik.cases.tables import PartyKind, PartyRole
from konflik.clocks.models import Deadline, Duty
from konflik.journal.services import Entry
from konflik.law.activities import kinds_of
from konflik.law.events import Event
from konflik.law.figures import FigureSource, Measure
from konflik.law.grammar.transitions import FactKind
from konflik.law.secrecy import Secrecy
from konflik.law.sources import Source
from konflik.law.stages import STAGE_MOVES, Stage
from konflik.stages.models import Activity, Agreement, StageMove
from konflik.stages.services.activities import Plan, plan_activity
from konflik.stages.services.agreements import Term, Terms, record_agreement
from konflik.stages.services.moves import Move, move_case
from konflik.stages.tables import AgreementKind
from tests.people import institution, somebody

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
JAMBI, KALTIM = "15", "64"
BATANGHARI, MUARO_JAMBI, PASER = "15.04", "15.05", "64.01"
BAJUBANG, BUNGKU = "15.04.07", "15.04.07.2001"


def region(code: str) -> Region:
    """The region with this code."""
    return Region.objects.get(pk=code)


def a_user(role: Role = Role.STAF_SEKRETARIAT, at: str = BATANGHARI, *, name: str = "", of: Institution | None = None) -> User:
    """Somebody with one posting since 2020; members of a team stand for an institution."""
    if role is Role.ANGGOTA_TIM and of is None:
        of = an_institution(at=at)
    return somebody(name or f"{role.value}-{at}-{User.objects.count()}", role, at, now=NOW, of=of).user


def an_institution(name: str = "Polres Batanghari", *, at: str = BATANGHARI) -> Institution:
    """The institution with this name, made where it is missing."""
    found = Institution.objects.filter(name=name, region_id=at).first()
    return found or institution(name, at, now=NOW, kind=InstitutionKind.POLRI)


def an_issue(code: str = "lahan") -> IssueType:
    """A local issue type."""
    return IssueType.objects.get_or_create(code=code, defaults={"label": f"Isu {code}"})[0]


def an_opening(*, at: tuple[str, ...] = (BUNGKU,), **told: Any) -> Opening:
    """What is known when a case is opened."""
    plain = Opening(
        title=f"Sengketa lahan {Case.objects.count() + 1}",
        chronology="Warga memasang portal di jalan kebun.",
        places=[region(code) for code in at],
        source=Source.SUMBER_DAYA_ALAM,
        issue_type=told.pop("issue_type", None) or an_issue(),
        secrecy=Secrecy.TERBATAS,
        opened_at=NOW - 2 * HOUR,
    )
    opening = replace(plain, **told)
    is_midway = opening.stage is not Stage.PENCEGAHAN and opening.stage_since is None
    return replace(opening, stage_since=opening.opened_at) if is_midway else opening


def a_case(*, actor: User, now: datetime = NOW, at: tuple[str, ...] = (BUNGKU,), **told: Any) -> Case:
    """A case, opened two hours ago unless told."""
    return open_case(opening=an_opening(at=at, **told), actor=actor, now=now)


def facts_for(source: str, target: str, *, at: datetime, **told: Any) -> dict[str, Any]:
    """Every fact that the law asks for this move and that a form gives."""
    move = STAGE_MOVES.find(source, target)
    needed = [STAGE_MOVES.facts[code] for code in move.needs] if move else []
    given = {fact.code: at if fact.kind is FactKind.INSTANT else f"Isi {fact.code}" for fact in needed if fact.kind is not FactKind.ON_FILE}
    return {**given, **told}


def moved(case: Case, target: Stage, *, actor: User, at: datetime | None = None, now: datetime = NOW) -> StageMove:
    """`case` moved to `target` with every fact; where the law asks for an agreement, one is recorded first."""
    rule = STAGE_MOVES.find(case.stage, target)
    if rule and "agreement_on_file" in rule.needs and not case.agreements.exists():
        an_agreement(case, actor=actor, now=now)
    case.refresh_from_db()
    facts = facts_for(case.stage, target, at=at or case.stage_since)
    move = move_case(case=case, move=Move(target, facts), seen_version=case.version, actor=actor, now=now)
    case.refresh_from_db()
    return move


WAYS: dict[Stage, tuple[Stage, ...]] = {
    Stage.PENCEGAHAN: (),
    Stage.PENGHENTIAN: (Stage.PENGHENTIAN,),
    Stage.PEMULIHAN: (Stage.PENGHENTIAN, Stage.PEMULIHAN),
    Stage.SELESAI: (Stage.SELESAI,),
}


def a_case_in(stage: Stage, *, actor: User, now: datetime = NOW, **told: Any) -> Case:
    """A case that was led to `stage` move by move."""
    case = a_case(actor=actor, now=now, **told)
    for target in WAYS[stage]:
        moved(case, target, actor=actor, now=now)
    return case


def a_party(case: Case, name: str = "", *, actor: User, now: datetime = NOW, **told: Any) -> Party:
    """One side of the conflict."""
    told = {"kind": PartyKind.GROUP, "role": PartyRole.CLAIMANT, **told}
    return add_party(case=case, name=name or f"Kelompok {case.parties.count() + 1}", actor=actor, now=now, **told)


def a_count(measure: Measure = Measure.HOUSES, value: int | str = 3, **told: Any) -> Count:
    """One count as it was reported."""
    return Count(**{"measure": measure, "value": Decimal(value), "source": FigureSource.POLRI, "as_of": NOW - HOUR, **told})


def a_figure(case: Case, *, actor: User, now: datetime = NOW, **told: Any) -> Figure:
    """A count on file."""
    return add_figure(case=case, count=a_count(**told), actor=actor, now=now)


def a_plan(case: Case, **told: Any) -> Plan:
    """The first activity that the law lists for the stage of `case`."""
    plain = {"kind": kinds_of(Stage(case.stage))[0].code, "title": "Mediasi di kantor desa"}
    return Plan(**{**plain, **told, "institution": told.get("institution") or an_institution(at=case.kabupaten_id or BATANGHARI)})


def an_activity(case: Case, *, actor: User, now: datetime = NOW, **told: Any) -> Activity:
    """A planned activity."""
    return plan_activity(case=case, plan=a_plan(case, **told), actor=actor, now=now)


def some_terms(*parties: Party, **told: Any) -> Terms:
    """An agreement of these parties with one term."""
    plain = {
        "kind": AgreementKind.MUSYAWARAH,
        "title": "Kesepakatan damai",
        "agreed_on": date(2026, 11, 21),
        "terms": [Term("Portal dibuka", responsible=parties[0] if parties else None, due_on=date(2026, 12, 21))],
    }
    return Terms(**{**plain, "parties": parties, **told})


def an_agreement(case: Case, *, actor: User, now: datetime = NOW, **told: Any) -> Agreement:
    """An agreement on file, between the first two parties of `case` or two new ones."""
    while case.parties.count() < 2:
        a_party(case, actor=actor, now=now)
    return record_agreement(case=case, agreed=some_terms(*case.parties.order_by("pk")[:2], **told), actor=actor, now=now)


def happened(case: Case, event: Event, *, actor: User, at: datetime = NOW - HOUR, now: datetime = NOW) -> None:
    """Something that starts clocks, as its own room would record it."""
    record(Entry(event.value, at, actor=actor, case_id=case.pk, kabupaten_id=case.kabupaten_id), now=now)


def a_deadline(case: Case, *, actor: User, at: datetime = NOW - HOUR, now: datetime = NOW) -> Deadline:
    """The deadline of a request for help of the TNI made by word of mouth at `at`: 1 x 24 hours."""
    happened(case, Event.TNI_REQUESTED_ORALLY, actor=actor, at=at, now=now)
    return Deadline.objects.filter(case=case, rule="tni-permintaan-tertulis").latest("pk")


def a_duty(rule: str = "pdp-kegagalan", *, at: str = BATANGHARI, actor: User | None = None, now: datetime = NOW, **told: Any) -> Duty:
    """A data breach that became known an hour ago, or what `rule` is about."""
    plain = {"title": "Berkas terkirim ke alamat yang salah", "received_at": now - HOUR, "reference": "Agenda 12/2026"}
    who = actor or a_user(Role.SEKRETARIS_TIM, at)
    return open_duty(rule=rule, facts=DutyFacts(kabupaten=region(at), **{**plain, **told}), actor=who, now=now)
