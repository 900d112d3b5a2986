"""Who may make a key, for whom, how far: nobody gets more by a key than owner and maker have; what stands in the database says so too."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.access.tables import Act
from accounts.keys.models import ApiKey
from accounts.keys.selectors import SECRET, digest_of, keys_visible_to
from accounts.keys.services import KeyFacts
from accounts.keys.tables import SCOPE_ACTS, SCOPE_LABELS, Scope
from accounts.postings.tables import Role
from accounts.users.models import User
from konflik.journal.models import JournalLine
from konflik.registry.services import make_key, revoke_key
from tests.builders import BAJUBANG, BATANGHARI, BUNGKU, JAMBI, NOW, PASER, a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary() -> User:
    return a_user(Role.SEKRETARIS_TIM)


@pytest.fixture
def member() -> User:
    return a_user(Role.ANGGOTA_TIM)


def facts(owner: User, **told: Any) -> KeyFacts:
    return replace(KeyFacts(owner=owner, name="Satu Data", scopes=("cases:read",), regions=(BATANGHARI,)), **told)


def test_the_secret_is_shown_once_and_only_its_digest_is_kept(secretary: User, member: User) -> None:
    made = make_key(facts=facts(member), actor=secretary, now=NOW)
    assert SECRET.fullmatch(made.secret)
    assert len(made.secret) == len("kfk_") + 43, "256 bits"
    row = ApiKey.objects.get()
    assert (row.digest, row.hint) == (digest_of(made.secret), made.secret[:8])
    stored = " ".join(str(value) for value in ApiKey.objects.values().get().values())
    line = JournalLine.objects.get(event="key_made")
    assert made.secret not in stored + str(line.payload) + str(line.detail.data)
    assert (line.actor, line.payload["key"], line.payload["user"], line.payload["regions"]) == (secretary, row.pk, member.pk, [BATANGHARI])
    assert make_key(facts=facts(member), actor=secretary, now=NOW).secret != made.secret


REFUSED = [
    # what is asked, at which field it is refused
    ({"name": " "}, "name"),
    ({"scopes": ()}, "scopes"),
    ({"scopes": ("cases:delete",)}, "scopes"),
    ({"scopes": ("cases:export",)}, "scopes"),  # the owner exports nothing
    ({"regions": ()}, "regions"),
    ({"regions": (PASER,)}, "regions"),
    ({"regions": (BATANGHARI, PASER)}, "regions"),
    ({"regions": (JAMBI,)}, "regions"),
    ({"days": 0}, "days"),
    ({"days": 366}, "days"),
    ({"rate": 0}, "rate"),
    ({"rate": 6001}, "rate"),
    ({"clearance": 0}, "clearance"),
    ({"clearance": 3}, "clearance"),
]


@pytest.mark.parametrize(("told", "field"), REFUSED, ids=[f"{row[0]}" for row in REFUSED])
def test_what_goes_too_far_is_refused_at_its_field(secretary: User, member: User, told: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        make_key(facts=facts(member, **told), actor=secretary, now=NOW)
    assert set(refused.value.message_dict) == {field}
    assert not ApiKey.objects.exists()


@pytest.mark.parametrize("told", [{"days": 1}, {"days": 365}, {"regions": (BAJUBANG, BUNGKU)}, {"clearance": 2}, {"rate": 6000}])
def test_up_to_the_edge_is_allowed(secretary: User, member: User, told: dict[str, Any]) -> None:
    assert make_key(facts=facts(member, **told), actor=secretary, now=NOW).key.pk


MAKERS = [
    # who asks, for whom, what for, refused at
    (Role.SEKRETARIS_TIM, BATANGHARI, Role.STAF_SEKRETARIAT, ("cases:read", "cases:export", "cases:write"), None),
    (Role.ADMINISTRATOR_SISTEM, BATANGHARI, Role.ANGGOTA_TIM, ("forums:read",), None),
    (Role.ADMINISTRATOR_SISTEM, BATANGHARI, Role.ANGGOTA_TIM, ("cases:read",), "scopes"),
    (Role.ADMINISTRATOR_SISTEM, BATANGHARI, Role.STAF_SEKRETARIAT, ("forums:read",), "owner"),
    (Role.SEKRETARIS_TIM, PASER, Role.ANGGOTA_TIM, ("cases:read",), "regions"),
    (Role.STAF_SEKRETARIAT, BATANGHARI, Role.ANGGOTA_TIM, ("cases:read",), "regions"),
    (Role.KEPALA_DAERAH, BATANGHARI, Role.ANGGOTA_TIM, ("cases:read",), "regions"),
]


@pytest.mark.parametrize(("maker", "at", "owner", "scopes", "field"), MAKERS, ids=range(len(MAKERS)))
def test_nobody_makes_a_key_that_opens_more_than_he_has(
    maker: Role, at: str, owner: Role, scopes: tuple[str, ...], field: str | None
) -> None:
    a_user(Role.SEKRETARIS_TIM)  # as long as there is none, the administrator may begin
    asked = facts(a_user(owner), scopes=scopes)
    if field is None:
        assert make_key(facts=asked, actor=a_user(maker, at), now=NOW).key.pk
        return
    with pytest.raises(ValidationError) as refused:
        make_key(facts=asked, actor=a_user(maker, at), now=NOW)
    assert set(refused.value.message_dict) == {field}


def test_for_a_login_that_is_shut_there_is_no_key(secretary: User, member: User) -> None:
    User.objects.filter(pk=member.pk).update(is_active=False)
    member.refresh_from_db()
    with pytest.raises(ValidationError) as refused:
        make_key(facts=facts(member), actor=secretary, now=NOW)
    assert set(refused.value.message_dict) == {"owner"}


def test_a_key_is_revoked_once_where_it_is_managed(secretary: User, member: User) -> None:
    key = make_key(facts=facts(member), actor=secretary, now=NOW).key
    with pytest.raises(ValidationError):
        revoke_key(key=key, actor=a_user(Role.SEKRETARIS_TIM, PASER), now=NOW)
    revoke_key(key=key, actor=secretary, now=NOW)
    assert JournalLine.objects.get(event="key_revoked").payload == {"key": key.pk, "user": member.pk}
    with pytest.raises(ValidationError):
        revoke_key(key=key, actor=secretary, now=NOW)


def test_keys_are_listed_where_they_are_managed(secretary: User, member: User) -> None:
    key = make_key(facts=facts(member), actor=secretary, now=NOW).key
    seen = {person.username: list(keys_visible_to(person, at=NOW)) for person in (secretary, member, a_user(Role.SEKRETARIS_TIM, PASER))}
    assert list(seen.values()) == [[key], [], []]


@pytest.mark.parametrize(
    "broken", [{"days": 366}, {"days": 0}, {"clearance": 3}, {"clearance": 0}, {"rate": 0}, {"revoked_at": NOW - timedelta(days=1)}]
)
def test_the_database_refuses_it_too(secretary: User, member: User, broken: dict[str, Any]) -> None:
    key = make_key(facts=facts(member), actor=secretary, now=NOW).key
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiKey.objects.filter(pk=key.pk).update(**broken)


def test_no_scope_opens_the_admin_or_what_gives_rights() -> None:
    assert set(SCOPE_ACTS) == set(SCOPE_LABELS) == set(Scope)
    given = frozenset().union(*SCOPE_ACTS.values())
    gives_rights = {Act.MANAGE_PEOPLE, Act.MANAGE_KEYS, Act.GRANT_ACCESS, Act.CLASSIFY_CASE}
    assert not given & {Act.ENTER_ADMIN, Act.MANAGE_INSTALLATION, Act.SEE_JOURNAL, *gives_rights}
