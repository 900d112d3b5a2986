"""The addresses of the API that are read, filled with what stands in the world of the access matrix."""

from typing import Any

from tests.access.matrix import ROWS
from tests.access.walking import Address
from tests.access.world import World
from tests.builders import BATANGHARI

ABOUT = "own terbatas"
"""The case that is asked about: of a class that a key can open, and that leaves no line when it is read."""

FILLED: dict[str, dict[str, Any]] = {
    "api:region": {"code": BATANGHARI},
    "api:deadline-rule": {"code": "skk-berakhir"},
    "api:deadline-rule-preview": {"code": "skk-berakhir"},
    "api-problem": {"code": "ditolak"},
    "api-nowhere": {"rest": "nowhere"},
}


def path_of(address: Address, world: World) -> str:
    """The address, about the case or the thing that `ABOUT` names."""
    row = ROWS[address.name]
    parts, things = world.cases[ABOUT], world.objects["own"]
    found = parts["case"].pk if row.part == "case" else parts.get(row.part, things.get(row.part))
    if address.name == "api:notice":
        found = world.people["S"].notices.order_by("pk").values_list("pk", flat=True)[0]
    return address.filled(**{"pk": found, **FILLED.get(address.name, {})})
