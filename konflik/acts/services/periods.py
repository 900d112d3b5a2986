"""Recurring duties: each period of each rule begins once, for every kabupaten in use or every body of its kind."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.utils import timezone

from accounts.access.selectors import installation
from accounts.postings.models import Posting
from accounts.regions.models import Region
from accounts.regions.selectors import zone_of
from forums.bodies.models import Body
from konflik.acts.services.recording import record
from konflik.clocks.models import Deadline, Policy
from konflik.clocks.selectors import resolve_among
from konflik.clocks.services.following import Clocked
from konflik.journal.services import Entry, hold, stream_of
from konflik.law.events import Event
from konflik.law.grammar.clocks import Counting, Period, Rhythm
from konflik.law.grammar.counting import period_of
from konflik.law.grammar.deadlines import DeadlineRule
from konflik.law.rulebook import RULES
from konflik.rowwise import each

ONE_DAY = timedelta(days=1)
CAUGHT_UP_AT_MOST = 24
"""Periods that one duty catches up after a gap; older ones are past all use."""


@dataclass(frozen=True)
class Place:
    """Who has a recurring duty: a kabupaten, or a body in it."""

    kabupaten: Region
    body: Body | None = None

    @property
    def key(self) -> tuple[str, int | None]:
        """How its deadlines are found."""
        return self.kabupaten.pk, self.body.pk if self.body is not None else None

    @property
    def thread(self) -> str:
        """What its deadlines hang on."""
        return f"forum:{self.body.pk}" if self.body is not None else f"kabupaten:{self.kabupaten.pk}"

    def existed_in(self, period: Period) -> bool:
        """Whether the body was there on a day of `period`; a kabupaten always is."""
        body = self.body
        if body is None:
            return True
        return body.valid_from <= period.last_day and (body.valid_until is None or period.first_day <= body.valid_until)

    def today(self, now: datetime) -> date:
        """The legal day there."""
        return timezone.localdate(now, zone_of(self.kabupaten))


def recurring_rules() -> list[DeadlineRule]:
    """The rules that begin anew each period."""
    return [rule for rule in RULES.rules.values() if rule.clock.counting is Counting.PERIOD]


def begin_periods(*, now: datetime) -> int:
    """Open the deadline of each period that has begun and says how many; a second call finds nothing to do.

    After a gap every period since the last one is made up for; a duty that is new begins with the period that runs.
    Raises SomeFailed after the others where one cannot begin.
    """
    rules = recurring_rules()
    if not rules:
        return 0
    policies = list(Policy.objects.filter(code__in=[rule.code for rule in rules]))
    running = _Running({(place.key, rule.code): place for place, rule in _pairs(rules, now)}, rules, policies)
    return each(
        running.missing(now),
        lambda one: _begin(*one, now),
        what="begin: period",
        key=lambda one: (one[0].code, one[1].thread, one[2].code),
    )


@dataclass(frozen=True)
class _Running:
    """The duties that exist now, and what of them has begun."""

    duties: dict[tuple[tuple[str, int | None], str], Place]
    rules: list[DeadlineRule]
    policies: list[Policy]

    def missing(self, now: datetime) -> Iterator[tuple[DeadlineRule, Place, Period]]:
        """Each period that runs, or was slept through, and has no deadline."""
        wanted = {}
        for (key, code), place in self.duties.items():
            rule = RULES.rules[code]
            rhythm = self._rhythm(rule, place, place.today(now))
            if rhythm is not None and (period := period_of(rhythm, place.today(now))).first_day <= place.today(now):
                wanted[key, code] = (rhythm, period)
        begun = self._begun({period.code for _, period in wanted.values()})
        lacking = {duty: told for duty, told in wanted.items() if (*duty, told[1].code) not in begun}
        last = self._last_begun(lacking)
        for (key, code), (rhythm, period) in lacking.items():
            place, rule = self.duties[key, code], RULES.rules[code]
            # A figure entered in the middle of a period begins with the next one.
            slept = [one for one in _slept_through(place, rhythm, period, last.get((key, code))) if place.existed_in(one)]
            periods = [one for one in slept if self._rhythm(rule, place, one.first_day)]
            yield from ((rule, place, one) for one in periods)

    def _last_begun(self, lacking: Iterable[tuple[tuple[str, int | None], str]]) -> dict[tuple[tuple[str, int | None], str], datetime]:
        """When the last period of each of these duties began, in one query; of a duty that never began nothing."""
        duties = list(lacking)
        if not duties:
            return {}
        rows = Deadline.objects.filter(rule__in={code for _, code in duties}, kabupaten__in={place for (place, _), _ in duties})
        found = rows.exclude(period="").order_by().values_list("kabupaten", "body", "rule").annotate(last=Max("starts_at"))
        return {((kabupaten, body), rule): last for kabupaten, body, rule, last in found}

    def _rhythm(self, rule: DeadlineRule, place: Place, day: date) -> Rhythm | None:
        """None where the rule does not hold or nobody has entered its figure."""
        found = resolve_among(rule, self.policies, kabupaten_id=place.kabupaten.pk, day=day)
        has_figure = found.clock is not None and found.clock.span is not None and rule.holds_on(day)
        return found.clock.rhythm if has_figure and found.clock is not None else None

    def _begun(self, codes: set[str]) -> set[tuple[tuple[str, int | None], str, str]]:
        """In two walks, each along the unique key of its kind; never over the deadlines that do not recur."""
        places = list(self.duties.values())
        rows = Deadline.objects.filter(rule__in=[rule.code for rule in self.rules], period__in=codes).exclude(period="")
        of_regions = rows.filter(body__isnull=True, kabupaten__in={place.kabupaten.pk for place in places if place.body is None})
        of_bodies = rows.filter(body__isnull=False, body__in={place.body.pk for place in places if place.body is not None})
        columns = ("kabupaten", "body", "rule", "period")
        found = [*of_regions.values_list(*columns), *of_bodies.values_list(*columns)]
        return {((kabupaten, body), rule, code) for kabupaten, body, rule, code in found}


def _pairs(rules: Iterable[DeadlineRule], now: datetime) -> Iterator[tuple[Place, DeadlineRule]]:
    kabupaten = [Place(one) for one in _in_use(now)]
    kinds = {rule.body_kind.value for rule in rules if rule.body_kind is not None}
    bodies = Body.objects.filter(kind__in=kinds, region__kabupaten__isnull=False).select_related("region__kabupaten__province")
    meeting = [Place(body.region.kabupaten, body) for body in bodies if body.region.kabupaten is not None]
    for rule in rules:
        if rule.body_kind is None:
            yield from ((place, rule) for place in kabupaten)
        else:
            yield from ((place, rule) for place in meeting if _meets(place, rule, now))


def _meets(place: Place, rule: DeadlineRule, now: datetime) -> bool:
    body, today = place.body, place.today(now)
    if body is None or body.kind != rule.body_kind:
        return False
    return body.valid_from <= today and (body.valid_until is None or today <= body.valid_until)


def _in_use(now: datetime) -> list[Region]:
    """The kabupaten of this installation, and those where somebody is posted or a body meets."""
    house, today = installation(), timezone.localdate(now)
    posted = Posting.objects.valid_at(today).filter(region__kabupaten__isnull=False).values("region__kabupaten")
    meeting = Body.objects.valid_at(today).filter(region__kabupaten__isnull=False).values("region__kabupaten")
    own = Q(pk=house.region.kabupaten_id) if house is not None and house.region.kabupaten_id else Q(pk__in=[])
    return list(Region.objects.filter(own | Q(pk__in=posted) | Q(pk__in=meeting)).select_related("province").order_by("pk"))


def _slept_through(place: Place, rhythm: Rhythm, current: Period, last: datetime | None) -> list[Period]:
    """The periods from the one after that of `last` until the running one; that alone where none ever began."""
    if last is None:
        return [current]
    found = [current]
    since = timezone.localdate(last, zone_of(place.kabupaten))
    while len(found) < CAUGHT_UP_AT_MOST:
        earlier = _before(rhythm, found[0])
        if earlier.first_day <= since:
            break
        found.insert(0, earlier)
    return found


def _before(rhythm: Rhythm, period: Period) -> Period:
    """The period before `period`; between two of a rhythm that leaves some out lie days of neither."""
    day = period.first_day - ONE_DAY
    found = period_of(rhythm, day)
    while found.first_day >= period.first_day:
        day -= timedelta(days=28)
        found = period_of(rhythm, day)
    return found


@transaction.atomic
def _begin(rule: DeadlineRule, place: Place, period: Period, now: datetime) -> bool:
    """Begin one period; False where somebody else has in the meantime."""
    hold(stream_of(None, place.kabupaten.pk))
    if Deadline.objects.filter(rule=rule.code, kabupaten=place.kabupaten, body=place.body, period=period.code).exists():
        return False
    starts = datetime.combine(period.first_day, time(), zone_of(place.kabupaten))
    payload = {"rule": rule.code, "period": period.code, "first_day": period.first_day, "last_day": period.last_day}
    if place.body is not None:
        payload["body"] = place.body.pk
    entry = Entry(
        event=Event.DUTY_PERIOD_BEGUN.value,
        occurred_at=starts,
        kabupaten_id=place.kabupaten.pk,
        basis=str(rule.basis)[:120],
        payload=payload,
    )
    opening = Clocked(
        thread=place.thread,
        starts_at=starts,
        opens=(rule.code,),
        period=period.code,
        body_id=place.body.pk if place.body is not None else None,
        kabupaten_id=place.kabupaten.pk,
    )
    try:
        with transaction.atomic():
            record(entry, now=now, clocked=opening)
    except IntegrityError:
        return False  # another sweep was faster
    return True
