"""Random ways of a case through the pages of both shells: each answer, each stage and each line is that of the model (S24)."""

from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from accounts.postings.tables import Role
from accounts.regions.selectors import zone_of
from konflik.cases.models import Case
from konflik.counts.selectors import deviations
from konflik.journal.models import JournalLine
from konflik.journal.selectors import breaks
from konflik.law.activities import ACTIVITY_KINDS
from konflik.law.stages import Stage
from konflik.stages.models import Activity
from konflik.stages.selectors import moves_in_force
from tests.builders import DAY, HOUR, NOW, a_case, a_party, a_user, an_institution, moved
from tests.profiles import STORIES_THROUGH_PAGES
from tests.stories.model import LAWFUL, STAGES, Model, Step, Work
from tests.stories.telling import told

pytestmark = pytest.mark.django_db

TEAM, ADMIN = "/perkara", "/admin/konflik/case"
# Mostly the clerk: a member is refused nearly everything, and a story of refusals goes nowhere.
DOORS = st.tuples(st.sampled_from(["clerk", "clerk", "clerk", "clerk", "member"]), st.sampled_from([TEAM, ADMIN]))
BOTH = st.tuples(st.sampled_from(["clerk", "member"]), st.sampled_from([TEAM, TEAM, ADMIN]))
TOWARDS = st.sampled_from([*STAGES, *STAGES, "perang"])
WHICH = st.sampled_from(["last", "last", "any", "past", "foreign", "nowhere"])
KINDS = st.sampled_from(["uu-6-a", "uu-12-a", "uu-32-i", "uu-37-a", "entah"])
STATUSES = st.sampled_from(["berjalan", "selesai", "tertunda", "entah"])
Door = tuple[str, str]
AGO = st.sampled_from([timedelta(0), timedelta(minutes=7), HOUR, DAY, 40 * DAY, -timedelta(minutes=1), -DAY])
STALE = st.sampled_from([0, 0, 0, 0, 1, -1])
MOSTLY = st.sampled_from([True, True, True, False])
NOWHERE = 987654


