"""Parties, figures and notes: figures are never summed, never overwritten, one at most is authoritative."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.postings.tables import Role
from konflik.cases.models import Case, Figure
from konflik.cases.services import facts
from konflik.cases.tables import PartyKind, PartyRole
from konflik.journal.models import JournalLine
from konflik.law.figures import FIGURE_SOURCE_LABELS, MEASURED_IN_PARTS, FigureSource, Measure
from tests.builders import HOUR, NOW, a_case, a_count, a_figure, a_party, a_user
from tests.refusals import WHOLE, nothing_written, overtaken, refused

pytestmark = pytest.mark.django_db

LATER = NOW + HOUR


@pytest.fixture
def clerk(db: None) -> Any:
    return a_user(Role.STAF_SEKRETARIAT)


@pytest.fixture
def case(clerk: Any) -> Case:
    return a_case(actor=clerk)


def last_line(case: Case) -> JournalLine:
    return JournalLine.objects.filter(case=case).order_by("-position").first()


def correct(figure: Figure, clerk: Any, **told: Any) -> Figure:
    reason = told.pop("reason", "Salah hitung.")
    return facts.correct_figure(figure=figure, count=a_count(**told), reason=reason, actor=clerk, now=LATER)


def declare(figure: Figure, clerk: Any, reason: str = "Hasil verifikasi bersama.") -> Figure:
    return facts.declare_figure(figure=figure, reason=reason, actor=clerk, now=LATER)


# figures ------------------------------------------------------------------------------------------------------------------


def test_each_source_keeps_its_own_figure_and_nothing_is_summed(case: Case, clerk: Any) -> None:
    for source, value in ((FigureSource.POLRI, 3), (FigureSource.DINSOS, 5), (FigureSource.MEDIA, 40)):
        a_figure(case, actor=clerk, source=source, value=value)
    assert sorted((figure.source, figure.value) for figure in case.figures.all()) == [("dinsos", 5), ("media", 40), ("polri", 3)]
    assert not case.figures.filter(is_authoritative=True).exists()


def test_one_figure_of_a_measure_is_authoritative(case: Case, clerk: Any) -> None:
    police, social, dead = (
        a_figure(case, actor=clerk),
        a_figure(case, actor=clerk, source=FigureSource.DINSOS, value=5),
        a_figure(case, actor=clerk, measure=Measure.DEAD),
    )
    declare(dead, clerk)
    declare(police, clerk)
    declare(social, clerk)
    assert set(case.figures.filter(is_authoritative=True)) == {social, dead}
    assert last_line(case).payload["former"] == police.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Figure.objects.filter(pk=police.pk).update(is_authoritative=True)


def test_a_correction_is_a_new_row_that_names_the_old_one_and_inherits_the_mark(case: Case, clerk: Any) -> None:
    first = declare(a_figure(case, actor=clerk, value=3), clerk)
    second = correct(first, clerk, value=4)
    third = correct(second, clerk, value=2)
    first.refresh_from_db()
    assert (first.value, first.is_authoritative, second.corrects, third.corrects) == (3, False, first, second)
    assert [figure.pk for figure in case.figures.filter(is_authoritative=True)] == [third.pk]
    lines = JournalLine.objects.filter(case=case, event__startswith="figure_").order_by("position")
    assert [line.event for line in lines] == ["figure_recorded", "figure_declared", "figure_corrected", "figure_corrected"]
    assert [line.corrects for line in lines] == [None, None, lines[0], lines[2]]
    assert Decimal(lines[3].payload["before"]) == 4


def test_a_correction_of_the_measure_leaves_the_mark_behind(case: Case, clerk: Any) -> None:
    figure = declare(a_figure(case, actor=clerk), clerk)
    assert correct(figure, clerk, measure=Measure.SHOPS).is_authoritative is False
    assert not case.figures.filter(is_authoritative=True).exists()


def test_a_mark_given_meanwhile_is_not_lost_by_a_correction(case: Case, clerk: Any) -> None:
    figure = a_figure(case, actor=clerk)
    declare(Figure.objects.get(pk=figure.pk), clerk)
    assert figure.is_authoritative is False, "as somebody still has it on the screen"
    assert correct(figure, clerk, value=9).is_authoritative is True


def test_what_was_corrected_is_neither_corrected_again_nor_declared(case: Case, clerk: Any) -> None:
    figure = a_figure(case, actor=clerk)
    correct(figure, clerk, value=4)
    with refused("value", "Angka ini sudah pernah diperbaiki."):
        correct(figure, clerk, value=5)
    with refused(WHOLE, "Angka ini sudah diperbaiki."):
        declare(figure, clerk)


REFUSED_COUNTS = [
    ({"value": -1}, "value", "Angka tidak boleh kurang dari nol."),
    ({"value": "2.5"}, "value", "Isi dengan bilangan bulat, tanpa koma."),
    ({"value": 10**14}, "value", "Angka ini terlalu besar."),
    ({"as_of": LATER + HOUR}, "as_of", "Waktu ini belum terjadi."),
]


@pytest.mark.parametrize(("told", "field", "says"), REFUSED_COUNTS, ids=[row[2][:30] for row in REFUSED_COUNTS])
def test_a_count_is_refused_new_or_as_a_correction(case: Case, clerk: Any, told: dict[str, Any], field: str, says: str) -> None:
    figure = a_figure(case, actor=clerk, source=FigureSource.MEDIA)
    with refused(field, says):
        a_figure(case, actor=clerk, now=LATER, **told)
    with refused(field, says):
        correct(figure, clerk, **told)


def test_the_same_count_of_the_same_source_is_refused_twice(case: Case, clerk: Any) -> None:
    a_figure(case, actor=clerk)
    with refused("as_of", "Angka dari sumber ini untuk waktu yang sama sudah dicatat."):
        a_figure(case, actor=clerk, value=4)
    a_figure(case, actor=clerk, as_of=NOW - 2 * HOUR)
    a_figure(a_case(actor=clerk), actor=clerk)


def test_people_and_things_are_counted_whole_land_and_money_in_parts(case: Case, clerk: Any) -> None:
    for measure in Measure:
        for hours, value in enumerate(["0", "0.25", "99999999999999"]):
            as_of = NOW - hours * HOUR
            if value == "0.25" and measure not in MEASURED_IN_PARTS:
                with pytest.raises(ValidationError, match="Isi dengan bilangan bulat"):
                    a_figure(case, actor=clerk, measure=measure, value=value, as_of=as_of)
            else:
                figure = a_figure(case, actor=clerk, measure=measure, value=value, as_of=as_of)
                figure.refresh_from_db()
                assert figure.value == Decimal(value)
    assert sorted(MEASURED_IN_PARTS) == ["land_hectares", "loss_rupiah"]


def test_reasons_are_asked_for(case: Case, clerk: Any) -> None:
    figure = a_figure(case, actor=clerk)
    with refused("reason", "Tuliskan mengapa angka ini diperbaiki."):
        correct(figure, clerk, value=4, reason=" ")
    with refused("reason", "Tuliskan dasar penetapan angka resmi."):
        declare(figure, clerk, reason="")


def test_a_source_may_say_where_it_stands_written(case: Case, clerk: Any) -> None:
    a_figure(case, actor=clerk, source_note="LP/B/12/XI/2026")
    line = last_line(case)
    assert line.detail.data == {"source_note": "LP/B/12/XI/2026"}
    assert (line.payload["source"], line.occurred_at) == ("polri", NOW - HOUR)
    assert FIGURE_SOURCE_LABELS[FigureSource.POLRI] == "Polres/Polsek"


# parties ------------------------------------------------------------------------------------------------------------------


def amend(party: Any, clerk: Any, **changes: Any) -> Any:
    return facts.amend_party(party=party, seen_version=party.version, changes=changes, actor=clerk, now=LATER)


def test_both_sides_have_their_claim_and_their_version(case: Case, clerk: Any) -> None:
    village = a_party(case, " Warga Bungku ", actor=clerk, claim="Ganti rugi", account="Kebun digusur.")
    company = a_party(case, "PT Kebun", actor=clerk, kind=PartyKind.COMPANY, role=PartyRole.RESPONDENT, account="Lahan HGU.")
    assert (village.name, village.role, company.kind) == ("Warga Bungku", "claimant", "company")
    line = last_line(case)
    assert line.payload == {"party": company.pk, "kind": "company", "role": "respondent"}
    assert line.detail.data["account"] == "Lahan HGU."


def test_a_party_is_amended_with_the_values_before_and_after(case: Case, clerk: Any) -> None:
    party = a_party(case, "Warga", actor=clerk)
    changed = amend(party, clerk, name=" Warga Bungku ", role=PartyRole.AFFECTED, kind="group")
    assert (changed.name, changed.role, changed.version) == ("Warga Bungku", "affected", 2)
    assert last_line(case).payload == {"party": party.pk, "fields": ["name", "role"]}
    assert last_line(case).detail.data == {"name": ["Warga", "Warga Bungku"], "role": ["claimant", "affected"]}
    with overtaken(changed, name="Warga Bungku"):
        amend(party, clerk, claim="Lain")
    with nothing_written():
        amend(changed, clerk, name="Warga Bungku ")


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"name": ""}, "name", "Isi nama pihak."),
        ({"name": "pt KEBUN "}, "name", "Pihak dengan nama ini sudah dicatat pada perkara ini."),
        ({"role": "hakim"}, "role", "Pilih dari daftar."),
        ({"kind": "orang"}, "kind", "Pilih dari daftar."),
        ({"case": 1}, WHOLE, "Kolom ini tidak dapat diubah di sini: case."),
    ],
)
def test_an_amended_party_is_refused(case: Case, clerk: Any, changes: dict[str, Any], field: str, says: str) -> None:
    a_party(case, "PT Kebun", actor=clerk)
    party = a_party(case, "Warga", actor=clerk)
    with refused(field, says):
        amend(party, clerk, **changes)


@pytest.mark.parametrize(("name", "says"), [("  ", "Isi nama pihak."), (" warga ", "Pihak dengan nama ini sudah dicatat")])
def test_a_new_party_is_refused(case: Case, clerk: Any, name: str, says: str) -> None:
    a_party(case, "Warga", actor=clerk)
    with refused("name", says):
        facts.add_party(case=case, kind=PartyKind.GROUP, name=name, role=PartyRole.CLAIMANT, actor=clerk, now=NOW)


# notes --------------------------------------------------------------------------------------------------------------------


def test_a_note_stands_in_the_history_and_may_name_the_line_it_puts_right(case: Case, clerk: Any) -> None:
    first = facts.add_note(case=case, text=" Rapat jam 9. ", actor=clerk, now=NOW)
    second = facts.add_note(case=case, text="Rapat jam 10.", actor=clerk, now=LATER, corrects=first)
    assert first.detail.data == {"text": "Rapat jam 9."}
    assert second.corrects == first
    case.refresh_from_db()
    assert (case.updated_at, case.version) == (LATER, 1)


def test_a_note_is_refused(case: Case, clerk: Any) -> None:
    foreign = facts.add_note(case=a_case(actor=clerk), text="Lain", actor=clerk, now=NOW)
    with refused("text", "Tuliskan catatannya."):
        facts.add_note(case=case, text=" ", actor=clerk, now=NOW)
    with refused(WHOLE, "Baris yang diperbaiki bukan milik perkara ini."):
        facts.add_note(case=case, text="Perbaikan", actor=clerk, now=NOW, corrects=foreign)


ADDITIONS: list[Callable[[Case, Any], object]] = [
    lambda case, clerk: a_party(case, actor=clerk, now=LATER),
    lambda case, clerk: a_figure(case, actor=clerk, now=LATER),
    lambda case, clerk: facts.add_note(case=case, text="Catatan", actor=clerk, now=LATER),
]


@pytest.mark.parametrize("add", ADDITIONS, ids=["party", "figure", "note"])
def test_what_is_added_marks_the_case_as_living_and_never_turns_its_clock_back(
    case: Case, clerk: Any, add: Callable[[Case, Any], object]
) -> None:
    add(case, clerk)
    case.refresh_from_db()
    assert case.updated_at == LATER
    facts.add_note(case=case, text="Susulan", actor=clerk, now=NOW)
    case.refresh_from_db()
    assert case.updated_at == LATER
