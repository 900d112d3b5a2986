"""Words and states of running deadlines."""

from enum import StrEnum


class State(StrEnum):
    RUNNING = "running"
    SUSPENDED = "suspended"
    MET = "met"
    EXTENDED = "extended"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"


STATE_LABELS: dict[State, str] = {
    State.RUNNING: "Berjalan",
    State.SUSPENDED: "Ditangguhkan",
    State.MET: "Dipenuhi",
    State.EXTENDED: "Diperpanjang",
    State.LAPSED: "Berakhir",
    State.CANCELLED: "Dibatalkan",
}

OPEN_STATES = (State.RUNNING.value, State.SUSPENDED.value)
FIRST_DATE = 1
"""The `due_version` of a date that was never moved."""


class DayOffKind(StrEnum):
    HOLIDAY = "holiday"
    JOINT_LEAVE = "joint_leave"
    REGIONAL = "regional"


DAY_OFF_KIND_LABELS: dict[DayOffKind, str] = {
    DayOffKind.HOLIDAY: "Libur nasional",
    DayOffKind.JOINT_LEAVE: "Cuti bersama",
    DayOffKind.REGIONAL: "Libur daerah",
}
