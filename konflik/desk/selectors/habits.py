"""What stands around the choices of channels: which of them reach this person at all, and in which legal time."""

from dataclasses import dataclass
from datetime import datetime

from accounts.access.selectors import mail_server, postings_of
from accounts.regions.models import Region
from accounts.users.models import User
from konflik.law.telling import Group
from konflik.notices.models import ChannelChoice, Gateway
from konflik.notices.tables import CHANNEL_LABELS, ON_BY_DEFAULT, Channel


@dataclass(frozen=True)
class Mean:
    """One channel: its name, whether it reaches the person now, and what is missing where it does not."""

    label: str
    reaches: bool
    missing: str = ""


def channels_of(user: User) -> dict[tuple[Group, Channel], bool]:
    """Every kind by every channel that can be chosen: what `user` chose, else what holds for who has not chosen."""
    chosen = {(row.group, row.channel): row.is_on for row in ChannelChoice.objects.filter(user=user)}
    return {
        (group, channel): chosen.get((group.value, channel.value), group in usual)
        for group in Group
        for channel, usual in ON_BY_DEFAULT.items()
    }


def means_of(user: User) -> list[Mean]:
    """The channels that can be chosen, with what each still lacks."""
    return [Mean(CHANNEL_LABELS[Channel.EMAIL], *_mail(user)), Mean(CHANNEL_LABELS[Channel.GATEWAY], *_gateway(user))]


def zone_of_reader(user: User, *, at: datetime) -> Region | None:
    """The region in whose legal time this person reads; None without a posting."""
    held = postings_of(user, at=at)
    return held[0].region if held else None


def _mail(user: User) -> tuple[bool, str]:
    if mail_server() is None:
        return False, "Server surel belum dipasang pada sistem ini."
    return bool(user.email), "" if user.email else "Alamat surel Anda belum dicatat. Minta sekretariat melengkapinya."


def _gateway(user: User) -> tuple[bool, str]:
    if not Gateway.objects.filter(is_active=True).exists():
        return False, "Layanan pesan singkat belum dipasang pada sistem ini."
    return bool(user.phone), "" if user.phone else "Nomor telepon Anda belum dicatat. Minta sekretariat melengkapinya."