class WayThroughPages(RuleBasedStateMachine):
    """One case, a clerk of the secretariat and a member for the Polres; every rule says beforehand how the page must answer."""

    people: Any = None
    institutions: Any = None

    def __init__(self) -> None:
        super().__init__()
        self.room = transaction.atomic()
        self.room.__enter__()
        self.now = NOW
        self.clock = mock.patch("django.utils.timezone.now", side_effect=lambda: self.now)
        self.clock.start()

    def teardown(self) -> None:
        try:
            assert deviations() == []
            assert list(breaks()) == []
        finally:
            self.clock.stop()
            transaction.set_rollback(True)
            self.room.__exit__(None, None, None)

    # What happens --------------------------------------------------------------------------------------------------------

    @initialize(stage=st.sampled_from(STAGES), opened=st.integers(0, 60), ways=st.lists(st.integers(0, 2), min_size=1, max_size=3))
    def opened(self, stage: str, opened: int, ways: list[int]) -> None:
        clerk, at = self.people["clerk"], NOW - opened * DAY
        self.foreign = moved(a_case(actor=clerk), Stage.PENGHENTIAN, actor=clerk).pk
        case = a_case(actor=clerk, opened_at=at, stage=Stage(stage), stage_since=at)
        self.parties = [a_party(case, actor=clerk).pk, a_party(case, actor=clerk).pk]
        self.pk, self.zone = case.pk, zone_of(case.kabupaten)
        self.model = Model(opened_at=at, first_stage=stage, first_since=at)
        self.model.events += ["party_added"] * 2
        self.owners, self.past = dict[int, str](), list[int]()
        self.log_in()
        # A story that begins in the middle gets to what only few would reach.
        self.agree(("clerk", TEAM), 2, 0)
        for choice in ways:
            for kind in ("uu-6-a", "uu-12-a", "uu-37-a"):
                self.plan(("clerk", TEAM), kind, "own")
            self.move_on(ADMIN, choice)

    @rule(passed=st.sampled_from([timedelta(minutes=1), HOUR, DAY, 20 * DAY]))
    def time_passes(self, passed: timedelta) -> None:
        self.now += passed
        self.log_in()

    @rule(door=DOORS, towards=TOWARDS)
    def look(self, door: Door, towards: str) -> None:
        self.answers(door, "change/" if door[1] == ADMIN else "", None, openly=True)
        unlawful = (self.model.stage, towards) not in LAWFUL
        self.answers(door, f"pindah/{towards}/", None, found=towards in STAGES, refused=unlawful)

    @rule(door=DOORS, towards=TOWARDS, ago=AGO, in_words=MOSTLY, timed=MOSTLY, stale=STALE)
    def move(self, door: Door, towards: str, ago: timedelta, in_words: bool, timed: bool, stale: int) -> None:
        before, at = self.model.stage, self.now - ago
        given = {"when": at.astimezone(self.zone).strftime("%Y-%m-%dT%H:%M") if timed else "besok", "words": "Ada." if in_words else " "}
        facts = {name: given[kind] for _, when, words in LAWFUL.values() for name, kind in ((when, "when"), (words, "words"))}
        form = {**facts, "agreement_on_file": "on", "seen_version": self.model.version + stale}
        refused = not timed or bool(self.model.refusal_of_move(towards, at=at, in_words=in_words, now=self.now))
        if self.answers(door, f"pindah/{towards}/", form, found=towards in STAGES, refused=refused, stale=stale):
            self.model.steps.append(Step(before, towards, at, moves_in_force(self.case()).last().pk))
            self.model.happened(LAWFUL[before, towards][0])

    @rule(shell=st.sampled_from([TEAM, ADMIN]), choice=st.integers(0, 2))
    def move_on(self, shell: str, choice: int) -> None:
        """A move with all that a form can give, so that stories get somewhere."""
        ways = [target for source, target in LAWFUL if source == self.model.stage]
        self.move(("clerk", shell), ways[choice % len(ways)], timedelta(0), in_words=True, timed=True, stale=0)

    @precondition(lambda self: self.model.steps)
    @rule(data=st.data(), door=DOORS, which=WHICH, said=MOSTLY, stale=STALE)
    def reverse(self, data: st.DataObject, door: Door, which: str, said: bool, stale: int) -> None:
        mine = [step.pk for step in self.model.steps]
        rows = {"last": mine[-1:], "any": mine, "past": self.past, "foreign": [self.foreign]}.get(which)
        row = data.draw(st.sampled_from(rows)) if rows else NOWHERE
        form = {"seen_version": self.model.version + stale, "reason": "Salah catat." if said else " "}
        refused = mine[-1:] != [row] or not said
        if self.answers(door, f"perpindahan/{row}/batalkan/", form, found=row in mine + self.past, refused=refused, stale=stale):
            self.model.steps.pop()
            self.model.happened("move_reversed")
            self.past += [row, self.case().moves.get(corrects=row).pk]

    @rule(door=DOORS, kind=KINDS, of=st.sampled_from(["own", "other"]))
    def plan(self, door: Door, kind: str, of: str) -> None:
        fits = kind in ACTIVITY_KINDS and ACTIVITY_KINDS[kind].stage == self.model.stage
        form = {"kind": kind, "title": "Patroli", "institution": self.institutions[of].pk}
        if self.answers(door, "kegiatan-baru/", form, refused=not fits):
            pk = Activity.objects.filter(case=self.pk).latest("pk").pk
            self.model.works.append(Work(pk, self.model.stage))
            self.owners[pk] = of
            self.model.happened("activity_planned", bumps=False)

    @precondition(lambda self: self.model.works)
    @rule(data=st.data(), door=BOTH, status=STATUSES, known=MOSTLY, stale=STALE)
    def update(self, data: st.DataObject, door: Door, status: str, known: bool, stale: int) -> None:
        work = data.draw(st.sampled_from(self.model.works))
        # What is told differs each time: an update that changes nothing is a story of its own.
        form = {"seen_version": work.version + stale, "status": status, "progress": 40, "result": f"Laporan {len(self.model.events)}"}
        refused, own = status in {"entah", "tertunda"} or self.model.stage == "selesai", self.owners[work.pk] == "own"
        route = f"kegiatan/{work.pk if known else NOWHERE}/perbarui/"
        if self.answers(door, route, form, found=known, openly=own, refused=refused, stale=stale):
            work.status, work.version = status, work.version + 1
            self.model.happened("activity_updated", bumps=False)

    @rule(door=DOORS, sides=st.sampled_from([2, 2, 1, 0]), ago=st.sampled_from([0, 0, 1, -1]))
    def agree(self, door: Door, sides: int, ago: int) -> None:
        form = {"kind": "musyawarah", "title": "Damai", "parties": self.parties[:sides], "term-0-text": "Portal dibuka"}
        form["agreed_on"] = str((self.now - ago * DAY).astimezone(self.zone).date())
        if self.answers(door, "kesepakatan-baru/", form, refused=sides < 2 or ago < 0):
            self.model.agreements += 1
            self.model.happened("agreement_recorded", bumps=False)

    # What must hold ------------------------------------------------------------------------------------------------------

    @invariant()
    def the_case_is_that_of_the_model(self) -> None:
        case, model = self.case(), self.model
        assert (case.stage, case.stage_since, case.version) == (model.stage, model.since, model.version)
        way = [(move.source, move.target, move.moved_at, move.pk) for move in moves_in_force(case)]
        assert way == [(step.source, step.target, step.at, step.pk) for step in model.steps]
        works = Activity.objects.filter(case=case).order_by("pk").values_list("pk", "stage", "status", "version")
        assert list(works) == [(work.pk, work.stage, work.status, work.version) for work in model.works]
        assert [line.event for line in JournalLine.objects.filter(case_id=self.pk).order_by("position")] == model.events

    # Helpers -------------------------------------------------------------------------------------------------------------

    def case(self) -> Case:
        return Case.objects.get(pk=self.pk)

    def log_in(self) -> None:
        """Sessions end after hours; whoever comes back logs in again."""
        self.clients = {name: Client() for name in self.people}
        for name, user in self.people.items():
            self.clients[name].force_login(user)

    def answers(self, door: Door, route: str, form: Any, *, stale: int = 0, **what: bool) -> bool:
        """Ask for the page, or send `form`: the answer must be one that the model allows. True when something was done.

        `found`: the page is of this case; `openly`: a member may do it too; `refused`: the model refuses what is sent.
        """
        client, path = self.clients[door[0]], f"{door[1]}/{self.pk}/{route}"
        answer = client.get(path) if form is None else client.post(path, form)
        if answer.status_code == 302 and answer.url.startswith("/admin/login/"):
            answer = client.get(answer.url)
        right = self.right_answers(door, 200 if form is None else 302, is_stale=bool(stale), **what)
        assert answer.status_code in right, f"{path}: {answer.status_code}, not {right}"
        assert answer.status_code != 302 or answer.url.startswith(f"{door[1]}/{self.pk}/")
        return answer.status_code == 302

    @staticmethod
    def right_answers(
        door: Door, done: int, *, is_stale: bool, found: bool = True, openly: bool = False, refused: bool = False
    ) -> set[int]:
        if door[0] == "member" and (door[1] == ADMIN or (found and not openly)):
            return {403}
        if not found:
            return {404}
        # What is both too late and wrong may be refused for either reason.
        return {code for code, holds in ((400, refused), (409, is_stale)) if holds} or {done}


def test_no_random_way_through_the_pages_leads_where_the_law_does_not() -> None:
    own, other = an_institution(), an_institution("Kodim Batanghari")
    WayThroughPages.institutions = {"own": own, "other": other}
    WayThroughPages.people = {"clerk": a_user(name="staf"), "member": a_user(Role.ANGGOTA_TIM, name="polres", of=own)}
    run_state_machine_as_test(WayThroughPages, settings=told(STORIES_THROUGH_PAGES, 20))
