"""The fast page of cases is the page of the plain ORM: for every filter, order and reader, on the databases that run this test."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from accounts.access.selectors import scope, walks
from accounts.postings.tables import Role
from accounts.users.models import User
from konflik.cases.api.reading import CaseList
from konflik.cases.api.shapes import CaseRow
from konflik.cases.filters import CaseFilters
from konflik.cases.models import AccessGrant, Case
from konflik.cases.services.access import grant_access
from konflik.law.secrecy import Secrecy
from konflik.law.severity import Severity
from konflik.law.sources import Source
from konflik.law.stages import Stage
from konflik.rest import prepared
from konflik.rest.params import clean_filters
from tests.builders import BAJUBANG, BATANGHARI, BUNGKU, DAY, HOUR, JAMBI, MUARO_JAMBI, NOW, PASER, a_case, a_party, a_user, moved

PEOPLE = (
    (Role.SEKRETARIS_TIM, BATANGHARI),
    (Role.ANGGOTA_TIM, BATANGHARI),
    (Role.CAMAT, BAJUBANG),
    (Role.PENGAMAT_PROVINSI, JAMBI),
    (Role.SEKRETARIS_TIM, MUARO_JAMBI),
    (Role.ADMINISTRATOR_SISTEM, BATANGHARI),
)
LATER = NOW + timedelta(days=1)
ASKED: dict[str, tuple[str, ...]] = {
    "stage": ("pencegahan", "penghentian"),
    "source": ("b", "d"),
    "qualification": ("potensi",),
    "issue_type": ("lahan", "tiada"),
    "severity": ("low", "critical"),
    "secrecy": ("biasa", "rahasia"),
    "province": ("15",),
    "kabupaten": ("15.04", "99.99"),
    "place": ("15.04.07", "15.05", "15.04.07.2001", "99.99"),
    "running": ("true", "false"),
    "year": ("2026", "2024"),
    "number": ("300/001/TIMDU/2026",),
    "opened_after": ("2026-11-22T00:30:00+00:00",),
    "opened_before": ("2026-11-22T07:30:00+07:00",),
    "updated_after": ("2026-11-22T03:00:00Z",),
    "q": ("lahan", "rimba lahan"),
}
TOGETHER = ({"stage": "pencegahan", "secrecy": "biasa", "running": "true"}, {"q": "lahan", "place": "15.04", "severity": "low"})


@pytest.fixture
def readers(db: None, settings: Any) -> list[User]:
    """Cases of every class in three kabupaten, some across a border, one granted; and who reads them."""
    settings.DEMO = True
    bosses = {code: a_user(Role.SEKRETARIS_TIM, code, name=f"tuan-{code}") for code in (BATANGHARI, MUARO_JAMBI, PASER)}
    made = []
    for index, secrecy in enumerate([*Secrecy] * 2):
        for at in ((BUNGKU,), (MUARO_JAMBI,), (PASER, BUNGKU)):
            boss = bosses[at[0][:5]]
            told = {"secrecy": secrecy, "opened_at": NOW - (2 + index % 3) * HOUR, "source": list(Source)[index % 5]}
            made.append(a_case(actor=boss, at=at, **told))
    moved(made[0], Stage.PENGHENTIAN, actor=bosses[BATANGHARI])
    a_party(made[1], actor=bosses[MUARO_JAMBI])
    people = [a_user(role, at, name=f"{role.value}-{at}") for role, at in PEOPLE]
    for person in people[1:3]:
        for case in made[2:12:3]:
            told = {"user": person, "body": None, "valid_from": NOW - DAY, "valid_until": NOW + 60 * DAY, "reason": "Uji"}
            grant_access(case=case, actor=bosses[PASER], now=NOW, **told)
    return people


def asked() -> list[dict[str, str]]:
    """Every filter with every value, some together, and every order."""
    single = [{}, *({name: value} for name, values in ASKED.items() for value in values), *TOGETHER]
    orders = [{"ordering": name, "limit": "3"} for name in CaseList.orderings]
    return [*single, *orders, {"limit": "2", "stage": "pencegahan"}]


def expected(reader: User, params: dict[str, str], at: Any) -> list[dict[str, Any]]:
    """The same list by the rule of visibility, the filters as django-filter applies them, and the serializer."""
    rows = Case.objects.filter(scope(reader, at=at))
    for name, value in clean_filters({k: v for k, v in params.items() if k in CaseFilters.base_filters}, CaseFilters).items():
        rows = CaseFilters.base_filters[name].filter(rows, value)
    order = params.get("ordering", "-opened_at")
    sign = "-" if order.startswith("-") else ""
    return [CaseRow(case).data for case in rows.select_related("kabupaten").order_by(order, f"{sign}pk")]


def whole(client: Client, params: dict[str, str]) -> list[dict[str, Any]]:
    """Every row, page after page."""
    found, url = [], f"/api/v1/cases/?{urlencode(params)}"
    while url:
        page = client.get(url).json()
        found += page["results"]
        url = page["next"]
    return found


def test_every_filter_and_order_is_tried() -> None:
    assert set(ASKED) == set(CaseFilters.base_filters)
    assert Severity.LOW.name.lower() in ASKED["severity"]


def test_a_prepared_page_is_the_page_of_the_serializer(readers: list[User], time_machine: Any) -> None:
    time_machine.move_to(NOW + HOUR, tick=False)
    for index, reader in enumerate(readers):
        client = Client()
        client.force_login(reader)
        # The member of the team, with grants and places across the border, is asked everything; the others a part each.
        for params in asked() if index == 1 else asked()[index :: len(readers)]:
            assert whole(client, params) == expected(reader, params, NOW + HOUR), (reader, params)
    for params in asked()[:12]:
        told = expected(reader, params, NOW + HOUR)
        assert [whole(client, params) for _ in range(2)] == [told, told], (params, "from what is kept")


def test_the_walks_are_the_scope(readers: list[User]) -> None:
    for reader in readers:
        found = {pk for piece in walks(reader, at=NOW) for pk in Case.objects.filter(piece).values_list("pk", flat=True)}
        assert found == set(Case.objects.filter(scope(reader, at=NOW)).values_list("pk", flat=True))


def test_what_is_kept_follows_the_clock(readers: list[User], time_machine: Any) -> None:
    """A grant that ends takes its rows away from the very statement that was compiled while it held."""
    member = readers[1]
    client = Client()
    time_machine.move_to(NOW + HOUR, tick=False)
    client.force_login(member)
    before = {row["id"] for row in whole(client, {})}
    granted = set(Case.objects.filter(kabupaten=PASER, pk__in=before).values_list("pk", flat=True))
    assert granted
    AccessGrant.objects.filter(user=member).update(valid_until=NOW + HOUR + timedelta(minutes=10))
    time_machine.move_to(NOW + HOUR + timedelta(minutes=20), tick=False)
    kept = len(prepared._kept)
    after = {row["id"] for row in whole(client, {})}
    assert len(prepared._kept) == kept, "the statement is the kept one"
    shared = set(Case.objects.filter(scope(member, at=NOW + DAY)).values_list("pk", flat=True))
    assert after == shared
    assert after < before
