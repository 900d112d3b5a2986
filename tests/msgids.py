"""Every text that the packages in use ask gettext for, told from their sources without any tool."""

import ast
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from django.utils.translation.template import templatize

CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
LITERAL = r"u?(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')"
IN_TEMPLATE = re.compile(rf"(?<!\w)(_|n?gettext|pgettext)\(((?:\s*{LITERAL}\s*,?)+)")


def texts_of(package: str, *parts: str) -> set[tuple[str, ...]]:
    """(kind, text …) of the sources of `package` below `parts`."""
    spec = find_spec(package)
    assert spec is not None
    assert spec.submodule_search_locations
    root = Path(spec.submodule_search_locations[0])
    found: set[tuple[str, ...]] = set()
    for part in parts or ("",):
        for path in (root / part).rglob("*"):
            if path.suffix == ".py":
                found |= set(_in_python(path))
            elif path.suffix in {".html", ".txt"}:
                found |= set(_in_template(path))
    return found


def _in_python(path: Path) -> Iterator[tuple[str, ...]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if name in CALLS and texts:
            yield (name.removesuffix("_lazy"), *texts)


def _in_template(path: Path) -> Iterator[tuple[str, ...]]:
    for match in IN_TEMPLATE.finditer(templatize(path.read_text(), origin=str(path))):
        yield (match[1], *ast.literal_eval(f"({match[2].rstrip(', ')},)"))
