"""A Status Keadaan Konflik led by a program from its criteria to its end: each act by the service of the page, once, on what was seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse

from accounts.keys.services import KeyFacts
from accounts.keys.tables import HIGHEST_RATE, Scope
from accounts.postings.tables import Role
from accounts.users.models import User
from konflik.cases.models import AccessGrant, Case
from konflik.cases.tables import ACT_FOR
from konflik.journal.models import JournalLine
from konflik.registry.services import make_key
from tests.builders import BATANGHARI, BUNGKU, DAY, NOW, a_user
from tests.refusals import nothing_written
from tests.status.building import ADVISERS, COPIES, LAST_DAY, START, TODAY, a_status, a_troubled_case, copies_of, evidence_for

JSON = "application/json"
OF_A_STATUS = {name for name in ACT_FOR if name.startswith(("status-", "measure-", "progress-", "tni-", "btt-"))}


def after(minutes: int) -> str:
    """So many minutes after the status began."""
    return (START + timedelta(minutes=minutes)).isoformat()


def letter(minutes: int) -> dict[str, Any]:
    told = {"number": "300/147/2026", "reason": "Massa tidak terkendali", "area": "Bajubang", "logistics": "Dapur umum"}
    return {**told, "written_at": after(minutes), "help_days": 30, "copies": COPIES}


@dataclass(frozen=True)
class Step:
    """One act: its address, the part it is about, what is sent, the event it leaves; `makes` is the part that is new then."""

    name: str
    about: str
    body: Mapping[str, Any]
    event: str
    makes: str = ""
    is_versioned: bool = False


DECREE = {
    "number": "300/145/2026",
    "decided_on": TODAY.isoformat(),
    "decided_by": "Bupati Batanghari",
    "effective_at": after(0),
    "ends_on": LAST_DAY.isoformat(),
    "areas": [BUNGKU],
}
ASSESSED = {"scale": "kabupaten", "assessed_by": "Forkopimda", "assessed_at": after(-30), "evidence": evidence_for()}
CONSULTED = {"held_on": TODAY.isoformat(), "counterpart": "Ketua DPRD", "minutes": "BA 1"}
CLOSED = {"kind": "curfew", "number": "1", "area": "Simpang", "starts_at": after(0), "until_at": (START + 9 * DAY).isoformat()}
EXTENSION = {"number": "300/201", "decided_on": TODAY.isoformat(), "new_ends_on": "2027-03-10", "evaluation": "Laporan nomor 7"}
STEPS = (
    Step("case-status-criteria", "case", ASSESSED, "status_assessed", makes="criterion"),
    Step("case-consultations", "case", {**CONSULTED, "purpose": "declaration"}, "status_consulted", makes="consultation"),
    Step("case-status-decrees", "case", DECREE, "status_declared", makes="status"),
    Step("status-correct", "status", {**DECREE, "number": "300/199", "reason": "Salah ketik"}, "status_corrected", is_versioned=True),
    Step("status-measures", "status", {**CLOSED, "daily_from": "21:00", "daily_until": "05:00"}, "measure_ordered", makes="measure"),
    Step("status-measure-end", "measure", {"ended_at": after(5), "reason": "Aman"}, "measure_ended", is_versioned=True),
    Step(
        "status-reports",
        "status",
        {"number": "1", "reported_at": after(6), "summary": "Terkendali", "copies": copies_of()},
        "progress_reported",
    ),
    Step(
        "status-tni-oral",
        "status",
        {"spoken_at": after(7), "spoken_by": "Bupati", "spoken_to": "Mensesneg", "advised_by": ADVISERS},
        "tni_requested_orally",
        makes="tni",
    ),
    Step("tni-request-letter", "tni", letter(8), "tni_requested", is_versioned=True),
    Step("tni-request-decline", "tni", {"declined_at": after(9), "note": "Cukup Polri"}, "tni_declined", is_versioned=True),
    Step("status-tni-letter", "status", {**letter(10), "advised_by": ADVISERS}, "tni_requested", makes="tni"),
    Step("tni-request-approve", "tni", {"approved_at": after(11), "approval": "Telepon"}, "tni_approved", is_versioned=True),
    Step("tni-request-order", "tni", {"ordered_at": after(12), "order": "Sprin 1"}, "tni_ordered", is_versioned=True),
    Step("status-btt-uses", "status", {"number": "900/1", "decided_at": after(13), "activities": "Dapur"}, "btt_decided", makes="btt"),
    Step(
        "btt-use-plan", "btt", {"plan_number": "2", "submitted_at": after(14), "amount": "750.50"}, "btt_plan_submitted", is_versioned=True
    ),
    Step("btt-use-pay", "btt", {"payment": "3", "paid_at": after(15), "paid_amount": "750.50"}, "btt_paid", is_versioned=True),
    Step("btt-use-dprd", "btt", {"dprd_letter": "4", "told_at": after(16)}, "btt_dprd_told", is_versioned=True),
    Step(
        "btt-use-account",
        "btt",
        {"kind": "receipts", "account_number": "5", "accounted_at": after(17)},
        "btt_accounted",
        is_versioned=True,
    ),
    Step("case-consultations", "case", {**CONSULTED, "purpose": "extension"}, "status_consulted", makes="consultation"),
    Step("status-extend", "status", EXTENSION, "status_extended", is_versioned=True),
    Step("status-revoke", "status", {"number": "9", "revoked_at": after(50), "reason": "Pulih"}, "status_ended", is_versioned=True),
    Step("status-tni-end", "status", {"number": "10", "sent_at": after(55)}, "tni_end_told"),
)
SHOWN_AT = {
    "case": "case",
    "criterion": "status-criterion",
    "consultation": "consultation",
    "status": "status-decree",
    "measure": "status-measure",
    "tni": "tni-request",
    "btt": "btt-use",
}


class Story:
    """One case, and a program with a key that acts on it."""

    def __init__(self, boss: User) -> None:
        self.boss, self.case = boss, a_troubled_case(actor=boss)
        facts = KeyFacts(owner=boss, name="SIPD", scopes=tuple(Scope), regions=(BATANGHARI,), clearance=2, rate=HIGHEST_RATE)
        secret = make_key(facts=facts, actor=None, now=NOW).secret
        self.client = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {secret}"})
        self.client.get("/api/v1/status-decrees/")  # that the key was used is written down once a minute
        self.parts = {"case": self.case.pk}
        self.sent = 0

    def shown(self, part: str) -> dict[str, Any]:
        """The part as the API shows it."""
        return self.client.get(reverse(f"api:{SHOWN_AT[part]}", args=[self.parts[part]])).json()

    def send(self, step: Step, body: Mapping[str, Any], *, again: bool = False, **headers: str) -> HttpResponse:
        self.sent += not again
        told = {"Idempotency-Key": f"langkah-{self.sent:04}", **headers}
        return self.client.post(reverse(f"api:{step.name}", args=[self.parts[step.about]]), body, content_type=JSON, headers=told)

    def tag(self, step: Step) -> dict[str, str]:
        if not step.is_versioned:
            return {}
        shown = self.shown(step.about)
        return {"If-Match": f'"{shown["id"]}-{shown["version"]}"'}


@pytest.fixture
def boss(db: None, settings: Any, time_machine: Any) -> User:
    settings.DEMO = True  # the second factor has tests of its own
    settings.REDIS_URL = ""
    time_machine.move_to(NOW, tick=False)
    return a_user(Role.SEKRETARIS_TIM)


def refusals(story: Story, step: Step) -> list[tuple[str, int, int]]:
    """What is answered to this step done wrongly, and what should be."""
    tag = story.tag(step)
    told = [("more than it takes", story.send(step, {**step.body, "version": 9}, **tag).status_code, 400)]
    for name in step.body:
        without = {field: value for field, value in step.body.items() if field != name}
        is_optional = name in {"minutes", "daily_from", "daily_until"}
        told.append((f"without {name}", story.send(step, without, **tag).status_code, 422 if is_optional else 400))
    if step.is_versioned:
        key, version = tag["If-Match"].strip('"').split("-")
        told.append(("no version", story.send(step, step.body).status_code, 428))
        told.append(("a stale version", story.send(step, step.body, **{"If-Match": f'"{key}-{int(version) + 1}"'}).status_code, 412))
    return told


def test_a_status_is_led_from_its_criteria_to_its_end(boss: User) -> None:
    story = Story(boss)
    events = []
    for step in STEPS:
        with nothing_written():
            wrong = [one for one in refusals(story, step) if one[1] != one[2]]
        assert not wrong, (step.name, wrong)
        tag = story.tag(step)
        first, again = story.send(step, step.body, **tag), story.send(step, step.body, again=True, **tag)
        assert first.status_code == resolve(first.wsgi_request.path_info).func.cls.answers_with, (step.name, first.content)
        assert (again.content, again.headers["Idempotency-Replayed"]) == (first.content, "true"), step.name
        if step.makes:
            story.parts[step.makes] = first.json()["id"]
            assert story.client.get(first.headers["Location"]).json() == first.json(), step.name
        events.append(step.event)
    lines = JournalLine.objects.filter(case_id=story.case.pk, event__in=set(events)).order_by("pk")
    assert list(lines.values_list("event", flat=True)) == events
    shown = story.shown("status")
    numbers = [len(shown[name]) for name in ("areas", "extensions", "measures", "reports", "tni_requests", "btt_uses")]
    assert numbers == [1, 1, 1, 1, 2, 1]
    assert (shown["revoked_at"], shown["ends_at"]) == ("2026-11-22T09:50:00+07:00", "2026-11-22T09:50:00+07:00")
    assert (shown["measures"][0]["daily_from"], shown["btt_uses"][0]["amount"]) == ("21:00:00", "750.50")


def test_every_act_of_a_status_is_in_the_story() -> None:
    done = {resolve(reverse(f"api:{step.name}", args=[1])).func.cls.does for step in STEPS}
    assert done | {"status-grant"} == OF_A_STATUS


def test_access_for_a_status_is_given_by_a_person_and_ends_with_it(boss: User) -> None:
    story = Story(boss)
    status = a_status(story.case, actor=boss)
    story.parts["status"] = status.pk
    member = a_user(Role.ANGGOTA_TIM)
    step = Step("status-access-grants", "status", {"user": member.pk, "reason": "Pendampingan"}, "access_granted")
    assert story.send(step, step.body).status_code == 403, "no key gives access"
    browser = Client()
    browser.force_login(boss)
    made = browser.post(reverse("api:status-access-grants", args=[status.pk]), step.body, content_type=JSON)
    assert made.status_code == 201, made.content
    assert AccessGrant.objects.get(pk=made.json()["id"]).valid_until == status.ends_at
    assert browser.post(reverse("api:status-access-grants", args=[status.pk]), {"reason": "x"}, content_type=JSON).status_code == 422


REFUSED_BY_LAW: list[tuple[str, dict[str, Any], str]] = [
    ("a day too long", {"ends_on": "2027-02-20"}, "ends_on"),
    ("before the decree", {"effective_at": "2026-11-21T09:00:00+07:00"}, "effective_at"),
    ("decided tomorrow", {"decided_on": "2026-11-23"}, "decided_on"),
    ("elsewhere", {"areas": ["15.05"]}, "areas"),
]


@pytest.mark.parametrize(("why", "wrong", "field"), REFUSED_BY_LAW)
def test_what_the_law_refuses_is_named_at_its_field(boss: User, why: str, wrong: dict[str, Any], field: str) -> None:
    story = Story(boss)
    declare = STEPS[2]
    assert story.send(declare, declare.body).status_code == 422, "without criteria and consultation"
    for step in STEPS[:2]:
        assert story.send(step, step.body).status_code == 201
    with nothing_written():
        answer = story.send(declare, {**declare.body, **wrong})
    assert (answer.status_code, [one["field"] for one in answer.json()["errors"]]) == (422, [field]), why


def test_what_may_not_be_seen_is_not_there_for_any_act(boss: User) -> None:
    story = Story(boss)
    story.parts |= {"status": a_status(story.case, actor=boss).pk, "measure": 1, "tni": 1, "btt": 1}
    Case.objects.filter(pk=story.case.pk).update(secrecy=4)
    with nothing_written():
        assert {story.send(step, step.body, **{"If-Match": '"1-1"'}).status_code for step in STEPS} == {404}


def test_the_instants_are_those_of_the_kabupaten(boss: User) -> None:
    story = Story(boss)
    status = a_status(story.case, actor=boss)
    story.parts["status"] = status.pk
    assert datetime.fromisoformat(story.shown("status")["effective_at"]) == status.effective_at
    assert story.shown("status")["effective_at"].endswith("+07:00")
