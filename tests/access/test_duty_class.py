"""Kewajiban lain are guarded like cases: by the region of a posting and its class; nothing above biasa leaves the house."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.access.selectors import Readers, may
from accounts.access.tables import ROLE_ACTS, Act, reach
from accounts.postings.tables import ROLE_LEVELS, InstitutionKind, Role
from accounts.regions.models import Level
from accounts.users.models import User
from konflik.acts.services import correct_duty, entered_rules, extend_deadline, open_duty
from konflik.acts.services.duties import DutyFacts
from konflik.clocks.models import Deadline, Duty
from konflik.desk.selectors.history import told as sentences_of
from konflik.desk.selectors.notice_words import told_of
from konflik.journal.models import JournalLine
from konflik.law.grammar.basis import UU_27_2022
from konflik.law.rulebook import RULES
from konflik.law.secrecy import Secrecy
from konflik.notices.models import Notice
from konflik.notices.selectors.feeds import calendar_of
from konflik.notices.selectors.wording import message_of
from konflik.notices.services.scanning import scan
from tests.acts.building import deadline_of
from tests.builders import BAJUBANG, BATANGHARI, BUNGKU, DAY, HOUR, MUARO_JAMBI, NOW, a_user, region
from tests.notices.making import a_member, reachable
from tests.refusals import refused

pytestmark = pytest.mark.django_db
NAME = "Permohonan Siti Rahmawati"
SEATS = {Level.DESA: BUNGKU, Level.KECAMATAN: BAJUBANG, Level.KABUPATEN: BATANGHARI, Level.PROVINCE: "15"}


def a_duty(rule: str = "kip-jawaban", secrecy: Secrecy | None = None, *, actor: User | None = None) -> Duty:
    facts = DutyFacts(
        kabupaten=region(BATANGHARI), title=NAME, applicant="Siti Rahmawati", received_at=NOW, reference="Agenda 1", secrecy=secrecy
    )
    return open_duty(rule=rule, facts=facts, actor=actor or a_user(Role.SEKRETARIS_TIM), now=NOW)


def everybody() -> Iterator[tuple[Role, User]]:
    for role in Role:
        yield role, a_user(role, SEATS[ROLE_LEVELS[role][0]])


def test_data_protection_is_rahasia_and_everything_else_terbatas() -> None:
    found = {rule.code: rule.secrecy for rule in entered_rules()}
    for code, secrecy in found.items():
        about_people = getattr(RULES.rules[code].basis, "law", "") == UU_27_2022.name
        assert secrecy is (Secrecy.RAHASIA if about_people else Secrecy.TERBATAS), code
    assert (a_duty("pdp-akses").secrecy, a_duty("kip-jawaban").secrecy) == (Secrecy.RAHASIA, Secrecy.TERBATAS)


def test_each_role_sees_it_in_its_region_up_to_its_class() -> None:
    head = a_user(Role.SEKRETARIS_TIM)
    duties = {one: a_duty(secrecy=one, actor=head) for one in Secrecy}
    stranger = a_user(Role.SEKRETARIS_TIM, MUARO_JAMBI)
    assert not Duty.objects.visible_to(stranger, at=NOW).exists()
    readers = Readers((), at=NOW)
    for role, user in everybody():
        is_inside = ROLE_LEVELS[role][0] in {Level.KABUPATEN, Level.PROVINCE}
        highest = reach(role, Act.SEE_CLOCKS) if Act.SEE_CLOCKS in ROLE_ACTS[role] and is_inside else 0
        wanted = {secrecy for secrecy in Secrecy if secrecy <= highest}
        assert {row.secrecy for row in Duty.objects.visible_to(user, at=NOW)} == wanted, role
        assert {row.secrecy for row in Deadline.objects.visible_to(user, at=NOW)} == wanted, role
        for secrecy, duty in duties.items():
            told = {"region": duty.kabupaten, "secrecy": secrecy}
            assert may(user, Act.SEE_CLOCKS, at=NOW, **told) is readers.may_see(user, Act.SEE_CLOCKS, **told) is (secrecy in wanted)


def test_nobody_enters_or_moves_it_above_his_own_class() -> None:
    clerk = a_user(Role.STAF_SEKRETARIAT)
    with refused("secrecy", "Kelas ini di atas kewenangan penugasan Anda"):
        a_duty(secrecy=Secrecy.SANGAT_RAHASIA, actor=clerk)
    duty = a_duty(actor=clerk)
    told = {"received_at": NOW, "reference": "Agenda 1", "reason": "Memuat nama.", "now": NOW + HOUR}
    with refused("secrecy", "Kelas ini di atas kewenangan penugasan Anda"):
        correct_duty(duty=duty, secrecy=Secrecy.SANGAT_RAHASIA, actor=clerk, **told)


def test_another_class_goes_with_its_clocks_and_with_what_was_told() -> None:
    head = a_user(Role.SEKRETARIS_TIM)
    member, duty = a_member(InstitutionKind.POLRI), a_duty(actor=head)
    first = deadline_of(duty)
    extend_deadline(deadline=first, reason="Surat 12", on=NOW, seen_version=first.version, actor=head, now=NOW)
    assert set(Deadline.objects.visible_to(member, at=NOW).values_list("rule", flat=True)) == {"kip-jawaban", "kip-perpanjangan"}
    told = {"received_at": NOW, "reference": "Agenda 1", "reason": "Memuat nama."}
    correct_duty(duty=duty, secrecy=Secrecy.RAHASIA, actor=head, now=NOW + HOUR, **told)
    assert not Deadline.objects.visible_to(member, at=NOW).exists()
    assert set(Notice.objects.values_list("secrecy", flat=True)) == {Secrecy.RAHASIA}
    assert JournalLine.objects.filter(event="duty_corrected").get().payload["secrecy"] == [2, 3]


@pytest.mark.parametrize("secrecy", [Secrecy.TERBATAS, Secrecy.RAHASIA, Secrecy.SANGAT_RAHASIA])
def test_only_who_may_read_it_is_told_and_nothing_of_it_leaves_the_house(secrecy: Secrecy) -> None:
    people = [reachable(user) for _, user in everybody()]
    duty = a_duty(secrecy=secrecy, actor=people[1])
    deadline = deadline_of(duty)
    scan(now=deadline.due_at + 2 * DAY)
    rows = Notice.objects.select_related("recipient", "deadline", "line", "case", "kabupaten")
    assert {row.source for row in rows} == {"line", "deadline"}
    for row in rows:
        assert Duty.objects.visible_to(row.recipient, at=NOW).filter(pk=duty.pk).exists(), row.recipient
        message = message_of(row)
        whole = f"{message.subject} {message.text} {message.dated.summary if message.dated else ''}"
        for word in (NAME, "Siti", deadline.title, RULES.rules[deadline.rule].title, "informasi publik", "Agenda"):
            assert word.lower() not in whole.lower(), word
    for user in people:
        assert NAME.encode() not in calendar_of(user, at=NOW)


def test_of_class_biasa_the_rule_may_be_named_and_the_applicant_not() -> None:
    duty = a_duty(secrecy=Secrecy.BIASA)
    scan(now=deadline_of(duty).due_at)
    row = Notice.objects.filter(source="deadline").select_related("recipient", "deadline", "case", "kabupaten").last()
    assert RULES.rules["kip-jawaban"].title in message_of(row).text
    assert "Siti" not in message_of(row).text


def test_who_may_not_see_it_reads_neither_its_notice_nor_its_names_in_the_history() -> None:
    head = a_user(Role.SEKRETARIS_TIM)
    duty = a_duty(secrecy=Secrecy.RAHASIA, actor=head)
    line, member = deadline_of(duty).trigger, a_member(InstitutionKind.POLRI)
    rows = list(Notice.objects.select_related("recipient", "deadline", "line", "case", "kabupaten"))
    assert {one.is_hidden for one in told_of(rows, member, at=NOW)} == {True}
    assert {one.is_hidden for one in told_of(rows, head, at=NOW)} == {False}
    assert NAME in str(sentences_of([line], head, region(BATANGHARI), at=NOW))
    assert NAME not in str([(one.text, one.quotes) for one in sentences_of([line], member, region(BATANGHARI), at=NOW)])


def test_its_page_is_no_page_for_who_may_not_see_it(client: object) -> None:
    head = a_user(Role.SEKRETARIS_TIM)
    facts = DutyFacts(
        kabupaten=region(BATANGHARI),
        title=NAME,
        received_at=timezone.now() - timedelta(hours=1),
        reference="Agenda 1",
        secrecy=Secrecy.RAHASIA,
    )
    duty = open_duty(rule="kip-jawaban", facts=facts, actor=head, now=timezone.now())
    deadline = deadline_of(duty)
    for user, status in ((a_member(InstitutionKind.POLRI), 404), (head, 200)):
        client.force_login(user)
        pages = [client.get(address) for address in (f"/kewajiban/{duty.pk}/", f"/tenggat/{deadline.pk}/")]
        assert {page.status_code for page in pages} == {status}
        assert (NAME in client.get("/kewajiban/").text) is (status == 200)
