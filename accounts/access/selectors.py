"""What somebody may do and see, read from the postings valid now.

`scope` is the one filter that list, detail, search, export, autocomplete and download share.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import and_, or_
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.access.models import Installation
from accounts.access.tables import READING, ROLE_ACTS, ROLE_CLEARANCE, Act, MailServer
from accounts.postings.models import Posting
from accounts.postings.tables import Role
from accounts.regions.models import ANCESTOR_COLUMN, Level, Region
from accounts.regions.selectors import zone_of
from accounts.users.models import User
from konflik.law.secrecy import SEALED_FROM, Secrecy

Answer = TypeVar("Answer")
NOTHING = Q(pk__in=[])
_read: ContextVar[dict[Hashable, Any] | None] = ContextVar("read", default=None)
LED = {Level.PROVINCE: "province", Level.KABUPATEN: "kabupaten"}
"""What a posting can cover as a whole, and the column of the case that says so."""
LEVEL_COLUMN = {Level.PROVINCE: "province", Level.KABUPATEN: "kabupaten", Level.KECAMATAN: "kecamatan", Level.DESA: "region"}


def postings_of(user: User, *, at: datetime) -> list[Posting]:
    """The postings of `user` in force at the instant `at`, with region and institution; none for who may not log in.

    A posting begins and ends with the day of its own region, WIB, WITA or WIT.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return []
    return _in_force(_held(user), at)


@contextmanager
def reading_once() -> Iterator[None]:
    """Within this block the postings of each person are read from the database once. Only where nothing changes them."""
    outer = _read.set({})
    try:
        yield
    finally:
        _read.reset(outer)


def _held(user: User) -> list[Posting]:
    rows = Posting.objects.filter(user=user).select_related("region__kabupaten", "region__province", "institution").order_by("pk")
    return _once(("postings", user.pk), lambda: list(rows))


def _once(key: Hashable, ask: Callable[[], Answer]) -> Answer:
    kept = _read.get()
    if kept is None:
        return ask()
    if key not in kept:
        kept[key] = ask()
    return kept[key]


def _in_force(postings: list[Posting], at: datetime) -> list[Posting]:
    return [posting for posting in postings if _is_in_force(posting, timezone.localdate(at, zone_of(posting.region)))]


def _is_in_force(posting: Posting, day: date) -> bool:
    return posting.valid_from <= day and (posting.valid_until is None or posting.valid_until >= day)


def acts_of(user: User, *, at: datetime) -> frozenset[Act]:
    """Every act that some posting of `user` permits at `at`."""
    return frozenset().union(*(ROLE_ACTS[Role(posting.role)] for posting in postings_of(user, at=at)))


def may(user: User, act: Act, *, at: datetime, region: Region | None = None) -> bool:
    """Whether `user` may do `act` at `at`; with a `region` (Region), whether in that region."""
    return any(act in ROLE_ACTS[Role(p.role)] and (region is None or covers(p, region)) for p in postings_of(user, at=at))


def covers(posting: Posting, region: Region) -> bool:
    """Whether `region` (Region) lies in the region of `posting`, itself included."""
    level = Level(posting.region.level)
    ancestor = region.code if level == Level.DESA else getattr(region, f"{LEVEL_COLUMN[level]}_id")
    return ancestor == posting.region_id


def acts_on(user: User, *, leading: str, regions: Iterable[Region], secrecy: int, at: datetime) -> frozenset[Act]:
    """Every act open to `user` on a case of class `secrecy` in `regions`, of which kabupaten `leading` (a code) leads.

    The same rule as `scope`, for one row. What a grant opens is not counted: it lets read, and `visible_to` has let the
    reader in already.
    """
    places = list(regions)
    return frozenset().union(*(_acts_through(p, leading, places, secrecy) for p in postings_of(user, at=at)))


def _acts_through(posting: Posting, leading: str, places: list[Region], secrecy: int) -> frozenset[Act]:
    if secrecy > ROLE_CLEARANCE[Role(posting.role)]:
        return frozenset()
    acts = ROLE_ACTS[Role(posting.role)]
    if any(covers(posting, region) and region.kabupaten_id == leading for region in places):
        return acts
    shared = secrecy < SEALED_FROM and any(covers(posting, region) for region in places)
    return acts & READING if shared else frozenset()


def clearance_in(user: User, *, regions: Iterable[Region], at: datetime) -> int:
    """The highest class that the postings of `user` reach over `regions`; 0 where none of them does."""
    places = list(regions)
    return max((ROLE_CLEARANCE[Role(p.role)] for p in postings_of(user, at=at) if any(covers(p, region) for region in places)), default=0)


