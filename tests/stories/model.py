"""What a case is, told again in plain Python: the oracle of the random stories. Written from the law, not from the code."""

from dataclasses import dataclass, field
from datetime import datetime

LAWFUL = {
    ("pencegahan", "penghentian"): ("violence_reported", "violence_occurred_at", "violence_summary"),
    ("pencegahan", "selesai"): ("conflict_prevented", "settled_at", "settlement"),
    ("penghentian", "pemulihan"): ("violence_stopped", "violence_stopped_at", "security_statement"),
    ("pemulihan", "selesai"): ("recovery_completed", "recovered_at", "recovery_result"),
    ("pemulihan", "penghentian"): ("violence_recurred", "violence_occurred_at", "violence_summary"),
    ("selesai", "pencegahan"): ("case_reopened", "reopened_at", "reopen_reason"),
    ("selesai", "penghentian"): ("violence_recurred", "violence_occurred_at", "violence_summary"),
    ("selesai", "pemulihan"): ("case_reopened", "reopened_at", "reopen_reason"),
}
"""From, to: the event, the fact that says when, the fact in words."""

STAGES = ("pencegahan", "penghentian", "pemulihan", "selesai")


@dataclass
class Step:
    """One move in force."""

    source: str
    target: str
    at: datetime
    pk: int


@dataclass
class Work:
    """One activity."""

    pk: int
    stage: str
    status: str = "rencana"
    version: int = 1


@dataclass
class Model:
    """The case as it must stand."""

    opened_at: datetime
    first_stage: str
    first_since: datetime
    version: int = 1
    source: str = "d"
    secrecy: int = 2
    steps: list[Step] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    agreements: int = 0
    events: list[str] = field(default_factory=lambda: ["case_opened"])

    @property
    def stage(self) -> str:
        return self.steps[-1].target if self.steps else self.first_stage

    @property
    def since(self) -> datetime:
        return self.steps[-1].at if self.steps else self.first_since

    def begun_before(self, index: int) -> datetime:
        """When the stage began that step `index` left."""
        return self.steps[index - 1].at if index else self.first_since

    def refusal_of_move(self, target: str, *, at: datetime, in_words: bool, now: datetime) -> set[str] | None:
        """The fields at which a move must be refused; "" for a move that the law does not know; None for a lawful one."""
        rule = LAWFUL.get((self.stage, target))
        if rule is None:
            return {""}
        missing = set() if in_words else {rule[2]}
        if (self.stage, target) == ("pemulihan", "selesai") and not self.agreements:
            missing.add("agreement_on_file")
        if missing:
            return missing
        return {rule[1]} if at > now or at < self.since else None

    def refusal_of_update(self, status: str) -> set[str] | None:
        """The fields at which an activity refuses to become `status`; "" for every one of a closed case (PP 2/2015 Pasal 96)."""
        if self.stage == "selesai":
            return {""}
        return {"entah": {"status"}, "tertunda": {"obstacles"}}.get(status)

    def happened(self, event: str, *, bumps: bool = True) -> None:
        """One line more; a change of the row itself is a new version."""
        self.events.append(event)
        self.version += bumps

    def counted(self) -> list[tuple[str, str]]:
        """The stages left and entered that stand in the month cells; before its first stage a case may stand in an unrecorded one."""
        begun_later = self.first_since != self.opened_at
        opening = [("", "unrecorded"), ("unrecorded", self.first_stage)] if begun_later else [("", self.first_stage)]
        return sorted([*opening, *((step.source, step.target) for step in self.steps)])
