"""Finding regions by what a person types, also where it is misspelt: one search for pages, admin and API."""

import re

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from accounts.regions.models import ANCESTOR_COLUMN, Level, Region, RegionQuerySet
from accounts.regions.selectors.spelling import Spelling, spelling
from accounts.regions.tables import KIND_WORDS, depth_of, fold

LIKELIEST_FIRST = ("unlikeness", "level", "search_name", "code")
"""The order of what `search` finds."""
CODE_TEXT = re.compile(r"\d{2}(\.?\d{2}(\.?\d{2}(\.?\d{4})?)?)?")


def search(regions: RegionQuerySet, text: str) -> QuerySet[Region]:
    """`regions` that match what a person typed, the likeliest first, ready for a list of choices.

    "bungku" finds by name, "bungku, bajubang" also by the ancestors after the comma, "15.04" by code with all that
    lies below. Accents, apostrophes, case and blanks do not matter. A name that stands nowhere in Indonesia is read as
    the names that are spelt most like it: "bajubng", "lubuk lingau".
    """
    code = _as_code(text)
    if code:
        column = ANCESTOR_COLUMN[Level(depth_of(code))]
        return regions.filter(**{column: code}).annotate(unlikeness=Value(0)).order_by(*LIKELIEST_FIRST)
    parts = [fold(part) for part in text.split(",")]
    if not any(parts):
        return regions.annotate(unlikeness=Value(0)).order_by(*LIKELIEST_FIRST)
    known = spelling()
    name, *above = [_Read(part, known) if part else None for part in parts]
    found = regions
    for part in filter(None, above):
        found = found.filter(part.named("kecamatan__") | part.named("kabupaten__") | part.named("province__"))
    if name is None:
        return found.annotate(unlikeness=Value(0)).order_by(*LIKELIEST_FIRST)
    return found.filter(name.named()).annotate(unlikeness=name.unlikeness()).order_by(*LIKELIEST_FIRST)


class _Read:
    """One name as it was typed, and what it is taken to mean."""

    def __init__(self, typed: str, known: Spelling) -> None:
        bare = KIND_WORDS.sub("", typed)
        self.name = typed if known.is_known(typed) or not bare else bare
        self.is_known = known.is_known(self.name)
        self.meant = dict.fromkeys(known.joined(self.name), 0) if self.is_known else known.meant_by(self.name)

    def named(self, via: str = "") -> Q:
        """Regions with every word in their name, or with a name that may be meant."""
        meant = Q(**{f"{via}search_name__in": list(self.meant)})
        return _all_words(f"{via}search_name", self.name) | meant if self.is_known else meant

    def unlikeness(self) -> Case:
        """0 for what is called so, more the less it is like it."""
        name = self.name
        ranks = [
            When(search_name__in=[name, f"kabupaten {name}", f"kota {name}"], then=Value(0)),
            When(search_name__startswith=name, then=Value(1)),
        ]
        for faults in sorted(set(self.meant.values())):
            names = [meant for meant, its_faults in self.meant.items() if its_faults == faults]
            ranks.append(When(search_name__in=names, then=Value(1 + faults)))
        return Case(*ranks, default=Value(2 + len(name)), output_field=IntegerField())


def _as_code(text: str) -> str:
    """The dotted code when somebody typed one, with or without its points; else nothing."""
    typed = text.strip().rstrip(".")
    if not CODE_TEXT.fullmatch(typed):
        return ""
    digits = typed.replace(".", "")
    return ".".join(part for part in (digits[:2], digits[2:4], digits[4:6], digits[6:]) if part)


def _all_words(column: str, folded: str) -> Q:
    every = Q()
    for word in folded.split():
        every &= Q(**{f"{column}__contains": word})
    return every
