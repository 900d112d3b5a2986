"""Finding a region, a person or a case by what somebody types, without ever listing them all."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.postings.models import Posting
from accounts.regions.models import Region
from accounts.regions.selectors import search
from accounts.users.models import User
from konflik.cases.models import Case

SHOWN = 8
OFFERED = 200
LABEL_OF_PERSON = re.compile(r".* \((?P<username>[^()]+)\)")
KIND_WORDS = re.compile(
    r"^\s*(provinsi|prov\.?|kabupaten|kab\.?|kota|kecamatan|kec\.?|distrik|kelurahan|kel\.?|desa adat|desa)\s+", re.IGNORECASE
)


@dataclass(frozen=True)
class Found:
    """One row that fits what was typed: its key, the words it is shown by, the row."""

    key: str
    label: str
    row: Any
    is_exact: bool = False


Finder = Callable[[str], list[Found]]


def regions_like(text: str, *, at: datetime) -> list[Found]:
    """The regions in force that fit, the exact name first: "desa bungku", "Bungku, Bajubang", "15.04.03"."""
    bare = ",".join(KIND_WORDS.sub("", part) for part in text.split(","))
    rows = search(Region.objects.valid_at(timezone.localdate(at)), bare)[: SHOWN * 3]
    found = [Found(row.code, row.label, row) for row in rows]
    exact = [item for item in found if text.strip().casefold() in (item.label.casefold(), item.key)]
    return exact[:1] or found[:SHOWN]


def people_like(text: str, *, within: Region, at: datetime) -> list[Found]:
    """People with a posting in force in the kabupaten `within` whose name or user name fits."""
    return _people(text, _posted_in(within, at=at))


def people_offered(within: Region, *, at: datetime) -> list[str]:
    """The names to suggest before anything is typed: people with a posting in force in the kabupaten `within`."""
    return [label_of_person(row) for row in _posted_in(within, at=at).filter(is_active=True).order_by("name", "pk")[:OFFERED]]


def _posted_in(within: Region, *, at: datetime) -> QuerySet[User]:
    posted = Posting.objects.valid_at(timezone.localdate(at)).filter(Q(region__kabupaten=within) | Q(region=within.province_id))
    return User.objects.filter(pk__in=posted.values("user_id"))


def anyone_like(text: str, *, at: datetime) -> list[Found]:
    """People with any posting in force: a grant may go to somebody of another kabupaten."""
    return _people(text, User.objects.filter(pk__in=Posting.objects.valid_at(timezone.localdate(at)).values("user_id")))


def _people(text: str, people: QuerySet[User]) -> list[Found]:
    wanted = text.strip()
    shown = LABEL_OF_PERSON.fullmatch(wanted)
    fits = Q(username__iexact=shown["username"]) if shown else Q(name__icontains=wanted) | Q(username__icontains=wanted)
    named = people.filter(is_active=True)
    # The one called so is found even where many others have the same letters in their names.
    whole = named.filter(username__iexact=shown["username"] if shown else wanted).first()
    if whole is not None and (not shown or label_of_person(whole).casefold() == wanted.casefold()):
        return [Found(str(whole.pk), label_of_person(whole), whole, is_exact=True)]
    return [Found(str(row.pk), label_of_person(row), row) for row in named.filter(fits).order_by("name", "pk")[:SHOWN]]


def label_of_person(user: User) -> str:
    """The words a person is shown by, which also find the same person again."""
    return f"{user.name} ({user.username})"


def cases_like(text: str, *, user: User, but: Case, at: datetime) -> list[Found]:
    """Cases that `user` may see and whose number or title fits, `but` itself left out."""
    wanted = text.strip()
    visible = Case.objects.visible_to(user, at=at).exclude(pk=but.pk)
    by_number = visible.filter(number__iexact=wanted.partition(" ")[0])
    fits = visible.filter(Q(number__icontains=wanted) | Q(title__icontains=wanted))
    rows = list(by_number[:2]) or list(fits.order_by("-opened_at", "-pk")[:SHOWN])
    return [Found(str(row.pk), str(row), row) for row in rows]
