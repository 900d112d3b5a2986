"""The one table of what can be done to a case. The team pages and the admin draw the same rows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from accounts.access.tables import Act
from konflik.cases.models import AccessGrant, Case, Figure, Party
from konflik.desk.forms.access import GrantForm, RevokeForm
from konflik.desk.forms.activities import PlanForm, UpdateActivityForm
from konflik.desk.forms.agreements import AgreementForm, CorrectAgreementForm, TermForm
from konflik.desk.forms.amending import (
    AmendForm,
    ClassifyForm,
    CorrectOpeningForm,
    HandlerForm,
    LinkForm,
    PlacesForm,
    QualifyForm,
    SeverityForm,
)
from konflik.desk.forms.base import ActionForm
from konflik.desk.forms.facts import AddPartyForm, AmendPartyForm, CorrectFigureForm, DeclareFigureForm, DocumentForm, FigureForm, NoteForm
from konflik.desk.forms.moves import CorrectMoveForm, MoveForm, ReverseMoveForm
from konflik.desk.selectors.permitted import Permitted
from konflik.law.stages import Stage
from konflik.stages.models import Activity, Agreement, AgreementTerm, StageMove

Rows = Callable[[Case], QuerySet]
MayDo = Callable[[Permitted, Any], bool]


def _allowed(act: Act) -> MayDo:
    return lambda permitted, row: permitted.allows(act)


@dataclass(frozen=True)
class CaseAction:
    """One thing that can be done to a case: its name and address, its words, the form that calls its one service.

    `act` is what somebody must be allowed to do on this case; `rows` are the parts of the case it can be about;
    `part` is where on the case page its result stands.
    """

    name: str
    route: str
    label: str
    act: Act
    form: type[ActionForm]
    part: str = "atas"
    rows: Rows | None = None
    may: MayDo | None = None
    from_address: Callable[[dict[str, Any]], dict[str, Any] | None] = field(default=lambda kwargs: {})

    def is_open(self, permitted: Permitted, row: Any = None) -> bool:
        """Whether somebody with `permitted` may do this, on `row` where it is about one."""
        return (self.may or _allowed(self.act))(permitted, row)


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
    CaseAction("move", "pindah/<str:target>/", "Pindahkan tahap", Act.MOVE_STAGE, MoveForm, from_address=_target),
    CaseAction(
        "move-correct",
        "perpindahan/<int:row>/perbaiki/",
        "Perbaiki catatan perpindahan",
        Act.MOVE_STAGE,
        CorrectMoveForm,
        "riwayat",
        _moves,
    ),
    CaseAction(
        "move-reverse", "perpindahan/<int:row>/batalkan/", "Batalkan perpindahan", Act.MOVE_STAGE, ReverseMoveForm, "riwayat", _moves
    ),
    CaseAction("activity-plan", "kegiatan-baru/", "Rencanakan kegiatan", Act.PLAN_ACTIVITY, PlanForm, "kegiatan"),
    CaseAction(
        "activity-update",
        "kegiatan/<int:row>/perbarui/",
        "Perbarui kegiatan",
        Act.UPDATE_OWN_ACTIVITY,
        UpdateActivityForm,
        "kegiatan",
        _activities,
        may=lambda permitted, row: permitted.may_update(row),
    ),
    CaseAction("agreement-record", "kesepakatan-baru/", "Catat kesepakatan", Act.RECORD_AGREEMENT, AgreementForm, "kesepakatan"),
    CaseAction(
        "agreement-correct",
        "kesepakatan/<int:row>/perbaiki/",
        "Perbaiki catatan kesepakatan",
        Act.RECORD_AGREEMENT,
        CorrectAgreementForm,
        "kesepakatan",
        _agreements,
    ),
    CaseAction("term-update", "butir/<int:row>/", "Perbarui butir", Act.RECORD_AGREEMENT, TermForm, "kesepakatan", _terms),
    CaseAction("figure-add", "angka-baru/", "Tambah angka", Act.ADD_FIGURE, FigureForm, "angka"),
    CaseAction("figure-correct", "angka/<int:row>/perbaiki/", "Perbaiki angka", Act.ADD_FIGURE, CorrectFigureForm, "angka", _figures),
    CaseAction(
        "figure-declare", "angka/<int:row>/resmi/", "Tetapkan angka resmi", Act.DECLARE_FIGURE, DeclareFigureForm, "angka", _figures
    ),
    CaseAction("note", "catatan/", "Tambah catatan", Act.ADD_NOTE, NoteForm, "riwayat"),
    CaseAction("document", "dokumen/", "Lampirkan dokumen", Act.ADD_ATTACHMENT, DocumentForm, "dokumen"),
    CaseAction("party-add", "pihak-baru/", "Catat pihak", Act.AMEND_CASE, AddPartyForm, "pihak"),
    CaseAction("party-amend", "pihak/<int:row>/", "Ubah data pihak", Act.AMEND_CASE, AmendPartyForm, "pihak", _parties),
    CaseAction("amend", "ubah/", "Ubah data perkara", Act.AMEND_CASE, AmendForm),
    CaseAction("opening-correct", "pembukaan/", "Perbaiki waktu pembukaan", Act.AMEND_CASE, CorrectOpeningForm),
    CaseAction("places", "lokasi/", "Ubah lokasi", Act.AMEND_CASE, PlacesForm),
    CaseAction("severity", "kerawanan/", "Nilai kerawanan", Act.AMEND_CASE, SeverityForm),
    CaseAction("qualify", "kualifikasi/", "Tetapkan kualifikasi hukum", Act.QUALIFY_CASE, QualifyForm),
    CaseAction("handler", "penanggung-jawab/", "Serahkan penanganan", Act.ASSIGN_HANDLER, HandlerForm),
    CaseAction("classify", "kelas/", "Ubah kelas keamanan", Act.CLASSIFY_CASE, ClassifyForm),
    CaseAction("link", "hubungan/", "Hubungkan dengan perkara lain", Act.AMEND_CASE, LinkForm, "hubungan"),
    CaseAction("grant", "akses-baru/", "Berikan akses", Act.GRANT_ACCESS, GrantForm, "akses"),
    CaseAction("revoke", "akses/<int:row>/cabut/", "Cabut akses", Act.GRANT_ACCESS, RevokeForm, "akses", _grants),
)

ACTION_BY_NAME = {action.name: action for action in CASE_ACTIONS}
