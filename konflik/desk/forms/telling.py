"""A form whose act tells somebody: it shows whom before it saves, and asks back where that would be nobody."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.access.selectors import may
from accounts.access.tables import Act
from accounts.regions.models import Region
from accounts.users.models import User
from konflik.cases.models import Case
from konflik.desk.forms.fields import SearchField
from konflik.desk.selectors.telling import Audience, audience_of, told_sentence
from konflik.law.events import Event
from konflik.law.telling import HISTORY_AFTER, telling_of
from konflik.notices.tables import Concerned

LOOK_FIRST = "Periksa siapa yang akan diberi tahu, lalu simpan sekali lagi."
NOBODY = "Tidak ada yang akan diberi tahu. Catat penugasannya dahulu, atau tandai bahwa Anda menyampaikannya sendiri."


class TellingForm(forms.Form):
    """`tells` are the events that the act records, `told_by` the fields on which it depends who is told.

    What the page shows comes back as `shown_to`: where the answers change the audience, the form is shown once more
    before anything is saved. A form sent without that mark was not drawn by a page, and is not asked.
    """

    tells: tuple[Event, ...] = ()
    told_by: tuple[str, ...] = ()
    opens_case = False
    """Whether the act itself lets those concerned read the case: until then they may not."""
    case: Case
    user: User
    now: datetime

    def events(self) -> tuple[Event, ...]:
        """The events that saving will record."""
        return self.tells

    def concerned(self) -> Concerned:
        """Whom the act itself is about, as the fields stand now."""
        return Concerned()

    @property
    def happens_at(self) -> datetime:
        """When that happened of which the act tells, as the fields stand now."""
        return self.now

    @property
    def told_in(self) -> Region:
        """The kabupaten in which offices are looked up."""
        return self.case.kabupaten

    @cached_property
    def audience(self) -> Audience | None:
        """Who will be told; None where the act tells nobody. Read after the fields were looked at."""
        case = None if self.opens_case else self.case
        told: dict[str, Any] = {"kabupaten": self.told_in, "case": case, "concerned": self.concerned()}
        return audience_of(self.events(), **told, happens_at=self.happens_at, at=self.now)

    @property
    def waits_for_choice(self) -> bool:
        """Whether nothing was chosen yet of what decides who is told."""
        return bool(self.told_by) and not any(self.chosen(name) for name in self.told_by)

    @property
    def is_muted_late(self) -> bool:
        """Whether what lies back long would be recorded without telling anybody."""
        return any(telling.is_muted_late for event in self.events() if (telling := telling_of(event)) is not None)

    @property
    def muted_after(self) -> int:
        """After how many days."""
        return HISTORY_AFTER.days

    @property
    def reaches_nobody(self) -> bool:
        """Whether somebody ought to be told and nobody would be."""
        return self.audience is not None and not self.audience.recipients and not self.waits_for_choice

    @property
    def is_told_by_hand(self) -> bool:
        """Whether who sends the form takes it on to tell those concerned."""
        return bool(self.data.get("by_hand"))

    @property
    def may_fill_posting(self) -> bool:
        """Whether who looks at the form can enter the posting that is missing."""
        return may(self.user, Act.MANAGE_PEOPLE, at=self.now, region=self.told_in)

    def chosen(self, name: str) -> Any:
        """What stands in a field, sent or proposed; None where it is empty or makes no sense."""
        if self.is_bound:
            return getattr(self, "cleaned_data", {}).get(name)
        field = self.fields[name]
        value = self.get_initial_for_field(field, name)
        try:
            return field.clean({"text": value or ""} if isinstance(field, SearchField) else value)
        except ValidationError:
            return None

    def clean(self) -> dict[str, Any]:
        """Asks back where the page has not shown who will be told, or where that is nobody."""
        data = super().clean() or {}
        if not self.errors and self.audience is not None and "shown_to" in self.data:
            if self.reaches_nobody and not self.is_told_by_hand:
                raise ValidationError(NOBODY)
            if self.data["shown_to"] != self.audience.mark:
                raise ValidationError(LOOK_FIRST)
        return data

    def told(self) -> str:
        """After saving: who was told, as a sentence."""
        return told_sentence(self.case, self.audience, at=self.now)
