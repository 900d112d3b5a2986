"""Days as an Indonesian clerk reads them."""

from datetime import date

MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember")


def in_words(day: date) -> str:
    """ "22 November 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def span_of_days(first: date, last: date) -> str:
    """ "20–30 Mei 2026", "28 Mei – 3 Juni 2026": two days and what lies between, without saying anything twice."""
    if first == last:
        return in_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{in_words(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} – {in_words(last)}"
    return f"{in_words(first)} – {in_words(last)}"