def may_give(user: User, role: Role, *, at: datetime, region: Region) -> bool:
    """Whether `user` may give `role` in `region`, or manage the login of who holds it: the right, and no way up.

    A role that reads rahasia is given by who reads as far; as long as nobody in the kabupaten does, by whoever manages
    people there, so that a new installation can begin.
    """
    if not may(user, Act.MANAGE_PEOPLE, at=at, region=region):
        return False
    reach = ROLE_CLEARANCE[role]
    return reach < SEALED_FROM or clearance_in(user, regions=[region], at=at) >= reach or not _has_sealed_manager(region, at=at)


def _has_sealed_manager(region: Region, *, at: datetime) -> bool:
    roles = [role.value for role in Role if Act.MANAGE_PEOPLE in ROLE_ACTS[role] and ROLE_CLEARANCE[role] >= SEALED_FROM]
    inside = Posting.objects.filter(role__in=roles, region__kabupaten=region.kabupaten_id)
    return inside.valid_at(timezone.localdate(at, zone_of(region))).exists()


def institutions_of(user: User, *, at: datetime) -> set[int]:
    """Ids of the institutions that `user` stands for at `at`."""
    return {p.institution_id for p in postings_of(user, at=at) if p.institution_id}


def needs_second_factor(user: User, *, at: datetime) -> bool:
    """Staff, and whoever may read rahasia and above, log in with a second factor."""
    if any(Act.ENTER_ADMIN in ROLE_ACTS[Role(p.role)] or ROLE_CLEARANCE[Role(p.role)] >= SEALED_FROM for p in postings_of(user, at=at)):
        return True
    return sealed_grants(user, at=at).exists()


def sealed_grants(user: User, *, at: datetime) -> QuerySet:
    """Grants in force for `user` on cases of class rahasia and above."""
    return grants_of(user, at=at).filter(case__secrecy__gte=SEALED_FROM)


def grants_of(user: User, *, at: datetime) -> QuerySet:
    """Access grants in force at `at`: to the person, or to a body in which the person holds a posting."""
    grant = apps.get_model("konflik", "AccessGrant")
    bodies = {p.body_id for p in postings_of(user, at=at) if p.body_id}
    return grant.objects.filter(Q(user=user) | Q(body__in=bodies)).in_force(at)


def area(user: User, act: Act, *, via: str, at: datetime) -> Q:
    """The filter for rows that hang on a region and not on a case: those inside a posting of `user` that permits `act`.

    `via` is the path to the region ("region__").
    """
    seen = NOTHING
    for posting in postings_of(user, at=at):
        if act in ROLE_ACTS[Role(posting.role)]:
            seen |= Q(**{f"{via}{ANCESTOR_COLUMN[Level(posting.region.level)]}": posting.region_id})
    return seen


def is_fresh() -> bool:
    """Whether nobody can log in yet, so that the first set-up is open."""
    return not User.objects.exists()


def installation() -> Installation | None:
    """The row that says whose system this is; None before the first set-up."""
    return Installation.objects.select_related("region").first()


def mail_server() -> MailServer | None:
    """The mail server of this installation, else the one of the environment; None where neither is set."""
    row = Installation.objects.exclude(mail_host="").first()
    if row is not None:
        sender = row.mail_from or settings.DEFAULT_FROM_EMAIL
        return MailServer(row.mail_host, row.mail_port, row.mail_user, kept_mail_password(), sender, settings.EMAIL_USE_TLS)
    if not settings.EMAIL_HOST:
        return None
    user, password = settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD
    return MailServer(settings.EMAIL_HOST, settings.EMAIL_PORT, user, password, settings.DEFAULT_FROM_EMAIL, settings.EMAIL_USE_TLS)


def kept_mail_password() -> str:
    """The password of the mail account, which stands in the data directory and never in the database."""
    try:
        return settings.MAIL_PASSWORD_FILE.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


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
    grants: QuerySet | None


