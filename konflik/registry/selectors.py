"""Reading people and their postings, by the regions in which somebody may see people; and what a new system still lacks."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone

from accounts.access.selectors import area, installation, mail_server
from accounts.access.tables import Act
from accounts.postings.models import Institution, Posting, PostingQuerySet
from accounts.postings.tables import Role
from accounts.users.models import User
from forums.bodies.models import Body
from forums.seats.models import Seat
from konflik.law.bodies import BodyKind


def postings_visible_to(user: User, *, at: datetime) -> PostingQuerySet:
    """Postings in the regions in which a posting of `user` opens people."""
    return Posting.objects.filter(area(user, Act.SEE_PEOPLE, via="region__", at=at))


def people_visible_to(user: User, *, at: datetime) -> QuerySet[User]:
    """Logins that hold or held a posting there."""
    return User.objects.filter(Exists(postings_visible_to(user, at=at).filter(user=OuterRef("pk"))))


def with_postings(people: QuerySet[User], *, day: date) -> QuerySet[User]:
    """`people` with `postings_now`: those in force on `day`, with region and institution, in one further query."""
    now = Posting.objects.valid_at(day).select_related("region", "institution").order_by("pk")
    return people.prefetch_related(Prefetch("postings", queryset=now, to_attr="postings_now"))


@dataclass(frozen=True)
class Step:
    """One thing to enter after the set-up: what, why, where, whether it is there, and whether a system can do without."""

    title: str
    why: str
    url_name: str
    button: str
    is_done: bool
    is_optional: bool = False


@dataclass(frozen=True)
class Progress:
    """How far the set-up is: the steps that must be done, how many are, and the next of them."""

    steps: list[Step]

    @property
    def needed(self) -> list[Step]:
        """Those that no system can do without."""
        return [step for step in self.steps if not step.is_optional]

    @property
    def done(self) -> int:
        """How many of them are done."""
        return sum(step.is_done for step in self.needed)

    @property
    def following(self) -> Step | None:
        """The first that is not; None once all are."""
        return next((step for step in self.needed if not step.is_done), None)


def progress(*, at: datetime) -> Progress:
    """The checklist with its sums."""
    return Progress(checklist(at=at))


def checklist(*, at: datetime) -> list[Step]:
    """What a new system needs before its first case, in the order in which it is entered."""
    day = timezone.localdate(at)
    held = set(Posting.objects.valid_at(day).values_list("role", flat=True))
    institutions = Institution.objects.filter(is_active=True).count()
    house = installation()
    has_team = Body.objects.valid_at(day).filter(kind=BodyKind.TIM_TERPADU.value).exists()
    return [
        Step(
            "Kop surat",
            "Tercetak di atas lembar untuk kepala daerah dan surat-surat.",
            "admin:accounts_installation_changelist",
            "Isi kop surat",
            house is not None and bool(house.letterhead_government and house.letterhead_office),
        ),
        Step(
            "Server surel (SMTP)",
            "Tanpa server surel, tautan masuk tampil di layar untuk disampaikan langsung, "
            "dan kata sandi yang terlupa diganti lewat administrator.",
            "admin:accounts_installation_changelist",
            "Isi server surel",
            mail_server() is not None,
            is_optional=True,
        ),
        Step(
            "Instansi anggota tim",
            "Polres, Kodim, Kejaksaan Negeri, DPRD, Kementerian Agama, dan perangkat daerah yang duduk dalam tim.",
            "admin:accounts_institution_add",
            "Catat instansi",
            institutions > 1,
        ),
        Step(
            "SK Tim Terpadu",
            "Nomor dan masa berlaku SK. Forum lain, misalnya FKUB dan FKDM, dicatat dengan cara yang sama.",
            "admin:forums_body_add",
            "Catat SK tim",
            has_team,
        ),
        Step(
            "Anggota tim",
            "Kedudukan menurut lampiran SK: jabatan, instansi, dan masa.",
            "admin:forums_seat_add",
            "Catat kedudukan",
            Seat.objects.valid_at(day).exists(),
        ),
        Step(
            "Akun sekretaris dan staf",
            "Tiap orang memakai akun sendiri dan membuat kata sandi melalui tautan masuk sekali pakai.",
            "admin:accounts_user_add",
            "Undang pengguna",
            {Role.SEKRETARIS_TIM.value, Role.STAF_SEKRETARIAT.value} <= held,
        ),
        Step(
            "Akun kepala daerah, anggota tim, dan camat",
            "Penugasan menentukan siapa melihat dan mengerjakan apa, sejak kapan sampai kapan.",
            "admin:accounts_user_add",
            "Undang pengguna",
            {Role.KEPALA_DAERAH.value, Role.ANGGOTA_TIM.value, Role.CAMAT.value} <= held,
        ),
    ]
