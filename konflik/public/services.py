"""What is announced to everybody, and when it is withdrawn: each with its line in the journal of the kabupaten."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.access.tables import Act
from accounts.regions.models import Level, Region
from accounts.users.models import User
from konflik.law.events import Event
from konflik.public.models import PublicNote
from konflik.registry.services.writing import refuse_outside, write_change, write_new


@dataclass(frozen=True)
class NoteFacts:
    """An announcement as it is to stand; `withdrawn_on` None: until somebody withdraws it."""

    section: str
    kabupaten: Region
    title: str
    text: str
    source: str
    published_on: date
    withdrawn_on: date | None = None
    WORDS: ClassVar[frozenset[str]] = frozenset({"title", "text", "source"})

    @classmethod
    def of(cls, note: PublicNote) -> Self:
        """Of a row."""
        return cls(**{field.name: getattr(note, field.name) for field in fields(cls)})


@transaction.atomic
def record_note(*, facts: NoteFacts, actor: User, now: datetime) -> PublicNote:
    """Announce something (PP 2/2015 Pasal 67; UU 7/2012 Pasal 10).

    Raises ValidationError at the field: outside the postings of `actor`, what is no kabupaten, withdrawn before it is shown.
    """
    _refuse_outside(facts, actor, now)
    note = PublicNote(recorded_by=actor, recorded_at=now, updated_by=actor, updated_at=now)
    _bring(note, facts)
    write_new(Event.PUBLIC_NOTE_RECORDED, facts, key={"note": note.pk}, region=facts.kabupaten, actor=actor, now=now)
    return note


@transaction.atomic
def amend_note(*, note: PublicNote, facts: NoteFacts, actor: User, now: datetime) -> PublicNote:
    """Bring `note` to `facts`; it is withdrawn, never deleted. Nothing is written where nothing changes. Raises as `record_note`."""
    row = PublicNote.objects.select_for_update(of=("self",)).select_related("kabupaten").get(pk=note.pk)
    before = NoteFacts.of(row)
    _refuse_outside(before, actor, now)
    _refuse_outside(facts, actor, now)
    if before == facts:
        return row
    row.updated_by, row.updated_at = actor, now
    _bring(row, facts)
    write_change(Event.PUBLIC_NOTE_AMENDED, before, facts, key={"note": row.pk}, region=facts.kabupaten, actor=actor, now=now)
    return row


def _bring(note: PublicNote, facts: NoteFacts) -> None:
    for field in fields(facts):
        setattr(note, field.name, getattr(facts, field.name))
    note.full_clean()
    note.save()


def _refuse_outside(facts: NoteFacts, actor: User, now: datetime) -> None:
    if facts.kabupaten.level != Level.KABUPATEN:
        raise ValidationError({"kabupaten": "Pilih kabupaten atau kota."})
    refuse_outside(actor, Act.MANAGE_REFERENCE, facts.kabupaten, now=now, field="kabupaten")
