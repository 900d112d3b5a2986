"""What leaves the house: above class biasa no name, title, place or kind (S12); dates as a calendar program reads them."""

from datetime import time
from email import message_from_bytes
from email.policy import default

import pytest
from icalendar import Calendar

from accounts.postings.tables import InstitutionKind, Role
from accounts.users.models import User
from konflik.acts.services import Clocked, Concerned, confirm_notice, record
from konflik.cases.models import Case
from konflik.clocks.services.following import Fixed
from konflik.journal.services import Entry
from konflik.law.events import Event
from konflik.law.secrecy import Secrecy
from konflik.law.telling import TELLINGS, Group, Urgency
from konflik.notices.models import DigestScope, Gateway, Habit, Notice
from konflik.notices.selectors.digest import deadlines_of
from konflik.notices.selectors.feeds import calendar_of
from konflik.notices.selectors.wording import PARTS, message_of, text_of
from konflik.notices.services.channels.mail import PLAIN, letter
from konflik.notices.services.digests import write_digests
from konflik.notices.services.scanning import scan
from konflik.notices.tables import Channel, Source, State
from tests.builders import BATANGHARI, DAY, HOUR, NOW, a_case, a_user, an_issue
from tests.notices.making import a_member, asked_for_tni, reachable, rows

pytestmark = pytest.mark.django_db

CANARIES = ("Sengketa kenari", "Kronologi kenari", "Bungku", "Bajubang", "kenari", "Isu lahan", "TNI", "permintaan", "Konflik")
ABOVE_BIASA = [Secrecy.TERBATAS, Secrecy.RAHASIA, Secrecy.SANGAT_RAHASIA]


@pytest.fixture(autouse=True)
def _channels(settings: object) -> None:
    settings.EMAIL_HOST = "surel.contoh.go.id"
    Gateway.objects.create(name="Uji", url="https://gerbang.contoh.id/", is_active=True)


@pytest.fixture
def bupati() -> User:
    return reachable(a_user(Role.KEPALA_DAERAH), phone="+62811")


def a_told_case(bupati: User, secrecy: Secrecy) -> Case:
    """A case full of canaries on which something happened, something is due and something was passed on."""
    clerk = a_user(Role.SEKRETARIS_TIM)
    case = a_case(actor=clerk, title="Sengketa kenari", chronology="Kronologi kenari", issue_type=an_issue(), secrecy=secrecy)
    asked_for_tni(at=NOW, case_id=case.pk, thread=f"perkara:{case.pk}")
    fixed = Fixed("kegiatan-selesai", "kegiatan:1", NOW.date(), title="Mediasi kenari di Bungku", person_id=bupati.pk)
    entry = Entry(Event.ACTIVITY_PLANNED.value, NOW, case_id=case.pk, kabupaten_id=BATANGHARI)
    record(entry, now=NOW, clocked=Clocked(fixed=(fixed,)), concerned=Concerned((bupati.pk,)))
    scan(now=NOW + 12 * HOUR)
    scan(now=NOW + 25 * HOUR)
    Habit.objects.create(user=bupati, digest=DigestScope.REPORTS)
    write_digests(now=NOW + 2 * DAY)
    return case


def all_that_leaves(user: User) -> dict[int, str]:
    """Every mail whole, every short message, every text to copy, the feed."""
    told = {}
    for notice in Notice.objects.filter(recipient=user).select_related(*PARTS):
        message = message_of(notice)
        mail = letter(notice, message, sender="Tim <tim@contoh.go.id>")
        parts = [part.get_content() for part in mail.walk() if not part.is_multipart()]
        body = "\n".join(part.decode() if isinstance(part, bytes) else part for part in parts)
        told[notice.pk] = "\n".join([str(mail["Subject"]), body, message.short, text_of(notice)])
    return told


@pytest.mark.parametrize("secrecy", ABOVE_BIASA)
def test_above_biasa_nothing_is_said_but_number_and_date(bupati: User, secrecy: Secrecy) -> None:
    case = a_told_case(bupati, secrecy)
    told = all_that_leaves(bupati)
    assert {row.source for row in rows(recipient=bupati)} >= {Source.DEADLINE.value, Source.LINE.value, Source.DIGEST.value}
    assert {row.channel for row in rows(recipient=bupati)} == {channel.value for channel in Channel} - {Channel.WEBHOOK.value}
    for text in (*told.values(), calendar_of(bupati, at=NOW).decode()):
        own = text.replace("Tim Terpadu Penanganan Konflik Sosial", "").replace("konflik//", "").replace("@konflik", "")
        assert not [canary for canary in CANARIES if canary.lower() in own.lower()], text
    assert any(case.number in text for text in told.values())
    assert all("/pemberitahuan/" in text for text in told.values())


