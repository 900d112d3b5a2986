"""Institutions, users and postings: written once, told in the journal, refused outside one's own region."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.postings.models import Posting
from accounts.postings.services import InstitutionFacts, PostingFacts
from accounts.postings.tables import InstitutionKind, Role
from accounts.regions.models import Region
from accounts.users.models import User
from accounts.users.selectors import user_of_link
from accounts.users.services import UserFacts, set_password
from konflik.journal.models import JournalLine
from konflik.journal.selectors import breaks
from konflik.registry import services as registry
from tests.people import institution, somebody

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
BATANGHARI, PASER, BAJUBANG, BUNGKU, JAMBI = "15.04", "64.01", "15.04.07", "15.04.07.2001", "15"

pytestmark = pytest.mark.django_db


def region(code: str) -> Region:
    return Region.objects.get(pk=code)


def posting(role: Role, code: str, **more: object) -> PostingFacts:
    return PostingFacts(role=role.value, region=region(code), valid_from=date(2026, 1, 1), **more)


def last_line() -> JournalLine:
    return JournalLine.objects.order_by("-pk").first()


def fields_of(refused: pytest.ExceptionInfo[ValidationError]) -> set[str]:
    return set(refused.value.message_dict)


def test_an_invited_user_gets_a_posting_a_link_and_three_lines_in_the_stream_of_the_kabupaten():
    made = somebody("camat.bajubang", Role.CAMAT, BAJUBANG, now=NOW)

    lines = JournalLine.objects.filter(stream="kab:15.04").order_by("position")
    assert [line.event for line in lines] == ["user_created", "posting_recorded", "login_link_issued"]
    assert user_of_link(uid=made.link.uid, token=made.link.token) == made.user
    assert list(breaks()) == []


def test_the_chain_keeps_no_names():
    facts = UserFacts(username="sri", name="Sri Rahayu", email="sri@example.id", phone="0812")
    made = registry.invite_user(facts=facts, posting=posting(Role.CAMAT, BAJUBANG, decree="SK 7/2026"), actor=None, now=NOW)
    registry.amend_user(user=made.user, facts=UserFacts(username="sri", name="Sri Wahyuni"), actor=None, now=NOW)

    chain = str(list(JournalLine.objects.values_list("payload", flat=True)))
    assert not [word for word in ("sri", "Sri", "0812", "SK 7") if word in chain]
    assert last_line().detail.data["after"] == {"name": "Sri Wahyuni", "email": "", "phone": ""}


def test_a_link_opens_once():
    made = somebody("staf", Role.STAF_SEKRETARIAT, BATANGHARI, now=NOW)
    set_password(user=made.user, password="kata sandi yang panjang")
    assert user_of_link(uid=made.link.uid, token=made.link.token) is None


@pytest.mark.parametrize(("uid", "token"), [("", ""), ("MQ", "x"), ("éé", "-"), ("OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk", "a-b")])
def test_a_wrong_link_opens_nothing(uid, token):
    assert user_of_link(uid=uid, token=token) is None


def test_a_shut_login_gets_no_link():
    made = somebody("staf", Role.STAF_SEKRETARIAT, BATANGHARI, now=NOW)
    registry.amend_user(user=made.user, facts=UserFacts(username="staf", name="staf", is_active=False), actor=None, now=NOW)
    assert last_line().payload == {"user": made.user.pk, "before": {"is_active": True}, "after": {"is_active": False}}
    assert user_of_link(uid=made.link.uid, token=made.link.token) is None
    with pytest.raises(ValidationError, match="tidak aktif"):
        registry.issue_login_link(user=made.user, actor=None, now=NOW)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (UserFacts(username="ab", name="Terlalu pendek"), "username"),
        (UserFacts(username="dua kata", name="Spasi"), "username"),
        (UserFacts(username="STAF", name="Sudah ada, huruf lain"), "username"),
        (UserFacts(username="baru", name=""), "name"),
        (UserFacts(username="baru", name="Bukan surel", email="bukan"), "email"),
        (UserFacts(username="baru", name="Surel terpakai", email="Staf@Example.id"), "email"),
    ],
)
def test_a_bad_login_is_refused_at_its_field_and_nothing_stays(facts, field):
    first = UserFacts(username="staf", name="Staf", email="staf@example.id")
    registry.invite_user(facts=first, posting=posting(Role.STAF_SEKRETARIAT, BATANGHARI), actor=None, now=NOW)
    before = JournalLine.objects.count()
    with pytest.raises(ValidationError) as refused:
        registry.invite_user(facts=facts, posting=posting(Role.CAMAT, BAJUBANG), actor=None, now=NOW)
    assert fields_of(refused) == {field}
    assert (User.objects.count(), Posting.objects.count(), JournalLine.objects.count()) == (1, 1, before)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"role": "raja"}, "role"),
        ({"role": Role.CAMAT.value}, "region"),
        ({"valid_until": date(2025, 12, 31)}, "valid_until"),
        ({"role": Role.ANGGOTA_TIM.value}, "institution"),
        ({"tenure": "selamanya"}, "tenure"),
    ],
)
def test_a_bad_posting_is_refused_at_its_field(facts, field):
    made = somebody("staf", Role.STAF_SEKRETARIAT, BATANGHARI, now=NOW)
    plain = {"role": Role.STAF_SEKRETARIAT.value, "region": region(BATANGHARI), "valid_from": date(2026, 1, 1)}
    with pytest.raises(ValidationError) as refused:
        registry.record_posting(user=made.user, facts=PostingFacts(**{**plain, **facts}), actor=None, now=NOW)
    assert fields_of(refused) == {field}


def test_an_ended_region_takes_no_posting_but_keeps_its_past_ones():
    Region.objects.filter(pk=BAJUBANG).update(valid_until=date(2025, 12, 31))
    somebody("lama", Role.STAF_SEKRETARIAT, BATANGHARI, now=NOW)
    user = User.objects.get()
    past = PostingFacts(role=Role.CAMAT.value, region=region(BAJUBANG), valid_from=date(2024, 1, 1), valid_until=date(2025, 6, 30))
    registry.record_posting(user=user, facts=past, actor=None, now=NOW)
    with pytest.raises(ValidationError, match="tidak berlaku"):
        registry.record_posting(user=user, facts=posting(Role.CAMAT, BAJUBANG), actor=None, now=NOW)


# Who may write where: role and region of the actor, region of the target, whether it goes through.
@pytest.mark.parametrize(
    ("role", "home", "target", "is_allowed"),
    [
        (Role.ADMINISTRATOR_SISTEM, BATANGHARI, BAJUBANG, True),
        (Role.SEKRETARIS_TIM, BATANGHARI, BAJUBANG, True),
        (Role.ADMINISTRATOR_SISTEM, JAMBI, BAJUBANG, True),
        (Role.ADMINISTRATOR_SISTEM, PASER, BAJUBANG, False),
        (Role.STAF_SEKRETARIAT, BATANGHARI, BAJUBANG, False),
        (Role.KEPALA_DAERAH, BATANGHARI, BAJUBANG, False),
        (Role.PETUGAS_PDP, BATANGHARI, BAJUBANG, False),
    ],
)
def test_nobody_gives_a_role_outside_the_own_posting(role, home, target, is_allowed):
    actor = somebody("pemberi", role, home, now=NOW).user
    facts = UserFacts(username="camat", name="Camat")
    if is_allowed:
        made = registry.invite_user(facts=facts, posting=posting(Role.CAMAT, target), actor=actor, now=NOW)
        assert JournalLine.objects.get(event="posting_recorded", payload__user=made.user.pk).actor == actor
        return
    with pytest.raises(ValidationError) as refused:
        registry.invite_user(facts=facts, posting=posting(Role.CAMAT, target), actor=actor, now=NOW)
    assert fields_of(refused) == {"region"}
    assert not User.objects.filter(username="camat").exists()


def test_nobody_gives_a_role_to_himself_or_shuts_himself_out():
    actor = somebody("admin", Role.ADMINISTRATOR_SISTEM, BATANGHARI, now=NOW).user
    with pytest.raises(ValidationError, match="diri sendiri"):
        registry.record_posting(user=actor, facts=posting(Role.KEPALA_DAERAH, BATANGHARI), actor=actor, now=NOW)
    with pytest.raises(ValidationError, match="akun sendiri"):
        registry.amend_user(user=actor, facts=UserFacts(username="admin", name="Admin", is_active=False), actor=actor, now=NOW)


def test_a_login_with_a_posting_elsewhere_is_out_of_reach():
    actor = somebody("admin", Role.ADMINISTRATOR_SISTEM, BATANGHARI, now=NOW).user
    other = somebody("pengamat", Role.PENGAMAT_PROVINSI, JAMBI, now=NOW).user
    with pytest.raises(ValidationError, match="di luar wilayah"):
        registry.amend_user(user=other, facts=UserFacts(username="pengamat", name="Baru"), actor=actor, now=NOW)
    with pytest.raises(ValidationError, match="di luar wilayah"):
        registry.issue_login_link(user=other, actor=actor, now=NOW)


def test_a_posting_ends_and_never_later_than_before():
    made = somebody("camat", Role.CAMAT, BAJUBANG, now=NOW)
    row = made.user.postings.get()
    registry.end_posting(posting=row, valid_until=date(2026, 3, 1), actor=None, now=NOW)
    assert last_line().payload["after"] == {"valid_until": "2026-03-01"}
    assert not Posting.objects.valid_at(date(2026, 3, 2)).exists()
    for day in (date(2026, 3, 2), row.valid_from - timedelta(days=1)):
        with pytest.raises(ValidationError) as refused:
            registry.end_posting(posting=row, valid_until=day, actor=None, now=NOW)
        assert fields_of(refused) == {"valid_until"}


def test_an_institution_is_once_per_region_and_switched_off_not_deleted():
    row = institution("Polres Batanghari", BATANGHARI, now=NOW, kind=InstitutionKind.POLRI)
    with pytest.raises(ValidationError) as refused:
        institution("POLRES BATANGHARI", BATANGHARI, now=NOW)
    assert fields_of(refused) == {"name"}
    off = InstitutionFacts(name=row.name, kind=row.kind, region=row.region, is_active=False)
    registry.amend_institution(institution=row, facts=off, actor=None, now=NOW)
    assert last_line().payload == {"institution": row.pk, "before": {"is_active": True}, "after": {"is_active": False}}


def test_nothing_changed_writes_no_line():
    row = institution("Polres Batanghari", BATANGHARI, now=NOW)
    before = JournalLine.objects.count()
    registry.amend_institution(institution=row, facts=InstitutionFacts.of(row), actor=None, now=NOW)
    assert JournalLine.objects.count() == before


SEALED_ROLES = [Role.SEKRETARIS_TIM, Role.STAF_SEKRETARIAT, Role.KEPALA_DAERAH]


@pytest.mark.parametrize("role", SEALED_ROLES)
def test_an_administrator_who_reads_nothing_gives_no_role_that_reads_rahasia_once_somebody_else_can(role):
    admin = somebody("admin", Role.ADMINISTRATOR_SISTEM, BATANGHARI, now=NOW).user
    facts = UserFacts(username="orang.baru", name="orang baru")
    first = registry.invite_user(facts=facts, posting=posting(Role.SEKRETARIS_TIM, BATANGHARI), actor=admin, now=NOW)

    with pytest.raises(ValidationError) as refused:
        registry.invite_user(facts=UserFacts(username="bayangan", name="x"), posting=posting(role, BATANGHARI), actor=admin, now=NOW)
    assert fields_of(refused) == {"role"}
    assert not User.objects.filter(username="bayangan").exists()
    registry.invite_user(facts=UserFacts(username="staf.baru", name="x"), posting=posting(role, BATANGHARI), actor=first.user, now=NOW)


@pytest.mark.parametrize("act", [registry.issue_login_link, registry.release_second_factor])
def test_an_administrator_comes_into_no_login_that_reads_rahasia(act):
    admin = somebody("admin", Role.ADMINISTRATOR_SISTEM, BATANGHARI, now=NOW).user
    sekretaris = somebody("sekretaris", Role.SEKRETARIS_TIM, BATANGHARI, now=NOW).user

    with pytest.raises(ValidationError, match="Sekretaris tim"):
        act(user=sekretaris, actor=admin, now=NOW)


def test_nobody_takes_a_person_of_another_kabupaten_by_a_posting_but_one_who_left_it_is_free():
    bupati = somebody("bupati.paser", Role.KEPALA_DAERAH, PASER, now=NOW).user
    sekretaris = somebody("sekretaris", Role.SEKRETARIS_TIM, BATANGHARI, now=NOW).user

    with pytest.raises(ValidationError) as refused:
        registry.record_posting(user=bupati, facts=posting(Role.CAMAT, BAJUBANG), actor=sekretaris, now=NOW)
    assert fields_of(refused) == {"user"}

    registry.end_posting(posting=bupati.postings.get(), valid_until=date(2026, 2, 1), actor=None, now=NOW)
    registry.record_posting(user=bupati, facts=posting(Role.CAMAT, BAJUBANG), actor=sekretaris, now=NOW)
