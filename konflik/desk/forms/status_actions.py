"""What can be done around a Status Keadaan Konflik, as rows of the table of acts."""

from django.db.models import QuerySet

from konflik.cases.models import Case
from konflik.desk.forms.acting import CaseAction
from konflik.desk.forms.status.basis import ConsultForm, CriteriaForm, DeclareForm
from konflik.desk.forms.status.correcting import CorrectStatusForm
from konflik.desk.forms.status.money import AccountForm, DecideForm, PayForm, PlanBttForm, TellDprdForm
from konflik.desk.forms.status.running import EndMeasureForm, ExtendForm, MeasureForm, ReportForm, RevokeStatusForm, StatusGrantForm
from konflik.desk.forms.status.tni import ApproveForm, DeclineForm, LetterForm, OrderForm, SpokenForm, TellEndForm
from konflik.status.models import BttUse, ConflictStatus, StatusMeasure, TniRequest

BY_STATUS = "status__case__kabupaten"
PART = "status"


def _statuses(case: Case) -> QuerySet[ConflictStatus]:
    return ConflictStatus.objects.filter(case=case).select_related("case__kabupaten")


def _measures(case: Case) -> QuerySet[StatusMeasure]:
    return StatusMeasure.objects.filter(status__case=case).select_related(BY_STATUS)


def _asked(case: Case) -> QuerySet[TniRequest]:
    return TniRequest.objects.filter(status__case=case).select_related(BY_STATUS)


def _uses(case: Case) -> QuerySet[BttUse]:
    return BttUse.objects.filter(status__case=case).select_related(BY_STATUS)


STATUS_ACTIONS: tuple[CaseAction, ...] = (
    CaseAction("status-criteria", "status/syarat/", "Nilai syarat status", CriteriaForm, PART),
    CaseAction("status-consult", "status/konsultasi/", "Catat konsultasi DPRD", ConsultForm, PART),
    CaseAction("status-declare", "status/tetapkan/", "Catat penetapan status", DeclareForm, PART),
    CaseAction("status-correct", "status/<int:row>/perbaiki/", "Perbaiki catatan penetapan", CorrectStatusForm, PART, _statuses),
    CaseAction("status-extend", "status/<int:row>/perpanjang/", "Catat perpanjangan", ExtendForm, PART, _statuses),
    CaseAction("status-revoke", "status/<int:row>/cabut/", "Catat pencabutan", RevokeStatusForm, PART, _statuses),
    CaseAction("measure-order", "status/<int:row>/tindakan/", "Berlakukan tindakan pembatasan", MeasureForm, PART, _statuses),
    CaseAction("measure-end", "tindakan/<int:row>/akhiri/", "Akhiri tindakan", EndMeasureForm, PART, _measures),
    CaseAction("progress-report", "status/<int:row>/laporan/", "Catat laporan perkembangan", ReportForm, PART, _statuses),
    CaseAction("tni-oral", "status/<int:row>/tni-lisan/", "Permintaan lisan", SpokenForm, PART, _statuses),
    CaseAction("tni-letter", "status/<int:row>/tni-surat/", "Permintaan tertulis langsung", LetterForm, PART, _statuses),
    CaseAction("tni-follow", "tni/<int:row>/surat/", "Susulkan surat permintaan", LetterForm, PART, _asked),
    CaseAction("tni-approve", "tni/<int:row>/setuju/", "Catat persetujuan Presiden", ApproveForm, PART, _asked),
    CaseAction("tni-decline", "tni/<int:row>/tolak/", "Catat penolakan", DeclineForm, PART, _asked),
    CaseAction("tni-order", "tni/<int:row>/perintah/", "Catat perintah Panglima TNI", OrderForm, PART, _asked),
    CaseAction("tni-end", "status/<int:row>/tni-berakhir/", "Sampaikan berakhirnya bantuan", TellEndForm, PART, _statuses),
    CaseAction("btt-decide", "status/<int:row>/btt/", "Catat keputusan BTT", DecideForm, PART, _statuses),
    CaseAction("btt-plan", "btt/<int:row>/rencana/", "Catat rencana kebutuhan", PlanBttForm, PART, _uses),
    CaseAction("btt-pay", "btt/<int:row>/cair/", "Catat pencairan", PayForm, PART, _uses),
    CaseAction("btt-dprd", "btt/<int:row>/dprd/", "Catat pemberitahuan DPRD", TellDprdForm, PART, _uses),
    CaseAction("btt-account", "btt/<int:row>/pertanggungjawaban/", "Catat pertanggungjawaban", AccountForm, PART, _uses),
    CaseAction("status-grant", "status/<int:row>/akses/", "Berikan akses selama status", StatusGrantForm, PART, _statuses),
)
