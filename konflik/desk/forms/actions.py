"""The one table of what can be done to a case. The team pages and the admin draw the same rows."""

from typing import Any

from django.db.models import QuerySet

from konflik.cases.models import AccessGrant, Case, Figure, Party
from konflik.desk.forms.access import GrantForm, RevokeForm
from konflik.desk.forms.acting import CaseAction
from konflik.desk.forms.activities import CorrectActivityForm, PlanForm, UpdateActivityForm
from konflik.desk.forms.agreements import AgreementForm, CorrectAgreementForm, TermForm
from konflik.desk.forms.amending import AmendForm, CorrectOpeningForm, PlacesForm
from konflik.desk.forms.assigning import HandlerForm, LinkForm
from konflik.desk.forms.deciding import ClassifyForm, QualifyForm, SeverityForm
from konflik.desk.forms.facts import AddPartyForm, AmendPartyForm, CorrectFigureForm, DeclareFigureForm, DocumentForm, FigureForm, NoteForm
from konflik.desk.forms.moves import CorrectMoveForm, MoveForm, ReverseMoveForm
from konflik.desk.forms.status_actions import STATUS_ACTIONS
from konflik.law.stages import Stage
from konflik.stages.models import Activity, Agreement, AgreementTerm, StageMove


def _target(kwargs: dict[str, Any]) -> dict[str, Any] | None:
    """The stage named in the address; None where no such stage exists."""
    return {"target": Stage(kwargs["target"])} if kwargs["target"] in {stage.value for stage in Stage} else None


def _figures(case: Case) -> QuerySet[Figure]:
    return Figure.objects.filter(case=case)


def _activities(case: Case) -> QuerySet[Activity]:
    return Activity.objects.filter(case=case).select_related("case__kabupaten", "institution")


def _terms(case: Case) -> QuerySet[AgreementTerm]:
    return AgreementTerm.objects.filter(agreement__case=case).select_related("agreement__case")


def _agreements(case: Case) -> QuerySet[Agreement]:
    return Agreement.objects.filter(case=case).select_related("case")


def _parties(case: Case) -> QuerySet[Party]:
    return Party.objects.filter(case=case).select_related("case")


def _grants(case: Case) -> QuerySet[AccessGrant]:
    return AccessGrant.objects.filter(case=case).select_related("case", "user", "body")


def _moves(case: Case) -> QuerySet[StageMove]:
    return StageMove.objects.filter(case=case).select_related("case")


CASE_ACTIONS: tuple[CaseAction, ...] = (
    CaseAction("move", "pindah/<str:target>/", "Pindahkan tahap", MoveForm, from_address=_target),
    CaseAction(
        "move-correct",
        "perpindahan/<int:row>/perbaiki/",
        "Perbaiki catatan perpindahan",
        CorrectMoveForm,
        "riwayat",
        _moves,
    ),
    CaseAction("move-reverse", "perpindahan/<int:row>/batalkan/", "Batalkan perpindahan", ReverseMoveForm, "riwayat", _moves),
    CaseAction("activity-plan", "kegiatan-baru/", "Rencanakan kegiatan", PlanForm, "kegiatan"),
    CaseAction(
        "activity-update",
        "kegiatan/<int:row>/perbarui/",
        "Perbarui kegiatan",
        UpdateActivityForm,
        "kegiatan",
        _activities,
        may=lambda permitted, row: permitted.may_update(row),
    ),
    CaseAction(
        "activity-correct",
        "kegiatan/<int:row>/perbaiki/",
        "Perbaiki catatan kegiatan",
        CorrectActivityForm,
        "kegiatan",
        _activities,
    ),
    CaseAction("agreement-record", "kesepakatan-baru/", "Catat kesepakatan", AgreementForm, "kesepakatan"),
    CaseAction(
        "agreement-correct",
        "kesepakatan/<int:row>/perbaiki/",
        "Perbaiki catatan kesepakatan",
        CorrectAgreementForm,
        "kesepakatan",
        _agreements,
    ),
    CaseAction("term-update", "butir/<int:row>/", "Perbarui butir", TermForm, "kesepakatan", _terms),
    CaseAction("figure-add", "angka-baru/", "Tambah angka", FigureForm, "angka"),
    CaseAction("figure-correct", "angka/<int:row>/perbaiki/", "Perbaiki angka", CorrectFigureForm, "angka", _figures),
    CaseAction("figure-declare", "angka/<int:row>/resmi/", "Tetapkan angka resmi", DeclareFigureForm, "angka", _figures),
    CaseAction("note", "catatan/", "Tambah catatan", NoteForm, "riwayat"),
    CaseAction("document", "dokumen/", "Lampirkan dokumen", DocumentForm, "dokumen"),
    CaseAction("party-add", "pihak-baru/", "Catat pihak", AddPartyForm, "pihak"),
    CaseAction("party-amend", "pihak/<int:row>/", "Ubah data pihak", AmendPartyForm, "pihak", _parties),
    CaseAction("amend", "ubah/", "Ubah data perkara", AmendForm),
    CaseAction("opening-correct", "pembukaan/", "Perbaiki waktu pembukaan", CorrectOpeningForm),
    CaseAction("places", "lokasi/", "Ubah lokasi", PlacesForm),
    CaseAction("severity", "kerawanan/", "Nilai kerawanan", SeverityForm),
    CaseAction("qualify", "kualifikasi/", "Tetapkan kualifikasi hukum", QualifyForm),
    CaseAction("handler", "penanggung-jawab/", "Serahkan penanganan", HandlerForm),
    CaseAction("classify", "kelas/", "Ubah kelas keamanan", ClassifyForm),
    CaseAction("link", "hubungan/", "Hubungkan dengan perkara lain", LinkForm, "hubungan"),
    CaseAction("grant", "akses-baru/", "Berikan akses", GrantForm, "akses"),
    CaseAction("revoke", "akses/<int:row>/cabut/", "Cabut akses", RevokeForm, "akses", _grants),
    *STATUS_ACTIONS,
)

ACTION_BY_NAME = {action.name: action for action in CASE_ACTIONS}
