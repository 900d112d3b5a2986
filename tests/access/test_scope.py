"""Who sees which case: `visible_to` against a slow oracle in plain Python, over random postings, cases, grants and hours."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.access.selectors import acts_on
from accounts.access.tables import ROLE_ACTS, ROLE_CLEARANCE, Act
from accounts.postings.models import Posting
from accounts.postings.tables import ROLE_LEVELS, Role
from accounts.users.models import User
from forums.bodies.models import Body
from konflik.cases.models import AccessGrant, Case, CaseLink
from konflik.law.secrecy import Secrecy
from tests.access.world import build
from tests.architecture.test_rules import SENSITIVE
from tests.builders import BAJUBANG, BATANGHARI, BUNGKU, JAMBI, KALTIM, MUARO_JAMBI, NOW, PASER, a_case, a_user, an_institution, region
from tests.profiles import IS_QUICK
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


class Oracle:
    """The rule as Pasal and architecture say it, without a database."""

    def __init__(self, postings: list[dict[str, Any]], grants: list[dict[str, Any]], at: datetime) -> None:
        self.grants, self.at = grants, at
        self.postings = [posting for posting in postings if self.in_force(posting)]

    def in_force(self, posting: dict[str, Any]) -> bool:
        today: date = self.at.astimezone(ZONE[posting["at"][:2]]).date()
        return posting["start"] <= today and (posting["end"] is None or today <= posting["end"])

    def by_posting(self, places: tuple[str, ...], secrecy: int, act: Act) -> bool:
        return any(
            act in ROLE_ACTS[posting["role"]] and secrecy <= ROLE_CLEARANCE[posting["role"]] and self.reaches(posting, places, secrecy, act)
            for posting in self.postings
        )

    def reaches(self, posting: dict[str, Any], places: tuple[str, ...], secrecy: int, act: Act) -> bool:
        """The kabupaten that leads opens everything; another place of the case lets read, below class rahasia."""
        covered = [place for place in places if place == posting["at"] or place.startswith(f"{posting['at']}.")]
        leads = any(place[:5] == places[0][:5] for place in covered)
        return leads or (bool(covered) and secrecy < Secrecy.RAHASIA and act in LETS_READ)

    def by_grant(self, case: int) -> bool:
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
    actor = a_user(Role.SEKRETARIS_TIM)
    an_institution()
    return [a_case(actor=actor, at=places, secrecy=secrecy) for places, secrecy in product(PLACES, Secrecy)]


@pytest.fixture
def body() -> Body:
    return Body.objects.create(
        kind="satgas", name="Satgas", region=region(BATANGHARI), legal_basis="UU 7/2012", valid_from=date(2026, 1, 1)
    )


def test_the_scope_is_what_the_oracle_says(cases: list[Case], body: Body) -> None:
    kinds = list(product(PLACES, Secrecy))
    person = User.objects.create(username="siapa", name="Siapa", joined_at=NOW)
    polres, granter = an_institution(), User.objects.exclude(pk=person.pk).first()

    @settings(told(60 if IS_QUICK else 600, 1))
    @given(postings=st.lists(a_posting(), max_size=3), grants=st.lists(a_grant(), max_size=4), at=HOURS)
    def tried(postings: list[dict[str, Any]], grants: list[dict[str, Any]], at: datetime) -> None:
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
            oracle = Oracle(postings, grants, at)
            for act in ACTS:
                seen = set(Case.objects.visible_to(person, at=at, act=act).values_list("pk", flat=True))
                reads = act is Act.SEE_CASES
                right = {
                    case.pk
                    for number, (case, (places, secrecy)) in enumerate(zip(cases, kinds, strict=True))
                    if oracle.by_posting(places, secrecy, act) or (reads and oracle.by_grant(number))
                }
                assert seen == right, act
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
    for parent in ("case", "agreement", "line"):
        if hasattr(row, f"{parent}_id"):
            return getattr(row, f"{parent}_id") if parent == "case" else case_of(getattr(row, parent))
    raise AssertionError(f"{row} hangs on nothing")


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
            if model.__name__ == "CaseLink":
                continue
            shown = {row.pk for row in model._default_manager.visible_to(reader, at=NOW)}
            right = {row.pk for row in model._default_manager.all() if case_of(row) in visible}
            assert shown == right, (model.__name__, reader.username)


def test_a_link_is_shown_to_who_sees_both_ends() -> None:
    secretary, clerk = a_user(Role.SEKRETARIS_TIM), a_user(Role.STAF_SEKRETARIAT)
    plain, sealed = a_case(actor=secretary), a_case(actor=secretary, secrecy=Secrecy.SANGAT_RAHASIA)
    link = CaseLink.objects.create(case=plain, other=sealed, kind="related")
    back = CaseLink.objects.create(case=sealed, other=plain, kind="related")
    assert set(CaseLink.objects.visible_to(secretary, at=NOW)) == {link, back}
    assert not CaseLink.objects.visible_to(clerk, at=NOW).exists()
