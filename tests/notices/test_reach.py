"""Who is told: offices by their holders, stand-ins by the ladder, nobody who may not read the case."""

from datetime import date, timedelta

import pytest

from accounts.access.selectors import holders_of, offices_of
from accounts.access.tables import HANDED_ON, OFFICE_HOLDINGS
from accounts.postings.tables import InstitutionKind, Role, Tenure
from konflik.acts.services import Clocked, record
from konflik.desk.selectors.telling import audience_of
from konflik.journal.services import Entry
from konflik.law.events import Event
from konflik.law.offices import Office
from konflik.law.secrecy import Secrecy
from konflik.law.telling import HISTORY_AFTER, TELLINGS
from konflik.notices.models import Notice
from konflik.notices.selectors.reach import reach_of_event
from konflik.notices.tables import Concerned
from tests.builders import BAJUBANG, BATANGHARI, MUARO_JAMBI, NOW, a_case, a_user, region
from tests.notices.making import a_member, an_agency, posted

pytestmark = pytest.mark.django_db

AGENCIES = [
    (office, holding.kind) for office, holdings in OFFICE_HOLDINGS.items() for holding in holdings if holding.kind and not holding.is_local
]
ROLES = [(office, holding.role) for office, holdings in OFFICE_HOLDINGS.items() for holding in holdings if holding.kind is None]


def test_every_office_of_the_law_is_held_by_somebody_or_handed_on_or_concerned() -> None:
    assert set(OFFICE_HOLDINGS) | HANDED_ON | {Office.PENANGGUNG_JAWAB} == set(Office)
    assert not set(OFFICE_HOLDINGS) & HANDED_ON


@pytest.mark.parametrize(("office", "kind"), AGENCIES)
def test_an_office_of_an_agency_is_held_by_its_members_in_the_team(office: Office, kind: InstitutionKind) -> None:
    member = a_member(kind)
    a_member(InstitutionKind.LAINNYA)
    a_member(kind, MUARO_JAMBI)
    assert holders_of(office, region(BATANGHARI), NOW) == [member]
    assert office in {held.office for held in offices_of(member, NOW)}


@pytest.mark.parametrize(("office", "role"), ROLES)
def test_an_office_of_the_house_is_held_by_its_role(office: Office, role: Role) -> None:
    holder = a_user(role, BAJUBANG if role is Role.CAMAT else BATANGHARI)
    assert holders_of(office, region(BATANGHARI), NOW) == [holder]
    assert holders_of(office, region(MUARO_JAMBI), NOW) == []
    assert office in {held.office for held in offices_of(holder, NOW)}


def test_a_polsek_makes_no_kapolres() -> None:
    member = a_user(Role.ANGGOTA_TIM, of=an_agency(InstitutionKind.POLRI, BAJUBANG, "Polsek Bajubang"))
    assert holders_of(Office.KAPOLRES, region(BATANGHARI), NOW) == []
    assert Office.KAPOLRES not in {held.office for held in offices_of(member, NOW)}


def test_a_plh_is_told_and_named_so_and_only_while_the_order_lasts() -> None:
    acting = a_user(Role.CAMAT, BAJUBANG)
    posted(acting, Role.SEKRETARIS_TIM, tenure=Tenure.PLH.value, since=date(2026, 11, 1), valid_until=date(2026, 11, 30), decree="SPRINT 1")
    told = reach_of_event(Event.BTT_PAID, kabupaten_id=BATANGHARI, at=NOW).recipients
    assert "Kepala Kesbangpol (Plh.)" in [one.why for one in told if one.user == acting]
    assert holders_of(Office.KEPALA_KESBANGPOL, region(BATANGHARI), NOW.replace(month=12)) == []


def test_who_may_not_read_the_case_is_left_out_and_the_office_above_is_told_in_his_place() -> None:
    secretary = a_user(Role.SEKRETARIS_TIM)
    kapolres = a_member(InstitutionKind.POLRI)
    open_case = a_case(actor=secretary, secrecy=Secrecy.TERBATAS)
    sealed = a_case(actor=secretary, secrecy=Secrecy.RAHASIA)
    told = reach_of_event(Event.VIOLENCE_REPORTED, kabupaten_id=BATANGHARI, case_id=open_case.pk, at=NOW)
    assert kapolres in [one.user for one in told.recipients]
    told = reach_of_event(Event.VIOLENCE_REPORTED, kabupaten_id=BATANGHARI, case_id=sealed.pk, at=NOW)
    assert [one.user for one in told.recipients] == [secretary]
    assert Office.KAPOLRES in told.missing


