"""Institutions, users and their postings."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import services as access
from accounts.access.selectors import may, may_give
from accounts.access.tables import Act
from accounts.postings import services as postings
from accounts.postings.models import Institution, Posting
from accounts.postings.services import InstitutionFacts, PostingFacts
from accounts.postings.tables import Role
from accounts.regions.models import Region
from accounts.regions.selectors import zone_of
from accounts.users import services as users
from accounts.users.models import User
from accounts.users.services import LoginLink, UserFacts
from forums.seats.models import Seat
from konflik.acts.services import Clocked, record
from konflik.journal.services import Entry
from konflik.law.events import Event
from konflik.registry.services.dates import date_of_posting, dates_of_new_posting
from konflik.registry.services.writing import refuse_outside, write_change, write_new

ABOVE = "Peran yang membaca perkara rahasia diatur oleh Sekretaris tim. Minta Sekretaris tim melakukannya."


@dataclass(frozen=True)
class Invitation:
    """A new user, the first posting, and the one-time link to hand over."""

    user: User
    posting: Posting
    link: LoginLink


@transaction.atomic
def record_institution(*, facts: InstitutionFacts, actor: User | None, now: datetime) -> Institution:
    """A new institution. Raises ValidationError at the field: outside the postings of `actor`, or as the pure write does."""
    refuse_outside(actor, Act.MANAGE_FORUMS, facts.region, now=now)
    row = postings.record_institution(facts=facts, now=now)
    write_new(Event.INSTITUTION_RECORDED, InstitutionFacts.of(row), key={"institution": row.pk}, region=row.region, actor=actor, now=now)
    return row


@transaction.atomic
def amend_institution(*, institution: Institution, facts: InstitutionFacts, actor: User | None, now: datetime) -> Institution:
    """Bring `institution` to `facts`; it is switched off, never deleted. Raises ValidationError at the field."""
    row = Institution.objects.select_for_update(of=("self",)).select_related("region").get(pk=institution.pk)
    before = InstitutionFacts.of(row)
    refuse_outside(actor, Act.MANAGE_FORUMS, before.region, now=now)
    refuse_outside(actor, Act.MANAGE_FORUMS, facts.region, now=now)
    row = postings.amend_institution(institution=row, facts=facts, now=now)
    write_change(
        Event.INSTITUTION_AMENDED, before, InstitutionFacts.of(row), key={"institution": row.pk}, region=row.region, actor=actor, now=now
    )
    return row


@transaction.atomic
def invite_user(*, facts: UserFacts, posting: PostingFacts, actor: User | None, now: datetime) -> Invitation:
    """A new login with its first posting and a one-time link.

    Raises ValidationError at the field: outside the postings of `actor`, or as the pure writes do; then nothing is written.
    """
    refuse_outside(actor, Act.MANAGE_PEOPLE, posting.region, now=now)
    user = users.create_user(facts=facts, now=now)
    write_new(Event.USER_CREATED, UserFacts.of(user), key={"user": user.pk}, region=posting.region, actor=actor, now=now)
    given = record_posting(user=user, facts=posting, actor=actor, now=now)
    return Invitation(user, given, _link(user, actor, now=now))


@transaction.atomic
def amend_user(*, user: User, facts: UserFacts, actor: User | None, now: datetime) -> User:
    """Bring `user` to `facts`; `is_active=False` shuts the login. Raises ValidationError: outside, oneself shut out, bad values."""
    row = User.objects.select_for_update().get(pk=user.pk)
    refuse_stranger(actor, row, now=now)
    if actor is not None and actor.pk == row.pk and not facts.is_active:
        raise ValidationError({"is_active": "Anda tidak dapat menonaktifkan akun sendiri. Minta administrator lain."})
    before = UserFacts.of(row)
    row = users.amend_user(user=row, facts=facts)
    write_change(Event.USER_AMENDED, before, UserFacts.of(row), key={"user": row.pk}, region=_home_of(row), actor=actor, now=now)
    return row


@transaction.atomic
def issue_login_link(*, user: User, actor: User | None, now: datetime) -> LoginLink:
    """A one-time link for `user`. Raises ValidationError: outside the postings of `actor`, or the login is shut."""
    row = User.objects.get(pk=user.pk)
    refuse_stranger(actor, row, now=now)
    return _link(row, actor, now=now)


def _link(user: User, actor: User | None, *, now: datetime) -> LoginLink:
    link = users.login_link(user=user)
    home = _home_of(user)
    entry = Entry(Event.LOGIN_LINK_ISSUED, now, actor=actor, kabupaten_id=home.kabupaten_id if home else None, payload={"user": user.pk})
    record(entry, now=now)
    return link


@transaction.atomic
def release_second_factor(*, user: User, actor: User | None, now: datetime) -> None:
    """Take every second factor off `user`, whose phone is lost; the next login asks for a new one.

    Raises ValidationError: outside the postings of `actor`, oneself, or nothing to take off.
    """
    refuse_stranger(actor, user, now=now)
    if actor is not None and actor.pk == user.pk:
        raise ValidationError("Verifikasi dua langkah akun sendiri diatur pada halaman akun Anda.")
    if not access.release_second_factor(user=user):
        raise ValidationError("Pengguna ini belum memasang verifikasi dua langkah.")
    home = _home_of(user)
    payload = {"user": user.pk}
    entry = Entry(Event.SECOND_FACTOR_RELEASED, now, actor=actor, kabupaten_id=home.kabupaten_id if home else None, payload=payload)
    record(entry, now=now)


@transaction.atomic
def record_posting(*, user: User, facts: PostingFacts, actor: User | None, now: datetime) -> Posting:
    """A new posting of `user`.

    Raises ValidationError at the field: a region outside the postings of `actor`, a role for oneself, a seat of another
    person or body or that ends earlier, or as the pure write does.
    """
    refuse_outside(actor, Act.MANAGE_PEOPLE, facts.region, now=now)
    if actor is not None and actor.pk == user.pk:
        raise ValidationError({"role": "Anda tidak dapat memberi peran kepada diri sendiri. Minta administrator lain."})
    _refuse_above(actor, user, facts, now=now)
    facts = _with_seat(user, facts)
    posting = postings.record_posting(user=user, facts=facts, now=now)
    key = {"posting": posting.pk, "user": user.pk}
    clocked = dates_of_new_posting(posting, today=timezone.localdate(now, zone_of(posting.region)))
    write_new(Event.POSTING_RECORDED, facts, key=key, region=facts.region, actor=actor, now=now, clocked=clocked)
    return posting


@transaction.atomic
def end_posting(*, posting: Posting, valid_until: date, actor: User | None, now: datetime) -> Posting:
    """Set the last day of `posting`. Raises ValidationError: outside the postings of `actor`, or a day that cannot be."""
    row = Posting.objects.select_for_update(of=("self",)).select_related("region").get(pk=posting.pk)
    refuse_outside(actor, Act.MANAGE_PEOPLE, row.region, now=now, field="valid_until")
    return close_posting(posting=row, valid_until=valid_until, actor=actor, now=now)


def close_posting(*, posting: Posting, valid_until: date, actor: User | None, now: datetime) -> Posting:
    """End `posting` because something it stands on ended; the right to do that was asked for there."""
    before = posting.valid_until
    row = postings.end_posting(posting=posting, valid_until=valid_until)
    payload = {"posting": row.pk, "user": row.user_id, "before": {"valid_until": before}, "after": {"valid_until": row.valid_until}}
    clocked = Clocked(fixed=(date_of_posting(row, today=timezone.localdate(now, zone_of(row.region))),))
    record(Entry(Event.POSTING_ENDED, now, actor=actor, kabupaten_id=row.region.kabupaten_id, payload=payload), now=now, clocked=clocked)
    return row


def _with_seat(user: User, facts: PostingFacts) -> PostingFacts:
    """The facts with the body of their seat; a posting on a seat ends with it at the latest."""
    if facts.seat_id is None:
        return facts
    seat = Seat.objects.get(pk=facts.seat_id)
    if seat.user_id not in (None, user.pk) or facts.body_id not in (None, seat.body_id):
        raise ValidationError({"seat": "Kedudukan ini milik orang atau forum lain."})
    ends = min((day for day in (facts.valid_until, seat.valid_until) if day is not None), default=None)
    return replace(facts, body_id=seat.body_id, valid_until=ends)


def _refuse_above(actor: User | None, user: User, facts: PostingFacts, *, now: datetime) -> None:
    if actor is None:
        return
    try:
        refuse_stranger(actor, user, now=now)
    except ValidationError as refused:
        raise ValidationError({"user": refused.messages}) from refused
    if facts.role in set(Role) and not may_give(actor, Role(facts.role), at=now, region=facts.region):
        raise ValidationError({"role": ABOVE})


def refuse_stranger(actor: User | None, user: User, *, now: datetime) -> None:
    """Whoever manages a login must be entitled to give every posting it holds or will hold: no way up, no way sideways."""
    if actor is None:
        return
    held = [
        p
        for p in user.postings.select_related("region")
        if p.valid_until is None or p.valid_until >= timezone.localdate(now, zone_of(p.region))
    ]
    if not may(actor, Act.MANAGE_PEOPLE, at=now) or not all(may(actor, Act.MANAGE_PEOPLE, at=now, region=p.region) for p in held):
        raise ValidationError("Pengguna ini memiliki penugasan di luar wilayah Anda.")
    if not all(may_give(actor, Role(p.role), at=now, region=p.region) for p in held):
        raise ValidationError(ABOVE)


def _home_of(user: User) -> Region | None:
    """The region in whose stream the life of a login is told: that of its first posting."""
    first = user.postings.select_related("region").order_by("pk").first()
    return first.region if first else None
