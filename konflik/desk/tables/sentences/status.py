"""Sentences about a Status Keadaan Konflik and what is done under it."""

from decimal import Decimal

from konflik.desk.tables.facts import Told
from konflik.desk.tables.sentences.words import Sentence, label_of
from konflik.desk.tables.words import lower_first, number
from konflik.law.events import EVENT_LABELS, Event
from konflik.law.status import RESTRICTION_LABELS, SCALE_LABELS, Restriction, Scale
from konflik.status.tables import ENDING_LABELS, PURPOSE_LABELS, Ending, Purpose


def _assessed(told: Told) -> str:
    scale = lower_first(label_of(SCALE_LABELS, Scale, told.get("scale")))
    return f"Syarat Status Keadaan Konflik {scale} dinilai oleh {told.word('assessed_by')}: {len(told.get('signs') or [])} tanda terbukti."


def _consulted(told: Told) -> str:
    about = lower_first(label_of(PURPOSE_LABELS, Purpose, told.get("purpose")))
    return f"Konsultasi {told.names.day(told.get('held_on'))} dengan {told.word('counterpart')} tentang {about}."


def _decree(told: Told) -> str:
    """ "keputusan nomor 300/1/2026 tanggal 3 Maret 2026"."""
    return f"keputusan nomor {told.word('number')} tanggal {told.names.day(told.get('decided_on'))}"


def _declared(told: Told) -> str:
    scale = lower_first(label_of(SCALE_LABELS, Scale, told.get("scale")))
    where = "; ".join(told.names.of("region", code, str(code)) for code in told.get("places") or [])
    return (
        f"Status Keadaan Konflik {scale} ditetapkan dengan {_decree(told)} untuk {told.get('days')} hari, "
        f"sejak {told.names.moment(told.get('from'))} sampai {told.names.end(told.get('until'))}. Wilayah: {where}."
    )


def _extended(told: Told) -> str:
    end = told.names.end(told.get("until"))
    return f"Status Keadaan Konflik diperpanjang {told.get('days')} hari sampai {end}, {_decree(told)}."


def _corrected(told: Told) -> str:
    was = told.get("was") or {}
    where = "; ".join(told.names.of("region", code, str(code)) for code in told.get("places") or [])
    moved = "effective_at" in (told.get("fields") or []) or "decreed_until" in (told.get("fields") or [])
    before = f" Semula sejak {told.names.moment(was.get('from'))} sampai {told.names.end(was.get('until'))}." if moved else ""
    return (
        f"Catatan penetapan Status Keadaan Konflik diperbaiki: {_decree(told)} untuk {told.get('days')} hari, "
        f"sejak {told.names.moment(told.get('from'))} sampai {told.names.end(told.get('until'))}. Wilayah: {where}.{before}"
    )


def _ended(told: Told) -> str:
    how = label_of(ENDING_LABELS, Ending, told.get("ending"))
    also = len(told.get("measures") or [])
    measures = f" {also} tindakan pembatasan ikut berakhir." if also else ""
    return f"Status Keadaan Konflik berakhir: {how}.{measures}"


def _measure_ordered(told: Told) -> str:
    label = label_of(RESTRICTION_LABELS, Restriction, told.get("measure_kind"))
    hours = told.get("hours")
    when = f", setiap hari {hours[0]}–{hours[1]}" if hours else ""
    begins, ends = told.names.moment(told.get("from")), told.names.end(told.get("until"))
    return f"{label} diberlakukan sejak {begins} sampai {ends}{when}, perintah nomor {told.word('number')}. Kawasan: {told.word('area')}."


def _measure_ended(told: Told) -> str:
    label = label_of(RESTRICTION_LABELS, Restriction, told.get("measure_kind"))
    return f"{label} menurut perintah nomor {told.word('number')} diakhiri. Kawasan: {told.word('area')}."


def _spoken(told: Told) -> str:
    return f"Bantuan TNI diminta secara lisan oleh {told.word('spoken_by')} kepada {told.word('spoken_to')}."


def _written(told: Told) -> str:
    return f"Bantuan TNI diminta secara tertulis kepada Presiden, nomor {told.word('number')}. Wilayah: {told.word('area')}."


def _approved(told: Told) -> str:
    return f"Bantuan TNI disetujui Presiden: {told.word('approval')}."


def _ordered(told: Told) -> str:
    return f"Panglima TNI memerintahkan Pangdam memberikan bantuan: {told.word('order')}."


def _numbered(event: Event) -> Sentence:
    """What happened, by the number of its letter, with the amount where there is one."""

    def sentence(told: Told) -> str:
        amount = told.get("amount")
        money = f", Rp{number(Decimal(str(amount)))}" if amount is not None else ""
        return f"{EVENT_LABELS[event]}, nomor {told.word('number')}{money}."

    return sentence


def _decided(told: Told) -> str:
    return f"Kegiatan yang didanai belanja tidak terduga ditetapkan, keputusan nomor {told.word('number')}."


def _reported(told: Told) -> str:
    return f"Perkembangan dilaporkan kepada {told.word('addressee')}, nomor {told.word('number')}."


STATUS: dict[Event, Sentence] = {
    Event.STATUS_ASSESSED: _assessed,
    Event.STATUS_CONSULTED: _consulted,
    Event.STATUS_DECLARED: _declared,
    Event.STATUS_EXTENDED: _extended,
    Event.STATUS_CORRECTED: _corrected,
    Event.STATUS_ENDED: _ended,
    Event.MEASURE_ORDERED: _measure_ordered,
    Event.MEASURE_ENDED: _measure_ended,
    Event.TNI_REQUESTED_ORALLY: _spoken,
    Event.TNI_REQUESTED: _written,
    Event.TNI_APPROVED: _approved,
    Event.TNI_DECLINED: lambda told: "Permintaan bantuan TNI tidak disetujui.",
    Event.TNI_ORDERED: _ordered,
    Event.TNI_ENDED: lambda told: "Bantuan TNI berakhir bersama Status Keadaan Konflik.",
    Event.TNI_END_TOLD: _numbered(Event.TNI_END_TOLD),
    Event.BTT_DECIDED: _decided,
    Event.BTT_PLAN_SUBMITTED: _numbered(Event.BTT_PLAN_SUBMITTED),
    Event.BTT_PAID: _numbered(Event.BTT_PAID),
    Event.BTT_DPRD_TOLD: _numbered(Event.BTT_DPRD_TOLD),
    Event.BTT_ACCOUNTED: _numbered(Event.BTT_ACCOUNTED),
    Event.PROGRESS_REPORTED: _reported,
}
