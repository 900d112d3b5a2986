"""What a newcomer gets: locks that agree, settings that are told, commands that can be started."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LOCKS = ("base", "production", "dev")
PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([^ \\;]+)", re.MULTILINE)
# Names that the code reads through konflik.environment, the scripts and os.environ.
ASKED = r"""(?:\b(?:text|flag|items|number)\(\s*|environ(?:\.get\(|\[)|[A-Z_]+ = )"""
NAMED = r"""["']((?:KONFLIK_|EMAIL_)[A-Z_]+|DATABASE_URL|REDIS_URL|PORT|TIME_ZONE)["']"""
READ = re.compile(ASKED + NAMED)
# Set by the supervisor for its own children.
INTERNAL = {"KONFLIK_INSTANCE"}


def pins(lock: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / "requirements" / f"{lock}.txt").read_text()))


@pytest.mark.parametrize(("smaller", "larger"), [("base", "production"), ("production", "dev")])
def test_a_lock_contains_the_one_before_it(smaller: str, larger: str) -> None:
    assert len(pins(smaller)) > 10
    assert pins(smaller).items() <= pins(larger).items()


@pytest.mark.parametrize("lock", [*LOCKS, "uv"])
def test_every_pin_has_its_hash(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    entries = re.split(r"(?m)^(?=[A-Za-z0-9])", text)
    assert [entry.split("\n")[0] for entry in entries if "==" in entry and "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", [*LOCKS, "uv"])
def test_every_direct_dependency_is_locked(lock: str) -> None:
    lines = [line.split("#")[0].strip() for line in (ROOT / "requirements" / f"{lock}.in").read_text().splitlines()]
    names = {re.split(r"[\[<>=]", line)[0].lower() for line in lines if line and not line.startswith("-")}
    assert names
    assert names <= {name.lower() for name in pins(lock)}


def test_the_table_of_settings_is_complete_and_says_nothing_else() -> None:
    sources = [path for app in ("accounts", "forums", "konflik") for path in (ROOT / app).rglob("*.py")]
    sources += [ROOT / "tests" / "browser.py", ROOT / "tests" / "profiles.py"]
    read = {name for path in sources for name in READ.findall(path.read_text())} | {"KONFLIK_PYTHON"}
    table = [line.split("|")[1] for line in (ROOT / "README.md").read_text().splitlines() if line.startswith("| `")]
    told = {name for cell in table for name in re.findall(r"`([A-Z_]+)`", cell)}
    assert read - told == INTERNAL
    assert told - read == set()


@pytest.mark.parametrize("script", ["run", "test", "manage.py", ".ci/run"])
def test_a_command_can_be_started(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)


@pytest.mark.parametrize("script", ["run", "test", "requirements/setup.sh"])
def test_a_script_is_plain_sh(script: str) -> None:
    assert subprocess.run(["/bin/sh", "-n", str(ROOT / script)], check=False).returncode == 0
    assert re.findall(r"\[\[|\blocal\b|\bfunction\b|<<<|\bsource\b", (ROOT / script).read_text().split("\n", 2)[2]) == []
