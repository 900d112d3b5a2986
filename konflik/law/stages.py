"""The stages of a conflict and every lawful move between them (UU 7/2012 Pasal 4, 6, 12, 36)."""

from enum import StrEnum

from konflik.law.events import Event
from konflik.law.grammar.basis import PP_2_2015, UU_7_2012, Practice
from konflik.law.grammar.transitions import Fact, FactKind, Transition, TransitionTable


class Stage(StrEnum):
    PENCEGAHAN = "pencegahan"
    PENGHENTIAN = "penghentian"
    PEMULIHAN = "pemulihan"
    SELESAI = "selesai"


STAGE_LABELS: dict[Stage, str] = {
    Stage.PENCEGAHAN: "Pencegahan",
    Stage.PENGHENTIAN: "Penghentian",
    Stage.PEMULIHAN: "Pemulihan",
    Stage.SELESAI: "Selesai",
}

FACTS = (
    Fact(
        "violence_occurred_at",
        "Waktu terjadinya kekerasan",
        FactKind.INSTANT,
        UU_7_2012.pasal(12),
        "Isi tanggal dan jam kekerasan pertama kali terjadi.",
    ),
    Fact(
        "violence_summary",
        "Uraian kekerasan",
        FactKind.TEXT,
        UU_7_2012.pasal(13),
        "Tuliskan singkat apa yang terjadi dan siapa yang mengendalikan di lapangan.",
    ),
    Fact(
        "violence_stopped_at",
        "Waktu kekerasan berhenti",
        FactKind.INSTANT,
        Practice(UU_7_2012.pasal(36, "1")),
        "Isi tanggal dan jam kekerasan fisik dinyatakan berhenti.",
    ),
    Fact(
        "security_statement",
        "Keterangan keamanan dari Polri",
        FactKind.TEXT,
        Practice(UU_7_2012.pasal(13)),
        "Tuliskan nomor surat atau keterangan Polri bahwa kekerasan sudah terkendali.",
    ),
    Fact(
        "agreement_on_file",
        "Kesepakatan para pihak atau putusan pengadilan",
        FactKind.ON_FILE,
        Practice(UU_7_2012.pasal(43)),
        "Catat dahulu kesepakatan para pihak atau putusan pengadilan pada perkara ini.",
    ),
    Fact(
        "settled_at",
        "Waktu penyelesaian",
        FactKind.INSTANT,
        Practice(UU_7_2012.pasal(8)),
        "Isi tanggal dan jam potensi konflik dinyatakan selesai.",
    ),
    Fact(
        "settlement",
        "Cara penyelesaian",
        FactKind.TEXT,
        PP_2_2015.pasal(7),
        "Tuliskan bagaimana potensi konflik diselesaikan secara damai.",
    ),
    Fact(
        "recovered_at",
        "Waktu pemulihan selesai",
        FactKind.INSTANT,
        Practice(UU_7_2012.pasal(36, "2")),
        "Isi tanggal dan jam pemulihan dinyatakan selesai.",
    ),
    Fact(
        "recovery_result",
        "Hasil pemulihan",
        FactKind.TEXT,
        UU_7_2012.pasal(36, "1"),
        "Tuliskan hasil rekonsiliasi, rehabilitasi, dan rekonstruksi.",
    ),
    Fact(
        "reopened_at",
        "Waktu dibuka kembali",
        FactKind.INSTANT,
        Practice(PP_2_2015.pasal(96)),
        "Isi tanggal dan jam perkara dibuka kembali.",
    ),
    Fact(
        "reopen_reason",
        "Alasan dibuka kembali",
        FactKind.TEXT,
        Practice(PP_2_2015.pasal(96)),
        "Tuliskan apa yang ditemukan dalam pemantauan sehingga perkara perlu dibuka kembali.",
    ),
)

_VIOLENCE = ("violence_occurred_at", "violence_summary")
_REOPEN = ("reopened_at", "reopen_reason")
_ = Stage

# fmt: off
STAGE_MOVES = TransitionTable((
    #          from           to             event                     basis                          facts that must be known                                    button
    Transition(_.PENCEGAHAN,  _.PENGHENTIAN, Event.VIOLENCE_REPORTED,  UU_7_2012.pasal(12),           _VIOLENCE,                                                  "Pindahkan ke penghentian"),
    Transition(_.PENCEGAHAN,  _.SELESAI,     Event.CONFLICT_PREVENTED, UU_7_2012.pasal(8),            ("settled_at", "settlement"),                               "Nyatakan selesai"),
    Transition(_.PENGHENTIAN, _.PEMULIHAN,   Event.VIOLENCE_STOPPED,   UU_7_2012.pasal(36, "1"),      ("violence_stopped_at", "security_statement"),              "Pindahkan ke pemulihan"),
    Transition(_.PEMULIHAN,   _.SELESAI,     Event.RECOVERY_COMPLETED, UU_7_2012.pasal(36, "2"),      ("recovered_at", "recovery_result", "agreement_on_file"),   "Nyatakan selesai"),
    Transition(_.PEMULIHAN,   _.PENGHENTIAN, Event.VIOLENCE_RECURRED,  UU_7_2012.pasal(12),           _VIOLENCE,                                                  "Kembalikan ke penghentian"),
    Transition(_.SELESAI,     _.PENCEGAHAN,  Event.CASE_REOPENED,      Practice(PP_2_2015.pasal(96)), _REOPEN,                                                    "Buka kembali pada pencegahan"),
    Transition(_.SELESAI,     _.PENGHENTIAN, Event.VIOLENCE_RECURRED,  UU_7_2012.pasal(12),           _VIOLENCE,                                                  "Buka kembali pada penghentian"),
    Transition(_.SELESAI,     _.PEMULIHAN,   Event.CASE_REOPENED,      Practice(PP_2_2015.pasal(96)), _REOPEN,                                                    "Buka kembali pada pemulihan"),
), FACTS)
# fmt: on

STAGE_EVENTS = frozenset(row.event for row in STAGE_MOVES.rows)

MOVED_AT_FACTS = tuple(fact.code for fact in FACTS if fact.kind is FactKind.INSTANT)
"""The instant among a move's facts is when the new stage began."""
