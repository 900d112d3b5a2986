"""Makes the most restricted reader of a benchmark database and prints its secret and a case that it sees."""

from datetime import UTC, date, datetime

import django

django.setup()

from accounts.keys.models import ApiKey  # noqa: E402
from accounts.keys.services import digest_of  # noqa: E402
from accounts.keys.tables import HIGHEST_RATE  # noqa: E402
from accounts.postings.models import Institution, Posting  # noqa: E402
from accounts.users.models import User  # noqa: E402
from konflik.cases.models import Case  # noqa: E402

SECRET, HOME = "kfk_benchmark_only_0123456789_0123456789_abc", "15.04"

begun = datetime.now(tz=UTC)
told = {"name": "Anggota", "email": "anggota@contoh.id", "joined_at": begun}
person, _ = User.objects.get_or_create(username="anggota", defaults=told)
house, _ = Institution.objects.get_or_create(name="Polres", region_id=HOME, defaults={"kind": "polri"})
since = {"valid_from": date(2020, 1, 1), "institution": house}
Posting.objects.get_or_create(user=person, role="anggota_tim", region_id=HOME, defaults=since)
key, _ = ApiKey.objects.update_or_create(
    digest=digest_of(SECRET),
    defaults={
        "owner": person,
        "name": "Uji beban",
        "hint": "kfk_bench",
        "scopes": ["cases:read"],
        "rate": HIGHEST_RATE,
        "days": 365,
        "made_at": begun,
    },
)
key.regions.set([HOME])
print(SECRET, Case.objects.filter(kabupaten=HOME, secrecy=1).order_by("-opened_at").values_list("pk", flat=True)[0])
