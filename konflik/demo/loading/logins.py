"""The password of the demo logins and the file that tells them to whoever starts the demo."""

import json
import os
import secrets
from pathlib import Path

from django.conf import settings

from accounts.users.services import share_password
from konflik.demo.loading.people import Cast

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, LETTERS = 4, 4


def write_logins(cast: Cast, *, password: str = "") -> None:
    """Give every login the one password, given or made up once, and write them down for the owner's eyes only.

    A login that is written down with that password already is left as it is.
    """
    path = Path(settings.DATA_DIR) / "demo_logins.json"
    kept = {row["masuk"]: row["kata_sandi"] for row in json.loads(path.read_text())} if path.exists() else {}
    chosen = password or next(iter(kept.values()), "") or _made_up()
    changed = [player.user for name, player in cast.players.items() if kept.get(name) != chosen or not player.user.has_usable_password()]
    if changed:
        share_password(users=changed, password=chosen)
    rows = [
        {"peran": player.role, "kabupaten": player.place, "masuk": username, "kata_sandi": chosen}
        for username, player in cast.players.items()
    ]
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(rows, file, ensure_ascii=False, indent=1)
    draft.replace(path)


def _made_up() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS))
