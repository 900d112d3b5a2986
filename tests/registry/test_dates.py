"""The ends of decrees and postings are deadlines: opened, moved and answered for by what is recorded of them."""

from datetime import date, datetime

import pytest

from accounts.postings.services import PostingFacts
from accounts.postings.tables import Role
from accounts.users.models import User
from forums.bodies.models import Body
from forums.bodies.services import BodyFacts
from konflik.acts.services import record_policy
from konflik.clocks.models import Deadline, Policy
from konflik.notices.models import Notice
from konflik.registry.services import amend_body, end_posting, record_body, record_posting
from konflik.registry.services.dates import open_dates
from tests.builders import BATANGHARI, DAY, JAMBI, NOW, a_user, region

pytestmark = pytest.mark.django_db

END = date(2026, 12, 31)


def facts(**told: object) -> BodyFacts:
    plain = {"kind": "fkub", "name": "FKUB", "region": region(BATANGHARI), "valid_from": date(2024, 1, 1), "valid_until": END}
    return BodyFacts(**{**plain, **told})


def a_body(**told: object) -> Body:
    return record_body(facts=facts(**told), actor=None, now=NOW)


def deadlines() -> list[tuple[str, str, date | None]]:
    return [(row.rule, row.state, row.last_day) for row in Deadline.objects.order_by("pk")]


def test_the_end_of_a_decree_is_a_deadline_of_its_body() -> None:
    body = a_body()
    deadline = Deadline.objects.get()
    assert (deadline.rule, deadline.body, deadline.last_day, deadline.kabupaten_id) == ("sk-forum-berakhir", body, END, BATANGHARI)
    assert deadline.title == "SK berakhir: FKUB"


def test_an_amended_end_is_followed_and_one_taken_away_too() -> None:
    body = a_body()
    amend_body(body=body, facts=facts(valid_until=END + DAY), actor=None, now=NOW)
    assert deadlines() == [("sk-forum-berakhir", "running", END + DAY)]
    amend_body(body=body, facts=facts(valid_until=END + DAY, note="Pindah kantor."), actor=None, now=NOW)
    assert Deadline.objects.get().due_version == 2
    amend_body(body=body, facts=facts(valid_until=None), actor=None, now=NOW)
    assert deadlines() == [("sk-forum-berakhir", "cancelled", END + DAY)]


def test_a_successor_answers_for_the_end() -> None:
    a_body()
    a_body(name="FKUB 2027", valid_from=date(2027, 1, 1), valid_until=None, decree_number="12/2026")
    (deadline,) = Deadline.objects.all()
    assert (deadline.state, deadline.evidence) == ("met", "Diganti SK yang baru: 12/2026")


def test_a_decree_that_is_long_over_raises_no_flood() -> None:
    a_body(valid_from=date(2020, 1, 1), valid_until=date(2021, 12, 31))
    deadline = Deadline.objects.get()
    assert (deadline.is_late_entry, deadline.next_notice_at) == (True, None)
    sent = Notice.objects.filter(deadline=deadline).exclude(state="superseded")
    assert set(sent.values_list("milestone", flat=True)) <= {"L+28"}, "the latest alone"


def test_the_decree_of_the_team_holds_as_long_as_it_says_or_as_the_policy_says() -> None:
    a_body(kind="tim_terpadu", name="Tim Terpadu")
    assert deadlines() == [("tim-terpadu-sk-berakhir", "running", END)]
    Deadline.objects.all().delete()
    Policy.objects.all().delete()
    told = {"kabupaten": None, "basis": "Permendagri 42/2015", "valid_from": date(2024, 1, 1), "actor": None, "now": NOW}
    record_policy(code="tim-terpadu-sk-berakhir", number=1, unit="years", **told)
    body = a_body(kind="tim_terpadu", name="Tim Terpadu 2026", valid_from=date(2026, 3, 2), valid_until=None)
    assert deadlines() == [("tim-terpadu-sk-berakhir", "running", date(2027, 3, 1))]
    amend_body(body=body, facts=facts(kind="tim_terpadu", name="Tim Terpadu 2026", valid_from=date(2026, 3, 2)), actor=None, now=NOW)
    assert deadlines() == [("tim-terpadu-sk-berakhir", "running", END)]


# postings -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def person(db: None) -> User:
    return a_user()


def a_posting(person: User, *, now: datetime = NOW, **told: object) -> object:
    plain = {"role": Role.CAMAT.value, "region": region("15.04.07"), "valid_from": date(2026, 1, 1), "valid_until": END}
    return record_posting(user=person, facts=PostingFacts(**{**plain, **told}), actor=None, now=now)


def test_the_end_of_a_posting_is_a_deadline_of_the_person(person: User) -> None:
    a_posting(person)
    deadline = Deadline.objects.get()
    assert (deadline.rule, deadline.person, deadline.last_day) == ("penugasan-berakhir", person, END)


def test_a_posting_ended_earlier_moves_it_and_one_that_is_over_ends_it(person: User) -> None:
    posting = a_posting(person)
    end_posting(posting=posting, valid_until=date(2026, 11, 30), actor=None, now=NOW)
    assert deadlines() == [("penugasan-berakhir", "running", date(2026, 11, 30))]
    end_posting(posting=posting, valid_until=date(2026, 11, 21), actor=None, now=NOW)
    assert deadlines() == [("penugasan-berakhir", "cancelled", date(2026, 11, 30))]


def test_a_posting_that_goes_on_answers_for_the_one_before(person: User) -> None:
    a_posting(person)
    a_posting(person, valid_from=date(2027, 1, 1), valid_until=date(2027, 12, 31))
    assert sorted(deadlines(), key=str) == [
        ("penugasan-berakhir", "met", END),
        ("penugasan-berakhir", "running", date(2027, 12, 31)),
    ]


def test_a_posting_without_an_end_is_watched_by_nobody(person: User) -> None:
    a_posting(person, valid_until=None)
    assert deadlines() == []


def test_a_posting_of_the_province_has_no_kabupaten_that_waits(person: User) -> None:
    a_posting(person, role=Role.PENGAMAT_PROVINSI.value, region=region(JAMBI))
    assert deadlines() == []


def test_what_stood_before_there_were_clocks_gets_its_deadlines_once(person: User) -> None:
    a_posting(person)
    a_body()
    a_body(name="FKUB lama", valid_from=date(2020, 1, 1), valid_until=date(2021, 12, 31))
    Notice.objects.all().delete()
    Deadline.objects.all().delete()
    assert open_dates(now=NOW) == 2
    assert sorted(row[0] for row in deadlines()) == ["penugasan-berakhir", "sk-forum-berakhir"]
    assert open_dates(now=NOW) == 0
