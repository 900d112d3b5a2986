"""How I want to be told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from accounts.users.models import User
from konflik.desk.forms.base import ErrorTaking
from konflik.desk.selectors.habits import channels_of
from konflik.law.telling import GROUP_LABELS, Group
from konflik.notices.models import DigestScope, Habit
from konflik.notices.services.habits import Wishes, set_habits
from konflik.notices.tables import CHANNEL_LABELS, ON_BY_DEFAULT, Channel

CHOSEN_CHANNELS = tuple(ON_BY_DEFAULT)
BAD_HOUR = "Isi jam dan menit, misalnya 21:00."


@dataclass(frozen=True)
class GroupRow:
    """One kind of notice with a box for each channel that can be chosen."""

    label: str
    boxes: list[tuple[str, forms.BoundField]]


class HabitForm(ErrorTaking):
    """Kinds of notices by channels, quiet hours, the daily digest."""

    use_required_attribute = False

    quiet_from = forms.TimeField(
        label="Sejak", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), error_messages={"invalid": BAD_HOUR}
    )
    quiet_until = forms.TimeField(
        label="Sampai", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), error_messages={"invalid": BAD_HOUR}
    )
    digest = forms.ChoiceField(
        label="Yang diringkas",
        choices=DigestScope.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Pilih salah satu."},
    )

    def __init__(self, *args: Any, user: User, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.now = user, now
        habit = Habit.objects.filter(user=user).first() or Habit(user=user)
        self.initial = {"quiet_from": habit.quiet_from, "quiet_until": habit.quiet_until, "digest": habit.digest}
        for (group, channel), is_on in channels_of(user).items():
            label = f"{GROUP_LABELS[group]}: {CHANNEL_LABELS[channel]}"
            self.fields[_name(group, channel)] = forms.BooleanField(label=label, required=False, initial=is_on)

    def matrix(self) -> list[GroupRow]:
        """The boxes as the page draws them."""
        return [
            GroupRow(label, [(CHANNEL_LABELS[channel], self[_name(group, channel)]) for channel in CHOSEN_CHANNELS])
            for group, label in GROUP_LABELS.items()
        ]

    def save(self) -> None:
        """Call the service. Raises ValidationError by field."""
        data = self.cleaned_data
        channels = {(group, channel): data[_name(group, channel)] for group in Group for channel in CHOSEN_CHANNELS}
        wishes = Wishes(channels, quiet_from=data["quiet_from"], quiet_until=data["quiet_until"], digest=data["digest"])
        set_habits(user=self.user, wishes=wishes)


def _name(group: Group, channel: Channel) -> str:
    return f"{channel.value}_{group.value}"