def test_of_an_open_case_the_mail_says_what_it_is_about(bupati: User) -> None:
    a_told_case(bupati, Secrecy.BIASA)
    whole = "\n".join(all_that_leaves(bupati).values())
    assert "Sengketa kenari" in whole
    assert "Permintaan tertulis" in whole


def test_a_mail_is_text_html_and_a_date_and_tracks_nobody(bupati: User) -> None:
    asked_for_tni(at=NOW)
    scan(now=NOW + 12 * HOUR)
    [notice] = Notice.objects.filter(channel=Channel.EMAIL.value, source="deadline").select_related(*PARTS)
    mail = message_from_bytes(letter(notice, message_of(notice), sender="Tim <tim@contoh.go.id>").as_bytes(policy=PLAIN), policy=default)
    assert [part.get_content_type() for part in mail.walk() if not part.is_multipart()] == ["text/plain", "text/html", "text/calendar"]
    assert "<img" not in mail.get_body(("html",)).get_content()
    assert mail["Auto-Submitted"] == "auto-generated"
    [attached] = mail.iter_attachments()
    [event] = Calendar.from_ical(attached.get_content()).events
    assert (event.start, event["SEQUENCE"]) == (NOW + 24 * HOUR, 1)
    assert "23 November 2026, 10.00 WIB" in mail["Subject"]


def test_a_mail_says_until_when_an_answer_is_owed_as_long_as_it_is(bupati: User) -> None:
    deadline = asked_for_tni(at=NOW)
    Notice.objects.filter(source="line").delete()
    scan(now=NOW + 12 * HOUR)
    asked = Notice.objects.get(deadline=deadline, channel=Channel.BELL.value, recipient=bupati)
    mail = Notice.objects.select_related(*PARTS).get(deadline=deadline, channel=Channel.EMAIL.value, recipient=bupati)
    assert "Tanggapi paling lambat 22 November 2026, 23.00 WIB." in message_of(mail).text
    confirm_notice(notice=asked, action_text="Surat disiapkan.", actor=bupati, now=NOW + 12 * HOUR)
    assert "Tanggapi paling lambat" not in message_of(mail).text


def test_the_same_notice_has_the_same_message_id_and_another_one_another(bupati: User) -> None:
    asked_for_tni(at=NOW)
    for hours in (12, 18):
        scan(now=NOW + hours * HOUR)
    mails = list(Notice.objects.filter(channel=Channel.EMAIL.value).select_related(*PARTS))
    ids = [[letter(row, message_of(row), sender="tim@contoh.go.id")["Message-ID"] for row in mails] for _ in range(2)]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == len(mails) > 1


def test_quiet_hours_hold_what_is_not_urgent_and_never_the_bell(bupati: User) -> None:
    # 10.00 WIB; the quiet hours of this person run over midnight, until 11.00.
    Habit.objects.create(user=bupati, quiet_from=time(20), quiet_until=time(11))
    record(Entry(Event.RECOVERY_COMPLETED.value, NOW, kabupaten_id=BATANGHARI), now=NOW)
    record(Entry(Event.VIOLENCE_REPORTED.value, NOW, kabupaten_id=BATANGHARI), now=NOW)
    held = {(row.urgency, row.channel): row.send_after - NOW for row in rows(recipient=bupati)}
    assert held["normal", "email"] == HOUR
    assert held["normal", "bell"] == held["urgent", "email"] == held["urgent", "gateway"] == NOW - NOW


def test_nothing_of_status_and_violence_waits_for_the_end_of_quiet_hours(bupati: User) -> None:
    Habit.objects.create(user=bupati, quiet_from=time(20), quiet_until=time(11))
    for telling in TELLINGS:
        line = record(Entry(telling.event.value, NOW, kabupaten_id=BATANGHARI), now=NOW, clocked=Clocked(starts_none=True))
        held = {row.send_after - NOW for row in rows(line=line, recipient=bupati) if row.channel != Channel.BELL}
        waits = telling.group is not Group.STATUS and telling.urgency is Urgency.NORMAL
        assert held <= {HOUR if waits else NOW - NOW}, telling.event


def test_channels_follow_the_choice_of_the_person(bupati: User) -> None:
    bupati.channel_choices.create(group="case", channel="email", is_on=False)
    bupati.channel_choices.create(group="case", channel="gateway", is_on=True)
    record(Entry(Event.RECOVERY_COMPLETED.value, NOW, kabupaten_id=BATANGHARI), now=NOW)
    record(Entry(Event.BTT_PAID.value, NOW, kabupaten_id=BATANGHARI), now=NOW)
    told = [(row.group, row.channel) for row in rows(recipient=bupati)]
    assert sorted(told) == sorted([("case", "bell"), ("case", "gateway"), ("status", "bell"), ("status", "email"), ("status", "gateway")])


