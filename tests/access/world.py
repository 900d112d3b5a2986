"""Who asks, and for which case: ten people, seven cases with something of everything, and one that does not exist."""

import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from PIL import Image

from accounts.keys.services import KeyFacts, make_key
from accounts.postings.models import Institution, Posting
from accounts.postings.tables import Role
from accounts.users.models import User
from accounts.users.services import set_password
from forums.bodies.models import Body
from forums.seats.models import Seat
from konflik.acts.services import draft_decree, record_policy
from konflik.cases.models import AccessGrant, Case
from konflik.cases.services.access import grant_access, revoke_access
from konflik.cases.services.documents import attach
from konflik.clocks.models import CalendarDecree, Policy
from konflik.journal.models import JournalLine
from konflik.law.secrecy import SEALED_FROM, Secrecy
from konflik.law.stages import Stage
from konflik.notices.models import Gateway, Subscription
from konflik.public.models import PublicNote
from tests.builders import (
    BAJUBANG,
    BATANGHARI,
    BUNGKU,
    JAMBI,
    NOW,
    PASER,
    a_case,
    a_deadline,
    a_duty,
    a_figure,
    a_party,
    a_user,
    an_activity,
    an_agreement,
    an_institution,
    moved,
    region,
)
from tests.status.building import a_btt_use, a_measure, a_spoken_request, a_status

NOWHERE = 987654
LONG_AGO, FAR_AWAY = NOW - timedelta(days=300), NOW + timedelta(days=60)

# One letter for each role, with its home and the highest class it reads there; 0 sees no cases. Written by hand.
PEOPLE: dict[str, tuple[Role, str, int]] = {
    "K": (Role.KEPALA_DAERAH, BATANGHARI, 4),
    "S": (Role.SEKRETARIS_TIM, BATANGHARI, 4),
    "T": (Role.STAF_SEKRETARIAT, BATANGHARI, 3),
    "M": (Role.ANGGOTA_TIM, BATANGHARI, 2),
    "C": (Role.CAMAT, BAJUBANG, 2),
    "L": (Role.PELAPOR_LAPANGAN, BUNGKU, 1),
    "V": (Role.PENGAMAT_PROVINSI, JAMBI, 2),
    "P": (Role.PETUGAS_PDP, BATANGHARI, 0),
    "A": (Role.ADMINISTRATOR_SISTEM, BATANGHARI, 0),
}
OWN = {"own biasa": 1, "own terbatas": 2, "own rahasia": 3, "own sangat rahasia": 4}
SCOPES = (*OWN, "other region", "granted", "revoked")


@dataclass
class World:
    """Everything that addresses name."""

    people: dict[str, User]
    cases: dict[str, dict[str, Any]]
    objects: dict[str, dict[str, Any]]

    def is_sealed(self, scope: str) -> bool:
        """Whether the case of this scope is of class rahasia or above."""
        return self.cases[scope]["case"].secrecy >= SEALED_FROM

    def sees(self, letter: str, scope: str) -> bool:
        """Whether this person may see the case of this scope: region and class, or a grant in force."""
        return scope == "granted" or OWN.get(scope, 9) <= PEOPLE[letter][2]


def a_picture(shade: int) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), (shade, shade, shade)).save(out, "PNG")
    out.seek(0)
    return out


def build() -> World:
    """The world, made through the services."""
    polres, far_polres = an_institution(), an_institution("Polres Paser", at=PASER)
    people = {letter: a_person(letter, polres) for letter in PEOPLE}
    host = a_user(Role.SEKRETARIS_TIM, PASER, name="tuan-rumah")
    cases = {scope: a_full_case(people["S"], Secrecy(secrecy), BUNGKU, people["V"]) for scope, secrecy in OWN.items()}
    for scope in ("other region", "granted", "revoked"):
        cases[scope] = a_full_case(host, Secrecy.RAHASIA, PASER, people["V"])
    for person in people.values():
        a_grant(cases["granted"]["case"], person, host, since=LONG_AGO)
        revoke_access(grant=a_grant(cases["revoked"]["case"], person, host, since=LONG_AGO), reason="Uji", actor=host, now=NOW)
    return World(people, cases, {"own": objects_in(BATANGHARI, polres), "other": objects_in(PASER, far_polres)})


def a_person(letter: str, polres: Institution) -> User:
    role, home, _ = PEOPLE[letter]
    person = a_user(role, home, name=f"orang-{letter.lower()}", of=polres if role is Role.ANGGOTA_TIM else None)
    set_password(user=person, password="rahasia sekali 2026")
    return person


