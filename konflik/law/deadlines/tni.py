"""Limits of the help of the TNI (PP 2/2015 Pasal 45-53)."""

from datetime import date

from konflik.law.events import Event
from konflik.law.grammar.basis import PP_2_2015
from konflik.law.grammar.clocks import on_date, within
from konflik.law.grammar.deadlines import DeadlineRule, Example, Strength
from konflik.law.grammar.durations import hours
from konflik.law.offices import Office

IN_FORCE = date(2015, 2, 2)
ONE_DAY_OF_HOURS = hours(24)
_HELPERS = (Office.SEKRETARIS_DAERAH, Office.KEPALA_KESBANGPOL, Office.SEKRETARIAT)
_WARN_HOURS = (12, 6, 3, 1)

TNI_RULES: tuple[DeadlineRule, ...] = (
    DeadlineRule(
        code="tni-permintaan-tertulis",
        number="D08",
        title="Permintaan tertulis bantuan TNI menyusul permintaan lisan",
        basis=PP_2_2015.pasal(45, "4"),
        text=(
            "Dalam jangka waktu paling lambat 1 x 24 (satu kali dua puluh empat) jam, permintaan bantuan secara lisan harus "
            "ditindaklanjuti secara tertulis."
        ),
        clock=within(ONE_DAY_OF_HOURS, since=Event.TNI_REQUESTED_ORALLY),
        duty_of=Office.KEPALA_DAERAH,
        told=_HELPERS,
        addressed_to="Presiden; tembusan kepada sembilan pejabat menurut Pasal 45 ayat (5)",
        warn_hours_before=_WARN_HOURS,
        met_by=(Event.TNI_REQUESTED,),
        # Whoever has the answer has nothing left to put in writing; Pasal 45 does not speak of it.
        cancelled_by=(Event.STATUS_ENDED, Event.TNI_DECLINED),
        is_urgent=True,
        since=IN_FORCE,
        example=Example(start="2026-03-02 09:00", due="2026-03-03 09:00"),
    ),
    DeadlineRule(
        code="tni-permintaan-tertulis-provinsi",
        number="D09",
        title="Permintaan tertulis bantuan TNI oleh gubernur menyusul permintaan lisan",
        basis=PP_2_2015.pasal(46, "4"),
        text=(
            "Dalam jangka waktu paling lambat 1 x 24 (satu kali dua puluh empat) jam, permintaan bantuan secara lisan harus "
            "ditindaklanjuti secara tertulis."
        ),
        clock=within(ONE_DAY_OF_HOURS),
        duty_of=Office.GUBERNUR,
        told=(Office.KEPALA_DAERAH, *_HELPERS),
        addressed_to="Presiden; tembusan kepada pejabat menurut Pasal 46 ayat (5), di antaranya bupati/wali kota setempat",
        warn_hours_before=_WARN_HOURS,
        is_entered=True,
        is_urgent=True,
        since=IN_FORCE,
        example=Example(start="2026-03-02 23:30", due="2026-03-03 23:30", zone="Asia/Makassar"),
    ),
    DeadlineRule(
        code="tni-perintah-panglima",
        number="D10",
        title="Perintah Panglima TNI kepada Pangdam",
        basis=PP_2_2015.pasal(48, "2"),
        text=(
            "Panglima TNI … dalam jangka waktu paling lambat 1 x 24 (satu kali dua puluh empat) jam mengeluarkan perintah kepada panglima "
            "komando daerah militer untuk memberikan bantuan penggunaan kekuatan TNI."
        ),
        clock=within(ONE_DAY_OF_HOURS, since=Event.TNI_APPROVED),
        duty_of=Office.PANGLIMA_TNI,
        told=(Office.KEPALA_DAERAH, *_HELPERS, Office.DANDIM, Office.KAPOLRES),
        addressed_to="panglima komando daerah militer",
        warn_hours_before=_WARN_HOURS,
        met_by=(Event.TNI_ORDERED,),
        cancelled_by=(Event.STATUS_ENDED, Event.TNI_ENDED),
        is_urgent=True,
        since=IN_FORCE,
        example=Example(start="2026-03-04 15:20", due="2026-03-05 15:20"),
    ),
    DeadlineRule(
        code="tni-bantuan-berakhir",
        number="",
        title="Bantuan TNI berakhir bersama status",
        basis=PP_2_2015.pasal(53, "1", "b"),
        text="Tugas bantuan penggunaan dan pengerahan kekuatan TNI berakhir apabila: … berakhirnya jangka waktu status keadaan Konflik.",
        clock=on_date(),
        duty_of=Office.KEPALA_DAERAH,
        told=(*_HELPERS, Office.DANDIM, Office.KAPOLRES),
        warn_days_before=(10, 3, 1, 0),
        cancelled_by=(Event.STATUS_ENDED, Event.TNI_ENDED),
        merely_ends=True,
        is_urgent=True,
        since=IN_FORCE,
    ),
    DeadlineRule(
        code="tni-akhir-bantuan",
        number="D11",
        title="Pemberitahuan tertulis bahwa bantuan TNI berakhir",
        basis=PP_2_2015.pasal(53, "2"),
        text=(
            "… bupati/walikota atau gubernur sesuai dengan kewenangannya menyampaikan berakhirnya bantuan penggunaan kekuatan TNI secara "
            "tertulis kepada Presiden dengan tembusan Panglima TNI."
        ),
        clock=within(None, since=Event.TNI_ENDED),
        duty_of=Office.KEPALA_DAERAH,
        told=_HELPERS,
        addressed_to="Presiden; tembusan Panglima TNI",
        warn_days_before=(3, 1, 0),
        strength=Strength.OPEN,
        met_by=(Event.TNI_END_TOLD,),
        since=IN_FORCE,
    ),
)
