"""The closed lists of the law: complete, labelled, each with its article."""

import ast
from enum import Enum
from pathlib import Path
from types import ModuleType

import pytest

from konflik.cases import tables as case_words
from konflik.law import activities, bodies, events, figures, offices, qualifications, secrecy, severity, sources, stages
from konflik.law.activities import ACTIVITY_KINDS, kinds_of
from konflik.law.grammar.basis import PP_2_2015, UU_7_2012, Article
from konflik.law.qualifications import Qualification, shown_qualification
from konflik.law.secrecy import SEALED_FROM, Secrecy
from konflik.law.sources import SOURCE_TEXTS, Source, article_of
from konflik.law.stages import Stage
from konflik.stages import tables as stage_words
from konflik.stages.models import Activity

ROOM = Path(stages.__file__).parent
# How many letters each article has, counted in the texts of the law.
LETTERS = {
    "uu-6": ("UU 7/2012", "6", 4, Stage.PENCEGAHAN),
    "uu-9": ("UU 7/2012", "9", 8, Stage.PENCEGAHAN),
    "uu-11": ("UU 7/2012", "11", 5, Stage.PENCEGAHAN),
    "pp-3": ("PP 2/2015", "3", 18, Stage.PENCEGAHAN),
    "uu-12": ("UU 7/2012", "12", 4, Stage.PENGHENTIAN),
    "uu-32": ("UU 7/2012", "32", 9, Stage.PENGHENTIAN),
    "uu-37": ("UU 7/2012", "37", 3, Stage.PEMULIHAN),
    "uu-38": ("UU 7/2012", "38", 10, Stage.PEMULIHAN),
    "uu-39": ("UU 7/2012", "39", 6, Stage.PEMULIHAN),
}


def labels_beside(module: ModuleType) -> list[tuple[type[Enum], dict]]:
    """Every enum that a module declares, with the dict of words for it (empty where none stands there)."""
    enums = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Enum) and value.__module__ == module.__name__
    ]
    words = [value for value in vars(module).values() if isinstance(value, dict) and value and all(isinstance(key, Enum) for key in value)]
    return [(enum, next((table for table in words if type(next(iter(table))) is enum), {})) for enum in enums]


WORDED = [
    pytest.param(enum, words, id=f"{module.__name__}.{enum.__name__}")
    for module in (bodies, events, figures, offices, qualifications, secrecy, severity, sources, stages, case_words, stage_words)
    for enum, words in labels_beside(module)
    if enum is not case_words.Series  # never shown: it is told by the prefix of the number
]


@pytest.mark.parametrize(("enum", "words"), WORDED)
def test_every_value_of_a_closed_list_has_its_word(enum: type[Enum], words: dict) -> None:
    assert set(words) == set(enum)
    assert all(str(word[0] if isinstance(word, tuple) else getattr(word, "label", word)).strip() for word in words.values())


def test_no_two_events_read_alike() -> None:
    assert len(set(events.EVENT_LABELS.values())) == len(events.EVENT_LABELS)


def test_values_that_are_stored_fit_their_columns() -> None:
    assert max(len(event.value) for event in events.Event) <= 40
    assert max(len(measure.value) for measure in figures.Measure) <= 20
    assert max(len(code) for code in ACTIVITY_KINDS) <= 10


@pytest.mark.parametrize("prefix", LETTERS)
def test_an_article_is_listed_letter_by_letter(prefix: str) -> None:
    law, pasal, letters, stage = LETTERS[prefix]
    kinds = [kind for code, kind in ACTIVITY_KINDS.items() if code.rpartition("-")[0] == prefix]
    assert [kind.code for kind in kinds] == [f"{prefix}-{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"[:letters]]
    assert [kind.basis.huruf for kind in kinds] == list("abcdefghijklmnopqrstuvwxyz"[:letters])
    assert {(kind.basis.law, kind.basis.pasal) for kind in kinds} == {(law, pasal)}
    assert {kind.stage for kind in kinds} == {stage}
    assert len({kind.text for kind in kinds}) == letters


def test_the_list_holds_nothing_else_and_no_code_twice() -> None:
    assert len(ACTIVITY_KINDS) == sum(letters for _, _, letters, _ in LETTERS.values()) == 67
    written = [
        node
        for node in ast.walk(ast.parse((ROOM / "activities.py").read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "listed"
    ]
    assert len(written) == len(LETTERS), "two articles under one prefix would swallow each other"


def test_the_database_accepts_exactly_the_activities_of_the_law() -> None:
    [constraint] = [rule for rule in Activity._meta.constraints if rule.name == "activity_kind_in_law"]
    assert dict(constraint.condition.children)["kind__in"] == list(ACTIVITY_KINDS)
    assert [code for code, _ in Activity._meta.get_field("kind").choices] == list(ACTIVITY_KINDS)


def test_each_stage_offers_its_own_activities_and_a_closed_case_none() -> None:
    offered = {stage: kinds_of(stage) for stage in Stage}
    assert {stage: len(kinds) for stage, kinds in offered.items()} == {
        Stage.PENCEGAHAN: 35,
        Stage.PENGHENTIAN: 13,
        Stage.PEMULIHAN: 19,
        Stage.SELESAI: 0,
    }
    assert activities.ACTIVITY_KINDS["uu-37-a"].text == "perundingan secara damai"


def test_the_five_sources_are_the_letters_of_pasal_5() -> None:
    assert [source.value for source in Source] == list("abcde")
    assert [str(article_of(source)) for source in Source] == [f"UU 7/2012 Pasal 5 huruf {letter}" for letter in "abcde"]
    assert set(SOURCE_TEXTS) == set(Source)


def test_classes_are_ordered_and_sealed_from_rahasia() -> None:
    assert list(Secrecy) == sorted(Secrecy)
    assert SEALED_FROM is Secrecy.RAHASIA


@pytest.mark.parametrize(
    ("article", "printed"),
    [
        (UU_7_2012.pasal(12), "UU 7/2012 Pasal 12"),
        (UU_7_2012.pasal(30, "1"), "UU 7/2012 Pasal 30 ayat (1)"),
        (UU_7_2012.pasal(5, huruf="c"), "UU 7/2012 Pasal 5 huruf c"),
        (PP_2_2015.pasal(9, "2", "a"), "PP 2/2015 Pasal 9 ayat (2) huruf a"),
    ],
)
def test_an_article_is_printed_as_a_clerk_cites_it(article: Article, printed: str) -> None:
    assert str(article) == printed


@pytest.mark.parametrize(
    ("decided", "stage", "has_status", "shown"),
    [
        (Qualification.POTENSI, Stage.PENCEGAHAN, False, "Potensi konflik"),
        (Qualification.PERISTIWA, Stage.PENGHENTIAN, False, "Peristiwa"),
        (Qualification.KONFLIK, Stage.PENGHENTIAN, False, "Konflik menurut UU 7/2012 Pasal 1 angka 1"),
        (Qualification.KONFLIK, Stage.PENGHENTIAN, True, "Status Keadaan Konflik ditetapkan"),
        (Qualification.PERISTIWA, Stage.PEMULIHAN, True, "Pascakonflik"),
        (Qualification.POTENSI, Stage.SELESAI, False, "Selesai"),
    ],
)
def test_the_word_shown_goes_beyond_the_decided_one(decided: Qualification, stage: Stage, has_status: bool, shown: str) -> None:
    assert shown_qualification(decided=decided, stage=stage, has_status=has_status) == shown
