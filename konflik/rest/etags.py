"""ETags: what a reader saw, so that nothing is sent twice (If-None-Match) and nothing newer is overwritten (If-Match).

A tag is made from the answer alone: from its bytes, or from the rows that it is written from and the program that writes them. So
it says nothing that the answer does not say: a change of something that the reader may not see leaves it as it was (S03, S14), and
what a row keeps from its reader cannot be tried out, since a secret of the installation goes into the digest. The tag of an object
begins with its key and version, `"12-3-9f…"`; If-Match reads these two, and `"12-3"` written by hand from `version` does as well.
"""

import hashlib
import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.http import parse_etags

from konflik.rest.problems import Problem
from konflik.rest.rendering import write_json

ROOMS = [Path(__file__).resolve().parents[2] / room for room in ("accounts", "forums", "konflik")]
VERSIONED = re.compile(r'"([^"\s-]{1,40})-(\d{1,9})(-[0-9a-f]+)?"')


def tag_of(body: bytes, *, key: object = None, version: int | None = None) -> str:
    """The strong tag of an answer; of an object that has a version with both in front."""
    mark = hashlib.blake2b(body, digest_size=10).hexdigest()
    return f'"{mark}"' if version is None else f'"{key}-{version}-{mark}"'


def tag_of_rows(*told: object) -> str:
    """The strong tag of an answer that is written from `told` (anything that goes into JSON) and nothing else."""
    return tag_of(write_json([program_mark(), *told]))


@cache
def program_mark() -> str:
    """What tells this program from an older one, which may have written the same rows in another form, and is known to nobody."""
    mark = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=20)
    for path in (path for room in ROOMS for path in sorted(room.rglob("*.py"))):
        mark.update(path.read_bytes())
    return mark.hexdigest()


def is_known(header: str, tag: str) -> bool:
    """Whether If-None-Match names `tag`: 304 is enough."""
    if not header:
        return False
    known = [one.removeprefix("W/") for one in parse_etags(header)]
    return tag in known or known == ["*"]


def seen_version(header: str, *, key: object) -> int:
    """The version of the object `key` that If-Match names. Raises Problem: 428 where it is missing, 412 where it names something else."""
    if not header.strip():
        raise Problem("versi-wajib")
    found = VERSIONED.fullmatch(header.strip())
    if not found or found[1] != str(key):
        raise Problem("versi-usang", "If-Match tidak menyebut satu versi dari data ini. Kirim ETag dari bacaan terakhir, apa adanya.")
    return int(found[2])
