"""Reading bodies: how their SK stands."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.formats import date_format

from forums.bodies.models import Body, BodyQuerySet
from konflik.law.bodies import HELD_BY_OFFICE, SK_WARNING_DAYS

COMPLETENESS = "Kelengkapan catatan sekretariat, bukan ketentuan undang-undang"
PRACTICE = f"Masa berlaku menurut SK forum; pengingat {SK_WARNING_DAYS} hari adalah praktik sekretariat, bukan ketentuan undang-undang"


@dataclass(frozen=True)
class BodyWarning:
    """What is wrong with a body, in words for the badge and for the page, and what the rule rests on."""

    short: str
    message: str
    basis: str


def decree_warning(body: Body, *, day: date) -> BodyWarning | None:
    """That the SK ends soon or has ended; None while it runs, or where a later SK took its place.

    `body` comes from a queryset `with_succession()`.
    """
    if body.valid_until is None or body.has_successor:
        return None
    left = (body.valid_until - day).days
    if left > SK_WARNING_DAYS:
        return None
    ends = date_format(body.valid_until, "j F Y")
    if left < 0:
        return BodyWarning("SK sudah berakhir", f"SK sudah berakhir pada {ends}. Catat SK yang baru atau bubarkan forum ini.", PRACTICE)
    when = "hari ini" if left == 0 else f"dalam {left} hari"
    return BodyWarning(f"SK berakhir {when}", f"SK berakhir {when}, pada {ends}. Siapkan SK yang baru.", PRACTICE)


def is_over(body: Body, *, day: date) -> bool:
    """Whether nothing is to be completed any more: the SK has ended or a later one took its place.

    `body` comes from a queryset `with_succession()`.
    """
    return body.has_successor or (body.valid_until is not None and body.valid_until < day)


def unfinished_decree(body: Body, *, day: date) -> BodyWarning | None:
    """That the number, the date or the end of the SK is not on file; None where it is over (see `is_over`)."""
    if is_over(body, day=day):
        return None
    is_endless = body.kind not in HELD_BY_OFFICE and body.valid_until is None
    facts = (("nomor SK", not body.decree_number), ("tanggal SK", body.decree_on is None), ("akhir masa berlaku SK", is_endless))
    missing = [name for name, is_missing in facts if is_missing]
    if not missing:
        return None
    return BodyWarning("SK belum lengkap", f"Belum diisi: {', '.join(missing)}.", COMPLETENESS)


def ending(bodies: BodyQuerySet, *, day: date) -> QuerySet[Body]:
    """Those of `bodies` whose SK ends soon or has ended without a successor, the earliest first."""
    due = bodies.with_succession().filter(valid_until__lte=day + timedelta(days=SK_WARNING_DAYS))
    return due.exclude(has_successor=True).select_related("region").order_by("valid_until", "name")  # type: ignore[misc]
