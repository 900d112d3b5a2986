"""Lembar Harian and the lists of the secretariat read along indexes, and show the same with and without cases from beyond."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.paginator import EmptyPage

from accounts.access.selectors import parts
from konflik.cases.admin.walking import WalkingPaginator
from konflik.cases.models import Case
from konflik.cases.services.access import grant_access
from konflik.desk.selectors import daily
from konflik.desk.selectors.deadlines import pressing, pressing_numbers
from konflik.law.stages import Stage
from tests.builders import DAY, MUARO_JAMBI, NOW, PASER, a_case, a_case_in, a_user, an_activity
from tests.crowd import crowd
from tests.desk.conftest import World
from tests.plans import plans

READ_ALONG = {
    "overview": ["case_kab_recent", "case_kab_stuck", "case_kab_unassigned", "case_kab_closed"],
    "per_kecamatan": ["case_place_"],
    "latest_lines": ["journal_kabupaten_recent"],
}


@pytest.fixture
def beyond(world: World) -> World:
    """One case that another kabupaten leads and that lies here too, one that a grant opens, one that neither does."""
    far = world.people["asing"]
    near = a_user(at=MUARO_JAMBI, name="tetangga")
    shared = a_case(actor=near, title="Perbatasan", at=(MUARO_JAMBI, "15.04.07"))
    granted = a_case_in(Stage.PENGHENTIAN, actor=far, title="Terbuka sementara", at=(PASER,))
    a_case(actor=far, title="Tidak terlihat", at=(PASER,))
    for case, actor in ((shared, near), (granted, far)):
        an_activity(case, actor=actor, planned_end=date(2026, 11, 21))
    grant_access(
        case=granted, user=world.people["staf"], body=None, reason="Bantuan", valid_from=NOW, valid_until=NOW + DAY, actor=far, now=NOW
    )
    return world


def test_everything_on_top_counts_the_cases_from_beyond(beyond: World) -> None:
    staff = beyond.people["staf"]
    visible = Case.objects.visible_to(staff, at=NOW)
    top = daily.overview(staff, now=NOW, stuck_after=timedelta(days=14))
    assert top.by_stage == {stage: visible.filter(stage=stage.value).count() for stage in daily.RUNNING}
    assert top.by_stage == {Stage.PENCEGAHAN: 1, Stage.PENGHENTIAN: 2, Stage.PEMULIHAN: 0}
    assert (top.new, top.opened_this_year, top.unassigned) == (2, 3, 3)
    assert pressing_numbers(staff, at=NOW).by_tab["lewat"] == len(pressing(staff, at=NOW)) == 3
    assert {bar.label for bar in daily.per_kecamatan(staff, at=NOW)} == {"Bajubang", daily.WITHOUT_KECAMATAN}
    assert {line.case_id for line in daily.latest_lines(staff, at=NOW)} <= set(visible.values_list("pk", flat=True))
    assert {line.case.title for line in daily.latest_lines(staff, at=NOW)} >= {"Perbatasan", "Terbuka sementara"}


@pytest.mark.parametrize("size", [1, 2, 50])
def test_pages_over_parts_are_the_pages_of_the_whole(beyond: World, size: int) -> None:
    staff = beyond.people["staf"]
    for order in (("-opened_at", "-pk"), ("title", "pk")):
        whole = list(Case.objects.visible_to(staff, at=NOW).order_by(*order))
        walk = WalkingPaginator(Case.objects.visible_to(staff, at=NOW).order_by(*order), size, parts=parts(staff, at=NOW))
        assert walk.count == len(whole) == 3
        assert [case for number in walk.page_range for case in walk.page(number)] == whole
        with pytest.raises(EmptyPage):
            walk.page(99)


@pytest.mark.parametrize("name", ["staf", "bupati", "asing"])
def test_the_list_shows_what_one_sees(beyond: World, name: str) -> None:
    answer = beyond.client(name).get("/admin/konflik/case/")
    if answer.status_code == 200:
        shown = {case.pk for case in answer.context["cl"].result_list}
        assert shown == set(Case.objects.visible_to(beyond.people[name], at=NOW).values_list("pk", flat=True))
    assert (answer.status_code == 200) == (name != "bupati")


def test_each_number_is_read_along_an_index(world: World) -> None:
    crowd(world.case)
    staff = world.people["staf"]
    asked = {
        "overview": lambda: daily.overview(staff, now=NOW, stuck_after=timedelta(days=14)),
        "per_kecamatan": lambda: daily.per_kecamatan(staff, at=NOW),
        "latest_lines": lambda: list(daily.latest_lines(staff, at=NOW)),
    }
    for name, indexes in READ_ALONG.items():
        text = plans(asked[name])
        for index in indexes:
            assert index in text, f"{name}\n{text}"


def test_the_page_keeps_its_budget_with_cases_from_beyond(beyond: World, django_assert_max_num_queries: Callable) -> None:
    client = beyond.client("staf")
    client.get("/admin/")
    with django_assert_max_num_queries(30):
        client.get("/admin/")
