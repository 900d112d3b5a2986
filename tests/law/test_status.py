"""Status Keadaan Konflik: what may be declared, extended, restricted and asked for, each refusal with its article."""

from datetime import date, timedelta
from typing import Any

import pytest

from konflik.law.grammar.basis import Practice
from konflik.law.status import (
    CONDITIONS,
    CONSULT_BEFORE,
    DECREE_PARTS,
    EXTENSION_DECREE_PARTS,
    LONGEST,
    LONGEST_EXTENSION,
    LONGEST_IN_ALL,
    REQUIREMENTS,
    RESTRICTION_BASES,
    RESTRICTION_LABELS,
    RESTRICTION_TEXTS,
    REVOCATION_DECREE_PARTS,
    SCALE_LABELS,
    SCALE_RULES,
    TNI_ADVISERS,
    TNI_COORDINATED,
    TNI_COPIES,
    TNI_LETTER_PARTS,
    TNI_PURPOSES,
    TNI_WEIGHED,
    Restriction,
    Scale,
    consult_by,
    extension_warnings,
    last_lawful_day,
    last_lawful_day_of_extension,
    may_ask_for_tni,
    may_declare,
    may_extend,
    may_restrict,
    signs_of,
    unmet,
)

KABUPATEN = Scale.KABUPATEN
ENOUGH = {"crowd_grows", "several_kecamatan", "offices_down", "facilities_down"}
FIRST, LAST = date(2026, 3, 2), date(2026, 5, 30)
DECLARED: dict[str, Any] = {
    "scale": KABUPATEN,
    "effective_on": FIRST,
    "ends_on": LAST,
    "decided_on": date(2026, 3, 1),
    "consulted_on": date(2026, 2, 28),
    "found": ENOUGH,
}
EXTENDED: dict[str, Any] = {
    "scale": KABUPATEN,
    "effective_on": FIRST,
    "ends_on": LAST,
    "new_ends_on": date(2026, 6, 29),
    "decided_on": date(2026, 5, 25),
    "consulted_on": date(2026, 5, 20),
    "has_evaluation": True,
    "is_extended": False,
}


def fields(refusals: tuple) -> list[str]:
    return [one.field for one in refusals]


def test_the_lengths_are_those_of_the_law() -> None:
    assert [str(span) for span in (LONGEST, LONGEST_EXTENSION, LONGEST_IN_ALL, CONSULT_BEFORE)] == [
        "90 hari",
        "30 hari",
        "120 hari",
        "10 hari",
    ]


def test_day_ninety_is_counted_with_the_first_day() -> None:
    assert last_lawful_day(FIRST) == LAST
    assert (last_lawful_day(FIRST) - FIRST).days == 89
    assert consult_by(LAST, effective_on=FIRST) == date(2026, 5, 20)
    assert consult_by(FIRST + timedelta(days=4), effective_on=FIRST) == FIRST


@pytest.mark.parametrize(
    ("ends_on", "until"),
    [
        (LAST, date(2026, 6, 29)),
        (date(2026, 4, 30), date(2026, 5, 30)),
        (LAST - timedelta(days=1), date(2026, 6, 28)),
    ],
)
def test_an_extension_has_thirty_days_and_never_goes_beyond_day_120(ends_on: date, until: date) -> None:
    found = last_lawful_day_of_extension(effective_on=FIRST, ends_on=ends_on)
    assert found == until
    assert (found - FIRST).days <= 119


def test_day_120_holds_for_a_status_that_was_too_long() -> None:
    assert last_lawful_day_of_extension(effective_on=FIRST, ends_on=LAST + timedelta(days=20)) == date(2026, 6, 29)


def test_a_lawful_declaration_is_refused_by_nothing() -> None:
    assert may_declare(**DECLARED) == ()


@pytest.mark.parametrize(
    ("change", "field", "article"),
    [
        ({"consulted_on": None}, "consulted_on", "UU 7/2012 Pasal 16"),
        ({"consulted_on": date(2026, 3, 2)}, "consulted_on", "UU 7/2012 Pasal 16"),
        ({"ends_on": LAST + timedelta(days=1)}, "ends_on", "UU 7/2012 Pasal 22"),
        ({"ends_on": FIRST - timedelta(days=1)}, "ends_on", "UU 7/2012 Pasal 22"),
        ({"found": ENOUGH - {"crowd_grows"}}, "criteria", "PP 2/2015 Pasal 43 ayat (2) huruf a"),
        ({"found": ENOUGH - {"several_kecamatan"}}, "criteria", "PP 2/2015 Pasal 43 ayat (2) huruf b"),
        ({"found": ENOUGH - {"offices_down"}}, "criteria", "PP 2/2015 Pasal 43 ayat (3)"),
        ({"found": ENOUGH - {"facilities_down"}}, "criteria", "PP 2/2015 Pasal 43 ayat (3)"),
        ({"scale": Scale.PROVINSI}, "criteria", "PP 2/2015 Pasal 43 ayat (2) huruf b"),
        ({"scale": Scale.PROVINSI, "consulted_on": None, "found": {*ENOUGH, "several_kabupaten"}}, "consulted_on", "UU 7/2012 Pasal 18"),
    ],
)
def test_what_forbids_a_declaration(change: dict[str, Any], field: str, article: str) -> None:
    [refused] = may_declare(**DECLARED | change)
    assert (refused.field, str(refused.basis)) == (field, article)
    assert str(refused).endswith(f"Dasar: {article}.")


