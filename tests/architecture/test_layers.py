"""The order of imports is kept, covers every room, and would be noticed if broken (architecture, section 2)."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("accounts", "forums", "konflik")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
DOWN, INSIDE, LAW = CONTRACTS
# What makes a package a topic: at least one of the files that topics have.
TOPIC_FILES = ("models", "selectors", "services", "forms", "web", "admin", "api", "tasks")
# Rooms of the wiring row and of the law: their inside is not that of a topic.
NO_TOPICS = {"konflik.law", "konflik.demo", "konflik.serving", "konflik.safekeeping", "konflik.management", "konflik.migrations"}


def rooms() -> set[str]:
    """Every module and package directly inside an app."""
    found = set()
    for app in APPS:
        for path in (ROOT / app).iterdir():
            is_package = path.is_dir() and any(path.glob("*.py"))
            is_module = path.suffix == ".py" and path.stem != "__init__"
            if is_package or is_module:
                found.add(f"{app}.{path.stem}")
    return found


def listed(layers: list[str]) -> set[str]:
    """The names in a list of layers, without its punctuation."""
    return {name.strip("() ") for row in layers for part in row.split("|") for name in part.split(":")}


def test_every_room_stands_in_the_order() -> None:
    assert rooms() - listed(DOWN["layers"]) == set()


def test_a_room_that_exists_is_not_marked_as_coming() -> None:
    coming = {name.strip("() ") for row in DOWN["layers"] for part in row.split("|") for name in part.split(":") if "(" in name}
    assert coming & rooms() == set()


def is_topic(room: Path) -> bool:
    return any((room / f"{name}.py").exists() or (room / name).is_dir() for name in TOPIC_FILES)


def test_every_topic_keeps_the_inner_order() -> None:
    topics = {
        room
        for room in rooms() - NO_TOPICS
        if any(
            (ROOT / room.replace(".", "/") / f"{name}.py").exists() or (ROOT / room.replace(".", "/") / name).is_dir()
            for name in TOPIC_FILES
        )
    }
    assert topics
    assert topics - set(INSIDE["containers"]) == set()


# contract, file, line that breaks it
PLANTED = [
    (DOWN["name"], "accounts/regions/selectors.py", "import konflik.cases.models"),
    (DOWN["name"], "konflik/journal/services.py", "import konflik.acts.services"),
    (INSIDE["name"], "konflik/cases/models/__init__.py", "import konflik.cases.services"),
    (LAW["name"], "konflik/law/stages.py", "import django.db"),
    (LAW["name"], "konflik/law/stages.py", "import celery"),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source apart, to be spoiled."""
    place = tmp_path_factory.mktemp("source")
    for app in APPS:
        shutil.copytree(ROOT / app, place / app, ignore=shutil.ignore_patterns("__pycache__", "*.gz"))
    shutil.copy(ROOT / "pyproject.toml", place)
    return place


def lint(place: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    return subprocess.run(command, cwd=place, capture_output=True, text=True, check=False, timeout=120)


def test_all_contracts_are_kept(copy: Path) -> None:
    done = lint(copy)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("KEPT") == len(CONTRACTS) == 3


@pytest.mark.parametrize(("contract", "file", "line"), PLANTED)
def test_a_planted_violation_is_found(copy: Path, contract: str, file: str, line: str) -> None:
    path = copy / file
    before = path.read_text()
    path.write_text(f"{before}\n{line}\n")
    try:
        done = lint(copy)
    finally:
        path.write_text(before)
    assert done.returncode == 1
    assert f"{contract} BROKEN" in done.stdout
