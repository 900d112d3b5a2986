"""An attacker with a linear program: what can be told of each true count from everything that is published about them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import highspy

TOLERANCE = 1e-6


@dataclass
class Attacker:
    """Knows of every true count that it is not negative, and of sums of them what `learns` was told."""

    unknowns: int
    facts: list[tuple[Sequence[int], float, float]] = field(default_factory=list)

    def learns(self, members: Iterable[int], least: float, most: float) -> None:
        """The sum of these true counts lies between both, ends included."""
        self.facts.append((list(members), least, most))

    def intervals(self, targets: Iterable[Sequence[int]]) -> list[tuple[float, float]]:
        """The narrowest interval that holds each sum of true counts, whatever is known."""
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        for _ in range(self.unknowns):
            solver.addVar(0.0, highspy.kHighsInf)
        for members, least, most in self.facts:
            solver.addRow(least, min(most, highspy.kHighsInf), len(members), list(members), [1.0] * len(members))
        return [
            (self._end(solver, target, highspy.ObjSense.kMinimize), self._end(solver, target, highspy.ObjSense.kMaximize))
            for target in targets
        ]

    def _end(self, solver: highspy.Highs, target: Sequence[int], sense: highspy.ObjSense) -> float:
        for one in target:
            solver.changeColCost(one, 1.0)
        solver.changeObjectiveSense(sense)
        solver.run()
        status = solver.getModelStatus()
        assert status in {highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kUnbounded}, status
        value = solver.getInfo().objective_function_value if status == highspy.HighsModelStatus.kOptimal else math.inf
        for one in target:
            solver.changeColCost(one, 0.0)
        return value


def narrower_than(intervals: Iterable[tuple[float, float]], width: float) -> int:
    """How many intervals are narrower than `width`."""
    return sum(most - least < width - TOLERANCE for least, most in intervals)


def exact(intervals: Iterable[tuple[float, float]]) -> int:
    """How many hold one count only."""
    return sum(math.floor(most + TOLERANCE) - math.ceil(least - TOLERANCE) < 1 for least, most in intervals)
