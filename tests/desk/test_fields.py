"""Numbers as they are written here, and dates said again in Indonesian beside their field."""

from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.exceptions import ValidationError

from konflik.desk.forms.fields import AmountField, DayField, HourField, RegionalInstantField
from konflik.desk.web.tags import understood


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("15", "15"),
        ("1.200", "1200"),
        ("1.250.000.000", "1250000000"),
        ("1,5", "1.5"),
        ("1.200,25", "1200.25"),
        ("1.5", "1.5"),
        (" 41 ", "41"),
    ],
)
def test_a_number_is_read_as_it_is_written_here(typed: str, value: str) -> None:
    assert AmountField(max_digits=16, decimal_places=2).clean(typed) == Decimal(value)


@pytest.mark.parametrize("typed", ["1.2.3", "1,2,3", "1,234.5", "dua", "1.2000", "NaN", "1e3", ".", ","])
def test_what_is_not_a_number_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        AmountField(max_digits=16, decimal_places=2).clean(typed)


@pytest.mark.parametrize(("value", "shown"), [("15.00", "15"), ("1250000000.00", "1.250.000.000"), ("1.50", "1,5")])
def test_a_whole_number_is_shown_whole(value: str, shown: str) -> None:
    assert AmountField().prepare_value(Decimal(value)) == shown


@pytest.mark.parametrize(
    ("field", "sent", "said"),
    [
        (DayField(), "2026-11-22", "Minggu, 22 November 2026"),
        (DayField(), "22-11-2026", "Minggu, 22 November 2026"),
        (DayField(), "2026-13-22", ""),
        (DayField(), "", ""),
        (HourField(), "21:00", "pukul 21.00"),
        (RegionalInstantField(zone=ZoneInfo("Asia/Jayapura"), zone_name="WIT"), "2026-11-22T09:10", "Minggu, 22 November 2026, 09.10 WIT"),
    ],
)
def test_a_date_is_said_as_it_was_understood(field: forms.Field, sent: str, said: str) -> None:
    form = type("Entered", (forms.Form,), {"when": field})({"when": sent})
    assert understood(form["when"]) == said
