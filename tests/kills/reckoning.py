"""What must hold of ledger and mail server after whatever happened (S30)."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from konflik.notices.tables import MOST_SENDS, State
from tests.kills.house import House

THREADS = 2
"""Of one worker; as many mails may be under way when it falls."""
NEVER_SENT = (State.SUPERSEDED.value, State.CANCELLED.value)


def wrong_with(rows: list[dict[str, Any]], taken: Counter[str]) -> list[str]:
    """Every row that does not agree with what the mail server took, in words."""
    found = [f"{row}: {word} (taken {taken[row['key']]} times)" for row in rows for word in _faults(row, taken[row["key"]])]
    known = {row["key"] for row in rows}
    found += [f"{name}: taken, and in no row" for name in taken if name not in known]
    return found if len(known) == len(rows) else [*found, "two rows share a Message-ID"]


def _faults(row: dict[str, Any], times: int) -> Iterator[str]:
    state, sends = row["state"], row["sends"]
    if state in NEVER_SENT:
        if times:
            yield "sent against its state"
        return
    if state not in (State.SENT.value, State.PARKED.value):
        yield "not settled"
    if state == State.SENT.value and times == 0:
        yield "lost: the ledger says sent"
    if state == State.PARKED.value and sends != MOST_SENDS:
        yield "parked too early"
    if times > MOST_SENDS:
        yield "sent too often"
    if times > 1 and sends < MOST_SENDS:
        yield "a double that is not flagged"


def reckon(house: House, opened: list[int]) -> dict[str, Any]:
    """Asserts it all and returns the figures. `opened`: cases whose opening a clerk was told of."""
    rows, taken = house.hand.ask("ledger"), Counter(mail["key"] for mail in house.taken())
    assert wrong_with(rows, taken) == []
    assert house.hand.ask("missing") == []
    state = house.hand.ask("house")
    assert state["breaks"] == []
    assert set(opened) <= set(state["cases"]), "an answered opening is kept"
    parked = [row["pk"] for row in rows if row["state"] == State.PARKED.value]
    reported = [pk for _, table, pk in state["findings"] if table == "notice"]
    assert set(parked) == set(reported), "what is parked is visible"
    assert len(reported) == len(state["findings"]), f"nothing else is amiss: {state['findings']}"
    doubles = sum(1 for times in taken.values() if times > 1)
    kills = house.kills["worker"] + sum(1 for mail in house.taken() if mail["killed"])
    assert doubles <= kills * THREADS
    states = Counter(row["state"] for row in rows)
    return {"rows": dict(states), "taken": taken.total(), "doubles": doubles, "parked": len(parked), "kills": dict(house.kills)}
