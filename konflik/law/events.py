"""Everything that can happen and leaves a line in the journal. One stored value, one sentence a clerk would write."""

from enum import StrEnum


class Event(StrEnum):
    CASE_OPENED = "case_opened"
    CASE_AMENDED = "case_amended"
    CASE_CORRECTED = "case_corrected"
    PLACES_CHANGED = "places_changed"
    CASE_QUALIFIED = "case_qualified"
    CASE_CLASSIFIED = "case_classified"
    HANDLER_ASSIGNED = "handler_assigned"
    SEVERITY_SET = "severity_set"
    CASES_LINKED = "cases_linked"
    PARTY_ADDED = "party_added"
    PARTY_AMENDED = "party_amended"
    FIGURE_RECORDED = "figure_recorded"
    FIGURE_CORRECTED = "figure_corrected"
    FIGURE_DECLARED = "figure_declared"
    NOTE_ADDED = "note_added"
    ATTACHMENT_ADDED = "attachment_added"
    ATTACHMENT_READ = "attachment_read"
    ACCESS_GRANTED = "access_granted"
    ACCESS_REVOKED = "access_revoked"
    SEALED_CASE_READ = "sealed_case_read"
    CASES_EXPORTED = "cases_exported"
    VIOLENCE_REPORTED = "violence_reported"
    VIOLENCE_STOPPED = "violence_stopped"
    VIOLENCE_RECURRED = "violence_recurred"
    CONFLICT_PREVENTED = "conflict_prevented"
    RECOVERY_COMPLETED = "recovery_completed"
    CASE_REOPENED = "case_reopened"
    MOVE_CORRECTED = "move_corrected"
    MOVE_REVERSED = "move_reversed"
    STATUS_DECLARED = "status_declared"
    STATUS_ENDED = "status_ended"
    STATUS_ASSESSED = "status_assessed"
    STATUS_CONSULTED = "status_consulted"
    STATUS_EXTENDED = "status_extended"
    STATUS_CORRECTED = "status_corrected"
    MEASURE_ORDERED = "measure_ordered"
    MEASURE_ENDED = "measure_ended"
    TNI_REQUESTED_ORALLY = "tni_requested_orally"
    TNI_REQUESTED = "tni_requested"
    TNI_APPROVED = "tni_approved"
    TNI_DECLINED = "tni_declined"
    TNI_ORDERED = "tni_ordered"
    TNI_ENDED = "tni_ended"
    TNI_END_TOLD = "tni_end_told"
    BTT_DECIDED = "btt_decided"
    BTT_PLAN_SUBMITTED = "btt_plan_submitted"
    BTT_PAID = "btt_paid"
    BTT_DPRD_TOLD = "btt_dprd_told"
    BTT_ACCOUNTED = "btt_accounted"
    PROGRESS_REPORTED = "progress_reported"
    DUTY_RECORDED = "duty_recorded"
    DUTY_CORRECTED = "duty_corrected"
    DUTY_PERIOD_BEGUN = "duty_period_begun"
    DEADLINE_SUSPENDED = "deadline_suspended"
    DEADLINE_RESUMED = "deadline_resumed"
    DEADLINE_EXTENDED = "deadline_extended"
    DEADLINE_MET = "deadline_met"
    DEADLINE_CANCELLED = "deadline_cancelled"
    DEADLINE_MOVED = "deadline_moved"
    DEADLINE_LAPSED = "deadline_lapsed"
    CALENDAR_APPLIED = "calendar_applied"
    POLICY_RECORDED = "policy_recorded"
    NOTICE_CONFIRMED = "notice_confirmed"
    NOTICE_ESCALATED = "notice_escalated"
    NOTICE_SETTLED = "notice_settled"
    ACTIVITY_PLANNED = "activity_planned"
    ACTIVITY_UPDATED = "activity_updated"
    ACTIVITY_CORRECTED = "activity_corrected"
    AGREEMENT_RECORDED = "agreement_recorded"
    AGREEMENT_CORRECTED = "agreement_corrected"
    TERM_UPDATED = "term_updated"
    BODY_RECORDED = "body_recorded"
    BODY_AMENDED = "body_amended"
    SEAT_RECORDED = "seat_recorded"
    SEAT_AMENDED = "seat_amended"
    INSTITUTION_RECORDED = "institution_recorded"
    INSTITUTION_AMENDED = "institution_amended"
    USER_CREATED = "user_created"
    USER_AMENDED = "user_amended"
    LOGIN_LINK_ISSUED = "login_link_issued"
    POSTING_RECORDED = "posting_recorded"
    POSTING_ENDED = "posting_ended"
    SECOND_FACTOR_RELEASED = "second_factor_released"
    KEY_MADE = "key_made"
    KEY_REVOKED = "key_revoked"
    SUBSCRIPTION_MADE = "subscription_made"
    SUBSCRIPTION_ENDED = "subscription_ended"
    PUBLIC_NOTE_RECORDED = "public_note_recorded"
    PUBLIC_NOTE_AMENDED = "public_note_amended"
    INSTALLATION_SET_UP = "installation_set_up"
    INSTALLATION_AMENDED = "installation_amended"
    DETAIL_ERASED = "detail_erased"


