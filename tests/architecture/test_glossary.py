"""English for the machine, the statute's word for the statute's thing: the closed lists of docs/glossary.md hold."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps

from konflik import law
from konflik.law.activities import ACTIVITY_KINDS
from konflik.law.sources import SOURCE_TEXTS
from konflik.law.stages import FACTS, STAGE_MOVES
from tests.architecture.reading import APPS, ROOT, modules, topic_file

TEXT = (ROOT / "docs/glossary.md").read_text()
_, SCREEN, STATUTE, SHARED = re.split(r"^## .+$", TEXT, flags=re.MULTILINE)
CHOICES = ("konflik.cases.tables", "konflik.stages.tables", "accounts.postings.tables")


def cells(part: str) -> list[list[str]]:
    rows = [line.strip("| ").split("|") for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def words(text: object) -> set[str]:
    return {word for word in re.findall(r"[a-z]+", str(text).lower()) if len(word) > 2}


ALLOWED = {word for row in cells(STATUTE) for word in words(row[0])} | words(SHARED)


def labels(module: Any) -> Iterator[str]:
    """The words of the dicts that a module of lists declares."""
    for name, value in vars(module).items():
        if isinstance(value, dict) and name.isupper():
            parts = [part for word in value.values() for part in (word if isinstance(word, tuple) else (getattr(word, "label", word),))]
            yield from (part for part in parts if type(part) is str)


def indonesian() -> set[str]:
    """Every word that a person reads in the law, the closed lists and the tables: the Indonesian that this house speaks."""
    lists = [name for _, name, _ in pkgutil.walk_packages(law.__path__, "konflik.law.")] + list(CHOICES)
    told: list[object] = [kind.text for kind in ACTIVITY_KINDS.values()]
    told += [*SOURCE_TEXTS.values(), *(move.label for move in STAGE_MOVES.rows)]
    told += [text for fact in FACTS for text in (fact.label, fact.help)]
    told += [label for name in lists for label in labels(importlib.import_module(name))]
    for model in (model for app in APPS for model in apps.get_app_config(app).get_models()):
        told.append(model._meta.verbose_name)
        for field in model._meta.concrete_fields:
            told += [field.help_text, *(word for _, word in field.flatchoices or [])]
            told += [field.verbose_name] if field.verbose_name != field.name.replace("_", " ") else []
    return set().union(*(words(text) for text in told))


def named(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Identifiers that a module makes, and the stored values of its enums."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        if isinstance(node, ast.ClassDef) and any(re.search(r"Enum|Choices", ast.unparse(base)) for base in node.bases):
            for member in node.body:
                values = [part.value for part in ast.walk(member) if isinstance(part, ast.Constant) and isinstance(part.value, str)]
                yield from ((value, member.lineno) for value in values[:1] if isinstance(member, ast.Assign))


def parts(identifier: str) -> set[str]:
    return {part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", identifier) if len(part) > 2}


def looked_at() -> dict[str, ast.Module]:
    """The modules in which the statute has the word."""
    return {
        name: tree for name, tree in modules().items() if name.startswith("konflik.law") or topic_file(name) == "models" or name in CHOICES
    }


def test_no_indonesian_word_is_used_in_code_unless_the_statute_uses_it() -> None:
    spoken = indonesian()
    assert {"perkara", "tahap", "kegiatan", "kesepakatan", "pihak"} <= spoken, "the test must know the words it looks for"
    found = [
        f"{name}:{line} {identifier}: {word}"
        for name, tree in looked_at().items()
        for identifier, line in named(tree)
        for word in sorted(parts(identifier) & spoken - ALLOWED)
    ]
    assert found == []


def test_no_word_of_the_closed_list_is_left_over() -> None:
    used = {word for tree in looked_at().values() for identifier, _ in named(tree) for word in parts(identifier)}
    assert sorted(ALLOWED - used - words(SHARED)) == []


def test_every_table_has_its_two_words() -> None:
    told = {row[2]: row[1] for row in cells(SCREEN) if row[2] != "–"}
    models = {model._meta.label: model._meta.verbose_name for app in APPS for model in apps.get_app_config(app).get_models()}
    assert told == models


def test_no_word_stands_in_the_lists_twice() -> None:
    screen = [row[0] for row in cells(SCREEN)]
    statute = [word.strip() for row in cells(STATUTE) for word in row[0].split(",")]
    assert len(screen) == len(set(screen))
    assert len(statute) == len(set(statute))
