"""Generated cases: as if the services had written them, only faster."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count, Max
from pytest_django import DjangoDbBlocker

from accounts.regions.models import Region
from accounts.users.models import User
from konflik.cases.models import Case, Figure, IssueType, NumberSeries, Party
from konflik.cases.services.assigning import assign_handler
from konflik.cases.services.deciding import set_severity
from konflik.cases.services.facts import Count as Counting
from konflik.cases.services.facts import add_figure, add_note, add_party
from konflik.cases.services.opening import Opening, open_case
from konflik.cases.tables import PartyKind, PartyRole
from konflik.clocks.models import Deadline
from konflik.counts.selectors import deviations
from konflik.demo.sampling.grounds import AUTHOR
from konflik.demo.sampling.services import make_sample
from konflik.journal.models import JournalLine
from konflik.journal.selectors import breaks
from konflik.law.figures import FigureSource, Measure
from konflik.law.secrecy import SEALED_FROM, Secrecy
from konflik.law.severity import Severity
from konflik.law.sources import Source
from konflik.law.stages import STAGE_MOVES, Stage
from konflik.stages.models import Activity, Agreement, StageMove
from konflik.stages.services.activities import Plan, plan_activity, update_activity
from konflik.stages.services.agreements import Term, Terms, record_agreement
from konflik.stages.services.dates import open_dates
from konflik.stages.services.moves import Move, move_case
from konflik.stages.tables import OPEN_STATUSES, AgreementKind
from tests.builders import a_user, an_institution

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
MADE, MORE = 300, 40

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _sample(django_db_setup: None, django_db_blocker: DjangoDbBlocker):
    """300 cases, then 40 more on top, once for all tests here; each test runs in a savepoint above them."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_sample(cases=MADE, seed=7, now=NOW, province="15")
        make_sample(cases=MORE, seed=8, now=NOW, province="15")
        yield
        transaction.set_rollback(True)


def test_the_journal_verifies_and_the_counts_equal_a_recount():
    assert Case.objects.count() == MADE + MORE
    assert JournalLine.objects.filter(case__isnull=False).values("case").distinct().count() == MADE + MORE
    assert list(breaks()) == []
    assert deviations() == []


def test_every_turn_of_a_case_occurs():
    assert set(Case.objects.values_list("stage", flat=True)) == set(Stage)
    assert set(Case.objects.values_list("source", flat=True)) == set(Source)
    assert {(move.source, move.target) for move in StageMove.objects.all()} <= {(row.source, row.target) for row in STAGE_MOVES.rows}
    for model in (Activity, Agreement, Figure, Party):
        assert model.objects.exists()


def test_numbers_go_on_without_gap_in_each_series():
    series = Case.objects.values("kabupaten", "year", "series").annotate(number=Count("pk"), last=Max("sequence"))
    assert all(one["number"] == one["last"] for one in series)
    kept = {(row.kabupaten_id, row.year, row.series): row.last for row in NumberSeries.objects.all()}
    assert kept == {(one["kabupaten"], one["year"], one["series"]): one["last"] for one in series}
    sealed = Case.objects.filter(secrecy__gte=SEALED_FROM)
    assert sealed.exists()
    assert not sealed.exclude(number__startswith="R-300/").exists()


def test_rows_agree_with_each_other():
    for case in Case.objects.prefetch_related("moves", "severities", "places", "journal"):
        moves = sorted(case.moves.all(), key=lambda move: move.position)
        assert case.stage == (moves[-1].target if moves else Stage.PENCEGAHAN)
        assert case.stage_since == (moves[-1].moved_at if moves else case.opened_at)
        assert [move.source for move in moves] == [Stage.PENCEGAHAN, *(move.target for move in moves)][: len(moves)]
        assert case.severity == max(case.severities.all(), key=lambda entry: (entry.since, entry.pk)).level
        assert sum(place.is_leading for place in case.places.all()) == 1
        assert case.updated_at == max(line.recorded_at for line in case.journal.all())
    assert not Case.objects.filter(updated_at__gt=NOW).exists()
    planned = JournalLine.objects.filter(event="activity_planned").values_list("case_id", "payload__activity")
    assert sorted(planned) == sorted(Activity.objects.values_list("case_id", "pk"))


def test_the_same_seed_gives_the_same_cases():
    told = list(Case.objects.order_by("pk").values_list("title", "opened_at", "stage")[:MADE])
    sid = transaction.savepoint()
    make_sample(cases=MADE, seed=7, now=NOW, province="15")
    again = list(Case.objects.order_by("pk").values_list("title", "opened_at", "stage")[MADE + MORE :])
    transaction.savepoint_rollback(sid)
    assert again == told


def test_the_author_has_no_rights_and_no_password():
    author = User.objects.get(username=AUTHOR)
    assert not author.has_usable_password()
    assert not Case.objects.visible_to(author, at=NOW).exists()


