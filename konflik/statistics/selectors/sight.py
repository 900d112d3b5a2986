"""Whose numbers they are: a number counts only cases that its reader may see."""

from dataclasses import dataclass
from datetime import datetime

from accounts.access.selectors import NOTHING, led, opened_beyond, regions_reached
from accounts.regions.tables import lies_within
from accounts.users.models import User
from konflik.cases.models import Case
from konflik.cases.models.case import CaseQuerySet
from konflik.counts.selectors import History, Tile, tiles_of
from konflik.law.regions import Depth
from konflik.statistics.tables.questions import Question

COLUMNS = {Depth.PROVINCE: "province", Depth.KABUPATEN: "kabupaten", Depth.KECAMATAN: "kabupaten"}


@dataclass(frozen=True)
class Sight:
    """What `user` sees at the instant `at`; user None sees everything, for releases and checks alone."""

    user: User | None
    at: datetime

    def tiles(self, region: str) -> list[Tile]:
        """The cells that may be read for `region`."""
        return [Tile(region)] if self.user is None else tiles_of(self.user, region=region, at=self.at)

    def covers(self, region: str) -> list[str]:
        """Of `region` what is seen whole: itself, or the regions within it. Single cases may count beside these."""
        if self.user is None:
            return [region]
        reached = regions_reached(self.user, at=self.at)
        if region and any(lies_within(region, code) for code in reached):
            return [region]
        return sorted(code for code in reached if lies_within(code, region))

    def cases(self, region: str) -> CaseQuerySet:
        """Every case that may be seen and that a kabupaten in `region` leads."""
        seen = Case.objects.all() if self.user is None else Case.objects.visible_to(self.user, at=self.at)
        return _inside(seen, region)

    def beyond(self, region: str) -> CaseQuerySet | None:
        """Those of them that stand in none of the tiles; None where there is none."""
        found = NOTHING if self.user is None else opened_beyond(self.user, at=self.at)
        if self.user is None or found == NOTHING:
            return None
        return _inside(Case.objects.filter(found).exclude(led(self.user, at=self.at)), region)


def _inside(cases: CaseQuerySet, region: str) -> CaseQuerySet:
    """Of a kecamatan: all of its kabupaten, for the journal says where a case lay when."""
    if not region:
        return cases
    parts = region.split(".")
    column = COLUMNS[Depth(len(parts))]
    return cases.filter(**{column: ".".join(parts[: Depth.KABUPATEN])})


def is_in_region(question: Question, kecamatan: str) -> bool:
    """Whether a case of which the kabupaten fits lies in the region asked for."""
    return question.region.count(".") < 2 or kecamatan == question.region


def counts(question: Question, history: History) -> bool:
    """Whether a case has the source, issue type and severity asked for."""
    return all(getattr(history, dimension.value) in values for dimension, values in question.only.items())
