"""Reading bodies: how their SK stands."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.formats import date_format

from forums.bodies.models import Body, BodyQuerySet
from konflik.law.bodies import SK_WARNING_DAYS

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


def ending(bodies: BodyQuerySet, *, day: date) -> QuerySet[Body]:
    """Those of `bodies` whose SK ends soon or has ended without a successor, the earliest first."""
    due = bodies.with_succession().filter(valid_until__lte=day + timedelta(days=SK_WARNING_DAYS))
    return due.exclude(has_successor=True).select_related("region").order_by("valid_until", "name")  # type: ignore[misc]
