"""Where a case belongs: who answers for it, and which other cases it hangs together with."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.postings.models import Institution
from accounts.users.models import User
from konflik.acts.services import Concerned
from konflik.cases.models import Case, CaseLink
from konflik.cases.selectors.choices import institutions_for, other_cases, posted_in
from konflik.cases.services.base import (
    NO_CASE,
    OTHER_INSTITUTION,
    hold,
    note,
    refuse_other,
    require,
    swap,
)
from konflik.cases.tables import LinkKind
from konflik.law.events import Event

NOT_POSTED = "Pilih orang yang sedang bertugas di kabupaten/kota ini."


@transaction.atomic
def assign_handler(
    *, case: Case, seen_version: int, handler: User | None, institution: Institution, reason: str, actor: User, now: datetime
) -> Case:
    """Hand the case to an institution and, where known, to a person; the old handler stays in the journal.

    Raises ValidationError without a reason, for an institution of elsewhere or one that is shut, and for a person without
    a posting in the kabupaten; StaleVersion when somebody was faster.
    """
    require("reason", reason, "Tuliskan alasan penyerahan.")
    refuse_other("institution", institution, institutions_for(case), OTHER_INSTITUTION)
    refuse_other("handler", handler, posted_in(case.kabupaten, at=now), NOT_POSTED)
    before = {"handler": case.handler_id, "institution": case.handler_institution_id}
    current = swap(case, seen_version=seen_version, now=now, handler=handler, handler_institution=institution)
    note(
        current,
        Event.HANDLER_ASSIGNED,
        actor=actor,
        now=now,
        payload={"handler": [before["handler"], handler.pk if handler else None], "institution": [before["institution"], institution.pk]},
        detail={"reason": reason},
        concerned=concerned_by(handler=handler, institution=institution),
    )
    return current


def concerned_by(*, handler: User | None, institution: Institution | None) -> Concerned:
    """Whom the handing over is about: the person where one is named, else whoever stands for the institution."""
    return Concerned((handler.pk,) if handler else (), (institution.pk,) if institution else ())


@transaction.atomic
def link_cases(*, case: Case, other: Case, kind: LinkKind, reason: str, actor: User, now: datetime) -> CaseLink:
    """Say that two cases belong together; both files tell of it, to whoever may see both.

    Neither `updated_at` nor the version of a case moves: it would tell its other readers of a case that they may not see (S14).

    Raises ValidationError for a case with itself, one that `actor` may not see, or a link that exists.
    """
    if case.pk == other.pk:
        raise ValidationError({"other": "Pilih perkara lain."})
    refuse_other("other", other, other_cases(case, actor, at=now), NO_CASE)
    hold(case, other)
    if CaseLink.objects.filter(case__in=[case, other], other__in=[case, other]).exists():
        raise ValidationError({"other": "Kedua perkara ini sudah dihubungkan."})
    link = CaseLink.objects.create(case=case, other=other, kind=kind.value, reason=reason)
    payload = {"other": other.pk, "kind": kind.value}
    note(case, Event.CASES_LINKED, actor=actor, now=now, payload=payload, detail=_told(reason))
    # Readers of the other file may be kept from this one: what was written here about a more secret case is not told there.
    seen = _told(reason) if case.secrecy <= other.secrecy else {}
    note(other, Event.CASES_LINKED, actor=actor, now=now, payload={"other": case.pk, "kind": kind.value, "from_other": True}, detail=seen)
    return link


def _told(reason: str) -> dict[str, object]:
    return {"reason": reason} if reason else {}
