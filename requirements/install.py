"""Brings .venv up to one lock file: `install.py base|production|dev`. Standard library only, run by .venv's own Python.

The stamp is written last, so a half-done installation is done again; a flock keeps two starts from working at once.
"""

import fcntl
import hashlib
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE.parent / ".venv"
STAMP = VENV / "installed-lock"
# Each lock contains the one before it.
LOCKS = ("base", "production", "dev")


def main(wanted: str) -> int:
    """0 when everything is in place."""
    if is_installed(wanted):
        return 0
    with (VENV / "install.flock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_installed(wanted):
            return 0
        print(f"Memasang paket ({wanted}) …", flush=True)
        STAMP.unlink(missing_ok=True)
        if not (with_uv(wanted) or with_pip(wanted)):
            return 1
        STAMP.write_text(mark(wanted))
    return 0


def is_installed(wanted: str) -> bool:
    """True when this lock, or one that contains it, was installed as it stands now."""
    marked = STAMP.read_text() if STAMP.exists() else ""
    return marked in {mark(name) for name in LOCKS[LOCKS.index(wanted) :]}


def mark(name: str) -> str:
    """Name and hash of a lock, and the Python it was installed for."""
    digest = hashlib.sha256((HERE / f"{name}.txt").read_bytes()).hexdigest()
    return f"{name} {digest} {sys.version_info[0]}.{sys.version_info[1]}"


def with_uv(name: str) -> bool:
    """Several times faster than pip; itself installed from its own small lock."""
    if not run("pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", str(HERE / "uv.txt"), quiet=True):
        return False
    return run("uv", "pip", "install", "--quiet", "--python", sys.executable, "--require-hashes", "-r", lock_of(name), quiet=True)


def with_pip(name: str) -> bool:
    """The way that works wherever pip works."""
    print("uv tidak tersedia; memakai pip, perlu sekitar satu menit …", flush=True)
    return run("pip", "install", "--disable-pip-version-check", "--require-hashes", "-r", lock_of(name), quiet=False)


def lock_of(name: str) -> str:
    """Path of a lock file."""
    return str(HERE / f"{name}.txt")


def run(*module_and_args: str, quiet: bool) -> bool:
    """Runs a module of .venv; what it says stays unseen where another way is left."""
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run([sys.executable, "-m", *module_and_args], stdout=output, stderr=output, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
