"""What one may not see is not named anywhere; that it answers like what does not exist walks tests/access/test_matrix.py."""

from konflik.cases.models import Case
from konflik.law.secrecy import Secrecy
from tests.builders import PASER, a_case
from tests.desk.conftest import World


def hidden_cases(world: World) -> list[Case]:
    """One above the clearance of a member, one of another kabupaten."""
    sealed = a_case(actor=world.people["sekretaris"], title="Tertutup", secrecy=Secrecy.RAHASIA)
    return [sealed, a_case(actor=world.people["asing"], title="Di Paser", at=(PASER,))]


def test_lists_searches_and_relations_do_not_name_what_is_hidden(world: World) -> None:
    sealed, _ = hidden_cases(world)
    client = world.client("polres")
    assert client.get("/perkara/?q=Tertutup").context["page"].rows == []
    staff = world.client("sekretaris")
    staff.post(f"/perkara/{world.case.pk}/hubungan/", {"kind": "related", "other": sealed.number, "reason": ""})
    assert "Tertutup" in staff.get(f"/perkara/{world.case.pk}/").text
    page = client.get(f"/perkara/{world.case.pk}/").text
    assert "Tertutup" not in page
    assert sealed.number not in page
    assert "dihubungkan dengan perkara lain" not in page


def test_a_part_of_another_case_is_unknown_here(world: World) -> None:
    other = a_case(actor=world.people["staf"], title="Lain")
    client = world.client("sekretaris")
    for page in (
        f"kegiatan/{world.activity.pk}/perbarui/",
        f"angka/{world.figure.pk}/perbaiki/",
        f"dokumen/{world.document.pk}/",
        f"pihak/{world.party.pk}/",
    ):
        assert client.get(f"/perkara/{other.pk}/{page}").status_code == 404
