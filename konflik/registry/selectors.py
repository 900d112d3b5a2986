"""Reading people and their postings, by the regions in which somebody may see people."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from accounts.access.selectors import area
from accounts.access.tables import Act
from accounts.postings.models import Posting, PostingQuerySet
from accounts.users.models import User


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
