"""Rules of the house that a reader would otherwise have to remember."""

import ast
import re
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from konflik.cases.models import Case
from konflik.law.activities import ACTIVITY_KINDS
from konflik.law.events import Event
from konflik.law.stages import STAGE_EVENTS
from tests.architecture.reading import calls, functions, imports, modules, topic_file

EDGES = {"api", "web", "admin", "tasks", "middleware", "backends"}
CLOCKS = (
    "timezone.now",
    "timezone.localtime",
    "timezone.localdate",
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
)
# Rooms of the machine itself, which run by the clock and know no law.
MACHINERY = (
    "konflik.management",
    "konflik.rest",  # the views of the API: an edge
    "konflik.serving",
    "konflik.safekeeping",
    "konflik.pulse",
    "konflik.health",
    "konflik.alarm",
    "konflik.checks",
    "konflik.middleware",
)
# Events of rooms that are declared and not built to their end: whoever writes one of these events takes it out here.
NOT_WRITTEN_YET = {event for event in Event if event.value.startswith(("notice_",))} | {Event.PROGRESS_REPORTED}


def reads_clock(called: str, call: ast.Call) -> bool:
    """Whether the call asks what time it is now; localtime and localdate of a given instant do not."""
    return any(called.endswith(clock) for clock in CLOCKS) and not call.args


def test_only_edges_read_the_clock() -> None:
    found = [
        f"{name}:{call.lineno} {called}"
        for name, tree in modules().items()
        if topic_file(name) not in EDGES and not name.startswith(MACHINERY)
        for called, call in calls(tree)
        if reads_clock(called, call)
    ]
    assert found == []


def test_a_clock_would_be_found() -> None:
    for text in ("timezone.now()", "datetime.now()", "date.today()", "timezone.localdate()"):
        [(called, call)] = calls(ast.parse(text))
        assert reads_clock(called, call)
    [(called, call), *_] = calls(ast.parse("timezone.localdate(at)"))
    assert not reads_clock(called, call)


def services() -> dict[str, ast.Module]:
    return {name: tree for name, tree in modules().items() if topic_file(name) == "services"}


def test_services_know_no_request_and_no_web() -> None:
    assert services()
    for name, tree in services().items():
        for function in functions(tree):
            arguments = function.args.posonlyargs + function.args.args + function.args.kwonlyargs
            assert "request" not in {argument.arg for argument in arguments}, f"{name}.{function.name} takes a request"
        for imported, line in imports(tree):
            assert not imported.startswith(("django.http", "django.shortcuts", "rest_framework", "celery")), (
                f"{name}:{line} imports {imported}"
            )


def writing_services() -> list[tuple[str, ast.FunctionDef]]:
    """Public functions that are one transaction."""
    return [(name, function) for name, tree in services().items() for function in tree.body if _is_transaction(function)]


def _is_transaction(node: ast.stmt) -> bool:
    is_public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    return is_public and any("atomic" in ast.unparse(mark) for mark in node.decorator_list)


def test_services_are_called_by_keyword_with_types_and_the_time() -> None:
    assert len(writing_services()) > 30
    # The writers of the journal, behind every service, take what they write first.
    inner = {
        ("konflik.journal.services", "append"),
        ("konflik.journal.services", "begin_streams"),
        ("konflik.acts.services.recording", "record"),
    }
    for name, function in writing_services():
        where = f"{name}.{function.name}"
        if (name, function.name) not in inner:
            assert function.args.args == [], f"{where} takes arguments by place"
        assert all(argument.annotation for argument in function.args.kwonlyargs), f"{where} has an argument without a type"
        assert function.returns is not None, f"{where} has no return type"
        assert ast.get_docstring(function), f"{where} says nothing of itself"


def test_events_that_can_be_written_are_written_and_no_other() -> None:
    outside = [tree for name, tree in modules().items() if not name.startswith("konflik.law")]
    named = [node for tree in outside for node in ast.walk(tree) if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Event"]
    written = {Event[node.attr] for node in named if node.attr in Event.__members__} | set(STAGE_EVENTS)
    assert {event.name for event in set(Event) - written - NOT_WRITTEN_YET} == set()


def test_no_domain_flow_by_signals() -> None:
    for name, tree in modules().items():
        for imported, line in imports(tree):
            assert not re.match(r"django\.(db\.models|core|dispatch|test)\.(signals|receiver|Signal)", imported), (
                f"{name}:{line} imports {imported}"
            )


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say() -> None:
    out = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=out, stderr=out)
    assert "No changes detected" in out.getvalue()


def on_a_case(model: type[models.Model], seen: frozenset = frozenset()) -> bool:
    """Whether rows of `model` are a case, or hang on one by a chain of foreign keys."""
    if model is Case:
        return True
    parents = [
        field.related_model for field in model._meta.concrete_fields if field.is_relation and field.related_model not in {model, *seen}
    ]
    return any(parent._meta.app_label == "konflik" and on_a_case(parent, seen | {model}) for parent in parents)


SENSITIVE = [model for model in apps.get_app_config("konflik").get_models() if on_a_case(model)]


@pytest.mark.parametrize("model", SENSITIVE, ids=lambda model: model.__name__)
def test_every_sensitive_table_is_read_through_one_door(model: type[models.Model]) -> None:
    assert callable(getattr(model._default_manager, "visible_to", None))
    assert callable(getattr(model._default_manager.get_queryset(), "visible_to", None))


def test_the_sensitive_tables_are_those_one_would_name() -> None:
    named = {
        "Case",
        "Party",
        "Figure",
        "Attachment",
        "AccessGrant",
        "StageMove",
        "Activity",
        "AgreementTerm",
        "JournalLine",
        "JournalDetail",
    }
    assert named <= {model.__name__ for model in SENSITIVE}


# How a person wants to be told says nothing of a case: it goes with the person.
PERSONAL = {"ChannelChoice", "Habit", "CalendarFeed"}


def test_neither_case_nor_journal_goes_with_what_it_points_to() -> None:
    for model in apps.get_app_config("konflik").get_models():
        for field in model._meta.concrete_fields:
            if field.is_relation and model.__name__ not in PERSONAL:
                assert field.remote_field.on_delete in {models.PROTECT, models.DO_NOTHING}, (
                    f"{model.__name__}.{field.name} would take its row along"
                )


def test_codes_of_activities_are_short_and_plain() -> None:
    assert all(code.isascii() and code == code.lower() for code in ACTIVITY_KINDS)