def a_grant(case: Case, person: User, actor: User, *, since: datetime) -> AccessGrant:
    """Access from `since` on, for longer than the tests run."""
    until = FAR_AWAY + timedelta(days=1)
    return grant_access(case=case, user=person, body=None, valid_from=since, valid_until=until, reason="Uji", actor=actor, now=NOW)


def a_full_case(actor: User, secrecy: Secrecy, at: str, reader: User) -> dict[str, Any]:
    """A case of this class and place, with one of every part that an address can name."""
    case = a_case(actor=actor, at=(at,), secrecy=secrecy)
    moved(case, Stage.PENGHENTIAN, actor=actor)
    party = a_party(case, actor=actor)
    activity, agreement, figure = an_activity(case, actor=actor), an_agreement(case, actor=actor), a_figure(case, actor=actor)
    picture = a_picture(case.pk % 256)
    size = len(picture.getvalue())
    document = attach(case=case, name="foto.png", content=picture, size=size, title="Foto", actor=actor, now=NOW)
    status = a_status(case, actor=actor)
    case.refresh_from_db()
    return {
        "case": case,
        "status": status.pk,
        "syarat": status.assessment_id,
        "konsultasi": status.consultation_id,
        "tindakan": a_measure(status, actor=actor).pk,
        "tni": a_spoken_request(status, actor=actor).pk,
        "btt": a_btt_use(status, actor=actor).pk,
        "kegiatan": activity.pk,
        "angka": figure.pk,
        "pihak": party.pk,
        "kesepakatan": agreement.pk,
        "butir": agreement.terms.get().pk,
        "perpindahan": case.moves.get().pk,
        "akses": a_grant(case, reader, actor, since=FAR_AWAY).pk,
        "dokumen": document.pk,
        "tenggat": a_deadline(case, actor=actor).pk,
    }


def a_note(code: str) -> PublicNote:
    """An announcement of this kabupaten."""
    told = {"section": "warning", "title": f"Peringatan {code}", "text": "Hindari jalan kebun.", "source": "SE 1/2026"}
    return PublicNote.objects.create(kabupaten=region(code), published_on=date(2026, 11, 1), **told)


def a_draft(code: str) -> CalendarDecree:
    """A decree of this kabupaten without a day yet."""
    year = {"covers_from": date(2026, 1, 1), "covers_until": date(2026, 12, 31)}
    return draft_decree(number=f"SK {code}", decided_on=date(2026, 1, 2), kabupaten=region(code), **year, actor=None, now=NOW)


def a_policy(code: str) -> Policy:
    """A figure of this kabupaten alone."""
    told = {"number": 6, "unit": "months", "basis": "SK Bupati 1/2026", "valid_from": date(2026, 1, 1)}
    return record_policy(code="tim-terpadu-rapat", kabupaten=region(code), **told, actor=None, now=NOW)


def key_facts(owner: User, code: str) -> KeyFacts:
    """A key that reads cases."""
    return KeyFacts(owner=owner, name="Satu Data", scopes=("cases:read",), regions=(code,))


def objects_in(code: str, institution: Institution) -> dict[str, Any]:
    """One of everything that the admin lists, in this kabupaten."""
    body = Body.objects.create(
        kind="tim_terpadu", name=f"Tim Terpadu {code}", region=region(code), legal_basis="UU 7/2012", valid_from=date(2026, 1, 1)
    )
    seat = Seat.objects.create(body=body, office="Sekretaris", position="Sekretaris", valid_from=date(2026, 1, 1))
    # Somebody whom whoever manages people may manage: a higher login needs a manager who reads as far.
    person = a_user(Role.ANGGOTA_TIM, code, name=f"lain-{code}", of=institution)
    key = make_key(facts=key_facts(person, code), regions=[region(code)], actor=None, now=NOW).key
    return {
        "forums_body": body.pk,
        "forums_seat": seat.pk,
        "accounts_institution": institution.pk,
        "accounts_user": person.pk,
        "accounts_posting": Posting.objects.get(user=person).pk,
        "accounts_apikey": key.pk,
        "konflik_subscription": Subscription.objects.create(key=key, url="https://satudata.contoh.go.id/", events=[], made_at=NOW).pk,
        "accounts_region": code,
        "duty": a_duty("kip-jawaban", at=code).pk,
        "konflik_issuetype": "lahan",
        "konflik_calendardecree": a_draft(code).pk,
        "konflik_policy": a_policy(code).pk,
        "konflik_publicnote": a_note(code).pk,
        "konflik_gateway": Gateway.objects.get_or_create(name="Layanan", url="https://pesan.contoh.go.id/")[0].pk,
        "konflik_journalline": JournalLine.objects.filter(stream=f"kab:{code}").order_by("pk").first().pk,
    }
