"""Random ways of a case through the services: no illegal state is ever reached, and the history is that of the model (S24)."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from konflik.cases.models import Case
from konflik.cases.services.amending import amend_case, correct_opening, set_places
from konflik.cases.services.deciding import classify_case
from konflik.cases.services.facts import add_note
from konflik.counts.selectors import Tile, Wanted, deviations, stepped
from konflik.counts.services import fold
from konflik.journal.models import JournalLine
from konflik.journal.selectors import breaks
from konflik.law.activities import ACTIVITY_KINDS
from konflik.law.secrecy import Secrecy
from konflik.law.stages import Stage
from konflik.stages.models import Activity, StageMove
from konflik.stages.selectors import moves_in_force
from konflik.stages.services.activities import plan_activity, update_activity
from konflik.stages.services.moves import Move, correct_move, move_case, reverse_move
from konflik.versions import StaleVersion
from tests.builders import (
    BAJUBANG,
    BATANGHARI,
    BUNGKU,
    DAY,
    HOUR,
    MUARO_JAMBI,
    NOW,
    a_case,
    a_plan,
    a_user,
    an_agreement,
    an_institution,
    region,
)
from tests.profiles import STORIES_THROUGH_SERVICES
from tests.stories.model import LAWFUL, STAGES, Model, Step, Work
from tests.stories.telling import told

pytestmark = pytest.mark.django_db

AGO = st.sampled_from([timedelta(0), timedelta(minutes=7), HOUR, DAY, 3 * DAY, 40 * DAY, -timedelta(seconds=1), -DAY])
STALE = st.sampled_from([0, 0, 0, 0, 1, 2, -1])
# The highest class of a clerk of the secretariat (Perka ANRI 17/2011: rahasia).
REACH = 3
PLACES = st.sampled_from([(BUNGKU,), (BAJUBANG,), (BATANGHARI,), (BATANGHARI, MUARO_JAMBI), (BUNGKU, MUARO_JAMBI)])


class WayOfACase(RuleBasedStateMachine):
    """One case; every rule says beforehand what must come of it."""

    actor: Any = None

    def __init__(self) -> None:
        super().__init__()
        self.room = transaction.atomic()
        self.room.__enter__()
        self.now = NOW

    def teardown(self) -> None:
        try:
            assert deviations() == []
            assert list(breaks()) == []
        finally:
            transaction.set_rollback(True)
            self.room.__exit__(None, None, None)

    # What happens --------------------------------------------------------------------------------------------------------

    @initialize(stage=st.sampled_from(STAGES), opened=st.integers(0, 90), since=st.integers(0, 90), mid_way=st.booleans())
    def opened(self, stage: str, opened: int, since: int, mid_way: bool) -> None:
        opened_at = self.now - opened * DAY
        stage = stage if mid_way else "pencegahan"
        began = max(opened_at, self.now - since * DAY) if mid_way else opened_at
        case = a_case(actor=self.actor, now=self.now, opened_at=opened_at, stage=Stage(stage), stage_since=began)
        self.pk = case.pk
        self.model = Model(opened_at=opened_at, first_stage=stage, first_since=began)

    @rule(passed=st.sampled_from([timedelta(minutes=1), HOUR, DAY, 20 * DAY]))
    def time_passes(self, passed: timedelta) -> None:
        self.now += passed

    @rule()
    def numbers_are_folded(self) -> None:
        fold()

    @rule(towards=st.sampled_from(STAGES), ago=AGO, in_words=st.sampled_from([True, True, True, False]), stale=STALE, lie=st.booleans())
    def move(self, towards: str, ago: timedelta, in_words: bool, stale: int, lie: bool) -> None:
        at, before = self.now - ago, self.model.stage
        known = LAWFUL.get((before, towards))
        facts = {known[1]: at, known[2]: "Ada." if in_words else "  "} if known else {fact: at for _, fact, _ in LAWFUL.values()}
        if lie:
            facts["agreement_on_file"] = True
        refused = self.model.refusal_of_move(towards, at=at, in_words=in_words, now=self.now)

        def act(version: int) -> StageMove:
            return move_case(case=self.case(), move=Move(Stage(towards), facts), seen_version=version, actor=self.actor, now=self.now)

        made = self.expect(act, stale, refused)
        if made:
            self.model.steps.append(Step(before, towards, at, made.pk))
            self.model.happened(LAWFUL[before, towards][0])

    @precondition(lambda self: self.model.steps)
    @rule(data=st.data(), ago=AGO, stale=STALE)
    def correct(self, data: st.DataObject, ago: timedelta, stale: int) -> None:
        index = data.draw(st.integers(0, len(self.model.steps) - 1))
        step, at = self.model.steps[index], self.now - ago
        _, when, words = LAWFUL[step.source, step.target]
        later = self.model.steps[index + 1].at if index + 1 < len(self.model.steps) else self.now
        out_of_order = at < self.model.begun_before(index) or at > min(later, self.now)

        def act(version: int) -> StageMove:
            facts = {when: at, words: "Diperbaiki."}
            return correct_move(move=self.row(step), facts=facts, reason="Salah.", seen_version=version, actor=self.actor, now=self.now)

        made = self.expect(act, stale, {when} if out_of_order else None)
        if made:
            step.at, step.pk = at, made.pk
            self.model.happened("move_corrected")

    @precondition(lambda self: self.model.steps)
    @rule(data=st.data(), stale=STALE)
    def reverse(self, data: st.DataObject, stale: int) -> None:
        index = data.draw(st.integers(0, len(self.model.steps) - 1))
        is_last = index == len(self.model.steps) - 1

        def act(version: int) -> StageMove:
            return reverse_move(
                move=self.row(self.model.steps[index]), reason="Salah.", seen_version=version, actor=self.actor, now=self.now
            )

        if self.expect(act, stale, None if is_last else {""}):
            self.model.steps.pop()
            self.model.happened("move_reversed")

    @rule(ago=AGO, stale=STALE)
    def correct_the_opening(self, ago: timedelta, stale: int) -> None:
        at, model = self.now - ago, self.model
        begins_with_it = model.first_since == model.opened_at
        limits = [self.now, *(step.at for step in model.steps), *([] if begins_with_it else [model.first_since])]

        def act(version: int) -> Case:
            return correct_opening(case=self.case(), seen_version=version, opened_at=at, reason="Salah.", actor=self.actor, now=self.now)

        # The first entry of the case was recorded at NOW: nothing can have been opened after it was recorded.
        refused = {"opened_at"} if at > min(limits) or at > NOW else None
        if self.expect(act, stale, refused):
            if begins_with_it:
                model.first_since = at
            model.opened_at = at
            model.happened("case_corrected")

    @rule(source=st.sampled_from("abcde"), stale=STALE)
    def amend(self, source: str, stale: int) -> None:
        def act(version: int) -> Case:
            return amend_case(case=self.case(), seen_version=version, changes={"source": source}, actor=self.actor, now=self.now)

        if source == self.model.source:
            assert act(self.model.version + stale).version == self.model.version
        elif self.expect(act, stale, None):
            self.model.source = source
            self.model.happened("case_amended")

    @rule(secrecy=st.sampled_from(Secrecy), stale=STALE)
    def classify(self, secrecy: Secrecy, stale: int) -> None:
        def act(version: int) -> Case:
            return classify_case(case=self.case(), seen_version=version, secrecy=secrecy, reason="Dinilai.", actor=self.actor, now=self.now)

        if secrecy == self.model.secrecy or secrecy > REACH:
            stale = 0
        if self.expect(act, stale, {"secrecy"} if secrecy == self.model.secrecy or secrecy > REACH else None):
            self.model.secrecy = int(secrecy)
            self.model.happened("case_classified")

    @rule(places=PLACES, stale=STALE)
    def relocate(self, places: tuple[str, ...], stale: int) -> None:
        def act(version: int) -> Case:
            return set_places(
                case=self.case(), seen_version=version, places=[region(code) for code in places], actor=self.actor, now=self.now
            )

        if self.expect(act, stale, None):
            self.model.happened("places_changed")

    @rule(kind=st.sampled_from(["uu-6-a", "pp-3-r", "uu-12-a", "uu-32-i", "uu-37-a", "uu-39-f"]))
    def plan(self, kind: str) -> None:
        plan = a_plan(Case(stage="pencegahan"), kind=kind)

        def act(_version: int) -> Activity:
            return plan_activity(case=self.case(), plan=plan, actor=self.actor, now=self.now)

        fits = ACTIVITY_KINDS[kind].stage == self.model.stage
        made = self.expect(act, 0, None if fits else {"kind"})
        if made:
            self.model.works.append(Work(made.pk, self.model.stage))
            self.model.happened("activity_planned", bumps=False)

    @precondition(lambda self: self.model.works)
    @rule(data=st.data(), status=st.sampled_from(["berjalan", "selesai", "batal", "entah", "tertunda"]), stale=STALE)
    def update(self, data: st.DataObject, status: str, stale: int) -> None:
        work = data.draw(st.sampled_from(self.model.works))
        activity = Activity.objects.select_related("case__kabupaten").get(pk=work.pk)

        def act(_version: int) -> Activity:
            seen = work.version + stale
            return update_activity(activity=activity, seen_version=seen, changes={"status": status}, actor=self.actor, now=self.now)

        refused = self.model.refusal_of_update(status)
        if refused is None and status == work.status:
            assert act(0).version == work.version
        elif self.expect(act, 0 if refused else stale, refused):
            work.status, work.version = status, work.version + 1
            self.model.happened("activity_updated", bumps=False)

    @rule()
    def agree(self) -> None:
        before = JournalLine.objects.filter(case_id=self.pk).count()
        an_agreement(self.case(), actor=self.actor, now=self.now)
        for _ in range(JournalLine.objects.filter(case_id=self.pk).count() - before - 1):
            self.model.happened("party_added", bumps=False)
        self.model.agreements += 1
        self.model.happened("agreement_recorded", bumps=False)

    @rule()
    def write_a_note(self) -> None:
        add_note(case=self.case(), text="Catatan.", actor=self.actor, now=self.now)
        self.model.happened("note_added", bumps=False)

    # What must hold ------------------------------------------------------------------------------------------------------

    @invariant()
    def case_and_way_are_those_of_the_model(self) -> None:
        case = self.case()
        self.the_case_stands_as_the_model_says(case)
        self.its_way_is_that_of_the_model(case)

    def the_case_stands_as_the_model_says(self, case: Case) -> None:
        model = self.model
        stands = (case.stage, case.stage_since, case.opened_at, case.version, case.source, case.secrecy)
        assert stands == (model.stage, model.since, model.opened_at, model.version, model.source, model.secrecy)
        assert case.closed_at == (model.since if model.stage == "selesai" else None)

    def its_way_is_that_of_the_model(self, case: Case) -> None:
        way = [(move.source, move.target, move.moved_at, move.pk) for move in moves_in_force(case)]
        assert way == [(step.source, step.target, step.at, step.pk) for step in self.model.steps]
        stages = [self.model.first_stage, *(target for _, target, _, _ in way)]
        assert all(pair in LAWFUL for pair in pairwise(stages))

    @invariant()
    def its_history_is_that_of_the_model(self) -> None:
        lines = JournalLine.objects.filter(case_id=self.pk).order_by("position")
        assert list(lines.values_list("event", flat=True)) == self.model.events

    @invariant()
    def what_is_counted_is_what_happened(self) -> None:
        found = stepped([Tile(BATANGHARI)], Wanted())
        assert sorted((held.stage_left, held.stage_entered) for held in found for _ in range(held.number)) == self.model.counted()

    # Helpers -------------------------------------------------------------------------------------------------------------

    def case(self) -> Case:
        return Case.objects.get(pk=self.pk)

    def row(self, step: Step) -> StageMove:
        return StageMove.objects.select_related("case").get(pk=step.pk)

    def expect(self, act: Any, stale: int, refused: set[str] | None) -> Any:
        """Run `act` with the version off by `stale`; what it raises must be what the model says. Returns what it made.

        What is both too late and wrong may be refused for either reason.
        """
        made, told = None, None
        try:
            with transaction.atomic():
                made = act(self.model.version + stale)
        except StaleVersion:
            told = "overtaken"
        except ValidationError as error:
            told = sorted(error.message_dict) if hasattr(error, "error_dict") else [""]
        right = [sorted(refused) if refused else None] if refused or not stale else []
        assert told in [*right, *(["overtaken"] if stale else [])]
        return made


def test_no_random_way_leads_where_the_law_does_not() -> None:
    an_institution()
    WayOfACase.actor = a_user()
    run_state_machine_as_test(WayOfACase, settings=told(STORIES_THROUGH_SERVICES, 20))
