"""What is told of deadlines, duties, policies and the calendar."""

from collections.abc import Mapping
from typing import Any

from konflik.desk.tables.facts import Told
from konflik.desk.tables.sentences.words import Sentence, label_of
from konflik.law.events import Event
from konflik.law.grammar.durations import UNIT_LABELS, Unit
from konflik.law.rulebook import RULES

NO_DATE = "belum ada tanggal"


def date_of(told: Told, side: str) -> str:
    """Where the deadline ended before ("old") or after ("new") the act."""
    kept: Mapping[str, Any] = told.get(side) or {}
    if kept.get("last_day"):
        return told.names.day(kept["last_day"])
    return told.names.moment(kept["due_at"]) if kept.get("due_at") else NO_DATE


def title_of_rule(code: object) -> str:
    """The words of a rule, its code where the law no longer knows it."""
    rule = RULES.get(str(code))
    return rule.title if rule is not None else str(code)


def _title(told: Told) -> str:
    return f"“{told.word('title')}”"


def _moves(told: Told) -> str:
    old, new = date_of(told, "old"), date_of(told, "new")
    return f" Jatuh tempo tetap {new}." if old == new else f" Jatuh tempo dari {old} menjadi {new}."


def _met(told: Told) -> str:
    return f"Tenggat {_title(told)} dipenuhi. Bukti: {told.word('evidence')}."


def _cancelled(told: Told) -> str:
    return f"Tenggat {_title(told)} dibatalkan. Alasan: {told.word('reason')}."


def _suspended(told: Told) -> str:
    since = told.names.moment(told.get("begins"))
    return f"Tenggat {_title(told)} ditangguhkan sejak {since}. Dasar: {told.word('basis')}.{_moves(told)}"


def _resumed(told: Told) -> str:
    since = told.names.moment(told.get("ends"))
    return f"Tenggat {_title(told)} berjalan kembali sejak {since}. Dasar: {told.word('basis')}.{_moves(told)}"


def _extended(told: Told) -> str:
    return f"Tenggat {_title(told)}, jatuh tempo {date_of(told, 'old')}, diperpanjang. Alasan: {told.word('reason')}."


def _moved(told: Told) -> str:
    why = f" karena {told.get('number')}" if told.get("number") else " karena pemicunya diperbaiki" if told.get("cause") else ""
    return f"Tenggat {_title(told)} bergeser{why}.{_moves(told)}"


def _duty(told: Told) -> str:
    return f"Kewajiban dicatat: {title_of_rule(told.get('rule'))}. Perihal: {told.word('title')}. Bukti: {told.word('reference')}."


def _duty_corrected(told: Told) -> str:
    before, after = (told.names.moment(at) for at in told.get("received_at") or (None, None))
    return f"Waktu diterimanya kewajiban diperbaiki dari {before} menjadi {after}. Alasan: {told.word('reason')}."


def _period(told: Told) -> str:
    days = f"{told.names.day(told.get('first_day'))} sampai {told.names.day(told.get('last_day'))}"
    return f"Masa laporan dimulai: {title_of_rule(told.get('rule'))}, {days}."


def _calendar(told: Told) -> str:
    if told.get("shipped"):
        return f"Hari libur menurut {told.get('number')} dimuat bersama sistem."
    failed = told.get("failed") or []
    left = f" {len(failed)} tenggat tidak dapat dihitung dan tetap pada tanggal semula." if failed else ""
    moved = f"{told.get('moved')} tenggat bergeser, {told.get('earlier')} lebih cepat"
    return f"Hari libur menurut {told.get('number')} diberlakukan: {moved}.{left}"


def _policy(told: Told) -> str:
    unit = label_of(UNIT_LABELS, Unit, told.get("unit"))
    figure = f"{told.get('number')} {unit}" if told.get("number") is not None else "tanpa angka, tenggat tidak dibuka"
    since = told.names.day(told.get("valid_from"))
    return f"Kebijakan dicatat untuk {title_of_rule(told.get('code'))}: {figure}, berlaku sejak {since}. Dasar: {told.word('basis')}."


CLOCKS: dict[Event, Sentence] = {
    Event.DEADLINE_MET: _met,
    Event.DEADLINE_CANCELLED: _cancelled,
    Event.DEADLINE_SUSPENDED: _suspended,
    Event.DEADLINE_RESUMED: _resumed,
    Event.DEADLINE_EXTENDED: _extended,
    Event.DEADLINE_MOVED: _moved,
    Event.DUTY_RECORDED: _duty,
    Event.DUTY_CORRECTED: _duty_corrected,
    Event.DUTY_PERIOD_BEGUN: _period,
    Event.CALENDAR_APPLIED: _calendar,
    Event.POLICY_RECORDED: _policy,
}
