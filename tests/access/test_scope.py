"""Who sees which case: `visible_to` against a slow oracle in plain Python, over random postings, cases, grants, keys and hours."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import chain, product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.access.selectors import Readers, acts_on, parts
from accounts.access.tables import ROLE_ACTS, Act, Narrowing, reach
from accounts.postings.models import Posting
from accounts.postings.tables import ROLE_LEVELS, Role
from accounts.users.models import User
from forums.bodies.models import Body
from konflik.cases.models import AccessGrant, Case, CaseLink
from konflik.clocks.models import Deadline
from konflik.law.secrecy import Secrecy
from tests.access.world import build
from tests.architecture.test_rules import SENSITIVE
from tests.builders import BAJUBANG, BATANGHARI, BUNGKU, JAMBI, KALTIM, MUARO_JAMBI, NOW, PASER, a_case, a_user, an_institution, region
from tests.stories.telling import told

pytestmark = pytest.mark.django_db

LEVEL_OF = {JAMBI: 1, KALTIM: 1, BATANGHARI: 2, MUARO_JAMBI: 2, PASER: 2, BAJUBANG: 3, "15.04.01": 3, BUNGKU: 4, "64.01.01.2009": 4}
PLACES = [(BATANGHARI,), (BAJUBANG,), (BUNGKU,), (BUNGKU, MUARO_JAMBI), (MUARO_JAMBI, BAJUBANG), (PASER,), ("64.01.01.2009", BATANGHARI)]
LETS_READ = {Act.SEE_CASES, Act.PRINT_CASE, Act.EXPORT_CASES}
ACTS = [Act.EXPORT_CASES, Act.SEE_CASES, Act.MOVE_STAGE, Act.ADD_NOTE, Act.SEE_JOURNAL]
DAYS = st.integers(-3, 3).map(lambda days: NOW.date() + timedelta(days=days))
HOURS = st.integers(-72, 72).map(lambda hours: NOW + timedelta(hours=hours))
ZONE = {"15": ZoneInfo("Asia/Jakarta"), "64": ZoneInfo("Asia/Makassar")}


POSTS = [(role, code) for role in Role for code, level in LEVEL_OF.items() if level in ROLE_LEVELS[role]]


@st.composite
def a_posting(draw: Any) -> dict[str, Any]:
    role, at = draw(st.sampled_from(POSTS))
    end = draw(st.none() | DAYS)
    start = draw(DAYS)
    return {"role": role, "at": at, "start": min(start, end or start), "end": end, "in_body": draw(st.booleans())}


@st.composite
def a_grant(draw: Any) -> dict[str, Any]:
    start = draw(HOURS)
    end = start + timedelta(hours=draw(st.integers(1, 60)))
    case = draw(st.integers(0, len(PLACES) * len(Secrecy) - 1))
    return {"case": case, "to_body": draw(st.booleans()), "start": start, "end": end, "revoked": draw(st.none() | HOURS)}


@st.composite
def a_key(draw: Any) -> dict[str, Any]:
    """What a key leaves of the rights of its owner."""
    acts = draw(st.frozensets(st.sampled_from(ACTS), min_size=1))
    regions = draw(st.lists(st.sampled_from([*LEVEL_OF, "15.05.01"]), max_size=2, unique=True))
    return {"acts": acts, "regions": regions, "clearance": draw(st.sampled_from(Secrecy))}


def within(inner: str, outer: str) -> bool:
    return inner == outer or inner.startswith(f"{outer}.")


class Oracle:
    """The rule as Pasal and architecture say it, without a database."""

    def __init__(
        self, postings: list[dict[str, Any]], grants: list[dict[str, Any]], at: datetime, key: dict[str, Any] | None = None
    ) -> None:
        self.grants, self.at, self.key = grants, at, key
        self.postings = [posting for posting in postings if self.in_force(posting)]

    def in_force(self, posting: dict[str, Any]) -> bool:
        today: date = self.at.astimezone(ZONE[posting["at"][:2]]).date()
        return posting["start"] <= today and (posting["end"] is None or today <= posting["end"])

    def left_by_key(self, places: Iterable[str], secrecy: int, act: Act) -> list[str]:
        """Those of `places` that the key leaves for this act; all where there is no key."""
        if self.key is None:
            return list(places)
        if act not in self.key["acts"] or secrecy > self.key["clearance"]:
            return []
        return [place for place in places if any(within(place, code) for code in self.key["regions"])]

    def by_posting(self, places: tuple[str, ...], secrecy: int, act: Act) -> bool:
        return any(
            act in ROLE_ACTS[posting["role"]] and secrecy <= reach(posting["role"], act) and self.reaches(posting, places, secrecy, act)
            for posting in self.postings
        )

    def reaches(self, posting: dict[str, Any], places: tuple[str, ...], secrecy: int, act: Act) -> bool:
        """The kabupaten that leads opens everything; another place of the case lets read, below class rahasia."""
        covered = [place for place in self.left_by_key(places, secrecy, act) if within(place, posting["at"])]
        leads = any(place[:5] == places[0][:5] for place in covered)
        return leads or (bool(covered) and secrecy < Secrecy.RAHASIA and act in LETS_READ)

    def by_grant(self, case: int, places: tuple[str, ...], secrecy: int) -> bool:
        if not self.left_by_key(places, secrecy, Act.SEE_CASES):
            return False
        sits = any(posting["in_body"] for posting in self.postings)
        return any(
            grant["case"] == case
            and (sits or not grant["to_body"])
            and grant["start"] <= self.at < grant["end"]
            and not (grant["revoked"] is not None and grant["revoked"] <= self.at)
            for grant in self.grants
        )


@pytest.fixture
def cases() -> list[Case]:
    """One case for every set of places and every class."""
    an_institution()
    actors = {kabupaten: a_user(Role.SEKRETARIS_TIM, kabupaten) for kabupaten in {places[0][:5] for places in PLACES}}
    return [a_case(actor=actors[places[0][:5]], at=places, secrecy=secrecy) for places, secrecy in product(PLACES, Secrecy)]


@pytest.fixture
def body() -> Body:
    return Body.objects.create(
        kind="satgas", name="Satgas", region=region(BATANGHARI), legal_basis="UU 7/2012", valid_from=date(2026, 1, 1)
    )


def test_the_scope_is_what_the_oracle_says(cases: list[Case], body: Body) -> None:
    kinds = list(product(PLACES, Secrecy))
    person = User.objects.create(username="siapa", name="Siapa", joined_at=NOW)
    polres, granter = an_institution(), User.objects.exclude(pk=person.pk).first()

    @settings(told(600, 1))
    @given(postings=st.lists(a_posting(), max_size=3), grants=st.lists(a_grant(), max_size=4), at=HOURS, key=st.none() | a_key())
    def tried(postings: list[dict[str, Any]], grants: list[dict[str, Any]], at: datetime, key: dict[str, Any] | None) -> None:
        person.narrowed = key and Narrowing(key["acts"], tuple(region(code) for code in key["regions"]), key["clearance"])
        with transaction.atomic():
            for posting in postings:
                Posting.objects.create(
                    user=person,
                    role=posting["role"],
                    region=region(posting["at"]),
                    valid_from=posting["start"],
                    valid_until=posting["end"],
                    institution=polres,
                    body=body if posting["in_body"] else None,
                )
            for grant in grants:
                AccessGrant.objects.create(
                    case=cases[grant["case"]],
                    user=None if grant["to_body"] else person,
                    body=body if grant["to_body"] else None,
                    valid_from=grant["start"],
                    valid_until=grant["end"],
                    reason="Uji",
                    granted_by=granter,
                    granted_at=NOW,
                    revoked_at=grant["revoked"],
                    revoked_by=granter if grant["revoked"] else None,
                )
            oracle = Oracle(postings, grants, at, key)
            for act in ACTS:
                seen = set(Case.objects.visible_to(person, at=at, act=act).values_list("pk", flat=True))
                reads = act is Act.SEE_CASES
                right = {
                    case.pk
                    for number, (case, (places, secrecy)) in enumerate(zip(cases, kinds, strict=True))
                    if oracle.by_posting(places, secrecy, act) or (reads and oracle.by_grant(number, places, secrecy))
                }
                assert seen == right, act
                if reads:
                    in_parts = [Case.objects.filter(part).values_list("pk", flat=True) for part in parts(person, at=at)]
                    assert sorted(chain(*in_parts)) == sorted(right), "in parts, none of them twice"
                    readers = Readers([case.pk for case in cases], at=at)
                    assert {case.pk for case in cases if readers.may_read(person, case.pk)} == right
            for case, (places, secrecy) in list(zip(cases, kinds, strict=True))[:: len(Secrecy) + 1]:
                right_acts = {act for act in Act if oracle.by_posting(places, secrecy, act)}
                assert (
                    acts_on(person, leading=case.kabupaten_id, regions=[region(code) for code in places], secrecy=case.secrecy, at=at)
                    == right_acts
                )
            transaction.set_rollback(True)

    tried()


@pytest.mark.parametrize("nobody", [None, AnonymousUser()])
def test_nobody_sees_nothing(cases: list[Case], nobody: Any) -> None:
    assert not Case.objects.visible_to(nobody, at=NOW).exists()


@pytest.mark.parametrize(
    ("hour", "in_wib", "in_wita"),
    [
        ("2026-11-22T16:30:00+00:00", True, False),
        ("2026-11-22T15:30:00+00:00", True, True),
        ("2026-11-22T17:30:00+00:00", False, False),
    ],
)
def test_a_posting_ends_at_midnight_where_it_is_held(cases: list[Case], hour: str, in_wib: bool, in_wita: bool) -> None:
    """The last day is 22 November: in Paser it is over an hour earlier than in Batanghari."""
    west, east = a_user(Role.KEPALA_DAERAH, BATANGHARI), a_user(Role.KEPALA_DAERAH, PASER)
    Posting.objects.filter(user__in=[west, east]).update(valid_until=date(2026, 11, 22))
    at = datetime.fromisoformat(hour)
    assert (Case.objects.visible_to(west, at=at).exists(), Case.objects.visible_to(east, at=at).exists()) == (in_wib, in_wita)


# Every table that hangs on a case shows exactly the rows of the cases that one sees ---------------------------------------


def case_of(row: models.Model) -> int | None:
    """The case a row belongs to, whichever way."""
    if isinstance(row, Case):
        return row.pk
    for parent in ("case", "agreement", "line", "deadline", "assessment", "status"):
        if hasattr(row, f"{parent}_id"):
            return getattr(row, f"{parent}_id") if parent == "case" else case_of(getattr(row, parent))
    raise AssertionError(f"{row} hangs on nothing")


def is_clock_at_home(row: models.Model, reader: User) -> bool:
    """A deadline without a case belongs to its kabupaten: shown to who holds a role that sees clocks there, or above."""
    return (
        isinstance(row, Deadline)
        and row.case_id is None
        and any(
            Act.SEE_CLOCKS in ROLE_ACTS[Role(posting.role)] and f"{row.kabupaten_id}.".startswith(f"{posting.region_id}.")
            for posting in Posting.objects.filter(user=reader)
        )
    )


OTHERWISE = {"CaseLink", "Notice"}
"""A link needs both ends; a notice is read by its recipient and by who settles the ledger, and what it is about only with the case
(tests/desk/test_inbox.py)."""


def readers() -> Iterator[User]:
    yield a_user(Role.STAF_SEKRETARIAT)
    yield a_user(Role.ANGGOTA_TIM, of=an_institution())
    yield a_user(Role.PELAPOR_LAPANGAN, BUNGKU)
    yield a_user(Role.SEKRETARIS_TIM, PASER)
    yield a_user(Role.ADMINISTRATOR_SISTEM)


def test_every_sensitive_table_shows_the_rows_of_visible_cases_only() -> None:
    world = build()
    for reader in [*readers(), *world.people.values()]:
        visible = set(Case.objects.visible_to(reader, at=NOW).values_list("pk", flat=True))
        for model in SENSITIVE:
            if model.__name__ in OTHERWISE:
                continue
            shown = {row.pk for row in model._default_manager.visible_to(reader, at=NOW)}
            right = {row.pk for row in model._default_manager.all() if case_of(row) in visible or is_clock_at_home(row, reader)}
            assert shown == right, (model.__name__, reader.username)


def test_a_link_is_shown_to_who_sees_both_ends() -> None:
    secretary, clerk = a_user(Role.SEKRETARIS_TIM), a_user(Role.STAF_SEKRETARIAT)
    plain, sealed = a_case(actor=secretary), a_case(actor=secretary, secrecy=Secrecy.SANGAT_RAHASIA)
    link = CaseLink.objects.create(case=plain, other=sealed, kind="related")
    back = CaseLink.objects.create(case=sealed, other=plain, kind="related")
    assert set(CaseLink.objects.visible_to(secretary, at=NOW)) == {link, back}
    assert not CaseLink.objects.visible_to(clerk, at=NOW).exists()
