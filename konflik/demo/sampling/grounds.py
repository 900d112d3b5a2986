"""Where generated cases happen, who is said to have recorded them, and how many fall to each kabupaten."""

import random
from collections import Counter
from datetime import date, datetime

from django.db import transaction

from accounts.postings.models import Institution
from accounts.postings.services import InstitutionFacts, PostingFacts
from accounts.postings.tables import InstitutionKind, Role
from accounts.regions.models import Level, Region
from accounts.regions.selectors import zone_of
from accounts.users.models import User
from accounts.users.services import UserFacts
from konflik.demo.sampling.stories import Ground
from konflik.registry import services as registry

AUTHOR = "pembuat.sampel"
DESA_PER_KECAMATAN = 4
# A few kabupaten have many cases, many have few.
SHAPE = 1.2
AGENCIES = (("Kesbangpol {}", InstitutionKind.KESBANGPOL), ("Polres {}", InstitutionKind.POLRI))


class NoRegionError(ValueError):
    """There is no kabupaten to put cases into."""


def shares(*, cases: int, province: str, rng: random.Random, today: date) -> dict[Region, int]:
    """How many of `cases` fall to each kabupaten. Raises NoRegionError where none is loaded."""
    found = Region.objects.of_level(Level.KABUPATEN).valid_at(today).order_by("code")
    kabupaten = list(found.filter(province=province) if province else found)
    if not kabupaten:
        raise NoRegionError("Belum ada kabupaten/kota yang dimuat untuk wilayah ini. Jalankan load_regions dahulu.")
    weights = [rng.paretovariate(SHAPE) for _ in kabupaten]
    drawn = Counter(rng.choices(range(len(kabupaten)), weights, k=cases))
    return {kabupaten[index]: drawn[index] for index in sorted(drawn)}


@transaction.atomic
def ground_of(kabupaten: Region, *, rng: random.Random, now: datetime) -> Ground:
    """The places of `kabupaten` and two agencies, made through the registry where they are missing."""
    below = Region.objects.subtree(kabupaten).valid_at(now.date()).order_by("code")
    kecamatan = list(below.of_level(Level.KECAMATAN))
    desa = list(below.of_level(Level.DESA).values_list("code", flat=True))
    drawn = rng.sample(desa, min(len(desa), DESA_PER_KECAMATAN * len(kecamatan)))
    rows = Region.objects.in_bulk(drawn)
    some = [rows[code] for code in drawn]
    agencies = [_agency(kabupaten, name.format(kabupaten.label), kind, now) for name, kind in AGENCIES]
    return Ground(kabupaten, [kabupaten, *kecamatan, *some], agencies, zone_of(kabupaten))


@transaction.atomic
def author(anywhere: Region, *, now: datetime) -> User:
    """Who is said to have recorded the cases: a login without password, whose one posting has ended."""
    known = User.objects.filter(username=AUTHOR).first()
    if known is not None:
        return known
    ended = date(2020, 12, 31)
    posting = PostingFacts(
        role=Role.STAF_SEKRETARIAT.value, region=anywhere, valid_from=date(2020, 1, 1), valid_until=ended, decree="(data contoh)"
    )
    return registry.invite_user(facts=UserFacts(username=AUTHOR, name="Pembuat sampel"), posting=posting, actor=None, now=now).user


def _agency(region: Region, name: str, kind: InstitutionKind, now: datetime) -> Institution:
    known = Institution.objects.filter(region=region, name=name).first()
    return known or registry.record_institution(facts=InstitutionFacts(name=name, kind=kind.value, region=region), actor=None, now=now)
