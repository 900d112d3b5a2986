"""Limits of a Status Keadaan Konflik (UU 7/2012 Pasal 22-30). The figures stand in `konflik.law.status.lengths`."""

from datetime import date

from konflik.law.events import Event
from konflik.law.grammar.basis import UU_7_2012
from konflik.law.grammar.clocks import before, on_date, valid_for, within
from konflik.law.grammar.deadlines import DeadlineRule, Example, Strength
from konflik.law.offices import Office
from konflik.law.status.lengths import CONSULT_BEFORE, LONGEST, LONGEST_EXTENSION

IN_FORCE = date(2012, 5, 10)
_HELPERS = (Office.SEKRETARIS_DAERAH, Office.KEPALA_KESBANGPOL, Office.SEKRETARIAT)

STATUS_RULES: tuple[DeadlineRule, ...] = (
    DeadlineRule(
        code="skk-berakhir",
        number="D01",
        title="Status Keadaan Konflik berakhir",
        basis=UU_7_2012.pasal(22),
        text="Penetapan Status Keadaan Konflik … berlaku paling lama 90 (sembilan puluh) hari.",
        clock=valid_for(LONGEST, since=Event.STATUS_DECLARED),
        duty_of=Office.KEPALA_DAERAH,
        told=(*_HELPERS, Office.KAPOLRES, Office.DANDIM, Office.PIMPINAN_DPRD),
        warn_days_before=(20, 14, 10, 3, 1, 0),
        cancelled_by=(Event.STATUS_ENDED,),
        extended_by="skk-perpanjangan-berakhir",
        is_urgent=True,
        since=IN_FORCE,
        example=Example(start="2026-03-02 09:00", last_day="2026-05-30"),
    ),
    DeadlineRule(
        code="skk-perpanjangan-berakhir",
        number="D02",
        title="Perpanjangan Status Keadaan Konflik berakhir",
        basis=UU_7_2012.pasal(29, "1"),
        text=(
            "… bupati/wali kota setelah berkonsultasi dengan pimpinan DPRD kabupaten/kota dapat memperpanjang jangka waktu Status Keadaan "
            "Konflik paling lama 30 (tiga puluh) hari."
        ),
        clock=valid_for(LONGEST_EXTENSION, since=Event.STATUS_EXTENDED),
        duty_of=Office.KEPALA_DAERAH,
        told=(*_HELPERS, Office.KAPOLRES, Office.DANDIM, Office.PIMPINAN_DPRD),
        warn_days_before=(14, 10, 3, 1, 0),
        cancelled_by=(Event.STATUS_ENDED,),
        is_urgent=True,
        since=IN_FORCE,
        example=Example(start="2026-05-31 00:00", last_day="2026-06-29", note="mulai sehari setelah status semula berakhir"),
    ),
    DeadlineRule(
        code="skk-konsultasi-perpanjangan",
        number="D03",
        title="Konsultasi dengan pimpinan DPRD bila status hendak diperpanjang",
        basis=UU_7_2012.pasal(30, "1"),
        text=(
            "Perpanjangan jangka waktu Status Keadaan Konflik … dikonsultasikan oleh bupati/wali kota kepada pimpinan DPRD kabupaten/kota "
            "dalam waktu 10 (sepuluh) hari sebelum berakhirnya jangka waktu Status Keadaan Konflik."
        ),
        clock=before("skk-berakhir", CONSULT_BEFORE, since=Event.STATUS_DECLARED),
        duty_of=Office.KEPALA_DAERAH,
        told=_HELPERS,
        addressed_to="pimpinan DPRD kabupaten/kota",
        warn_days_before=(10, 4, 1, 0),
        met_by=(Event.STATUS_CONSULTED,),
        cancelled_by=(Event.STATUS_ENDED, Event.STATUS_EXTENDED),
        is_urgent=True,
        since=IN_FORCE,
        example=Example(start="2026-03-02 09:00", last_day="2026-05-20"),
    ),
    DeadlineRule(
        code="skk-laporan-perkembangan",
        number="D05",
        title="Laporan perkembangan penanganan konflik kepada gubernur",
        basis=UU_7_2012.pasal(23, "2"),
        text=(
            "… bupati/wali kota wajib melaporkan perkembangan Penanganan Konflik kepada gubernur dengan tembusan kepada menteri yang membidangi "
            "urusan dalam negeri dan/atau menteri terkait serta DPRD kabupaten/kota."
        ),
        clock=within(None, since=(Event.STATUS_DECLARED, Event.PROGRESS_REPORTED)),
        duty_of=Office.KEPALA_DAERAH,
        told=_HELPERS,
        addressed_to="gubernur; tembusan Menteri Dalam Negeri dan/atau menteri terkait serta DPRD kabupaten/kota",
        warn_days_before=(2, 1, 0),
        strength=Strength.OPEN,
        met_by=(Event.PROGRESS_REPORTED,),
        cancelled_by=(Event.STATUS_ENDED,),
        is_urgent=True,
        since=IN_FORCE,
    ),
    DeadlineRule(
        code="skk-laporan-perkembangan-provinsi",
        number="D06",
        title="Laporan perkembangan penanganan konflik skala provinsi kepada Presiden",
        basis=UU_7_2012.pasal(24, "2"),
        text=(
            "… gubernur wajib melaporkan perkembangan Penanganan Konflik kepada Presiden melalui menteri yang membidangi urusan dalam negeri "
            "dan/atau menteri terkait dengan tembusan kepada DPRD provinsi."
        ),
        clock=within(None),
        duty_of=Office.GUBERNUR,
        told=_HELPERS,
        addressed_to="Presiden melalui Menteri Dalam Negeri dan/atau menteri terkait; tembusan DPRD provinsi",
        strength=Strength.OPEN,
        is_entered=True,
        since=IN_FORCE,
    ),
    DeadlineRule(
        code="skk-pembatasan-berakhir",
        number="",
        title="Tindakan pembatasan berakhir",
        basis=UU_7_2012.pasal(26),
        text="Dalam Status Keadaan Konflik skala kabupaten/kota, bupati/wali kota dapat melakukan: … untuk sementara waktu",
        clock=on_date(),
        duty_of=Office.KEPALA_DAERAH,
        told=(*_HELPERS, Office.KAPOLRES),
        warn_days_before=(3, 1, 0),
        cancelled_by=(Event.STATUS_ENDED,),
        merely_ends=True,
        is_urgent=True,
        since=IN_FORCE,
    ),
)
