"""By which channels somebody is told, and from when: what is there, what the person has chosen, quiet hours."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cached_property

from django.utils import timezone

from accounts.access.selectors import mail_server, postings_of
from accounts.regions.selectors import zone_of
from accounts.users.models import User
from konflik.law.telling import Group, Urgency
from konflik.notices.models import ChannelChoice, Gateway, Habit
from konflik.notices.selectors.watch import restored_at
from konflik.notices.tables import ON_BY_DEFAULT, Channel


@dataclass
class Ways:
    """What is known of the habits of some people at `at`; each is read once."""

    at: datetime
    _choices: dict[tuple[int, str, str], bool] = field(default_factory=dict)
    _habits: dict[int, Habit | None] = field(default_factory=dict)

    def learn(self, users: Iterable[User]) -> None:
        """Read the habits of those of `users` that are not known yet, in two queries."""
        fresh = {user.pk for user in users} - self._habits.keys()
        if not fresh:
            return
        for choice in ChannelChoice.objects.filter(user__in=fresh):
            self._choices[choice.user_id, choice.group, choice.channel] = choice.is_on
        self._habits.update(dict.fromkeys(fresh))
        self._habits.update({habit.pk: habit for habit in Habit.objects.filter(pk__in=fresh)})

    def channels(self, user: User, group: Group) -> list[Channel]:
        """The bell always; mail and short message where there is such a service and an address, and the person wants it."""
        if user.pk not in self._habits:
            self.learn([user])
        there = ((Channel.EMAIL, self.has_mail and bool(user.email)), (Channel.GATEWAY, self.has_gateway and bool(user.phone)))
        return [Channel.BELL, *(channel for channel, is_there in there if is_there and self._wants(user, group, channel))]

    def send_after(self, user: User, urgency: Urgency, group: Group) -> datetime:
        """Now, or the end of the quiet hours of the person in the legal time of the posting; never later for what cannot wait.

        That is whatever is urgent, and all of status and violence.
        """
        if user.pk not in self._habits:
            self.learn([user])
        habit = self._habits[user.pk]
        if urgency is Urgency.URGENT or group is Group.STATUS or habit is None or habit.quiet_from is None or habit.quiet_until is None:
            return self.at
        held = postings_of(user, at=self.at)
        local = self.at.astimezone(zone_of(held[0].region)) if held else timezone.localtime(self.at)
        return _end_of_quiet(local, habit.quiet_from, habit.quiet_until) or self.at

    def may_have_gone_out(self, due_since: datetime | None) -> bool:
        """Whether what has been due since then may have been sent before this installation was restored from a backup."""
        return due_since is not None and self._restored_at is not None and due_since <= self._restored_at

    @cached_property
    def has_mail(self) -> bool:
        """Whether mails can be sent."""
        return mail_server() is not None

    @cached_property
    def has_gateway(self) -> bool:
        """Whether short messages can be sent."""
        return Gateway.objects.filter(is_active=True).exists()

    @cached_property
    def _restored_at(self) -> datetime | None:
        return restored_at()

    def _wants(self, user: User, group: Group, channel: Channel) -> bool:
        return self._choices.get((user.pk, group.value, channel.value), group in ON_BY_DEFAULT[channel])


def ways(at: datetime) -> Ways:
    """What channels this installation has at `at`."""
    return Ways(at)


def _end_of_quiet(local: datetime, begins: time, ends: time) -> datetime | None:
    """When the quiet hours around `local` end; None outside of them. They may run over midnight."""
    at = local.time()
    if begins == ends:
        return None
    if begins < ends:
        return _at(local, ends) if begins <= at < ends else None
    if at >= begins:
        return _at(local + timedelta(days=1), ends)
    return _at(local, ends) if at < ends else None


def _at(day: datetime, hour: time) -> datetime:
    return datetime.combine(day.date(), hour, day.tzinfo)