def scope(user: User, *, via: str = "", at: datetime, act: Act = Act.SEE_CASES) -> Q:
    """The filter for rows that hang on a case: region of a valid posting and its clearance, or a grant.

    `via` is the path to the case ("" on Case itself, "case__" on rows that belong to one). Posting rules hold per
    posting: the clearance of one never reaches into the region of another. A grant opens reading, never another act.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return NOTHING
    windows = [
        _Window(Level(p.region.level), p.region_id, p.region.kabupaten_id, ROLE_CLEARANCE[Role(p.role)])
        for p in postings_of(user, at=at)
        if act in ROLE_ACTS[Role(p.role)]
    ]
    seen = NOTHING
    for window in windows:
        seen |= _within(window, via, act)
    if act == Act.SEE_CASES:
        seen |= Q(**{f"{via}pk__in" if not via else f"{via.removesuffix('__')}__in": grants_of(user, at=at).values("case_id")})
    return seen


def _within(window: _Window, via: str, act: Act) -> Q:
    """Leading kabupaten: everything the posting permits. Another place of the case: reading, below class rahasia."""
    cleared = Q(**{f"{via}secrecy__lte": window.clearance})
    column = LEVEL_COLUMN[window.level]
    if window.level in (Level.PROVINCE, Level.KABUPATEN):
        led = Q(**{f"{via}{column}": window.region})
        shared = _placed(column, window.region, via, is_leading=False)
    else:
        led = Q(**{f"{via}kabupaten": window.kabupaten}) & _placed(column, window.region, via)
        shared = _placed(column, window.region, via)
    if act in READING:
        return cleared & (led | (shared & Q(**{f"{via}secrecy__lt": SEALED_FROM})))
    return cleared & led


def parts(user: User, *, via: str = "", at: datetime, act: Act = Act.SEE_CASES) -> list[Q]:
    """`scope` in parts that never overlap, for numbers and pages: each region led, then the few cases beyond them.

    A database that is asked for one *or* the other reads everything; each alone it reads along an index.
    """
    reach = _reach(user, at=at, act=act)
    found: list[Q] = []
    for one in (*_led(reach, via), _beyond(reach, via, act)):
        if one != NOTHING:
            found.append(reduce(and_, (~earlier for earlier in found), one))
    return found


def led(user: User, *, via: str = "", at: datetime, act: Act = Act.SEE_CASES, province: str = "province") -> Q:
    """The part of `scope` that whole provinces and kabupaten make: columns of the case alone. `province` is its column."""
    return _any(_led(_reach(user, at=at, act=act), via, province))


def opened_beyond(user: User, *, via: str = "", at: datetime, act: Act = Act.SEE_CASES) -> Q:
    """The other part: kecamatan and desa, places of cases that another kabupaten leads, grants. NOTHING where there are none."""
    return _beyond(_reach(user, at=at, act=act), via, act)


def _led(reach: _Reach, via: str, province: str = "province") -> list[Q]:
    columns = {**LED, Level.PROVINCE: province}
    regions: dict[tuple[str, str], Secrecy] = {}
    for window in reach.windows:
        if window.level in columns:
            key = columns[window.level], window.region
            regions[key] = max(window.clearance, regions.get(key, window.clearance))
    return [Q(**{f"{via}{column}": code, f"{via}secrecy__lte": clearance}) for (column, code), clearance in regions.items()]


def _beyond(reach: _Reach, via: str, act: Act) -> Q:
    grants = [] if reach.grants is None else [_of_cases(reach.grants, via)]
    return _any([*(_by_place(window, via, act, is_shared=reach.is_shared) for window in reach.windows), *grants])


def _any(of: Iterable[Q]) -> Q:
    found = [one for one in of if one != NOTHING]
    return reduce(or_, found) if found else NOTHING


def _reach(user: User, *, at: datetime, act: Act) -> _Reach:
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return _Reach([], is_shared=False, grants=None)
    windows = [
        _Window(Level(p.region.level), p.region_id, p.region.kabupaten_id, ROLE_CLEARANCE[Role(p.role)])
        for p in postings_of(user, at=at)
        if act in ROLE_ACTS[Role(p.role)]
    ]
    # Both are asked first: a filter with nothing behind it still keeps the database from reading along one index.
    grants = grants_of(user, at=at) if act == Act.SEE_CASES else None
    if grants is not None and not _once(("grants", user.pk), grants.exists):
        grants = None
    return _Reach(windows, is_shared=act in READING and _reached_into(windows), grants=grants)


def _reached_into(windows: Iterable[_Window]) -> bool:
    """Whether a case that another kabupaten leads lies in one of these whole regions."""
    beyond = apps.get_model("konflik", "CasePlace").objects.filter(is_beyond=True)
    for level, column in LED.items():
        codes = frozenset(window.region for window in windows if window.level == level)
        if codes and bool(_once(("beyond", codes), beyond.filter(**{f"{column}__in": codes}).exists)):
            return True
    return False


def _by_place(window: _Window, via: str, act: Act, *, is_shared: bool) -> Q:
    """Leading kabupaten: everything the posting permits. Another place of the case: reading, below class rahasia."""
    column = LEVEL_COLUMN[window.level]
    cleared = Q(**{f"{via}secrecy__lte": window.clearance})
    readable = cleared & Q(**{f"{via}secrecy__lt": SEALED_FROM})
    if window.level in LED:
        return readable & _placed(column, window.region, via, is_beyond=True) if is_shared else NOTHING
    home = cleared & Q(**{f"{via}kabupaten": window.kabupaten})
    return _placed(column, window.region, via) & (home | readable if act in READING else home)


def _placed(column: str, region: str, via: str, **more: object) -> Q:
    place = apps.get_model("konflik", "CasePlace")
    return _of_cases(place.objects.filter(**{f"{column}_id": region}, **more), via)


def _of_cases(rows: QuerySet, via: str) -> Q:
    return Q(**{f"{via.removesuffix('__') or 'pk'}__in": rows.values("case_id")})
