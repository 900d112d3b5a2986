"""Makes the most restricted reader of a benchmark database and a clerk who writes; prints the two secrets and a case that both see."""

from datetime import UTC, date, datetime

import django

django.setup()

from accounts.keys.models import ApiKey  # noqa: E402
from accounts.keys.services import digest_of  # noqa: E402
from accounts.keys.tables import HIGHEST_RATE  # noqa: E402
from accounts.postings.models import Institution, Posting  # noqa: E402
from accounts.users.models import User  # noqa: E402
from konflik.cases.models import Case, NumberSeries  # noqa: E402

READER, WRITER, HOME = "kfk_benchmark_only_0123456789_0123456789_abc", "kfk_benchmark_only_0123456789_0123456789_def", "15.04"


def key_for(secret: str, *, name: str, role: str, agency: tuple[str, str], scopes: list[str]) -> None:
    """A key of class biasa of somebody with this role."""
    begun = datetime.now(tz=UTC)
    person, _ = User.objects.get_or_create(username=name, defaults={"name": name, "email": f"{name}@contoh.id", "joined_at": begun})
    house, _ = Institution.objects.get_or_create(name=agency[0], region_id=HOME, defaults={"kind": agency[1]})
    Posting.objects.get_or_create(user=person, role=role, region_id=HOME, defaults={"valid_from": date(2020, 1, 1), "institution": house})
    told = {
        "owner": person,
        "name": "Uji beban",
        "hint": "kfk_bench",
        "scopes": scopes,
        "rate": HIGHEST_RATE,
        "days": 365,
        "made_at": begun,
    }
    key, _ = ApiKey.objects.update_or_create(digest=digest_of(secret), defaults=told)
    key.regions.set([HOME])


key_for(READER, name="anggota", role="anggota_tim", agency=("Polres", "polri"), scopes=["cases:read"])
key_for(WRITER, name="staf", role="staf_sekretariat", agency=("Kesbangpol", "kesbangpol"), scopes=["cases:read", "cases:write"])
# The cases of the database took the numbers up to their own.
NumberSeries.objects.get_or_create(kabupaten_id=HOME, year=2026, series="terbuka", defaults={"last": 3_000_000})
print(READER, WRITER, Case.objects.filter(kabupaten=HOME, secrecy=1).order_by("-opened_at").values_list("pk", flat=True)[0])