EVENT_LABELS: dict[Event, str] = {
    Event.CASE_OPENED: "Perkara dibuka",
    Event.CASE_AMENDED: "Data perkara diubah",
    Event.CASE_CORRECTED: "Waktu pembukaan perkara diperbaiki",
    Event.PLACES_CHANGED: "Lokasi perkara diubah",
    Event.CASE_QUALIFIED: "Kualifikasi hukum ditetapkan",
    Event.CASE_CLASSIFIED: "Kelas keamanan diubah",
    Event.HANDLER_ASSIGNED: "Penanganan diserahkan",
    Event.SEVERITY_SET: "Tingkat kerawanan ditetapkan",
    Event.CASES_LINKED: "Perkara dihubungkan",
    Event.PARTY_ADDED: "Pihak dicatat",
    Event.PARTY_AMENDED: "Data pihak diubah",
    Event.FIGURE_RECORDED: "Angka dicatat",
    Event.FIGURE_CORRECTED: "Angka diperbaiki",
    Event.FIGURE_DECLARED: "Angka resmi ditetapkan",
    Event.NOTE_ADDED: "Catatan ditambahkan",
    Event.ATTACHMENT_ADDED: "Dokumen dilampirkan",
    Event.ATTACHMENT_READ: "Dokumen rahasia diunduh",
    Event.ACCESS_GRANTED: "Akses diberikan",
    Event.ACCESS_REVOKED: "Akses dicabut",
    Event.SEALED_CASE_READ: "Perkara rahasia dibuka",
    Event.CASES_EXPORTED: "Daftar perkara diekspor",
    Event.VIOLENCE_REPORTED: "Tahap menjadi penghentian",
    Event.VIOLENCE_STOPPED: "Tahap menjadi pemulihan",
    Event.VIOLENCE_RECURRED: "Kekerasan terulang, tahap kembali ke penghentian",
    Event.CONFLICT_PREVENTED: "Selesai pada tahap pencegahan",
    Event.RECOVERY_COMPLETED: "Pemulihan selesai, perkara ditutup",
    Event.CASE_REOPENED: "Perkara dibuka kembali",
    Event.MOVE_CORRECTED: "Catatan perpindahan tahap diperbaiki",
    Event.MOVE_REVERSED: "Perpindahan tahap dibatalkan karena salah catat",
    Event.STATUS_DECLARED: "Status Keadaan Konflik ditetapkan",
    Event.STATUS_ENDED: "Status Keadaan Konflik berakhir",
    Event.STATUS_ASSESSED: "Syarat Status Keadaan Konflik dinilai",
    Event.STATUS_CONSULTED: "Konsultasi dengan pimpinan DPRD dicatat",
    Event.STATUS_EXTENDED: "Status Keadaan Konflik diperpanjang",
    Event.STATUS_CORRECTED: "Catatan penetapan Status Keadaan Konflik diperbaiki",
    Event.MEASURE_ORDERED: "Tindakan pembatasan diberlakukan",
    Event.MEASURE_ENDED: "Tindakan pembatasan berakhir",
    Event.TNI_REQUESTED_ORALLY: "Bantuan TNI diminta secara lisan",
    Event.TNI_REQUESTED: "Bantuan TNI diminta secara tertulis",
    Event.TNI_APPROVED: "Bantuan TNI disetujui Presiden",
    Event.TNI_DECLINED: "Permintaan bantuan TNI tidak disetujui",
    Event.TNI_ORDERED: "Panglima TNI memerintahkan Pangdam",
    Event.TNI_ENDED: "Bantuan TNI berakhir",
    Event.TNI_END_TOLD: "Berakhirnya bantuan TNI diberitahukan",
    Event.BTT_DECIDED: "Kegiatan yang didanai BTT ditetapkan",
    Event.BTT_PLAN_SUBMITTED: "Rencana kebutuhan belanja BTT diajukan",
    Event.BTT_PAID: "Dana BTT dicairkan",
    Event.BTT_DPRD_TOLD: "Penggunaan BTT diberitahukan kepada DPRD",
    Event.BTT_ACCOUNTED: "Penggunaan BTT dipertanggungjawabkan",
    Event.PROGRESS_REPORTED: "Perkembangan dilaporkan",
    Event.DUTY_RECORDED: "Kewajiban lain dicatat",
    Event.DUTY_CORRECTED: "Kewajiban lain diperbaiki",
    Event.DUTY_PERIOD_BEGUN: "Masa laporan berkala dimulai",
    Event.DEADLINE_SUSPENDED: "Tenggat ditangguhkan",
    Event.DEADLINE_RESUMED: "Tenggat berjalan kembali",
    Event.DEADLINE_EXTENDED: "Tenggat diperpanjang",
    Event.DEADLINE_MET: "Tenggat dipenuhi",
    Event.DEADLINE_CANCELLED: "Tenggat dibatalkan",
    Event.DEADLINE_MOVED: "Tenggat bergeser",
    Event.DEADLINE_LAPSED: "Masa berlaku berakhir",
    Event.CALENDAR_APPLIED: "Kalender hari kerja diberlakukan",
    Event.POLICY_RECORDED: "Kebijakan tenggat dicatat",
    Event.NOTICE_CONFIRMED: "Pemberitahuan diterima",
    Event.NOTICE_ESCALATED: "Pemberitahuan diteruskan ke atasan",
    Event.NOTICE_SETTLED: "Pemberitahuan yang tertahan diputuskan",
    Event.ACTIVITY_PLANNED: "Kegiatan direncanakan",
    Event.ACTIVITY_UPDATED: "Kegiatan diperbarui",
    Event.ACTIVITY_CORRECTED: "Catatan kegiatan diperbaiki",
    Event.AGREEMENT_RECORDED: "Kesepakatan dicatat",
    Event.AGREEMENT_CORRECTED: "Kesepakatan diperbaiki",
    Event.TERM_UPDATED: "Butir kesepakatan diperbarui",
    Event.BODY_RECORDED: "Forum dicatat",
    Event.BODY_AMENDED: "Data forum diubah",
    Event.SEAT_RECORDED: "Kedudukan dicatat",
    Event.SEAT_AMENDED: "Data kedudukan diubah",
    Event.INSTITUTION_RECORDED: "Instansi dicatat",
    Event.INSTITUTION_AMENDED: "Data instansi diubah",
    Event.USER_CREATED: "Pengguna dibuat",
    Event.USER_AMENDED: "Data pengguna diubah",
    Event.LOGIN_LINK_ISSUED: "Tautan masuk dibuat",
    Event.POSTING_RECORDED: "Penugasan dicatat",
    Event.POSTING_ENDED: "Penugasan diakhiri",
    Event.SECOND_FACTOR_RELEASED: "Verifikasi dua langkah dilepas",
    Event.KEY_MADE: "Kunci API dibuat",
    Event.KEY_REVOKED: "Kunci API dicabut",
    Event.SUBSCRIPTION_MADE: "Langganan kejadian dibuat",
    Event.SUBSCRIPTION_ENDED: "Langganan kejadian dihentikan",
    Event.PUBLIC_NOTE_RECORDED: "Pengumuman dicatat",
    Event.PUBLIC_NOTE_AMENDED: "Pengumuman diubah",
    Event.INSTALLATION_SET_UP: "Pemasangan disiapkan",
    Event.INSTALLATION_AMENDED: "Data pemasangan diubah",
    Event.DETAIL_ERASED: "Rincian riwayat dihapus",
}