def _by_hand() -> Case:
    """One case through the services that does everything a generated one does."""
    actor = a_user()
    common = {"actor": actor, "now": NOW}
    agency = an_institution()
    since = NOW - timedelta(days=30)
    case = open_case(
        opening=Opening(
            title="Dicatat dengan tangan",
            chronology="Ada",
            places=[Region.objects.get(pk="15.04.07")],
            source=Source.SARA,
            issue_type=IssueType.objects.get(pk="ormas"),
            secrecy=Secrecy.BIASA,
            opened_at=since,
        ),
        **common,
    )
    parties = [add_party(case=case, kind=PartyKind.GROUP, name=name, role=PartyRole.CLAIMANT, **common) for name in ("A", "B")]
    case = assign_handler(case=case, seen_version=case.version, handler=None, institution=agency, reason="-", **common)
    case = set_severity(case=case, seen_version=case.version, level=Severity.HIGH, since=since, reason="-", **common)
    add_note(case=case, text="Catatan", **common)
    add_figure(case=case, count=Counting(Measure.HOUSES, 3, FigureSource.POLRI, since), **common)
    activity = plan_activity(case=case, plan=Plan("uu-9-d", "Dialog", agency, since.date(), since.date()), **common)
    done = {"status": "selesai", "started_on": since.date(), "finished_on": since.date()}
    update_activity(activity=activity, seen_version=1, changes=done, **common)
    terms = Terms(AgreementKind.MUSYAWARAH, "Damai", since.date(), parties, [Term("Damai"), Term("Damai")])
    record_agreement(case=case, agreed=terms, **common)
    facts = {
        "violence_occurred_at": since,
        "violence_summary": "-",
        "violence_stopped_at": since,
        "security_statement": "-",
        "recovered_at": since,
        "recovery_result": "-",
    }
    for target in (Stage.PENGHENTIAN, Stage.PEMULIHAN, Stage.SELESAI):
        current = Case.objects.get(pk=case.pk)
        move_case(case=current, move=Move(target, facts), seen_version=current.version, **common)
    return case


VARIES = {"status", "progress", "started_on", "finished_on", "reached", "unreached"}


def _shape(line: JournalLine) -> tuple:
    """What kind of things a line says, without what it says."""
    payload = {key: type(value).__name__ for key, value in line.payload.items()}
    payload = {
        key: kind for key, kind in payload.items() if key not in {"status", "progress", "started_on", "finished_on", "reached", "unreached"}
    }
    return payload, sorted(line.detail.data) if hasattr(line, "detail") else [], bool(line.basis)


def test_every_kind_of_line_looks_like_the_one_that_the_service_writes():
    case = _by_hand()
    told = {line.event: _shape(line) for line in JournalLine.objects.filter(case=case).select_related("detail")}
    generated = JournalLine.objects.filter(case__isnull=False).exclude(case=case).select_related("detail")
    checked = set()
    for line in generated:
        if line.event in told:
            assert _shape(line) == told[line.event], line.event
            checked.add(line.event)
    assert checked == set(told)


def test_the_case_by_hand_and_a_generated_one_fill_the_same_columns():
    case = Case.objects.values().get(pk=_by_hand().pk)
    generated = Case.objects.filter(stage=Stage.SELESAI, handler_institution__isnull=False).exclude(pk=case["id"]).values().first()
    assert {key for key, value in case.items() if value is None} == {key for key, value in generated.items() if value is None}


def test_every_planned_end_has_its_deadline_as_the_services_would_have_left_it():
    planned = Activity.objects.filter(planned_end__isnull=False)
    deadlines = {row.thread: row for row in Deadline.objects.filter(rule="kegiatan-selesai").select_related("trigger")}
    assert len(deadlines) == planned.count() > MADE / 2
    for activity in planned.select_related("case"):
        row = deadlines[f"kegiatan:{activity.pk}"]
        assert (row.last_day, row.case_id, row.institution_id) == (activity.planned_end, activity.case_id, activity.institution_id)
        assert (row.trigger.event, row.trigger.payload["activity"]) == ("activity_planned", activity.pk)
        assert row.next_notice_at is None or row.next_notice_at > NOW, "nothing is due at once"
        goes_on = activity.status in OPEN_STATUSES and activity.case.stage != Stage.SELESAI
        assert (row.state == "running") is goes_on
        assert (row.state == "met") is (activity.status == "selesai")
    before = Deadline.objects.count()
    assert open_dates(now=NOW) == 0, "none was left out"
    assert Deadline.objects.count() == before


@pytest.mark.parametrize(("arguments", "words"), [({"cases": 0}, "paling sedikit satu"), ({"cases": 1, "province": "99"}, "Belum ada")])
def test_the_command_refuses_what_cannot_be(arguments, words):
    with pytest.raises(CommandError, match=words):
        call_command("make_sample", **arguments)


def test_the_command_says_what_was_done(capsys):
    call_command("make_sample", cases=3, province="15")
    assert "3 perkara" in capsys.readouterr().out
