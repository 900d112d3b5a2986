"""`manage.py erase_detail`: the words go, the line and the chain stay, and the history says so."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.postings.tables import Role
from konflik.cases.models import Case
from konflik.desk.selectors.history import history_page
from konflik.journal.models import JournalDetail, JournalLine
from konflik.journal.selectors import breaks
from tests.builders import BATANGHARI, NOW, PASER, a_case, a_party, a_user

pytestmark = pytest.mark.django_db
WHY = "Permintaan nomor 12"


@pytest.fixture
def clerk(db: None) -> Any:
    return a_user(Role.STAF_SEKRETARIAT, name="staf")


@pytest.fixture
def case(clerk: Any) -> Case:
    case = a_case(actor=clerk)
    a_party(case, "Seseorang", actor=clerk)
    return case


def line_of(case: Case) -> JournalLine:
    return JournalLine.objects.get(case=case, event="party_added")


def erase(case: Case, clerk: Any, *more: str, position: int = 0, **instead: str) -> str:
    out = StringIO()
    told = {"oleh": clerk.username, "alasan": WHY, **instead}
    options = [f"--{name}={value}" for name, value in told.items()]
    call_command("erase_detail", case.number, str(position or line_of(case).position), *options, *more, stdout=out)
    return out.getvalue()


def test_the_words_go_and_the_history_says_who_and_why(case: Case, clerk: Any) -> None:
    line = line_of(case)
    assert "dihapus" in erase(case, clerk, "--hapus")
    assert not JournalDetail.objects.filter(line=line).exists()
    told = JournalLine.objects.get(case=case, event="detail_erased")
    assert (told.actor, told.payload["position"], told.basis) == (clerk, line.position, "UU 27/2022 Pasal 43")
    assert "Seseorang" not in str(told.payload) + str(told.detail.data)
    assert list(breaks()) == []
    (text,) = [item.text for item in history_page(case, clerk, at=NOW, size=50).items if item.line.event == "detail_erased"]
    assert text == f"Rincian baris {line.position} (Pihak dicatat) dihapus atas permintaan yang sah. Alasan: {WHY}."


def test_without_the_last_word_nothing_goes_and_nothing_is_shown(case: Case, clerk: Any) -> None:
    before = JournalLine.objects.count()
    said = erase(case, clerk)
    assert "Tambahkan --hapus" in said
    assert "Seseorang" not in said
    assert JournalDetail.objects.filter(line=line_of(case)).exists()
    assert JournalLine.objects.count() == before


def test_what_cannot_be_is_refused_with_nothing_written(case: Case, clerk: Any) -> None:
    before = JournalLine.objects.count()
    for told, says in (
        ({"position": 99}, "tidak memiliki baris 99"),
        ({"oleh": "siapa"}, "Tidak ada pengguna aktif"),
        ({"alasan": " "}, "Tuliskan alasan penghapusan"),
    ):
        with pytest.raises(CommandError, match=says):
            erase(case, clerk, "--hapus", **told)
    with pytest.raises(CommandError, match="Tidak ada perkara bernomor"):
        call_command("erase_detail", "300/999", "1", "--oleh=staf", f"--alasan={WHY}")
    assert JournalLine.objects.count() == before
    erase(case, clerk, "--hapus")
    with pytest.raises(CommandError, match="sudah dihapus"):
        erase(case, clerk, "--hapus")
    assert JournalLine.objects.count() == before + 1


def test_a_number_that_two_kabupaten_have_is_not_guessed(case: Case, clerk: Any) -> None:
    other = a_case(actor=a_user(Role.STAF_SEKRETARIAT, PASER), at=(PASER,))
    party = a_party(other, "Orang lain", actor=other.recorded_by)
    assert (other.number, other.kabupaten_id) == (case.number, PASER)
    before = JournalDetail.objects.count()
    with pytest.raises(CommandError, match=r"ada di beberapa wilayah: 15\.04 .*64\.01"):
        erase(case, clerk, "--hapus")
    with pytest.raises(CommandError, match="di wilayah 16"):
        erase(case, clerk, "--hapus", wilayah="16.07")
    assert JournalDetail.objects.count() == before
    erase(case, clerk, "--hapus", wilayah=BATANGHARI)
    assert not JournalDetail.objects.filter(line=line_of(case)).exists()
    assert JournalDetail.objects.filter(line=line_of(other)).exists(), party