def test_every_reason_is_given_at_once() -> None:
    refusals = may_declare(**DECLARED | {"found": set(), "consulted_on": None, "ends_on": date(2027, 1, 1)})
    assert fields(refusals) == ["criteria"] * 4 + ["consulted_on", "ends_on"]
    assert "30 Mei 2026" in refusals[-1].message


def test_a_lawful_extension_is_refused_by_nothing() -> None:
    assert may_extend(**EXTENDED) == ()


@pytest.mark.parametrize(
    ("change", "field", "article"),
    [
        ({"consulted_on": None}, "consulted_on", "UU 7/2012 Pasal 30 ayat (1)"),
        ({"consulted_on": date(2026, 2, 28)}, "consulted_on", "UU 7/2012 Pasal 30 ayat (1)"),
        ({"consulted_on": date(2026, 5, 26)}, "consulted_on", "UU 7/2012 Pasal 29 ayat (1)"),
        ({"new_ends_on": date(2026, 6, 30)}, "new_ends_on", "UU 7/2012 Pasal 29 ayat (1)"),
        ({"new_ends_on": LAST}, "new_ends_on", "UU 7/2012 Pasal 29 ayat (1)"),
        ({"decided_on": LAST + timedelta(days=1)}, "decided_on", "UU 7/2012 Pasal 29 ayat (1)"),
        ({"has_evaluation": False}, "evaluation", "UU 7/2012 Pasal 29 ayat (1)"),
        ({"scale": Scale.NASIONAL, "consulted_on": None}, "consulted_on", "UU 7/2012 Pasal 30 ayat (3)"),
    ],
)
def test_what_forbids_an_extension(change: dict[str, Any], field: str, article: str) -> None:
    [refused] = may_extend(**EXTENDED | change)
    assert (refused.field, str(refused.basis)) == (field, article)


def test_a_second_extension_is_refused_as_our_reading_and_not_as_an_article() -> None:
    [refused] = may_extend(**EXTENDED | {"is_extended": True})
    assert isinstance(refused.basis, Practice)
    assert "perpanjangan kedua" in refused.message


def test_a_late_consultation_warns_and_does_not_forbid() -> None:
    assert extension_warnings(scale=KABUPATEN, effective_on=FIRST, ends_on=LAST, consulted_on=date(2026, 5, 20)) == ()
    [warning] = extension_warnings(scale=KABUPATEN, effective_on=FIRST, ends_on=LAST, consulted_on=date(2026, 5, 21))
    assert "20 Mei 2026" in warning.message
    assert "10 hari" in warning.message
    assert may_extend(**EXTENDED | {"consulted_on": date(2026, 5, 21)}) == ()


@pytest.mark.parametrize(
    ("first_day", "last_day", "is_lawful"),
    [
        (FIRST, LAST, True),
        (FIRST - timedelta(days=1), LAST, False),
        (FIRST, LAST + timedelta(days=1), False),
        (LAST, FIRST, False),
    ],
)
def test_a_restriction_stays_within_the_status(first_day: date, last_day: date, is_lawful: bool) -> None:
    refusals = may_restrict(effective_on=FIRST, ends_on=LAST, first_day=first_day, last_day=last_day)
    assert (refusals == ()) == is_lawful


def test_help_of_the_tni_needs_a_status_and_three_considerations() -> None:
    heard = {one.code for one in TNI_ADVISERS}
    assert may_ask_for_tni(is_in_force=True, advised_by=heard) == ()
    [refused] = may_ask_for_tni(is_in_force=False, advised_by=heard)
    assert str(refused.basis) == "PP 2/2015 Pasal 40 ayat (1)"
    [refused] = may_ask_for_tni(is_in_force=True, advised_by=heard - {"prosecutor"})
    assert "kepala kejaksaan negeri" in refused.message
    assert fields(may_ask_for_tni(is_in_force=False, advised_by=())) == ["status", *["advised_by"] * 3]


def test_signs_belong_to_their_scale() -> None:
    assert {sign.code for sign in signs_of(KABUPATEN)} ^ {sign.code for sign in signs_of(Scale.PROVINSI)} == {
        "several_kecamatan",
        "several_kabupaten",
    }
    assert unmet(KABUPATEN, ENOUGH) == ()
    assert [one.code for one in unmet(KABUPATEN, ENOUGH - {"crowd_grows", "offices_down"})] == ["escalating", "administration_down"]
    assert {one.condition for one in REQUIREMENTS} == {one.code for one in CONDITIONS}


@pytest.mark.parametrize("scale", Scale)
def test_each_scale_is_complete(scale: Scale) -> None:
    assert scale in SCALE_LABELS
    assert set(RESTRICTION_BASES[scale]) == set(Restriction) == set(RESTRICTION_TEXTS) == set(RESTRICTION_LABELS)
    rule = SCALE_RULES[scale]
    assert rule.decided_by == rule.responsible.split(";")[0]
    assert unmet(scale, {sign.code for sign in signs_of(scale)}) == ()


def test_the_lists_have_the_length_the_law_gives_them() -> None:
    assert [len(part) for part in (TNI_LETTER_PARTS, TNI_COPIES, TNI_WEIGHED, TNI_ADVISERS, TNI_PURPOSES, TNI_COORDINATED)] == [
        4,
        9,
        4,
        3,
        9,
        7,
    ]


def test_what_no_article_lists_is_never_dressed_up_as_law() -> None:
    parts = (*DECREE_PARTS, *EXTENSION_DECREE_PARTS, *REVOCATION_DECREE_PARTS)
    assert len(DECREE_PARTS) == 10
    assert all(isinstance(part.basis, Practice) for part in parts)
