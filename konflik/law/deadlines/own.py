"""Dates that people set themselves: plans, agreements, decrees, postings. No article orders them."""

from konflik.law.grammar.basis import PERMENDAGRI_42_2015, PP_2_2015, UU_7_2012, UU_23_2014, Practice
from konflik.law.grammar.clocks import on_date, valid_for
from konflik.law.grammar.deadlines import DeadlineRule, Example, Strength
from konflik.law.offices import Office

_DESK = (Office.KEPALA_KESBANGPOL, Office.SEKRETARIAT)

OWN_RULES: tuple[DeadlineRule, ...] = (
    DeadlineRule(
        code="kegiatan-selesai",
        number="",
        title="Kegiatan selesai menurut rencana",
        basis=Practice(PP_2_2015.pasal(4, "2")),
        text="Tanggal selesai menurut rencana kegiatan.",
        is_quoted=False,
        clock=on_date(),
        duty_of=Office.PENANGGUNG_JAWAB,
        strength=Strength.PRACTICE,
    ),
    DeadlineRule(
        code="kesepakatan-butir",
        number="",
        title="Butir kesepakatan dilaksanakan",
        basis=Practice(UU_7_2012.pasal(8, "3")),
        text="Tanggal yang disepakati para pihak untuk melaksanakan butir kesepakatan.",
        is_quoted=False,
        clock=on_date(),
        duty_of=Office.PENANGGUNG_JAWAB,
        told=_DESK,
        warn_days_before=(14, 7, 3, 1, 0),
        strength=Strength.PRACTICE,
    ),
    DeadlineRule(
        code="tim-terpadu-sk-berakhir",
        number="D35",
        title="SK Tim Terpadu berakhir dan harus diperbarui",
        basis=Practice(PERMENDAGRI_42_2015.pasal(16)),
        text="SK Tim Terpadu ditetapkan kembali secara berkala; salinannya disampaikan kepada Menteri Dalam Negeri.",
        is_quoted=False,
        clock=valid_for(None),
        duty_of=Office.KEPALA_DAERAH,
        told=_DESK,
        addressed_to="Menteri Dalam Negeri c.q. Direktur Jenderal Politik dan Pemerintahan Umum",
        warn_days_before=(60, 30, 14, 7, 1, 0),
        strength=Strength.PRACTICE,
        example=Example(start="2026-01-12 00:00", last_day="2027-01-11"),
    ),
    DeadlineRule(
        code="sk-forum-berakhir",
        number="",
        title="SK forum berakhir",
        basis=Practice(UU_23_2014.pasal(26)),
        text="Tanggal berakhir menurut SK forum.",
        is_quoted=False,
        clock=on_date(),
        duty_of=Office.SEKRETARIAT,
        told=(Office.KEPALA_KESBANGPOL,),
        warn_days_before=(60, 30, 14, 7, 1, 0),
        strength=Strength.PRACTICE,
    ),
    DeadlineRule(
        code="penugasan-berakhir",
        number="",
        title="Penugasan berakhir",
        basis=Practice(PERMENDAGRI_42_2015.pasal(16)),
        text="Tanggal berakhir menurut surat penugasan.",
        is_quoted=False,
        clock=on_date(),
        duty_of=Office.PENANGGUNG_JAWAB,
        told=(Office.SEKRETARIAT,),
        warn_days_before=(30, 14, 7, 1, 0),
        strength=Strength.PRACTICE,
        merely_ends=True,
    ),
)
