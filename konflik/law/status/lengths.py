"""How long a Status Keadaan Konflik may last: the one source of these figures (UU 7/2012 Pasal 22, 29, 30).

Both ends of a period count: the day on which the status takes effect is day 1 (ADR 0014).
"""

from datetime import date, timedelta

from konflik.law.grammar.counting import back_from
from konflik.law.grammar.durations import Span, days

LONGEST = days(90)
""" "berlaku paling lama 90 (sembilan puluh) hari" (Pasal 22)."""

LONGEST_EXTENSION = days(30)
""" "memperpanjang … paling lama 30 (tiga puluh) hari" (Pasal 29)."""

LONGEST_IN_ALL = days(LONGEST.number + LONGEST_EXTENSION.number)
"""The law names no second extension; ours is the narrow reading: it knows none."""

CONSULT_BEFORE = days(10)
""" "dalam waktu 10 (sepuluh) hari sebelum berakhirnya jangka waktu" (Pasal 30)."""


def last_lawful_day(effective_on: date) -> date:
    """Day 90 of a status that takes effect on `effective_on`."""
    return _last_of(LONGEST, effective_on)


def last_lawful_day_of_extension(*, effective_on: date, ends_on: date) -> date:
    """The last day to which a status in force until `ends_on` may be extended: 30 more days, never beyond day 120."""
    return min(ends_on + timedelta(days=LONGEST_EXTENSION.number), _last_of(LONGEST_IN_ALL, effective_on))


def consult_by(ends_on: date, *, effective_on: date) -> date:
    """The last day on which the DPRD leaders are to be consulted on an extension, in the safe reading of Pasal 30."""
    return back_from(ends_on, CONSULT_BEFORE, first_day=effective_on)


def _last_of(span: Span, first_day: date) -> date:
    return first_day + timedelta(days=span.number - 1)
