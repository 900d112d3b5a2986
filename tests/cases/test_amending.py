"""Changing what a case says of itself: each service, each refusal, the version it saw, and the counts that follow."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.access.tables import ROLE_ACTS, ROLE_CLEARANCE, Act
from accounts.postings.tables import Role
from forums.bodies.models import Body
from konflik.cases.models import Case, CaseLink
from konflik.cases.services import amending, assigning, deciding
from konflik.cases.services.opening import MAY_NOT_OPEN
from konflik.cases.tables import LinkKind
from konflik.counts.models import MonthCell
from konflik.counts.selectors import deviations
from konflik.counts.services import fold
from konflik.journal.models import JournalLine
from konflik.law.qualifications import Qualification
from konflik.law.secrecy import Secrecy
from konflik.law.severity import Severity
from konflik.law.sources import Source
from konflik.law.stages import Stage
from konflik.stages.services.moves import reverse_move
from konflik.versions import StaleVersion
from tests.builders import (
    BAJUBANG,
    BATANGHARI,
    BUNGKU,
    DAY,
    HOUR,
    JAMBI,
    MUARO_JAMBI,
    NOW,
    PASER,
    a_case,
    a_case_in,
    a_user,
    an_institution,
    an_issue,
    moved,
    region,
)
from tests.refusals import WHOLE, nothing_written, overtaken, refused

pytestmark = pytest.mark.django_db

LATER = NOW + HOUR


@pytest.fixture
def clerk(db: None) -> Any:
    return a_user(Role.SEKRETARIS_TIM)


@pytest.fixture
def case(clerk: Any) -> Case:
    return a_case(actor=clerk, opened_at=NOW - DAY)


def last_line(case: Case) -> JournalLine:
    return JournalLine.objects.filter(case=case).order_by("-position").first()


def amend(case: Case, clerk: Any, changes: dict[str, Any], **told: Any) -> Case:
    told = {"seen_version": case.version, "now": LATER, **told}
    return amending.amend_case(case=case, changes=changes, actor=clerk, **told)


def qualify(case: Case, clerk: Any, **told: Any) -> Case:
    plain = {
        "qualification": Qualification.KONFLIK,
        "decided_by": "Rapat Tim Terpadu",
        "decided_at": NOW,
        "reason": "Dua kelompok, berkepanjangan.",
    }
    return deciding.qualify_case(**{"case": case, "seen_version": case.version, "actor": clerk, "now": LATER, **plain, **told})


def grade(case: Case, clerk: Any, **told: Any) -> Case:
    plain = {"level": Severity.CRITICAL, "since": NOW, "reason": "Massa bertambah."}
    return deciding.set_severity(**{"case": case, "seen_version": case.version, "actor": clerk, "now": LATER, **plain, **told})


def classify(case: Case, clerk: Any, **told: Any) -> Case:
    plain = {"secrecy": Secrecy.RAHASIA, "reason": "Korban anak."}
    return deciding.classify_case(**{"case": case, "seen_version": case.version, "actor": clerk, "now": LATER, **plain, **told})


def assign(case: Case, clerk: Any, **told: Any) -> Case:
    plain = {"handler": clerk, "institution": told.get("institution") or an_institution(), "reason": "Sesuai disposisi."}
    return assigning.assign_handler(**{"case": case, "seen_version": case.version, "actor": clerk, "now": LATER, **plain, **told})


def relocate(case: Case, clerk: Any, **told: Any) -> Case:
    plain = {"places": [region(BATANGHARI), region(MUARO_JAMBI)]}
    return amending.set_places(**{"case": case, "seen_version": case.version, "actor": clerk, "now": LATER, **plain, **told})


def reopen_at(case: Case, clerk: Any, **told: Any) -> Case:
    plain = {"opened_at": NOW - 2 * DAY, "reason": "Salah ketik tanggal."}
    return amending.correct_opening(**{"case": case, "seen_version": case.version, "actor": clerk, "now": LATER, **plain, **told})


def retitle(case: Case, clerk: Any, **told: Any) -> Case:
    return amend(case, clerk, {"title": "Judul lain"}, **told)


CHANGES: list[Callable[..., Case]] = [retitle, qualify, grade, classify, assign, relocate, reopen_at]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_is_one_line_one_version_and_true_counts(case: Case, clerk: Any, change: Callable[..., Case]) -> None:
    an_institution()
    lines = JournalLine.objects.count()
    changed = change(case, clerk)
    assert changed.version == case.version + 1
    assert changed.updated_at == LATER
    assert JournalLine.objects.count() == lines + 1
    assert last_line(case).actor == clerk
    assert deviations() == []


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_who_comes_too_late_is_told_what_stands_and_changes_nothing(case: Case, clerk: Any, change: Callable[..., Case]) -> None:
    Case.objects.get(pk=case.pk)
    current = amend(case, clerk, {"chronology": "Ditulis rekan lebih dahulu."})
    with overtaken(current, chronology="Ditulis rekan lebih dahulu.", version=2):
        change(case, clerk)
    with overtaken(current, version=2):
        change(current, clerk, seen_version=1)


# amend_case -----------------------------------------------------------------------------------------------------------


def test_amending_writes_text_beside_the_line_and_codes_into_it(case: Case, clerk: Any) -> None:
    parent = a_case(actor=clerk)
    changed = amend(case, clerk, {"title": " Judul baru ", "source": "b", "issue_type": an_issue("agama"), "parent": parent})
    changed.refresh_from_db()
    assert (changed.title, changed.source, changed.issue_type_id, changed.parent) == ("Judul baru", "b", "agama", parent)
    assert last_line(case).payload == {"fields": ["parent"], "parent": [None, parent.pk]}, "a line of its own: not everybody may see it"
    line = JournalLine.objects.filter(case_id=case.pk).order_by("-position")[1]
    assert line.payload == {"fields": ["issue_type", "source", "title"], "source": ["d", "b"], "issue_type": ["lahan", "agama"]}
    assert line.detail.data == {"title": [case.title, "Judul baru"]}
    assert deviations() == []


@pytest.mark.parametrize(
    "changes", [{}, {"title": "Sengketa lahan 1"}, {"title": "  Sengketa lahan 1 "}, {"source": Source.SUMBER_DAYA_ALAM}]
)
def test_what_does_not_differ_is_not_written(case: Case, clerk: Any, changes: dict[str, Any]) -> None:
    with nothing_written():
        assert amend(case, clerk, changes) == case


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"title": " "}, "title", "Bagian ini tidak boleh kosong."),
        ({"chronology": ""}, "chronology", "Bagian ini tidak boleh kosong."),
        ({"source": "z"}, "source", "Pilih satu dari lima sumber konflik."),
        ({"stage": "selesai"}, WHOLE, "Kolom ini tidak dapat diubah di sini: stage."),
        ({"number": "1", "version": 7}, WHOLE, "Kolom ini tidak dapat diubah di sini: number, version."),
    ],
)
def test_an_amendment_is_refused(case: Case, clerk: Any, changes: dict[str, Any], field: str, says: str) -> None:
    with refused(field, says):
        amend(case, clerk, changes)


def test_no_case_is_its_own_ancestor(case: Case, clerk: Any) -> None:
    child = a_case(actor=clerk, parent=case)
    grandchild = a_case(actor=clerk, parent=child)
    for descendant in (case, child, grandchild):
        with refused("parent", "Perkara tidak boleh menjadi induk dari dirinya sendiri."):
            amend(case, clerk, {"parent": descendant})
    assert amend(grandchild, clerk, {"parent": None}).parent is None


def test_a_satgas_is_named_and_taken_away(case: Case, clerk: Any) -> None:
    satgas = Body.objects.create(
        kind="satgas", name="Satgas Bungku", region=region(BATANGHARI), legal_basis="UU 7/2012", valid_from=NOW.date()
    )
    named = amend(case, clerk, {"satgas": satgas})
    assert last_line(case).payload["satgas"] == [None, satgas.pk]
    assert amend(named, clerk, {"satgas": None}).satgas is None


# counts follow what the case says of itself -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda case, clerk: amend(case, clerk, {"source": "a"}),
        lambda case, clerk: amend(case, clerk, {"issue_type": an_issue("agama")}),
        classify,
        grade,
        relocate,
    ],
    ids=["source", "issue", "class", "severity", "place"],
)
def test_months_already_counted_follow_the_case(clerk: Any, change: Callable[..., Case]) -> None:
    case = a_case_in(Stage.PEMULIHAN, actor=clerk)
    change(case, clerk)
    assert deviations() == []
    # What is counted now in the new cells can still be taken back from them.
    case.refresh_from_db()
    reverse_move(move=case.moves.last(), reason="Salah klik.", seen_version=case.version, actor=clerk, now=LATER)
    case.refresh_from_db()
    reopen_at(case, clerk)
    assert deviations() == []


def test_a_case_that_is_sealed_leaves_the_open_cells(case: Case, clerk: Any) -> None:
    classify(case, clerk)
    fold()
    assert MonthCell.objects.exists()
    assert not MonthCell.objects.filter(secrecy__lt=Secrecy.RAHASIA, number__gt=0).exists()


# correct_opening --------------------------------------------------------------------------------------------------------


def test_a_corrected_opening_names_the_first_line_and_carries_the_stage_along(case: Case, clerk: Any) -> None:
    changed = reopen_at(case, clerk)
    assert (changed.opened_at, changed.stage_since, changed.is_late_entry) == (NOW - 2 * DAY, NOW - 2 * DAY, True)
    assert changed.number == case.number
    line = last_line(case)
    assert line.event == "case_corrected"
    assert line.corrects == JournalLine.objects.get(case=case, event="case_opened")
    assert line.detail.data == {"reason": "Salah ketik tanggal."}
    assert reopen_at(changed, clerk, opened_at=NOW - HOUR).is_late_entry is False


def test_an_opening_corrected_twice_still_knows_when_its_first_stage_began(case: Case, clerk: Any) -> None:
    for opened_at in (NOW - 3 * DAY, NOW - DAY, NOW - 2 * DAY):
        case = reopen_at(case, clerk, opened_at=opened_at)
    moved(case, Stage.PENGHENTIAN, actor=clerk, now=LATER)
    case = reverse_move(move=case.moves.get(), reason="Salah klik.", seen_version=case.version, actor=clerk, now=LATER).case
    assert (case.opened_at, case.stage_since) == (NOW - 2 * DAY, NOW - 2 * DAY)


def test_the_opening_of_a_case_entered_mid_way_leaves_its_stage_where_it_began(clerk: Any) -> None:
    case = a_case(actor=clerk, stage=Stage.PENGHENTIAN, opened_at=NOW - 5 * DAY, stage_since=NOW - 3 * DAY)
    case = reopen_at(case, clerk, opened_at=NOW - 4 * DAY)
    assert case.stage_since == NOW - 3 * DAY
    with refused("opened_at", "Perkara tidak dapat dibuka sesudah tahapnya dimulai"):
        reopen_at(case, clerk, opened_at=NOW - 2 * DAY)


def test_a_closed_case_that_never_moved_closes_with_its_corrected_opening(clerk: Any) -> None:
    case = a_case(actor=clerk, stage=Stage.SELESAI, opened_at=NOW - 5 * DAY)
    case = reopen_at(case, clerk, opened_at=NOW - 4 * DAY)
    assert case.opened_at == case.stage_since == case.closed_at == NOW - 4 * DAY


@pytest.mark.parametrize("at", [NOW - 3 * DAY, NOW - DAY])
def test_no_case_is_opened_after_a_stage_it_has_left(case: Case, clerk: Any, at: Any) -> None:
    case = reopen_at(case, clerk, opened_at=NOW - 5 * DAY)
    moved(case, Stage.PENGHENTIAN, actor=clerk, at=NOW - 4 * DAY)
    moved(case, Stage.PEMULIHAN, actor=clerk, at=NOW - DAY)
    with refused("opened_at", "Perkara tidak dapat dibuka sesudah tahapnya dimulai atau berpindah."):
        reopen_at(case, clerk, opened_at=at)


def test_a_case_that_moved_at_the_instant_it_was_opened_keeps_its_stage_there(case: Case, clerk: Any) -> None:
    moved(case, Stage.PENGHENTIAN, actor=clerk, at=case.opened_at)
    changed = reopen_at(case, clerk)
    assert changed.stage_since == case.opened_at > changed.opened_at


@pytest.mark.parametrize(
    ("told", "field", "says"),
    [
        ({"reason": " "}, "reason", "Tuliskan mengapa waktu pembukaan diperbaiki."),
        ({"opened_at": LATER + HOUR}, "opened_at", "Waktu ini belum terjadi."),
        ({"opened_at": LATER}, "opened_at", "Perkara tidak dapat dibuka sesudah dicatat."),
    ],
)
def test_a_correction_of_the_opening_is_refused(case: Case, clerk: Any, told: dict[str, Any], field: str, says: str) -> None:
    with refused(field, says):
        reopen_at(case, clerk, **told)


# places, qualification, severity, class, handler -------------------------------------------------------------------------


def test_places_are_replaced_and_the_first_leads(case: Case, clerk: Any) -> None:
    relocate(case, clerk)
    assert [(place.region_id, place.is_leading) for place in case.places.order_by("-is_leading")] == [
        (BATANGHARI, True),
        (MUARO_JAMBI, False),
    ]
    assert last_line(case).payload == {"places": [[BUNGKU], [BATANGHARI, MUARO_JAMBI]]}


@pytest.mark.parametrize(
    ("codes", "says"),
    [
        ([], "Pilih paling sedikit satu wilayah."),
        ([PASER], "Wilayah utama harus tetap dalam kabupaten/kota yang memberi nomor perkara."),
        ([PASER, BUNGKU], "Wilayah utama harus tetap"),
        ([BUNGKU, BUNGKU], "Satu wilayah terpilih dua kali."),
        (["15"], "Pilih kabupaten/kota, kecamatan, atau desa"),
    ],
)
def test_places_are_refused(case: Case, clerk: Any, codes: list[str], says: str) -> None:
    with refused("places", says):
        relocate(case, clerk, places=[region(code) for code in codes])


def test_a_qualification_says_who_decided_and_why(case: Case, clerk: Any) -> None:
    changed = qualify(case, clerk)
    assert changed.qualification == "konflik"
    decision = changed.qualifications.order_by("-pk").first()
    assert (decision.decided_by, decision.decided_at, decision.recorded_by) == ("Rapat Tim Terpadu", NOW, clerk)
    line = last_line(case)
    assert (line.basis, line.occurred_at) == ("UU 7/2012 Pasal 1", NOW)
    assert line.payload == {"decided": "konflik", "qualification": ["potensi", "konflik"]}


def test_an_old_decision_entered_late_does_not_undo_a_newer_one(case: Case, clerk: Any) -> None:
    changed = qualify(case, clerk, decided_at=NOW)
    changed = qualify(changed, clerk, qualification=Qualification.PERISTIWA, decided_at=NOW - HOUR)
    assert changed.qualification == "konflik"
    assert changed.qualifications.count() == 3


def test_an_old_severity_entered_late_does_not_undo_a_newer_one(case: Case, clerk: Any) -> None:
    changed = grade(case, clerk, level=Severity.HIGH, since=NOW)
    changed = grade(changed, clerk, level=Severity.CRITICAL, since=NOW - HOUR)
    assert changed.severity == Severity.HIGH
    assert [entry.level for entry in changed.severities.order_by("since")] == [Severity.LOW, Severity.CRITICAL, Severity.HIGH]
    assert deviations() == []


def test_a_class_changes_with_its_article_and_the_number_stays(case: Case, clerk: Any) -> None:
    changed = classify(case, clerk)
    assert (changed.secrecy, changed.number, changed.series) == (Secrecy.RAHASIA, case.number, "terbuka")
    assert last_line(case).basis == "UU 43/2009 Pasal 40 ayat (4)"


def test_a_hand_over_keeps_the_former_handler_in_the_history(case: Case, clerk: Any) -> None:
    changed = assign(case, clerk)
    dinas = an_institution("Dinas Sosial")
    changed = assign(changed, clerk, handler=None, institution=dinas)
    assert (changed.handler, changed.handler_institution) == (None, dinas)
    told = {"handler": [clerk.pk, None], "institution": [an_institution().pk, dinas.pk], "unreached": ["penanggung_jawab"], "reached": 1}
    assert last_line(case).payload == told, "nobody stands for the agency: the line says so, and that the secretary heard of it"


BEFORE_OPENING = NOW - 2 * DAY
REFUSED = [
    (qualify, {"reason": ""}, "reason", "Tuliskan alasan kualifikasi."),
    (qualify, {"decided_by": "  "}, "decided_by", "Tuliskan jabatan atau forum yang memutuskan."),
    (qualify, {"decided_at": LATER + HOUR}, "decided_at", "Waktu ini belum terjadi."),
    (qualify, {"decided_at": BEFORE_OPENING}, "decided_at", "Waktu ini sebelum perkara dibuka."),
    (grade, {"reason": ""}, "reason", "Tuliskan alasan penilaian."),
    (grade, {"since": LATER + HOUR}, "since", "Waktu ini belum terjadi."),
    (grade, {"since": BEFORE_OPENING}, "since", "Waktu ini sebelum perkara dibuka."),
    (classify, {"reason": ""}, "reason", "Tuliskan alasan perubahan kelas."),
    (classify, {"secrecy": Secrecy.TERBATAS}, "secrecy", "Perkara ini sudah berada pada kelas tersebut."),
    (assign, {"reason": ""}, "reason", "Tuliskan alasan penyerahan."),
]


@pytest.mark.parametrize(("change", "told", "field", "says"), REFUSED, ids=[f"{row[0].__name__}-{row[2]}-{row[3][:20]}" for row in REFUSED])
def test_a_judgement_is_refused(case: Case, clerk: Any, change: Callable[..., Case], told: dict[str, Any], field: str, says: str) -> None:
    with refused(field, says):
        change(case, clerk, **told)


# links -------------------------------------------------------------------------------------------------------------------


def link(case: Case, other: Case, clerk: Any) -> CaseLink:
    return assigning.link_cases(case=case, other=other, kind=LinkKind.CONTINUES, reason="Lokasi sama.", actor=clerk, now=LATER)


def test_two_cases_are_linked_once_in_either_direction(case: Case, clerk: Any) -> None:
    other = a_case(actor=clerk)
    link(case, other, clerk)
    assert last_line(case).payload == {"other": other.pk, "kind": "continues"}
    assert last_line(other).payload == {"other": case.pk, "kind": "continues", "from_other": True}
    for one, two in ((case, other), (other, case)):
        with refused("other", "Kedua perkara ini sudah dihubungkan."):
            link(one, two, clerk)
    with refused("other", "Pilih perkara lain."):
        link(case, case, clerk)


@pytest.mark.parametrize(("one", "two"), [("biasa", "biasa"), ("biasa", "rahasia"), ("rahasia", "biasa")])
def test_both_files_tell_of_a_link_but_none_of_what_was_written_in_a_more_secret_one(clerk: Any, one: str, two: str) -> None:
    case, other = (a_case(actor=clerk, secrecy=Secrecy[name.upper()]) for name in (one, two))
    assigning.link_cases(case=case, other=other, kind=LinkKind.RELATED, reason="Pelaku sama.", actor=clerk, now=LATER)
    for row, is_told in ((case, True), (other, case.secrecy <= other.secrecy)):
        row.refresh_from_db()
        assert (row.updated_at, row.version) == (NOW, 1), "who sees one of the two sees nothing move"
        assert hasattr(last_line(row), "detail") == is_told
    assert deviations() == []


# A class above one's own clearance -------------------------------------------------------------------------------------

SEATS = {Role.PENGAMAT_PROVINSI: JAMBI, Role.CAMAT: BAJUBANG, Role.PELAPOR_LAPANGAN: BAJUBANG}
ABOVE = "Kelas ini di atas kewenangan Anda."


@pytest.mark.parametrize("secrecy", Secrecy)
@pytest.mark.parametrize("role", Role)
def test_nobody_puts_a_case_above_the_own_clearance_whoever_calls(case: Case, role: Role, secrecy: Secrecy) -> None:
    person = a_user(role, SEATS.get(role, BATANGHARI))
    if secrecy > ROLE_CLEARANCE[role]:
        with refused("secrecy", ABOVE):
            a_case(actor=person, secrecy=secrecy)
    elif Act.OPEN_CASE not in ROLE_ACTS[role]:
        with refused("places", MAY_NOT_OPEN):
            a_case(actor=person, secrecy=secrecy)
    else:
        assert a_case(actor=person, secrecy=secrecy).secrecy == secrecy
    if secrecy == case.secrecy:
        return
    if secrecy > ROLE_CLEARANCE[role]:
        with refused("secrecy", ABOVE):
            classify(case, person, secrecy=secrecy)
    else:
        assert classify(case, person, secrecy=secrecy).secrecy == secrecy


def test_a_clearance_in_another_kabupaten_counts_for_nothing(case: Case) -> None:
    stranger = a_user(Role.SEKRETARIS_TIM, PASER)
    with refused("secrecy", ABOVE):
        classify(case, stranger)
    with refused("secrecy", ABOVE):
        a_case(actor=stranger)


def test_of_two_clerks_who_give_a_parent_the_second_is_told_though_no_version_moved(case: Case, clerk: Any) -> None:
    one, two = a_case(actor=clerk), a_case(actor=clerk)
    as_seen = Case.objects.get(pk=case.pk)
    changed = amend(case, clerk, {"parent": one})
    assert (changed.parent, changed.version, changed.updated_at) == (one, case.version, case.updated_at)
    with pytest.raises(StaleVersion):
        amend(as_seen, clerk, {"parent": two})
    assert Case.objects.get(pk=case.pk).parent == one


def test_two_clerks_cannot_make_each_case_the_parent_of_the_other(clerk: Any) -> None:
    one, two = a_case(actor=clerk), a_case(actor=clerk)
    as_seen = Case.objects.get(pk=two.pk)  # what the second clerk holds in hand since before the first one saved
    amend(one, clerk, {"parent": two})

    with refused("parent", "Perkara tidak boleh menjadi induk"):
        amend(as_seen, clerk, {"parent": one})
    third = a_case(actor=clerk)
    assert amend(third, clerk, {"parent": one}).parent == one
