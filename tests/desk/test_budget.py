"""No page asks the database more than thirty times, however much a case holds."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from konflik.cases.services.amending import link_cases
from konflik.cases.services.facts import add_note
from konflik.cases.tables import LinkKind
from konflik.law.figures import FigureSource, Measure
from tests.builders import NOW, a_case, a_figure, a_party, an_activity, an_agreement
from tests.desk.conftest import World

BUDGET = 30
PAGES = [
    "/",
    "/perkara/",
    "/perkara/{pk}/",
    "/perkara/{pk}/riwayat/",
    "/perkara/{pk}/cetak/",
    "/perkara/{pk}/ubah/",
    "/perkara/{pk}/lokasi/",
    "/perkara/{pk}/kesepakatan-baru/",
    "/perkara/{pk}/akses-baru/",
    "/perkara/baru/",
    "/forum/",
    "/saya/",
]


@pytest.fixture
def full(world: World) -> World:
    """The world with thirty of everything."""
    staff = world.people["staf"]
    for index, measure in enumerate(Measure):
        for source in (FigureSource.DINSOS, FigureSource.MEDIA):
            a_figure(world.case, actor=staff, measure=measure, source=source, value=index)
    for index in range(30):
        a_party(world.case, f"Kelompok tani {index}", actor=staff)
        an_activity(world.case, actor=staff, title=f"Patroli {index}", institution=world.polres)
        add_note(case=world.case, text=f"Catatan {index}", actor=staff, now=NOW)
        other = a_case(actor=staff, title=f"Tetangga {index}")
        link_cases(case=world.case, other=other, kind=LinkKind.RELATED, reason="", actor=staff, now=NOW)
    for index in range(5):
        an_agreement(world.case, actor=staff, title=f"Kesepakatan {index}")
    return world


@pytest.mark.parametrize("name", ["sekretaris", "polres"])
def test_within_thirty_queries(full: World, name: str) -> None:
    client = full.client(name)
    for page in PAGES:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = client.get(page.format(pk=full.case.pk))
        assert answer.status_code in {200, 403}, page
        print(page, name, len(asked))
        assert len(asked) <= BUDGET, f"{page} {name}: {len(asked)}\n" + "\n".join(q["sql"][:150] for q in asked.captured_queries)
