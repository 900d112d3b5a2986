"""No page asks the database more than thirty times, however much a case holds."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from konflik.cases.services.assigning import link_cases
from konflik.cases.services.facts import add_note
from konflik.cases.tables import LinkKind
from konflik.clocks.models import Deadline
from konflik.law.events import Event
from konflik.law.figures import FigureSource, Measure
from konflik.notices.models import Notice
from tests.builders import HOUR, NOW, a_case, a_deadline, a_duty, a_figure, a_party, an_activity, an_agreement
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
    "/perkara/{pk}/pindah/pemulihan/",
    "/perkara/{pk}/penanggung-jawab/",
    "/perkara/{pk}/kegiatan-baru/",
    "/perkara/baru/",
    "/forum/",
    "/tenggat/",
    "/tenggat/?keadaan=segera",
    "/tenggat/{deadline}/",
    "/tenggat/{deadline}/cetak/",
    "/tenggat/{deadline}/penuhi/",
    "/admin/konflik/deadline/",
    "/admin/konflik/deadline/{deadline}/change/",
    "/kewajiban/",
    "/kewajiban/baru/",
    "/statistik/",
    "/admin/konflik/release/",
    "/hitung-tenggat/",
    "/saya/",
    "/saya/pemberitahuan/",
    "/pemberitahuan/",
    "/pemberitahuan/{notice}/",
    "/pemberitahuan/keluar/",
    "/pemberitahuan/keluar/terakhir/",
]


@pytest.fixture
def full(alarmed: World) -> World:
    """The world with thirty of everything."""
    world = alarmed
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
    for index in range(30):
        a_deadline(world.case, actor=staff, at=NOW - index * HOUR)
        a_duty(actor=staff, title=f"Berkas {index}")
    return world


@pytest.mark.parametrize("name", ["sekretaris", "polres"])
def test_within_thirty_queries(full: World, name: str) -> None:
    client = full.client(name)
    # The longest ladder: everybody who hears of violence.
    told = Notice.objects.filter(recipient=full.people[name], line__event=Event.VIOLENCE_RECURRED.value, channel="bell").get()
    deadline = Deadline.objects.filter(case=full.case, rule="tni-permintaan-tertulis").latest("pk")
    for page in PAGES:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = client.get(page.format(pk=full.case.pk, notice=told.pk, deadline=deadline.pk))
        assert answer.status_code == 200 or (name == "polres" and answer.status_code in {302, 403}), page
        assert len(asked) <= BUDGET, f"{page} {name}: {len(asked)}\n" + "\n".join(q["sql"][:150] for q in asked.captured_queries)
