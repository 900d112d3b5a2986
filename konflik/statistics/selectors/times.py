"""How long cases stand in each stage: case by case, from the journal."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from konflik.counts.selectors import History, histories, local_day
from konflik.counts.tables import UNRECORDED
from konflik.law.stages import STAGE_LABELS, Stage
from konflik.stages.models import StageMove
from konflik.statistics.selectors.sight import Sight, counts, is_in_region
from konflik.statistics.tables.questions import DAY, Question, StageTime

RUNNING = tuple(stage.value for stage in Stage if stage is not Stage.SELESAI)


def stage_times(question: Question, *, sight: Sight) -> tuple[StageTime, ...]:
    """Median and ninth decile of the days in each stage that was left within the period; a stage that nobody left has no row."""
    stays: dict[str, list[float]] = defaultdict(list)
    found = sight.cases(question.region)
    if question.known_at is None:
        # A day more on either side: the days of the regions begin at different instants.
        within = (question.period.first - DAY, question.period.last + 2 * DAY)
        found = found.filter(pk__in=StageMove.objects.filter(moved_at__date__range=within).values("case_id"))
    day_at = local_day()
    for history in histories(found, known_at=question.known_at):
        if is_in_region(question, history.kecamatan) and counts(question, history):
            for stage, since, until in _stays(history):
                if question.period.first <= day_at(history.kabupaten, until) <= question.period.last:
                    stays[stage].append((until - since) / timedelta(days=1))
    return tuple(
        StageTime(stage, len(stays[stage]), round(quantile(stays[stage], 0.5), 3), round(quantile(stays[stage], 0.9), 3))
        for stage in STAGE_LABELS
        if stays[stage]
    )


def quantile(values: Sequence[float], share: float) -> float:
    """The quantile of `values` by linear interpolation between its neighbours."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def _stays(history: History) -> Iterator[tuple[str, datetime, datetime]]:
    for come, gone in pairwise(history.steps):
        if come.stage_entered not in {UNRECORDED, Stage.SELESAI.value}:
            yield come.stage_entered, come.at, gone.at