def test_without_a_server_or_an_address_there_is_no_row_for_the_channel(settings: object) -> None:
    reachable(a_user(Role.KEPALA_DAERAH), email="a@contoh.go.id")
    settings.EMAIL_HOST = ""
    record(Entry(Event.BTT_PAID.value, NOW, kabupaten_id=BATANGHARI), now=NOW)
    assert {row.channel for row in rows()} == {Channel.BELL.value}


def test_the_digest_comes_once_a_day_from_seven_in_the_zone_of_the_posting(bupati: User) -> None:
    paser = a_user(Role.KEPALA_DAERAH, "64.01")
    for user in (bupati, paser):
        Habit.objects.create(user=user, digest=DigestScope.MINE)
    seven_wita = NOW.replace(hour=23, minute=0)
    assert write_digests(now=seven_wita) == 1
    assert {row.recipient for row in rows()} == {paser}
    assert write_digests(now=seven_wita + HOUR) == 1
    assert write_digests(now=seven_wita + 2 * HOUR) == 0
    assert {(row.recipient, row.milestone) for row in rows()} == {(paser, "2026-11-23"), (bupati, "2026-11-23")}
    assert write_digests(now=seven_wita + DAY + HOUR) == 2
    assert {row.state for row in rows(channel=Channel.BELL.value)} == {State.SENT.value}


def test_digest_scopes_are_mine_my_teams_and_all(bupati: User) -> None:
    secretary = a_user(Role.SEKRETARIS_TIM)
    member = a_member(InstitutionKind.POLRI)
    police = member.postings.get().institution
    asked_for_tni(at=NOW)
    case = a_case(actor=secretary)
    fixed = Fixed("kegiatan-selesai", "kegiatan:1", NOW.date(), title="Patroli", institution_id=police.pk)
    entry = Entry(Event.ACTIVITY_PLANNED.value, NOW, case_id=case.pk, kabupaten_id=BATANGHARI)
    record(entry, now=NOW, clocked=Clocked(fixed=(fixed,)), concerned=Concerned((), (police.pk,)))
    counted = {}
    for user, scope in ((bupati, "mine"), (member, "mine"), (member, "team"), (secretary, "reports"), (secretary, "mine")):
        Habit.objects.update_or_create(user=user, defaults={"digest": scope})
        Notice.objects.filter(source=Source.DIGEST.value).delete()
        write_digests(now=NOW + HOUR)
        [notice] = Notice.objects.filter(source=Source.DIGEST.value, recipient=user, channel="bell").select_related(*PARTS)
        counted[user, scope] = message_of(notice).lines[0]
    two, one, none = (f"0 tenggat sudah lewat, {number} jatuh tempo dalam 7 hari." for number in (2, 1, 0))
    assert counted[bupati, "mine"] == counted[member, "mine"] == counted[member, "team"] == one
    assert counted[secretary, "reports"] == two
    assert counted[secretary, "mine"] == none


def test_the_team_of_a_digest_is_the_institution_and_its_people(bupati: User) -> None:
    member, stranger = a_member(InstitutionKind.POLRI), a_member(InstitutionKind.TNI)
    police = member.postings.get().institution
    colleague = a_user(Role.ANGGOTA_TIM, BATANGHARI, of=police)
    fixed = [
        Fixed("kegiatan-selesai", f"kegiatan:{user.pk}", NOW.date(), title="Patroli", person_id=user.pk) for user in (colleague, stranger)
    ]
    case = a_case(actor=a_user(Role.SEKRETARIS_TIM))
    entry = Entry(Event.ACTIVITY_PLANNED.value, NOW, case_id=case.pk, kabupaten_id=BATANGHARI)
    record(entry, now=NOW, clocked=Clocked(fixed=tuple(fixed)))
    told = {scope: {one.person for one in deadlines_of(member, scope, at=NOW + HOUR)} for scope in ("mine", "team")}
    assert told == {"mine": set(), "team": {colleague}}


def test_the_feed_is_a_calendar_of_ones_own_dates(bupati: User) -> None:
    asked_for_tni(at=NOW)
    [event] = Calendar.from_ical(calendar_of(bupati, at=NOW)).events
    assert event["SUMMARY"].startswith("Tenggat: Permintaan tertulis")
    assert Calendar.from_ical(calendar_of(a_user(Role.CAMAT, "15.04.07"), at=NOW)).events == []
