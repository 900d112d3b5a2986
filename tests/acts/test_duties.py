"""Kewajiban lain: an application, request or incident without a case opens its clock with its evidence; figures are policies."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from accounts.postings.tables import Role
from accounts.users.models import User
from konflik.acts.services import DutyFacts, correct_duty, entered_rules, extend_deadline, open_duty, record_policy
from konflik.clocks.models import Deadline, Duty, Policy
from konflik.journal.models import JournalLine
from konflik.law.grammar.deadlines import Strength
from konflik.law.rulebook import RULES
from konflik.notices.models import Notice
from konflik.notices.services.reconciling import reconcile
from konflik.notices.tables import Channel
from tests.acts.building import a_duty, days, deadline_of, lines
from tests.builders import BAJUBANG, BATANGHARI, HOUR, NOW, PASER, a_user, region
from tests.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(db: None) -> User:
    return a_user()


def some_facts(**told: Any) -> DutyFacts:
    plain = {"kabupaten": region(BATANGHARI), "title": "Data", "received_at": NOW, "reference": "Agenda 1"}
    return DutyFacts(**{**plain, **told})


def test_every_rule_that_is_entered_opens_its_clock(clerk: User) -> None:
    opened = {}
    for rule in entered_rules():
        if rule.strength is not Strength.TEXT:
            policy(rule.code, number=5, valid_from=date(2026, 1, 1))
        duty = a_duty(clerk, rule.code)
        opened[rule.code] = deadline_of(duty).rule
    assert opened == {rule.code: rule.code for rule in entered_rules()}
    assert {"kip-jawaban", "pdp-kegagalan"} <= set(opened)


def test_a_duty_that_came_in_weeks_ago_is_told_since_its_clock_runs() -> None:
    head = a_user(Role.SEKRETARIS_TIM)
    duty = a_duty(head, at=NOW - days(9), now=NOW)
    line = deadline_of(duty).trigger
    assert Notice.objects.filter(line=line, recipient=head).exists()


def test_a_duty_keeps_what_came_in_and_its_line_is_the_trigger(clerk: User) -> None:
    duty = a_duty(clerk, "pdp-kegagalan", at=NOW, now=NOW + HOUR)
    deadline = deadline_of(duty)
    assert (deadline.due_at, deadline.starts_at, deadline.kabupaten_id, deadline.case_id) == (NOW + 72 * HOUR, NOW, BATANGHARI, None)
    line = deadline.trigger
    assert (line.event, line.occurred_at, line.recorded_at, line.stream) == ("duty_recorded", NOW, NOW + HOUR, f"kab:{BATANGHARI}")
    assert (line.payload["duty"], line.payload["rule"]) == (duty.pk, "pdp-kegagalan")
    assert line.detail.data["applicant"] == "LSM Damai", "a name can be erased, so it stands beside the chain"


@pytest.mark.parametrize(
    ("rule", "told", "field", "says"),
    [
        ("kip-jawab", {}, "rule", "Kode aturan ini tidak dikenal."),
        ("skk-berakhir", {}, "rule", "Tenggat aturan ini dimulai oleh kejadiannya"),
        ("kip-jawaban", {"title": " "}, "title", "Tuliskan perihalnya."),
        ("kip-jawaban", {"reference": ""}, "reference", "Tuliskan bukti penerimaan"),
        ("kip-jawaban", {"received_at": NOW + HOUR}, "received_at", "Waktu ini belum terjadi."),
        ("kip-jawaban", {"kabupaten": BAJUBANG}, "kabupaten", "Pilih kabupaten atau kota."),
        ("kip-jawaban", {"kabupaten": PASER}, "kabupaten", "Wilayah ini di luar penugasan Anda."),
        ("pdp-akses", {"received_at": datetime(2022, 10, 1, tzinfo=UTC)}, "received_at", "Aturan ini belum atau tidak lagi berlaku"),
    ],
)
def test_a_duty_is_refused(clerk: User, rule: str, told: dict[str, Any], field: str, says: str) -> None:
    told = {**told, "kabupaten": region(told.get("kabupaten", BATANGHARI))}
    with refused(field, says):
        open_duty(rule=rule, facts=some_facts(**told), actor=clerk, now=NOW)


def test_a_member_of_the_team_enters_none(db: None) -> None:
    with refused("kabupaten", "Wilayah ini di luar penugasan Anda."):
        open_duty(rule="kip-jawaban", facts=some_facts(), actor=a_user(Role.ANGGOTA_TIM), now=NOW)


def test_a_limit_without_a_figure_is_not_promised(clerk: User) -> None:
    off = next(rule for rule in entered_rules() if rule.strength is not Strength.TEXT)
    Policy.objects.filter(code=off.code).delete()
    with refused("rule", "Angka aturan ini belum ada."):
        open_duty(rule=off.code, facts=some_facts(), actor=clerk, now=NOW)


# corrections --------------------------------------------------------------------------------------------------------------


def test_a_corrected_time_moves_the_open_clock(clerk: User) -> None:
    duty = a_duty(clerk, "pdp-kegagalan", now=NOW + HOUR)
    told = {"reference": "Agenda 13/2026", "reason": "Salah baca agenda.", "actor": clerk}
    correct_duty(duty=duty, received_at=NOW - 5 * HOUR, now=NOW + 2 * HOUR, **told)
    deadline = deadline_of(duty)
    assert (deadline.due_at, deadline.starts_at, deadline.due_version) == (NOW + 67 * HOUR, NOW - 5 * HOUR, 2)
    recorded, corrected, moved = lines("duty_recorded", "duty_corrected", "deadline_moved")
    assert (corrected.corrects, deadline.trigger) == (recorded, corrected)
    assert (moved.payload["deadline"], moved.payload["cause"]) == (deadline.pk, corrected.pk)
    assert corrected.detail.data["reference"] == ["Agenda 12/2026", "Agenda 13/2026"]
    correct_duty(duty=duty, received_at=NOW - HOUR, now=NOW + 3 * HOUR, **told)
    deadline = deadline_of(duty)
    assert (deadline.due_at, deadline.due_version) == (NOW + 71 * HOUR, 3)
    assert JournalLine.objects.filter(event="duty_corrected").last().corrects == corrected


def test_who_has_to_keep_a_date_is_told_that_a_correction_moved_it(clerk: User) -> None:
    officer = a_user(Role.PETUGAS_PDP)
    duty = a_duty(clerk, "pdp-kegagalan", now=NOW + HOUR)
    correct_duty(
        duty=duty, received_at=NOW - 5 * HOUR, reference="Agenda 13/2026", reason="Salah baca agenda.", actor=clerk, now=NOW + 2 * HOUR
    )
    [moved] = lines("deadline_moved")
    told = Notice.objects.filter(line=moved, channel=Channel.BELL.value)
    assert officer in [row.recipient for row in told]
    found = [one for one in reconcile(now=NOW + 3 * HOUR) if one.pk in {moved.pk, deadline_of(duty).pk}]
    assert found == []


def test_a_corrected_time_moves_the_extension_that_runs_already(clerk: User) -> None:
    duty = a_duty(clerk, "kip-jawaban", now=NOW + HOUR)
    first = deadline_of(duty)
    on = NOW + 2 * HOUR
    extend_deadline(deadline=first, reason="Surat 12", on=on, seen_version=first.version, actor=clerk, now=on)
    further = deadline_of(duty)
    assert (further.rule, further.starts_at) == ("kip-perpanjangan", first.due_at)
    correct_duty(duty=duty, received_at=NOW - days(7), reference="Agenda 13", reason="Keliru.", actor=clerk, now=NOW + 3 * HOUR)
    was_first, was_further = first.last_day, further.last_day
    first.refresh_from_db()
    further.refresh_from_db()
    assert (first.state, first.starts_at, first.last_day) == ("extended", NOW - days(7), was_first - days(7))
    assert (further.state, further.starts_at, further.last_day) == ("running", first.due_at, was_further - days(7))
    assert [line.payload["deadline"] for line in lines("deadline_moved")] == [first.pk, further.pk]
    correct_duty(duty=duty, received_at=NOW, reference="Agenda 13", reason="Keliru.", actor=clerk, now=NOW + 4 * HOUR)
    further.refresh_from_db()
    assert further.last_day == was_further, "and again, by the line that corrects the correction"


@pytest.mark.parametrize(
    ("told", "field", "says"),
    [
        ({"reason": " "}, "reason", "Tuliskan mengapa catatan ini diperbaiki."),
        ({"reference": " "}, "reference", "Tuliskan bukti penerimaan"),
        ({"received_at": NOW + 9 * HOUR}, "received_at", "Waktu ini belum terjadi."),
        ({"received_at": NOW + HOUR}, "received_at", "Waktu ini sesudah kewajiban dicatat."),
    ],
)
def test_a_correction_is_refused(clerk: User, told: dict[str, Any], field: str, says: str) -> None:
    duty = a_duty(clerk)
    plain = {"received_at": NOW - HOUR, "reference": "Agenda 2", "reason": "Keliru."}
    with refused(field, says):
        correct_duty(duty=duty, actor=clerk, now=NOW + 2 * HOUR, **{**plain, **told})


# policies -----------------------------------------------------------------------------------------------------------------


def policy(code: str, **told: Any) -> Policy:
    plain = {"kabupaten": None, "number": 7, "unit": "days", "basis": "SK Bupati 9/2026", "valid_from": date(2026, 11, 1), "actor": None}
    return record_policy(code=code, now=NOW, **{**plain, **told})


def test_a_policy_speaks_for_what_starts_from_then_on(clerk: User) -> None:
    rule = next(rule for rule in entered_rules() if rule.strength is not Strength.TEXT)
    policy(rule.code, number=30, valid_from=date(2026, 1, 1))
    before = deadline_of(a_duty(clerk, rule.code))
    policy(rule.code, number=10, valid_from=date(2026, 11, 30), kabupaten=region(BATANGHARI))
    before.refresh_from_db()
    assert (before.last_day, before.due_version) == (date(2026, 12, 22), 1), "nothing is counted backwards"
    after = deadline_of(a_duty(clerk, rule.code, at=NOW + days(10)))
    assert (after.last_day, after.basis) == (date(2026, 12, 12), "SK Bupati 9/2026")
    first, second = lines("policy_recorded")
    assert (first.stream, second.stream) == ("pusat", f"kab:{BATANGHARI}")
    assert second.payload["number"] == 10


def a_practice() -> str:
    return next(rule.code for rule in entered_rules() if rule.strength is not Strength.TEXT)


@pytest.mark.parametrize(
    ("told", "field", "says"),
    [
        ({"code": "tidak-ada"}, "code", "Kode aturan ini tidak dikenal."),
        ({"code": "kip-jawaban"}, "code", "Angka aturan ini tidak ditetapkan dengan kebijakan"),
        ({"code": "kegiatan-selesai"}, "code", "Angka aturan ini tidak ditetapkan dengan kebijakan"),
        ({"unit": "weeks"}, "unit", "Pilih satuan dari daftar."),
        ({"number": -1}, "number", "Isi angka 0 sampai 3650 hari."),
        ({"number": 3651}, "number", "Isi angka 0 sampai 3650 hari."),
        ({"number": 3650, "unit": "years"}, "number", "Isi angka 0 sampai 10 tahun."),
        ({"number": 121, "unit": "months"}, "number", "Isi angka 0 sampai 120 bulan."),
        ({"basis": " "}, "basis", "Tuliskan keputusan atau surat yang mendasari angka ini."),
        ({"kabupaten": "15"}, "kabupaten", "Pilih kabupaten atau kota."),
    ],
)
def test_a_policy_is_refused(told: dict[str, Any], field: str, says: str) -> None:
    code = told.pop("code", None) or a_practice()
    if "kabupaten" in told:
        told = {**told, "kabupaten": region(told["kabupaten"])}
    with refused(field, says):
        policy(code, **told)


def test_one_policy_per_start_and_place() -> None:
    policy(a_practice())
    with refused("valid_from", "Kebijakan untuk aturan ini dengan tanggal mulai yang sama sudah ada."):
        policy(a_practice())
    policy(a_practice(), kabupaten=region(BATANGHARI))


def test_a_unit_that_the_rule_is_not_counted_in() -> None:
    rule = RULES.rules["tim-terpadu-sk-berakhir"]
    with refused("unit", "Aturan ini tidak dapat dihitung dengan"):
        policy(rule.code, number=24, unit="hours")


def test_an_empty_figure_switches_a_rule_off(clerk: User) -> None:
    code = a_practice()
    policy(code, number=None, valid_from=date(2026, 11, 1))
    with refused("rule", "Angka aturan ini belum ada."):
        a_duty(clerk, code)
    assert (Duty.objects.count(), Deadline.objects.count()) == (0, 0)
