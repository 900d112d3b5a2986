"""Finding a region, a person or a case by what somebody types, without ever listing them all."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.regions.models import Kind, Region
from accounts.regions.selectors import search
from accounts.regions.tables import KIND_WORDS, fold
from accounts.users.models import User
from konflik.cases.models import Case
from konflik.cases.selectors.choices import forums_for, other_cases, posted_anywhere, posted_in

SHOWN = 8
OFFERED = 200
LABEL_OF_PERSON = re.compile(r".* \((?P<username>[^()]+)\)")

KINDS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("provinsi", "prov"), frozenset({Kind.PROVINSI})),
    **dict.fromkeys(("kabupaten", "kab"), frozenset({Kind.KABUPATEN})),
    "kota": frozenset({Kind.KOTA}),
    **dict.fromkeys(("kecamatan", "kec", "distrik"), frozenset({Kind.KECAMATAN, Kind.DISTRIK})),
    **dict.fromkeys(("kelurahan", "kel"), frozenset({Kind.KELURAHAN})),
    **dict.fromkeys(("desa", "desa adat"), frozenset({Kind.DESA, Kind.DESA_ADAT})),
}
"""Which regions the word before a name means."""


@dataclass(frozen=True)
class Found:
    """One row that fits what was typed: its key, the words it is shown by, the row."""

    key: str
    label: str
    row: Any
    is_exact: bool = False


Finder = Callable[[str], list[Found]]


def regions_like(text: str, *, at: datetime) -> list[Found]:
    """The regions in force that fit, the exact name first: "desa bungku", "Bungku, Bajubang", "15.04.03".

    A kecamatan and the kelurahan of the same name both stand to be chosen from, unless the word before it says which is meant.
    """
    bare = ",".join(KIND_WORDS.sub("", part) for part in text.split(","))
    rows = list(search(Region.objects.valid_at(timezone.localdate(at)), bare)[: SHOWN * 3])
    whole = text.strip().casefold()
    exact = [row for row in rows if whole in (row.label.casefold(), row.code)]
    shown = exact[:1] or _of_kind(text, rows)[:SHOWN]
    return [Found(row.code, row.label, row) for row in shown]


def _of_kind(text: str, rows: list[Region]) -> list[Region]:
    """Of `rows` those of the kind that `text` begins with: the ones called just so, else all of that kind; all where it names none."""
    said = KIND_WORDS.match(text)
    if said is None:
        return rows
    kinds = KINDS[said[1].casefold().rstrip(".")]
    of_kind = [row for row in rows if row.kind in kinds]
    name = fold(KIND_WORDS.sub("", text.partition(",")[0]))
    return [row for row in of_kind if row.search_name == name] or of_kind or rows


def people_like(text: str, *, within: Region, at: datetime) -> list[Found]:
    """People with a posting in force in the kabupaten `within` whose name or user name fits."""
    return _people(text, posted_in(within, at=at))


def people_offered(within: Region, *, at: datetime) -> list[str]:
    """The names to suggest before anything is typed: people with a posting in force in the kabupaten `within`."""
    return [label_of_person(row) for row in posted_in(within, at=at).order_by("name", "pk")[:OFFERED]]


def anyone_like(text: str, *, at: datetime) -> list[Found]:
    """People with any posting in force: a grant may go to somebody of another kabupaten."""
    return _people(text, posted_anywhere(at=at))


def _people(text: str, people: QuerySet[User]) -> list[Found]:
    wanted = text.strip()
    shown = LABEL_OF_PERSON.fullmatch(wanted)
    fits = Q(username__iexact=shown["username"]) if shown else Q(name__icontains=wanted) | Q(username__icontains=wanted)
    # The one called so is found even where many others have the same letters in their names.
    whole = people.filter(username__iexact=shown["username"] if shown else wanted).first()
    if whole is not None and (not shown or label_of_person(whole).casefold() == wanted.casefold()):
        return [Found(str(whole.pk), label_of_person(whole), whole, is_exact=True)]
    return [Found(str(row.pk), label_of_person(row), row) for row in people.filter(fits).order_by("name", "pk")[:SHOWN]]


def forums_like(text: str, *, case: Case, at: datetime) -> list[Found]:
    """Forums that `case` concerns and whose name fits, the one called just so alone."""
    wanted = text.strip()
    bodies = forums_for(case, at=at)
    rows = list(bodies.filter(name__iexact=wanted)[:SHOWN]) or list(bodies.filter(name__icontains=wanted)[:SHOWN])
    return [Found(str(row.pk), row.name, row, is_exact=row.name.casefold() == wanted.casefold()) for row in rows]


def forums_offered(case: Case, *, at: datetime) -> list[str]:
    """The names to suggest before anything is typed."""
    return list(forums_for(case, at=at).values_list("name", flat=True)[:OFFERED])


def label_of_person(user: User) -> str:
    """The words a person is shown by, which also find the same person again."""
    return f"{user.name} ({user.username})"


def cases_like(text: str, *, user: User, but: Case, at: datetime) -> list[Found]:
    """Cases that `user` may see and whose number or title fits, `but` itself left out."""
    wanted = text.strip()
    visible = other_cases(but, user, at=at)
    by_number = visible.filter(number__iexact=wanted.partition(" ")[0])
    fits = visible.filter(Q(number__icontains=wanted) | Q(title__icontains=wanted))
    rows = list(by_number[:2]) or list(fits.order_by("-opened_at", "-pk")[:SHOWN])
    return [Found(str(row.pk), str(row), row) for row in rows]
