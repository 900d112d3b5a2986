"""The newest lines are found by short walks along the kabupaten of the lines, however many lines there are elsewhere."""

import pytest
from django.db.models import Q

from accounts.access.tables import Act
from accounts.postings.tables import Role
from konflik.cases.models import Case
from konflik.journal.models import JournalLine
from konflik.journal.selectors import newest, open_to, shelves
from konflik.law.secrecy import Secrecy
from tests.builders import BATANGHARI, JAMBI, MUARO_JAMBI, NOW, PASER, a_case, a_user
from tests.crowd import crowd
from tests.plans import plan

INSTALLATION = Q(kabupaten__isnull=True)


@pytest.fixture
def lines(db: None) -> None:
    """Lines of cases and people in three kabupaten."""
    for at in (BATANGHARI, MUARO_JAMBI, PASER):
        boss = a_user(Role.SEKRETARIS_TIM, at)
        for secrecy in Secrecy:
            a_case(actor=boss, at=(at,), secrecy=secrecy)


@pytest.mark.parametrize(
    ("role", "at"), [(Role.SEKRETARIS_TIM, BATANGHARI), (Role.PETUGAS_PDP, PASER), (Role.STAF_SEKRETARIAT, BATANGHARI)]
)
@pytest.mark.parametrize("most", [1, 3, 500])
def test_the_walks_find_the_newest_of_everything_open(lines: None, role: Role, at: str, most: int) -> None:
    user = a_user(role, at)
    found = newest(open_to(user, at=NOW), [*shelves(user, at=NOW), INSTALLATION], most=most)
    assert list(found) == list(open_to(user, at=NOW).order_by("-pk")[:most])
    assert bool(found) == (role is not Role.STAF_SEKRETARIAT)


def test_a_line_stands_where_its_case_is_led(lines: None) -> None:
    assert all(
        line.kabupaten_id == line.case.kabupaten_id for line in JournalLine.objects.filter(case__isnull=False).select_related("case")
    )
    assert Case.objects.exists()


def test_a_province_has_a_shelf_for_each_kabupaten(db: None) -> None:
    user = a_user(Role.PENGAMAT_PROVINSI, JAMBI)
    found = shelves(user, at=NOW, act=Act.SEE_CASES)
    assert Q(kabupaten=BATANGHARI) in found
    assert Q(kabupaten=PASER) not in found
    assert shelves(user, at=NOW) == []


def test_a_walk_reads_along_the_index(lines: None) -> None:
    crowd(Case.objects.filter(kabupaten_id=BATANGHARI).earliest("pk"))
    user = a_user(Role.SEKRETARIS_TIM, BATANGHARI)
    for shelf in (*shelves(user, at=NOW), INSTALLATION):
        text = plan(open_to(user, at=NOW).filter(shelf).order_by("-pk")[:8])
        assert "journal_kabupaten_recent" in text
        assert "b-tree for order" not in text
        assert "scan konflik_journalline" not in text.replace("index scan", "")