def test_a_camat_hears_of_the_cases_of_the_own_kecamatan_only() -> None:
    secretary, camat, other = a_user(Role.SEKRETARIS_TIM), a_user(Role.CAMAT, BAJUBANG), a_user(Role.CAMAT, "15.04.01")
    told = reach_of_event(Event.CASE_OPENED, kabupaten_id=BATANGHARI, case_id=a_case(actor=secretary).pk, at=NOW)
    assert camat in [one.user for one in told.recipients]
    assert other not in [one.user for one in told.recipients]


def test_the_person_concerned_goes_before_the_institution_concerned() -> None:
    police = an_agency(InstitutionKind.POLRI)
    one, other = a_user(Role.ANGGOTA_TIM, of=police), a_user(Role.ANGGOTA_TIM, of=police)
    asked = {"kabupaten_id": BATANGHARI, "at": NOW}
    told = reach_of_event(Event.HANDLER_ASSIGNED, concerned=Concerned((one.pk,), (police.pk,)), **asked)
    assert [recipient.user for recipient in told.recipients] == [one]
    told = reach_of_event(Event.HANDLER_ASSIGNED, concerned=Concerned((), (police.pk,)), **asked)
    assert [recipient.user for recipient in told.recipients] == [one, other]
    assert {recipient.why for recipient in told.recipients} == {police.name}


def test_nobody_is_told_twice_for_two_offices() -> None:
    both = a_user(Role.SEKRETARIS_TIM)
    posted_twice = reach_of_event(Event.BTT_DECIDED, kabupaten_id=BATANGHARI, at=NOW)
    assert [one.user for one in posted_twice.recipients] == [both]


def test_what_is_for_an_office_without_a_login_goes_to_the_secretariat_to_hand_on() -> None:
    staff = a_user(Role.STAF_SEKRETARIAT)
    told = reach_of_event(Event.BTT_ACCOUNTED, kabupaten_id=BATANGHARI, at=NOW)
    assert [one.why for one in told.recipients if one.user == staff] == [
        "Sekretariat Tim Terpadu, untuk diteruskan kepada PPKD/Bendahara Umum Daerah"
    ]
    assert Office.PPKD not in told.missing


def test_an_empty_house_reaches_nobody_and_says_which_offices_are_missing() -> None:
    told = reach_of_event(Event.VIOLENCE_REPORTED, kabupaten_id=BATANGHARI, at=NOW)
    assert told.recipients == ()
    [telling] = [row for row in TELLINGS if row.event is Event.VIOLENCE_REPORTED]
    assert set(told.missing) == set(telling.offices)


def test_a_login_that_was_shut_is_told_nothing() -> None:
    shut = a_user(Role.SEKRETARIS_TIM)
    type(shut).objects.filter(pk=shut.pk).update(is_active=False)
    assert holders_of(Office.KEPALA_KESBANGPOL, region(BATANGHARI), NOW) == []


def told_of_a_case_known_since(days: int) -> int:
    case = a_case(actor=a_user(Role.SEKRETARIS_TIM), opened_at=NOW - timedelta(days=days))
    return Notice.objects.filter(case=case, line__event=Event.CASE_OPENED.value).count()


def test_an_old_case_that_is_entered_today_alarms_nobody_and_a_new_one_does() -> None:
    assert told_of_a_case_known_since(400) == 0
    assert told_of_a_case_known_since(1) > 0


def test_the_head_is_called_bupati_in_a_kabupaten_and_wali_kota_in_a_kota() -> None:
    a_user(Role.KEPALA_DAERAH, BATANGHARI)
    a_user(Role.KEPALA_DAERAH, "15.71")
    names = [reach_of_event(Event.VIOLENCE_REPORTED, kabupaten_id=code, at=NOW).recipients[0].why for code in (BATANGHARI, "15.71")]
    assert names == ["Bupati", "Wali Kota"]


@pytest.mark.parametrize("age", [timedelta(), HISTORY_AFTER, HISTORY_AFTER + timedelta(seconds=1)], ids=["now", "a week", "longer"])
def test_who_is_named_beforehand_is_who_is_told(age: timedelta) -> None:
    for role in (Role.KEPALA_DAERAH, Role.SEKRETARIS_TIM, Role.STAF_SEKRETARIAT):
        a_user(role)
    concerned = Concerned((a_member(InstitutionKind.POLRI).pk,))
    place = region(BATANGHARI)
    for telling in TELLINGS:
        event = telling.event
        shown = audience_of([event], kabupaten=place, case=None, concerned=concerned, happens_at=NOW - age, at=NOW)
        line = record(Entry(event.value, NOW - age, kabupaten_id=place.pk), now=NOW, concerned=concerned, clocked=Clocked(starts_none=True))
        told = set(Notice.objects.filter(line=line).values_list("recipient", flat=True))
        assert told == ({one.user.pk for one in shown.recipients} if shown else set()), event
        assert bool(shown) is not (telling.is_muted_late and age > HISTORY_AFTER), event
