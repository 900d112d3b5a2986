"""Three hours of outage a day and a whole day in each ten: the reminders are those of an undisturbed run (S32), and no date

passes in silence (S38).
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import transaction

from accounts.regions.services import load_regions
from accounts.regions.tables import read_region_list
from konflik.clocks.models import Deadline
from konflik.clocks.tables import State as Clock
from konflik.journal.models import JournalLine
from konflik.law.events import Event
from konflik.law.grammar.clocks import Counting
from konflik.law.notices import Milestone, milestones
from konflik.law.rulebook import RULES
from konflik.notices.models import Notice
from konflik.notices.services import sending
from konflik.notices.tables import Channel, Source, State
from tests.builders import HOUR
from tests.profiles import DAYS_SIMULATED, SWEEP_EVERY_HOURS
from tests.seeds import seeded
from tests.watch.simulation import BEGINS, Plan, Post, people, play

pytestmark = pytest.mark.django_db

REACHED = {State.SENT.value, State.SUPERSEDED.value, State.CANCELLED.value}
Run = dict[str, Any]


@pytest.fixture(scope="module")
def runs(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Run]]:
    """The same ninety days calm and disturbed, each rolled back once it is read."""
    plan = Plan(seeded("simulation"), DAYS_SIMULATED, timedelta(hours=SWEEP_EVERY_HOURS))
    patch = pytest.MonkeyPatch()
    with django_db_blocker.unblock():
        patch.setattr("django.conf.settings.EMAIL_HOST", "127.0.0.1")
        patch.setitem(sending.SENDERS, Channel.EMAIL, Post())  # type: ignore[arg-type]
        try:
            yield {name: played(plan, has_outages=name == "disturbed") for name in ("calm", "disturbed")}
        finally:
            patch.undo()


def played(plan: Plan, *, has_outages: bool) -> Run:
    with transaction.atomic():
        load_regions(regions=read_region_list(), now=BEGINS, province="91")
        call_command("load_reference", verbosity=0)
        people()
        swept = play(plan, has_outages=has_outages)
        told = read(swept)
        transaction.set_rollback(True)
    return told


def read(swept: list[datetime]) -> Run:
    """What the assertions need to know, while it is there."""
    rows = Notice.objects.filter(step=0).exclude(source=Source.DIGEST.value)
    about = ("deadline__rule", "deadline__kabupaten", "deadline__starts_at", "line__event", "line__occurred_at", "line__kabupaten")
    told = rows.values_list(*about, "source_version", "milestone", "recipient__username", "channel", "state", "sent_at")
    silent = list(passed_in_silence(swept))
    missed = list(missed_milestones(swept))
    return {
        "keys": {tuple(key) for *key, state, _ in told if state in REACHED},
        "sent": {tuple(key): at for *key, _, at in told if at is not None},
        "odd": [(*key, state) for *key, state, _ in told if state not in REACHED],
        "missed": missed,
        "silent": silent,
        "rules": set(Deadline.objects.values_list("rule", flat=True)),
        "states": set(Deadline.objects.values_list("state", flat=True)),
        "passed": Deadline.objects.filter(due_at__lte=swept[-1]).count(),
        "sweeps": len(swept),
    }


def missed_milestones(swept: list[datetime]) -> Iterator[str]:
    """Reminders whose time had come by a sweep that found the deadline open, and that have no row; found without the scan.

    Of those that are there, the one that came last before a sweep was sent, not set aside, unless it had passed in a period slept through.
    """
    rows: dict[tuple[int, int], dict[str, str]] = defaultdict(dict)
    bells = Notice.objects.filter(source=Source.DEADLINE.value, step=0, channel=Channel.BELL.value)
    for pk, version, milestone, state in bells.values_list("deadline_id", "source_version", "milestone", "state"):
        rows[pk, version][milestone] = state
    for deadline in Deadline.objects.filter(due_at__isnull=False):
        rule = RULES.rules[deadline.rule]
        looked = max(at for at in swept if deadline.closed_at is None or at <= deadline.closed_at)
        zone = ZoneInfo(deadline.zone)
        all_of_them = milestones(rule, due_at=deadline.due_at, last_day=deadline.last_day, zone=zone)
        reached = [one for one in all_of_them if one.at <= looked]
        found = rows[deadline.pk, deadline.due_version]
        name = f"{deadline.rule} {deadline.kabupaten_id} {deadline.starts_at}"
        yield from (f"{name}: {one.code} has no row" for one in reached if one.code not in found)
        if reached and found.get(reached[-1].code) == State.SUPERSEDED.value and not was_slept_through(deadline, reached[-1]):
            yield f"{name}: {reached[-1].code} is superseded by nothing"


def was_slept_through(deadline: Deadline, milestone: Milestone) -> bool:
    """Whether `milestone` lies before the machine began a period that had ended long before."""
    is_periodic = RULES.rules[deadline.rule].clock.counting is Counting.PERIOD
    return is_periodic and deadline.is_late_entry and deadline.due_version == 1 and milestone.at <= deadline.opened_at


def passed_in_silence(swept: list[datetime]) -> Iterator[str]:
    """Dates that passed while the deadline was open, without an answer and without a step up the ladder by the next sweep but two."""
    answered = answers()
    for deadline in Deadline.objects.filter(due_at__isnull=False):
        if RULES.rules[deadline.rule].clock.counting is Counting.VALIDITY:
            continue  # ends by itself: nobody has anything to answer for
        later = [at for at in swept if at >= deadline.due_at]
        is_passed = len(later) > 2 and (deadline.closed_at is None or deadline.closed_at > later[2])
        if not is_passed or deadline.opened_at > deadline.due_at:
            continue
        first = answered.get((deadline.pk, deadline.due_version))
        # The clock runs on while a sweep works: what it writes is a moment later than its beginning.
        if first is None or first > later[2] + timedelta(minutes=5):
            yield f"{deadline.rule} {deadline.kabupaten_id} due {deadline.due_at}: first answer or step {first}"


def answers() -> dict[tuple[int, int], datetime]:
    """When somebody first answered for a deadline, or somebody above was told that nobody does."""
    first: dict[tuple[int, int], datetime] = {}
    rows = Notice.objects.filter(source=Source.DEADLINE.value)
    confirmed = rows.filter(confirmed_at__isnull=False).values_list("deadline_id", "source_version", "confirmed_at")
    steps = JournalLine.objects.filter(event=Event.NOTICE_ESCALATED.value).values_list("payload__notice", "recorded_at")
    by_notice = {pk: (deadline, version) for pk, deadline, version in rows.values_list("pk", "deadline_id", "source_version")}
    told = [(deadline, version, at) for deadline, version, at in confirmed]
    told += [(*by_notice[pk], at) for pk, at in steps if pk in by_notice]
    for deadline, version, at in told:
        first[deadline, version] = min(at, first.get((deadline, version), at))
    return first


def test_the_play_is_worth_playing(runs: dict[str, Run]) -> None:
    calm, disturbed = runs["calm"], runs["disturbed"]
    countings = {RULES.rules[code].clock.counting for code in calm["rules"]}
    assert countings >= {Counting.VALIDITY, Counting.DUTY, Counting.INSTANT, Counting.BACKWARDS, Counting.PERIOD, Counting.FIXED}
    assert calm["states"] >= {Clock.RUNNING.value, Clock.MET.value}
    assert calm["passed"] > 20
    assert disturbed["sweeps"] < calm["sweeps"]
    late = [key for key, at in disturbed["sent"].items() if key in calm["sent"] and at > calm["sent"][key] + HOUR]
    assert len(late) > DAYS_SIMULATED, "the outages did hold something up"
    print({name: {key: value if isinstance(value, int) else len(value) for key, value in run.items()} for name, run in runs.items()})


def test_after_outages_the_ledger_holds_the_same_reminders_and_messages(runs: dict[str, Run]) -> None:
    """Equal: the same keys (deadline or line, version of its date, milestone, recipient, channel) have a row that was sent, or

    set aside because a later reminder of the same deadline says more, or cancelled because the deadline was done before the
    mail left. Steps of the ladder are left out: whoever is told later has as much time to answer, and that moves the steps.
    """
    calm, disturbed = runs["calm"], runs["disturbed"]
    assert disturbed["keys"] - calm["keys"] == set()
    assert calm["keys"] - disturbed["keys"] == set()


@pytest.mark.parametrize("name", ["calm", "disturbed"])
def test_no_milestone_is_without_a_row(runs: dict[str, Run], name: str) -> None:
    assert runs[name]["missed"] == []
    assert runs[name]["odd"] == [], "nothing waits at the end"


@pytest.mark.parametrize("name", ["calm", "disturbed"])
def test_no_date_passes_without_an_answer_or_a_step_on_record(runs: dict[str, Run], name: str) -> None:
    assert runs[name]["silent"] == []
