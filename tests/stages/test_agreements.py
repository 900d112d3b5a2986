"""Agreements bind their parties: recorded with terms, followed term by term, put right by a new record."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.postings.tables import Role
from konflik.cases.models import Case
from konflik.journal.models import JournalLine
from konflik.law.stages import Stage
from konflik.stages.models import Agreement, AgreementTerm
from konflik.stages.selectors import agreements_in_force, facts_on_file
from konflik.stages.services.agreements import BASIS, Term, correct_agreement, record_agreement, update_term
from konflik.stages.services.moves import UnlawfulMove
from konflik.stages.tables import AgreementKind, TermStatus
from tests.builders import DAY, HOUR, NOW, a_case, a_case_in, a_party, a_user, an_agreement, facts_for, some_terms
from tests.refusals import WHOLE, overtaken, refused
from tests.stages.test_moves import go

pytestmark = pytest.mark.django_db

LATER = NOW + HOUR
AGREED = date(2026, 11, 21)


@pytest.fixture
def clerk(db: None) -> Any:
    return a_user(Role.STAF_SEKRETARIAT)


@pytest.fixture
def case(clerk: Any) -> Case:
    return a_case(actor=clerk)


@pytest.fixture
def parties(case: Case, clerk: Any) -> list[Any]:
    return [a_party(case, name, actor=clerk) for name in ("Warga Bungku", "PT Kebun", "Pemdes")]


def last_line(case: Case) -> JournalLine:
    return JournalLine.objects.filter(case=case).order_by("-position").first()


@pytest.mark.parametrize("kind", AgreementKind)
def test_an_agreement_stands_with_its_parties_terms_and_article(case: Case, clerk: Any, parties: list[Any], kind: AgreementKind) -> None:
    terms = [Term(" Portal dibuka ", parties[0], date(2026, 12, 1)), Term("Ganti rugi dibayar")]
    agreed = some_terms(*parties, kind=kind, title=" Damai ", terms=terms, witnesses="Camat Bajubang")
    agreement = record_agreement(case=case, agreed=agreed, actor=clerk, now=NOW)
    assert (agreement.title, agreement.kind, set(agreement.parties.all())) == ("Damai", kind.value, set(parties))
    assert [(term.position, term.text, term.responsible, term.due_on, term.status) for term in agreement.terms.order_by("position")] == [
        (1, "Portal dibuka", parties[0], date(2026, 12, 1), "belum"),
        (2, "Ganti rugi dibayar", None, None, "belum"),
    ]
    line = last_line(case)
    assert (line.event, line.basis) == ("agreement_recorded", str(BASIS[kind]))
    assert line.payload["due"] == ["2026-12-01", None]
    assert line.detail.data["witnesses"] == "Camat Bajubang"


REFUSED = [
    ({"title": " "}, "title", "Isi judul kesepakatan."),
    ({"agreed_on": date(2026, 11, 23)}, "agreed_on", "Tanggal ini belum tiba."),
    ({"parties": "one"}, "parties", "Pilih paling sedikit dua pihak."),
    ({"parties": "one twice"}, "parties", "Pilih paling sedikit dua pihak."),
    ({"parties": "foreign"}, "parties", "Pilih pihak dari perkara ini."),
    ({"terms": []}, "terms", "Isi paling sedikit satu butir kesepakatan."),
    ({"terms": [Term("  ")]}, "terms", "Isi paling sedikit satu butir kesepakatan."),
    ({"terms": [Term("Ada"), Term(" ")]}, "terms", "Butir 2 kosong."),
    ({"terms": [Term("Ada", due_on=date(2026, 11, 20))]}, "terms", "Batas waktu butir 1 tidak boleh sebelum tanggal kesepakatan."),
    ({"terms": "stranger"}, "terms", "Pelaksana butir 1 harus salah satu pihak dalam kesepakatan ini."),
]


@pytest.mark.parametrize(("told", "field", "says"), REFUSED, ids=[f"{row[1]}-{index}" for index, row in enumerate(REFUSED)])
def test_an_agreement_is_refused_new_or_as_a_correction(
    case: Case, clerk: Any, parties: list[Any], told: dict[str, Any], field: str, says: str
) -> None:
    foreign = a_party(a_case(actor=clerk), actor=clerk)
    meant = {"one": parties[:1], "one twice": parties[:1] * 2, "foreign": [parties[0], foreign], "stranger": [Term("Ada", parties[2])]}
    told = {name: meant[value] if isinstance(value, str) and value in meant else value for name, value in told.items()}
    first = record_agreement(case=case, agreed=some_terms(*parties[:2]), actor=clerk, now=NOW)
    agreed = replace(some_terms(*parties[:2]), **told)
    with refused(field, says):
        record_agreement(case=case, agreed=agreed, actor=clerk, now=NOW)
    with refused(field, says):
        correct_agreement(agreement=first, agreed=agreed, reason="Salah.", actor=clerk, now=NOW)


def correct(agreement: Agreement, clerk: Any, *parties: Any, reason: str = "Salah tulis.", **told: Any) -> Agreement:
    return correct_agreement(agreement=agreement, agreed=some_terms(*parties, **told), reason=reason, actor=clerk, now=LATER)


def test_a_corrected_agreement_leaves_the_old_one_on_file_but_out_of_force(case: Case, clerk: Any, parties: list[Any]) -> None:
    first = record_agreement(case=case, agreed=some_terms(*parties), actor=clerk, now=NOW)
    second = correct(first, clerk, *parties, title="Kesepakatan Bungku")
    first.refresh_from_db()
    assert (second.corrects, second.correction_reason, first.title) == (first, "Salah tulis.", "Kesepakatan damai")
    assert list(agreements_in_force(case)) == [second]
    assert last_line(case).corrects == JournalLine.objects.get(case=case, event="agreement_recorded")
    with refused(WHOLE, "Kesepakatan ini sudah pernah diperbaiki."):
        correct(first, clerk, *parties)
    with refused("reason", "Tuliskan mengapa kesepakatan ini diperbaiki."):
        correct(second, clerk, *parties, reason=" ")


def test_what_was_followed_stays_followed_in_the_corrected_agreement(case: Case, clerk: Any, parties: list[Any]) -> None:
    first = record_agreement(case=case, agreed=some_terms(*parties, terms=[Term("Satu"), Term("Dua")]), actor=clerk, now=NOW)
    keep(first.terms.get(position=2), clerk, status=TermStatus.DIPENUHI, status_note="Kuitansi.")
    second = correct(first, clerk, *parties, terms=[Term("Dua"), Term("Satu, diperinci")])
    assert [(term.text, term.status, term.status_note) for term in second.terms.order_by("position")] == [
        ("Dua", "dipenuhi", "Kuitansi."),
        ("Satu, diperinci", "belum", ""),
    ]


def keep(term: AgreementTerm, clerk: Any, **told: Any) -> AgreementTerm:
    plain = {"status": TermStatus.DIPENUHI, "status_note": "", "seen_version": term.version}
    return update_term(**{"term": term, "actor": clerk, "now": LATER, **plain, **told})


def test_a_term_is_kept_or_broken_with_a_word_on_how(case: Case, clerk: Any, parties: list[Any]) -> None:
    term = record_agreement(case=case, agreed=some_terms(*parties), actor=clerk, now=NOW).terms.get()
    with refused("status_note", "Tuliskan bagaimana butir ini dilanggar."):
        keep(term, clerk, status=TermStatus.DILANGGAR)
    kept = keep(term, clerk, status=TermStatus.DILANGGAR, status_note="Portal dipasang lagi.")
    assert (kept.status, kept.version) == ("dilanggar", 2)
    line = last_line(case)
    assert (line.event, line.payload["status"], line.detail.data) == (
        "term_updated",
        ["belum", "dilanggar"],
        {"note": "Portal dipasang lagi."},
    )
    with overtaken(kept, status="dilanggar"):
        keep(term, clerk)
    case.refresh_from_db()
    assert case.updated_at == LATER


def test_a_term_of_a_corrected_agreement_is_followed_in_the_new_one(case: Case, clerk: Any, parties: list[Any]) -> None:
    first = record_agreement(case=case, agreed=some_terms(*parties), actor=clerk, now=NOW)
    term = first.terms.get()
    correct(first, clerk, *parties)
    with refused(WHOLE, "Kesepakatan ini sudah diperbaiki."):
        keep(term, clerk)


def test_only_an_agreement_in_force_lets_a_case_be_closed(clerk: Any) -> None:
    case = a_case_in(Stage.PEMULIHAN, actor=clerk)
    assert facts_on_file(case) == {"agreement_on_file": False}
    with refused("agreement_on_file", "Kesepakatan para pihak", UnlawfulMove):
        go(case, clerk, Stage.SELESAI)
    an_agreement(case, actor=clerk, kind=AgreementKind.PENGADILAN)
    assert facts_on_file(case) == {"agreement_on_file": True}
    case.refresh_from_db()
    go(case, clerk, Stage.SELESAI, facts_for("pemulihan", "selesai", at=NOW))
    assert Case.objects.get(pk=case.pk).stage == "selesai"


def test_an_agreement_of_today_may_fall_due_today(case: Case, clerk: Any, parties: list[Any]) -> None:
    today = AGREED + DAY
    terms = [Term("Hari ini", due_on=today)]
    assert record_agreement(case=case, agreed=some_terms(*parties, agreed_on=today, terms=terms), actor=clerk, now=NOW)


@pytest.mark.parametrize("table", [Agreement, AgreementTerm])
def test_the_database_guards_an_agreement(case: Case, clerk: Any, parties: list[Any], table: Any) -> None:
    record_agreement(case=case, agreed=some_terms(*parties), actor=clerk, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        table.objects.update(**({"kind": "rapat"} if table is Agreement else {"status": "entah"}))
