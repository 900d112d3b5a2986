"""The code without which nobody sets a new system up: a fresh installation does not belong to whoever comes first."""

import contextlib
import os
import secrets

from django.conf import settings

# Without the letters and digits that are taken for each other; sixteen of them are some 77 bits.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 4, 4


def setup_code() -> str:
    """The code of this installation, made once, for the owner's eyes only. Two processes that ask together agree."""
    path = settings.SETUP_CODE_FILE
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        code = "-".join("".join(secrets.choice(SIGNS) for _ in range(GROUP)) for _ in range(GROUPS))
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(code)
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text(encoding="utf-8").strip()


def is_setup_code(given: str) -> bool:
    """Whether `given` is the code, however it was typed; compared in constant time."""
    return secrets.compare_digest(_plain(given), _plain(setup_code()))


def forget_setup_code() -> None:
    """The set-up is done; the code has no use any more."""
    settings.SETUP_CODE_FILE.unlink(missing_ok=True)


def _plain(code: str) -> bytes:
    return "".join(code.split()).replace("-", "").lower().encode()
