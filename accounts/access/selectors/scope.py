"""Which rows somebody may see: one filter that list, detail, search, export, autocomplete and download share."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import and_, or_

from django.apps import apps
from django.db.models import Case, Exists, Q, QuerySet, Value, When

from accounts.access.selectors.postings import narrowing_key, postings_of, rights_of
from accounts.access.selectors.rights import grants_of
from accounts.access.tables import READING, Act
from accounts.postings.selectors import once
from accounts.regions.models import ANCESTOR_COLUMN, PLACE_COLUMN, Level
from accounts.users.models import User
from konflik.law.secrecy import SEALED_FROM, Secrecy
from konflik.rest.prepared import run

NOTHING = Q(pk__in=[])
LED = {Level.PROVINCE: "province", Level.KABUPATEN: "kabupaten"}
"""What a posting can cover as a whole, and the column of the case that says so."""


def area(user: User, act: Act, *, via: str, at: datetime, classed: str = "") -> Q:
    """The filter for rows that hang on a region and not on a case: those inside a posting of `user` that permits `act`.

    `via` is the path to the region ("region__"); `classed` the column of the security class, where the rows have one: then
    the posting must reach as far, as it must for a case.
    """
    seen = NOTHING
    for right in rights_of(user, at=at):
        if act in right.acts:
            inside = Q(**{f"{via}{ANCESTOR_COLUMN[Level(right.region.level)]}": right.region.pk})
            seen |= inside & Q(**{f"{classed}__lte": right.clearance}) if classed else inside
    return seen


@dataclass(frozen=True)
class _Window:
    level: Level
    region: str
    kabupaten: str | None
    clearance: Secrecy


@dataclass(frozen=True)
class _Reach:
    windows: list[_Window]
    is_shared: bool
    grants: Callable[[], QuerySet] | None


def scope(user: User, *, via: str = "", at: datetime, act: Act = Act.SEE_CASES) -> Q:
    """The filter for rows that hang on a case: region of a valid posting and its clearance, or a grant.

    `via` is the path to the case ("" on Case itself, "case__" on rows that belong to one). Posting rules hold per
    posting: the clearance of one never reaches into the region of another. A grant opens reading, never another act.
    """
    reach = _reach(user, at=at, act=act)
    return _any([*_led(reach, via), _beyond(reach, via, act)])


def parts(user: User, *, via: str = "", at: datetime, act: Act = Act.SEE_CASES) -> list[Q]:
    """`scope` in parts that never overlap, for numbers and pages: each region led, then the few cases beyond them.

    A database that is asked for one *or* the other reads everything; each alone it reads along an index.
    """
    reach = _found(user, at=at, act=act)
    found: list[Q] = []
    for one in (*_led(reach, via), _beyond(reach, via, act)):
        if one != NOTHING:
            found.append(reduce(and_, (~earlier for earlier in found), one))
    return found


def walks(user: User, *, at: datetime, act: Act = Act.SEE_CASES) -> list[Q]:
    """`scope` of cases in pieces that may overlap: a page is put together of a few rows of each, and each is read along one index."""
    reach = _reach(user, at=at, act=act)
    return [one for one in (*_led(reach, ""), *_pieces_beyond(reach, "", act)) if one != NOTHING]


def reach_of(user: User, *, at: datetime, act: Act = Act.SEE_CASES) -> Hashable:
    """What `walks` depends on besides the instant: two readings with the same reach ask the database the same."""
    bodies = frozenset(posting.body_id for posting in postings_of(user, at=at))
    return user.pk, narrowing_key(user), act, tuple(_windows(user, at=at, act=act)), bodies


def led(user: User, *, via: str = "", at: datetime, act: Act = Act.SEE_CASES, province: str = "province") -> Q:
    """The part of `scope` that whole provinces and kabupaten make: columns of the case alone. `province` is its column."""
    return _any(_led(_found(user, at=at, act=act), via, province))


def regions_led(user: User, *, at: datetime, act: Act = Act.SEE_CASES) -> dict[str, int]:
    """The same as codes: each whole province and kabupaten with the highest class there, for numbers kept by region."""
    found: dict[str, int] = {}
    for window in _reach(user, at=at, act=act).windows:
        if window.level in LED:
            found[window.region] = max(window.clearance, found.get(window.region, 0))
    return found


def regions_reached(user: User, *, at: datetime, act: Act = Act.SEE_CASES) -> frozenset[str]:
    """The codes of every region that a posting opens as a whole, of whatever level."""
    return frozenset(window.region for window in _reach(user, at=at, act=act).windows)


def opened_beyond(user: User, *, via: str = "", at: datetime, act: Act = Act.SEE_CASES) -> Q:
    """The other part: kecamatan and desa, places of cases that another kabupaten leads, grants. NOTHING where there are none."""
    return _beyond(_found(user, at=at, act=act), via, act)


def _led(reach: _Reach, via: str, province: str = "province") -> list[Q]:
    columns = {**LED, Level.PROVINCE: province}
    regions: dict[tuple[str, str], Secrecy] = {}
    for window in reach.windows:
        if window.level in columns:
            key = columns[window.level], window.region
            regions[key] = max(window.clearance, regions.get(key, window.clearance))
    return [Q(**{f"{via}{column}": code, f"{via}secrecy__lte": clearance}) for (column, code), clearance in regions.items()]


def _beyond(reach: _Reach, via: str, act: Act) -> Q:
    return _any(_pieces_beyond(reach, via, act))


def _pieces_beyond(reach: _Reach, via: str, act: Act) -> list[Q]:
    grants = [] if reach.grants is None else [_of_cases(reach.grants(), via)]
    return [*(_by_place(window, via, act, is_shared=reach.is_shared) for window in reach.windows), *grants]


def _any(of: Iterable[Q]) -> Q:
    found = [one for one in of if one != NOTHING]
    return reduce(or_, found) if found else NOTHING


def _reach(user: User, *, at: datetime, act: Act) -> _Reach:
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return _Reach([], is_shared=False, grants=None)
    windows = _windows(user, at=at, act=act)
    return _Reach(windows, is_shared=act in READING, grants=(lambda: grants_of(user, at=at)) if act == Act.SEE_CASES else None)


def _windows(user: User, *, at: datetime, act: Act) -> list[_Window]:
    return [
        _Window(Level(right.region.level), right.region.pk, right.region.kabupaten_id, right.clearance)
        for right in rights_of(user, at=at)
        if act in right.acts
    ]


def _found(user: User, *, at: datetime, act: Act) -> _Reach:
    """The reach without what leads nowhere: a filter with nothing behind it still keeps the database from reading along one index."""
    reach = _reach(user, at=at, act=act)
    codes = {level: frozenset(one.region for one in reach.windows if one.level == level) for level in LED} if reach.is_shared else {}
    bodies = frozenset(posting.body_id for posting in postings_of(user, at=at))
    key = ("leads on", user.pk, narrowing_key(user), reach.grants is not None, tuple(codes.items()), bodies)
    has_grants, is_shared = once(key, lambda: _leads_on(user, reach.grants, codes, key=key, at=at))
    return _Reach(reach.windows, is_shared=is_shared, grants=reach.grants if has_grants else None)


def _leads_on(
    user: User, grants: Callable[[], QuerySet] | None, codes: Mapping[Level, frozenset[str]], *, key: Hashable, at: datetime
) -> tuple[bool, bool]:
    """In one question: whether there is a grant, and whether a case that another kabupaten leads lies in one of these whole regions.

    Whatever the question depends on but the instant stands in `key`, under which it is compiled once.
    """

    def build() -> list[QuerySet]:
        beyond = apps.get_model("konflik", "CasePlace").objects.filter(is_beyond=True)
        reaching = [Q(Exists(beyond.filter(**{f"{LED[level]}__in": inside}))) for level, inside in codes.items() if inside]
        granted = [] if grants is None else [Q(Exists(grants()))]
        told = (Case(When(reduce(or_, some), then=True), default=False) if some else Value(value=False) for some in (granted, reaching))
        return [User.objects.filter(pk=user.pk).values_list(*told)]

    if grants is None and not any(codes.values()):
        return False, False
    [(has_grants, is_shared)] = run(key, build, {}, at=at)
    return bool(has_grants), bool(is_shared)


def _by_place(window: _Window, via: str, act: Act, *, is_shared: bool) -> Q:
    """Leading kabupaten: everything the posting permits. Another place of the case: reading, below class rahasia."""
    column = PLACE_COLUMN[window.level]
    cleared = Q(**{f"{via}secrecy__lte": window.clearance})
    readable = cleared & Q(**{f"{via}secrecy__lt": SEALED_FROM})
    if window.level in LED:
        return readable & _placed(column, window.region, via, is_beyond=True) if is_shared else NOTHING
    home = cleared & Q(**{f"{via}kabupaten": window.kabupaten})
    return _placed(column, window.region, via) & (home | readable if act in READING else home)


def _placed(column: str, region: str, via: str, **more: object) -> Q:
    place = apps.get_model("konflik", "CasePlace")
    return _of_cases(place.objects.filter(**{column: region}, **more), via)


def _of_cases(rows: QuerySet, via: str) -> Q:
    return Q(**{f"{via.removesuffix('__') or 'pk'}__in": rows.values("case_id")})
