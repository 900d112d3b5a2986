"""What the schema allows, and much that it does not, sent to every address: no fault of ours, no answer that it does not tell (S39).

KONFLIK_PROFILE=schema sends 2,000 requests, as CI does; full 20,000.
"""

import compileall
import json
import warnings
from collections import Counter
from contextlib import suppress
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

import jsonschema
import requests
import schemathesis
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from openapi_python_client import generate
from openapi_python_client.config import Config, ConfigFile, MetaType
from schemathesis import GenerationMode

from accounts.keys.services import KeyFacts, make_key
from accounts.keys.tables import HIGHEST_RATE, Scope
from tests.api.writes import Undone, World
from tests.builders import BATANGHARI, NOW, region
from tests.profiles import SCHEMA_REQUESTS

HERE = "http://testserver"
PARTS = {
    "cases": "case",
    "parties": "party",
    "figures": "figure",
    "activities": "activity",
    "agreements": "agreement",
    "terms": "term",
    "moves": "move",
    "access-grants": "access-grant",
}


@cache
def told() -> dict[str, Any]:
    """The schema as it is served."""
    return json.loads(json.dumps(SchemaGenerator().get_schema(request=None, public=True), default=str))


def a_key(world: World) -> Client:
    """Somebody who comes with a key for everything that keys open."""
    facts = KeyFacts(owner=world.boss, name="Uji", scopes=tuple(Scope), regions=(BATANGHARI,), clearance=2, rate=HIGHEST_RATE)
    made = make_key(facts=facts, regions=[region(BATANGHARI)], actor=world.boss, now=NOW)
    return Client(raise_request_exception=False, headers={"Authorization": f"Bearer {made.secret}"})


def send(case: Any, world: World, client: Client, turn: int) -> Any:
    """The request; every second one about something that is there, with the version that stands."""
    part = PARTS.get(case.operation.path.split("/")[3])
    if turn % 2 and part and case.path_parameters:
        row = world.case if part == "move" else world.parts[part]
        case.path_parameters = dict.fromkeys(case.path_parameters, world.parts[part].pk)
        case.headers = {**(case.headers or {}), "If-Match": f'"{row.pk}-{getattr(row, "version", 1)}"'}
    try:
        asked = requests.Request(**case.as_transport_kwargs(base_url=HERE)).prepare()
    except (ValueError, UnicodeError, requests.RequestException):
        return None  # no client can write that down
    headers = {
        name: _text(value) for name, value in asked.headers.items() if name.lower() not in {"content-type", "content-length", "cookie"}
    }
    body = asked.body.encode() if isinstance(asked.body, str) else asked.body or b""
    address = str(asked.url).removeprefix(HERE)
    return client.generic(str(asked.method), address, body, _text(asked.headers.get("Content-Type", "")), headers=headers)


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def breach(operation: dict[str, Any], answer: Any) -> str:
    """What of an answer the schema does not tell; empty where all is told."""
    if answer.status_code >= 500:
        return f"{answer.status_code}"
    known = operation["responses"]
    status = str(answer.status_code)
    found = known.get(status) or known.get(f"{status[0]}XX")
    if found is None:
        return f"status {status}"
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    forms = found.get("content", {})
    if forms and kind not in forms:
        # A file of a list: csv and xlsx hold what the page holds.
        return "" if "format=" in answer.wsgi_request.get_full_path() and kind != "application/json" else f"{status} as {kind!r}"
    if not forms or "json" not in kind:
        return ""
    wanted = {**forms[kind]["schema"], "components": told()["components"]}
    errors = sorted(jsonschema.Draft202012Validator(wanted).iter_errors(answer.json()), key=str)
    return f"{status}: {errors[0].message[:200]} at {list(errors[0].path)}" if errors else ""


def test_no_request_finds_a_fault_or_an_answer_that_is_not_told(world: World) -> None:
    schema = schemathesis.openapi.from_dict(told())
    operations = [found.ok() for found in schema.get_all_operations()]
    people = cycle([world.browser(), world.browser(world.member), a_key(world), Client(raise_request_exception=False)])
    each = max(1, SCHEMA_REQUESTS // (2 * len(operations)))
    breaches: set[str] = set()
    counted = 0
    asked: Counter[str] = Counter()

    def trying(case: Any) -> None:
        nonlocal counted
        counted += 1
        asked[f"{case.method} {case.operation.path}"] += 1
        with Undone():
            answer = send(case, world, next(people), counted // 4)
            if answer is not None and (found := breach(case.operation.definition.raw, answer)):
                breaches.add(f"{case.method} {case.operation.path} {found}")

    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            run = settings(
                max_examples=each, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
            )(seed(counted)(given(operation.as_strategy(generation_mode=mode))(trying)))
            # An address that takes nothing cannot be asked wrongly.
            with suppress(Unsatisfiable):
                run()
    print(f"{counted} requests to {len(operations)} operations")
    assert not breaches, "\n".join(sorted(breaches))
    assert len(asked) == len(operations)
    assert counted >= min(SCHEMA_REQUESTS, len(operations))


def test_the_schema_makes_a_client_that_compiles(tmp_path: Path) -> None:
    source = tmp_path / "schema.json"
    source.write_text(json.dumps(told()), encoding="utf-8")
    made = tmp_path / "client"
    config = Config.from_sources(ConfigFile(post_hooks=[]), MetaType.NONE, source, "utf-8", overwrite=True, output_path=made)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        errors = generate(config=config)
    assert [str(error) for error in errors] == []
    assert compileall.compile_dir(made, quiet=1)
