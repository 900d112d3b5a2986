"""Which acts the cockpit offers, and why the others are not lawful now."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from accounts.access.tables import Act
from konflik.cases.models import Case
from konflik.cases.selectors.permitted import Permitted
from konflik.desk.tables.cockpit import Offer
from konflik.law.stages import Stage
from konflik.law.status import Refused
from konflik.status.models import ConflictStatus, Consultation
from konflik.status.selectors.lawful import (
    OVER,
    why_not_ask_tni,
    why_not_extend,
    why_not_measure,
    why_not_report,
    why_not_revoke,
    why_not_tell_tni_end,
)

NOT_STOPPING = "Perkara belum pada tahap penghentian. Dasar: UU 7/2012 Pasal 12 huruf b."
NOT_CONSULTED = "Konsultasi dengan pimpinan DPRD belum dicatat. Dasar: UU 7/2012 Pasal 16."
RUNNING = "Status untuk perkara ini masih berjalan."


def offer(name: str, label: str, row: int | None = None, refusals: Iterable[Refused | str] = (), *, is_main: bool = False) -> Offer:
    """An offer with its refusals as sentences."""
    return Offer(name, label, row, tuple(str(one) for one in refusals), is_main)


def _extension(status: ConflictStatus, consult: Offer, *, at: datetime) -> Offer:
    """To extend; where only the consultation is missing, with the way to it."""
    refusals = why_not_extend(status, at=at)
    lacks_talk = consult.is_open and any(one.field == "consulted_on" for one in refusals)
    return replace(offer("status-extend", "Catat perpanjangan", status.pk, refusals), remedy=consult if lacks_talk else None)


def before(
    case: Case, status: ConflictStatus | None, consultation: Consultation | None, missing: tuple[Refused, ...], *, at: datetime
) -> tuple[Offer, Offer, Offer]:
    """Criteria, consultation, decree: the first of them that is not done is the one to press."""
    is_running = status is not None and not status.is_over(at)
    closed: list[Refused | str] = [NOT_STOPPING] if case.stage != Stage.PENGHENTIAN else [RUNNING] if is_running else []
    lacks: list[Refused | str] = [*missing, *([] if consultation else [NOT_CONSULTED])]
    return (
        offer("status-criteria", "Nilai syarat status", is_main=bool(missing)),
        offer("status-consult", "Catat konsultasi DPRD", is_main=not missing and consultation is None),
        offer("status-declare", "Catat penetapan status", refusals=closed or lacks, is_main=not lacks),
    )


def during(status: ConflictStatus, permitted: Permitted, *, at: datetime) -> dict[str, Offer]:
    """What may be done under `status`, by the name of its address."""
    pk, why_not_ask = status.pk, why_not_ask_tni(status, at=at)
    # Why no help can be asked for is said once, not at both ways of asking.
    ask = (
        (offer("tni-oral", "Minta bantuan TNI", pk, why_not_ask),)
        if why_not_ask
        else (offer("tni-oral", "Permintaan lisan", pk, is_main=True), offer("tni-letter", "Permintaan tertulis langsung", pk))
    )
    consult = offer("status-consult", "Catat konsultasi perpanjangan", refusals=_why_not_consult(status, at))
    rows = (
        consult,
        _extension(status, consult, at=at),
        offer("status-correct", "Perbaiki catatan penetapan", pk),
        offer("status-revoke", "Catat pencabutan", pk, why_not_revoke(status, at=at)),
        offer("measure-order", "Berlakukan tindakan pembatasan", pk, why_not_measure(status, at=at)),
        *ask,
        offer("tni-end", "Sampaikan berakhirnya bantuan", pk, why_not_tell_tni_end(status, at=at)),
        offer("btt-decide", "Catat keputusan BTT", pk),
        offer("progress-report", "Catat laporan perkembangan", pk, why_not_report(status, at=at)),
    )
    grant = offer("status-grant", "Berikan akses selama status", pk, [f"{OVER} Akses khusus sudah berakhir."] if status.is_over(at) else [])
    found = {one.name: one for one in rows} if permitted.allows(Act.MANAGE_STATUS) else {}
    return found | ({"status-grant": grant} if permitted.allows(Act.GRANT_ACCESS) else {})


def _why_not_consult(status: ConflictStatus, at: datetime) -> list[str]:
    if status.is_over(at):
        return [f"{OVER} Tidak ada yang dapat diperpanjang."]
    return ["Status ini sudah pernah diperpanjang."] if status.extended_until else []
