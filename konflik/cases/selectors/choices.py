"""What a case may name: issue types, institutions, forums, people, other cases. Pages and API offer these, services refuse the rest."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.postings.models import Institution, Posting
from accounts.regions.models import Region
from accounts.regions.selectors import by_local_day, zone_of
from accounts.users.models import User
from forums.bodies.models import Body, BodyQuerySet
from konflik.cases.models import Case, IssueType
from konflik.cases.models.case import CaseQuerySet
from konflik.law.bodies import BodyKind
from konflik.periods import lasting_on


def issue_types_for(case: Case | None = None) -> QuerySet[IssueType]:
    """The issue types in use, and the one that `case` has."""
    return IssueType.objects.filter(Q(is_active=True) | Q(pk=case.issue_type_id if case else None)).order_by("label")


def institutions_for(case: Case) -> QuerySet[Institution]:
    """The institutions that act in the kabupaten of `case`."""
    return Institution.objects.filter(region__kabupaten=case.kabupaten_id, is_active=True).order_by("name")


def forums_for(case: Case, *, at: datetime) -> BodyQuerySet:
    """The forums that `case` concerns: of each kabupaten and province in which it has a place, their decree in force at `at`."""
    places = case.places.all()
    near = Q(region__kabupaten__in=places.values("kabupaten_id")) | Q(region__in=places.values("province_id"))
    return _in_force(Body.objects.filter(near), case, at)


def satgas_for(case: Case, *, at: datetime) -> BodyQuerySet:
    """The Satuan Tugas of the leading kabupaten that may handle `case`, and the one that does."""
    near = Body.objects.filter(region__kabupaten=case.kabupaten_id, kind=BodyKind.SATGAS)
    return (_in_force(near, case, at) | Body.objects.filter(pk=case.satgas_id or 0)).order_by("name")


def _in_force(bodies: BodyQuerySet, case: Case, at: datetime) -> BodyQuerySet:
    return bodies.valid_at(timezone.localdate(at, zone_of(case.kabupaten))).order_by("name", "pk")


def posted_in(within: Region, *, at: datetime) -> QuerySet[User]:
    """Who has a posting in force in the kabupaten `within`, or over its whole province."""
    posted = Posting.objects.valid_at(timezone.localdate(at, zone_of(within))).filter(
        Q(region__kabupaten=within) | Q(region=within.province_id)
    )
    return User.objects.filter(pk__in=posted.values("user_id"), is_active=True)


def posted_anywhere(*, at: datetime) -> QuerySet[User]:
    """Who has any posting in force: access may be given to somebody of another kabupaten."""
    # Provinces and kabupaten state their legal time themselves, what lies in a kabupaten has that of it.
    days = by_local_day("region__", lasting_on, at=at) | by_local_day("region__kabupaten__", lasting_on, at=at)
    return User.objects.filter(pk__in=Posting.objects.filter(days).values("user_id"), is_active=True)


def other_cases(case: Case, user: User, *, at: datetime) -> CaseQuerySet:
    """The cases beside `case` that `user` may see, and therefore name."""
    return Case.objects.visible_to(user, at=at).exclude(pk=case.pk)
