"""The import contracts hold, and each of them is really looked at: a planted breach of it is found."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.reading import APPS, ROOT, imports, modules, topic_file

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
DOWN, INSIDE, LAW = (contract["name"] for contract in CONTRACTS)
LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", LINT], cwd=folder, capture_output=True, text=True, check=False, timeout=300)


def broken(folder: Path) -> list[str]:
    done = lint(folder)
    assert "Contracts" in done.stdout, done.stdout + done.stderr
    return re.findall(r"^(.+) BROKEN", done.stdout, re.MULTILINE)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three apps and their contracts, to be spoilt."""
    folder = tmp_path_factory.mktemp("copy")
    for app in APPS:
        shutil.copytree(ROOT / app, folder / app, ignore=shutil.ignore_patterns("__pycache__", "data"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_all_three_contracts_are_kept(copy: Path) -> None:
    assert len(CONTRACTS) == 3
    assert broken(copy) == []


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("konflik/journal/models.py", "from konflik.cases.models import Case", DOWN),
        ("accounts/users/selectors.py", "from accounts.postings.models import Posting", DOWN),
        ("konflik/law/stages.py", "from konflik.journal.models import JournalLine", DOWN),
        ("konflik/cases/tables.py", "from konflik.cases.models import Case", INSIDE),
        ("konflik/stages/selectors.py", "from konflik.stages.services.moves import move_case", INSIDE),
        ("konflik/law/secrecy.py", "import django", LAW),
        ("konflik/law/grammar/basis.py", "from celery import shared_task", LAW),
    ],
)
def test_a_planted_breach_is_found(copy: Path, module: str, line: str, contract: str) -> None:
    path = copy / module
    sound = path.read_text()
    path.write_text(f"{sound}\n{line}\n")
    try:
        assert contract in broken(copy)
    finally:
        path.write_text(sound)


def test_every_room_stands_in_the_list_of_layers() -> None:
    [layers] = [contract["layers"] for contract in CONTRACTS if contract["name"] == DOWN]
    listed = {name.strip(" ()") for layer in layers for name in re.split(r"[:|]", layer)}
    found = {".".join(name.split(".")[:2]) for name in modules() if name.count(".")}
    assert sorted(found - listed) == []


def layer_of_wiring() -> set[str]:
    """What joins the rooms and stands above them all."""
    [layers] = [contract["layers"] for contract in CONTRACTS if contract["name"] == DOWN]
    return {name.strip(" ()") for name in layers[0].split(":")}


def test_every_topic_is_checked_inside() -> None:
    [inside] = [contract for contract in CONTRACTS if contract["name"] == INSIDE]
    files = {name.strip(" ()") for layer in inside["layers"] for name in layer.split("|")}
    topics = {".".join(name.split(".")[:2]) for name in modules() if topic_file(name) in files} - layer_of_wiring()
    assert inside["exhaustive"] is True
    assert sorted(topics - set(inside["containers"])) == []


def test_the_law_is_plain_python() -> None:
    for name, tree in modules().items():
        if name.startswith("konflik.law"):
            for imported, line in imports(tree):
                root = imported.split(".")[0]
                assert root in sys.stdlib_module_names or imported.startswith("konflik.law."), f"{name}:{line} imports {imported}"


def test_wiring_is_not_imported_by_rooms() -> None:
    """Topics import each other's modules, never the lists that join them."""
    for name, tree in modules().items():
        if name.count(".") > 1:
            for imported, line in imports(tree):
                assert not re.match(r"(konflik|forums|accounts)\.models\.", imported), f"{name}:{line} imports {imported}"
