"""The installation, the agencies and the logins of the demo."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from accounts.access.selectors import installation
from accounts.access.services import InstallationFacts
from accounts.postings.models import Institution
from accounts.postings.services import InstitutionFacts, PostingFacts
from accounts.postings.tables import InstitutionKind
from accounts.regions.models import Region
from accounts.users.models import User
from accounts.users.services import UserFacts
from forums.bodies.models import Body
from konflik.demo.tables.forums import Forum
from konflik.demo.tables.homes import BATANGHARI, COMMON, EXAMPLE, HOMES, NEIGHBOUR, OBSERVERS, Home
from konflik.demo.tables.people import LOGINS, OBSERVER, Login
from konflik.registry import services as registry

POSTED_SINCE = date(2022, 1, 1)
FIRST = "staf"


@dataclass(frozen=True)
class Player:
    """One login of the demo as it is told to whoever tries it out."""

    user: User
    role: str
    place: str


@dataclass
class Cast:
    """Everybody and every agency of the demo, by kabupaten and short name."""

    regions: dict[str, Region]
    agencies: dict[tuple[str, str], Institution] = field(default_factory=dict)
    bodies: list[tuple[Forum, Body]] = field(default_factory=list)
    players: dict[str, Player] = field(default_factory=dict)
    added: int = 0

    @property
    def homes(self) -> list[Home]:
        """The kabupaten of the demo whose regions are loaded."""
        return [home for home in HOMES if home.code in self.regions]

    @property
    def left_out(self) -> tuple[str, ...]:
        """The others, by name."""
        return tuple(home.name for home in HOMES if home.code not in self.regions)

    def user(self, front: str, home: Home) -> User:
        """The login of one office, as `staf` of Batanghari."""
        return self.players[f"{front}.{home.slug}"].user

    def holder(self, office: str, home: Home) -> User | None:
        """The login of `home` that bears just this office: the Bupati, no liaison of the Kapolres."""
        named = [f"{login.prefix}.{slug}" for login in LOGINS if login.office == office for slug in (home.slug, home.camat[1])]
        return next((self.players[name].user for name in named if name in self.players), None)


def assemble() -> Cast:
    """An empty cast that knows which regions are loaded."""
    codes = {home.code for home in HOMES} | {NEIGHBOUR[0]} | {code for code, *_ in OBSERVERS}
    codes |= {code for home in HOMES for code, *_ in (home.camat, home.reporter)}
    return Cast({region.code: region for region in Region.objects.filter(pk__in=codes)})


def stands(home: Home) -> bool:
    """Whether the demo of `home` was loaded before: its staff has a login. It came in one transaction with all the rest."""
    return User.objects.filter(username=f"{FIRST}.{home.slug}").exists()


def enter(cast: Cast, home: Home, *, now: datetime) -> None:
    """Make the logins of `home`, whose agencies and forums stand, and the installation where it is the first."""
    for login in _logins_of(home):
        agency = cast.agencies[home.slug, login.agency]
        code, slug, place = _seat_of(cast, home, login)
        forums = [body for _, body in cast.bodies if login.forum is not None and (body.kind, body.region_id) == (login.forum, code)]
        _login(cast, login, slug, place, _Post(cast.regions[code], agency, *forums[:1]), now)
    if home is BATANGHARI and installation() is None:
        _installation(cast, now)


def recall(cast: Cast, home: Home) -> None:
    """Find the logins of `home` again, those that still bear their name."""
    named = {f"{login.prefix}.{_seat_of(cast, home, login)[1]}": login for login in _logins_of(home)}
    for user in User.objects.filter(username__in=named).order_by("pk"):
        login = named[user.username]
        cast.players[user.username] = Player(user, login.office, _seat_of(cast, home, login)[2])


@transaction.atomic
def enter_others(cast: Cast, *, now: datetime) -> None:
    """Make or find the neighbour's staff and the observers of the provinces."""
    code, slug, name, kesbangpol = NEIGHBOUR
    if code in cast.regions and BATANGHARI in cast.homes:
        staff = next(login for login in LOGINS if login.prefix == FIRST)
        is_known = User.objects.filter(username=f"{FIRST}.{slug}").exists()
        agency = None if is_known else _agency(cast.regions[code], kesbangpol, InstitutionKind.KESBANGPOL, now)
        _login(cast, staff, slug, name, _Post(cast.regions[code], agency), now)
    for code, slug, name in OBSERVERS:
        if code in cast.regions:
            _login(cast, OBSERVER, slug, name, _Post(cast.regions[code], None), now)


@dataclass(frozen=True)
class _Post:
    region: Region
    agency: Institution | None
    body: Body | None = None


def found_agencies(cast: Cast, home: Home, *, now: datetime) -> None:
    """Make the agencies of `home`."""
    wanted = {key: (name.format(home.name), kind, home.code) for key, (name, kind) in COMMON.items()}
    wanted |= {key: (name, kind, home.code) for key, (name, kind) in home.agencies.items()}
    wanted["kesbangpol"] = (home.kesbangpol, InstitutionKind.KESBANGPOL, home.code)
    wanted["camat"] = (home.camat[2], InstitutionKind.KECAMATAN, home.camat[0])
    wanted["reporter"] = (home.reporter[2], InstitutionKind.FORUM, home.reporter[0])
    for key, (name, kind, code) in wanted.items():
        cast.agencies[home.slug, key] = _agency(cast.regions[code], name, kind, now)


def _agency(region: Region, name: str, kind: InstitutionKind, now: datetime) -> Institution:
    known = Institution.objects.filter(region=region, name=name).first()
    return known or registry.record_institution(facts=InstitutionFacts(name=name, kind=kind.value, region=region), actor=None, now=now)


def _logins_of(home: Home) -> list[Login]:
    """The logins whose agency the kabupaten has."""
    agencies = {*COMMON, *home.agencies, "kesbangpol", "camat", "reporter"}
    return [login for login in LOGINS if login.agency in agencies]


def _seat_of(cast: Cast, home: Home, login: Login) -> tuple[str, str, str]:
    """Region, end of the user name, and place in words."""
    code, slug, _ = {"home": (home.code, home.slug, ""), "camat": home.camat, "reporter": home.reporter}[login.place]
    return code, slug, home.name if login.place == "home" else f"{home.name} ({cast.regions[code].name})"


def _login(cast: Cast, login: Login, slug: str, place: str, post: _Post, now: datetime) -> None:
    username = f"{login.prefix}.{slug}"
    user = User.objects.filter(username=username).first()
    if user is None:
        posting = PostingFacts(
            role=login.role.value,
            region=post.region,
            valid_from=POSTED_SINCE,
            institution=post.agency,
            body_id=post.body.pk if post.body else None,
            decree=f"({EXAMPLE})",
        )
        facts = UserFacts(username=username, name=f"{login.office} {place}")
        user = registry.invite_user(facts=facts, posting=posting, actor=None, now=now).user
        cast.added += 1
    cast.players[username] = Player(user, login.office, place)


def _installation(cast: Cast, now: datetime) -> None:
    facts = InstallationFacts(
        region=cast.regions[BATANGHARI.code],
        letterhead_government="Pemerintah Kabupaten Batanghari",
        letterhead_office=BATANGHARI.kesbangpol,
        letterhead_address=f"Muara Bulian ({EXAMPLE})",
    )
    registry.set_up_installation(facts=facts, actor=None, now=now)
