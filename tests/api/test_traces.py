"""One sealed case more or less, and nothing that its reader is told differs: not a byte, a tag, a count or a number (S14).

Each trial makes a case of class rahasia or above with much of what a case can have, and asks some addresses before and after, as
somebody who may not see it. KONFLIK_PROFILE=full makes three hundred trials, a quick run a few.
"""

import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.keys.services import KeyFacts, make_key
from accounts.keys.tables import HIGHEST_RATE, Scope
from accounts.postings.tables import Role
from accounts.users.models import User
from konflik.cases.models import Case
from konflik.cases.services.amending import amend_case
from konflik.cases.services.assigning import link_cases
from konflik.cases.services.facts import add_note, declare_figure
from konflik.cases.tables import LinkKind
from konflik.law.figures import Measure
from konflik.law.secrecy import SEALED_FROM, Secrecy
from konflik.law.sources import Source
from konflik.law.stages import Stage
from konflik.statistics.models import RoundingYear
from konflik.statistics.services import freeze_months
from tests.access.walking import addresses
from tests.api.writes import Undone, World, for_one_test
from tests.builders import (
    BAJUBANG,
    BATANGHARI,
    BUNGKU,
    DAY,
    HOUR,
    JAMBI,
    MUARO_JAMBI,
    NOW,
    a_case,
    a_deadline,
    a_figure,
    a_party,
    a_user,
    an_activity,
    an_agreement,
    moved,
    region,
)
from tests.profiles import SEALED_TRIALS
from tests.status.building import a_status

pytestmark = pytest.mark.usefixtures("nothing_kept")

NOISE = re.compile(rb"csrfmiddlewaretoken\" value=\"[^\"]+\"|\bnonce-[\w+/=-]+|nonce=\"[^\"]+\"")
TOLD = ("ETag", "Last-Modified", "Content-Type", "Content-Disposition")
ASKED_EACH = 12
AT = NOW + HOUR
STATISTICS = ("cases", "stage-times", "activities", "deadlines", "figures")
PAGES = ("/", "/perkara/", "/perkara/?q=lahan", "/tenggat/", "/statistik/", "/forum/", "/saya/pemberitahuan/")
PUBLIC = ("/publik/", "/publik/angka.csv", "/api/v1/statistics/", "/api/v1/deadline-rules/")
LISTS = ("cases", "activities", "deadlines", "status-decrees", "notices", "bodies", "seats")
PARTS = ("", "events/", "parties/", "figures/", "activities/", "agreements/", "links/", "moves/", "attachments/", "status-decrees/")


@pytest.fixture
def world(built: World, db: None, settings: Any, time_machine: Any) -> World:
    settings.DEMO = True  # the second factor has tests of its own
    settings.REDIS_URL = ""
    time_machine.move_to(AT, tick=False)
    return for_one_test(built)


def readers(world: World) -> dict[str, Client]:
    """Everybody who may not see a sealed case, and somebody who is nobody."""
    people = {
        "member": world.member,
        "camat": a_user(Role.CAMAT, BAJUBANG),
        "observer": a_user(Role.PENGAMAT_PROVINSI, JAMBI),
        "reporter": a_user(Role.PELAPOR_LAPANGAN, BUNGKU),
        "neighbour": a_user(Role.SEKRETARIS_TIM, MUARO_JAMBI),
    }
    facts = KeyFacts(owner=world.boss, name="Uji", scopes=tuple(Scope), regions=(BATANGHARI,), clearance=2, rate=HIGHEST_RATE)
    secret = make_key(facts=facts, regions=[region(BATANGHARI)], actor=world.boss, now=NOW).secret
    found = {name: world.browser(person) for name, person in people.items()}
    return {**found, "key": Client(headers={"Authorization": f"Bearer {secret}"}), "nobody": Client()}


def questions(chance: random.Random, world: World, name: str) -> list[str]:
    """Some addresses with parameters, drawn for one reader."""
    since = (AT - chance.randrange(400) * DAY).date()
    known = f"{AT - chance.randrange(60) * HOUR:%Y-%m-%dT%H:00:00Z}"
    period = chance.choice(["", f"first={since}", f"last={AT.date()}&first={since}", f"known_at={known}"])
    dimensions = ",".join(chance.sample(("stage", "source", "month", "severity", "issue_type"), 2))
    level, place = chance.choice(("province", "kabupaten", "kecamatan")), chance.choice(("15", BATANGHARI, BAJUBANG))
    order, limit = chance.choice(("-updated_at", "opened_at", "-pk")), chance.choice((1, 50))
    drawn: list[Callable[[], str]] = [
        lambda: f"/api/v1/statistics/{chance.choice(STATISTICS)}/?{period}&region={place}",
        lambda: f"/api/v1/statistics/cases/?{period}&by={dimensions}",
        lambda: f"/api/v1/statistics/cases/?by=region&level={level}",
        lambda: f"/api/v1/{chance.choice(LISTS)}/?count=true&limit={limit}",
        lambda: f"/api/v1/cases/?count=true&ordering={order}&place={place}",
        lambda: f"/api/v1/cases/{world.case.pk}/{chance.choice(PARTS)}",
        lambda: f"/api/v1/cases/?format=csv&source={chance.choice('abcde')}",
        lambda: chance.choice(PUBLIC),
    ]
    if name not in {"key", "nobody"}:
        drawn.append(lambda: chance.choice((*PAGES, f"/perkara/{world.case.pk}/", f"/perkara/{world.case.pk}/riwayat/")))
    return [chance.choice(drawn)().replace("?&", "?") for _ in range(ASKED_EACH)]


def told(client: Client, address: str) -> tuple[Any, ...]:
    """Everything that an answer tells, bar the marks that differ each time."""
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, NOISE.sub(b"", body), [answer.headers.get(name) for name in TOLD]


def link_to(visible: Case, sealed: Case, boss: User) -> None:
    link_cases(case=visible, other=sealed, kind=LinkKind.RELATED, reason="Pelaku sama", actor=boss, now=AT)


def link_from(visible: Case, sealed: Case, boss: User) -> None:
    link_cases(case=sealed, other=visible, kind=LinkKind.CONTINUES, reason="Pelaku sama", actor=boss, now=AT)


def put_below(visible: Case, sealed: Case | None, boss: User) -> None:
    case = Case.objects.get(pk=visible.pk)
    amend_case(case=case, seen_version=case.version, changes={"parent": sealed}, reason="Pelaku sama", actor=boss, now=AT)


def put_below_and_out(visible: Case, sealed: Case, boss: User) -> None:
    put_below(visible, sealed, boss)
    put_below(visible, None, boss)


def put_above(visible: Case, sealed: Case, boss: User) -> None:
    put_below(sealed, visible, boss)


LINKS, PARENTS = [link_to, link_from], [put_below, put_below_and_out, put_above]


def a_sealed_case(chance: random.Random, boss: User, beside: Case) -> Case:
    """A case that few may see, with a random part of everything; `beside`, which many may see, may be named with it."""
    secrecy = chance.choice([one for one in Secrecy if one >= SEALED_FROM])
    opened_at = NOW - (1 + chance.randrange(60)) * DAY
    at = chance.choice([(BUNGKU,), (BAJUBANG,), (BATANGHARI, BUNGKU)])
    case = a_case(
        actor=boss, at=at, secrecy=secrecy, source=chance.choice(list(Source)), opened_at=opened_at, title="Sengketa lahan rahasia"
    )
    a_party(case, actor=boss), a_deadline(case, actor=boss), add_note(case=case, text="Rahasia", actor=boss, now=NOW)
    if chance.random() < 0.7:
        figure = a_figure(case, actor=boss, measure=chance.choice(list(Measure)), value=chance.randrange(1, 99))
        declare_figure(figure=figure, reason="Rapat", actor=boss, now=NOW)
    an_activity(case, actor=boss, planned_end=(AT + (chance.randrange(-20, 20)) * DAY).date())
    if chance.random() < 0.5:
        moved(case, Stage.PENGHENTIAN, actor=boss, at=opened_at + HOUR)
        if chance.random() < 0.5:
            a_status(case, actor=boss)
    if chance.random() < 0.5:
        an_agreement(case, actor=boss)
    for naming in (chance.choice([None, *LINKS]), chance.choice([None, *PARENTS])):
        if naming is not None:
            naming(beside, case, boss)
    return case


def next_number(boss: User) -> str:
    """The number of the next case that is not sealed."""
    with Undone():
        return a_case(actor=boss, now=AT).number


def test_there_are_trials_of_every_kind_of_reader(world: World) -> None:
    names = {one.name.removeprefix("api:") for one in addresses()}
    assert set(LISTS) | {f"statistics-{name}" for name in STATISTICS} <= names
    assert all(told(client, "/publik/")[0] == 200 for client in readers(world).values())


def test_a_sealed_case_leaves_no_trace_for_whoever_may_not_see_it(world: World) -> None:
    people = readers(world)
    RoundingYear.objects.create(year=2026, k=5, seed="ab" * 32)  # drawn once, not once for each trial
    a_case(actor=world.boss, opened_at=NOW - 40 * DAY)
    number = next_number(world.boss)
    traces, asked = [], 0
    for trial in range(SEALED_TRIALS):
        chance = random.Random(trial)
        name = list(people)[trial % len(people)]
        addressed = questions(chance, world, name)
        # Both times the months are frozen anew: what is published must not tell of the case either.
        with Undone():
            freeze_months(now=AT)
            before = {address: told(people[name], address) for address in addressed}
        with Undone():
            a_sealed_case(chance, world.boss, world.case)
            freeze_months(now=AT)
            after = {address: told(people[name], address) for address in addressed}
            if next_number(world.boss) != number:
                traces.append((trial, name, "the next number"))
        traces += [(trial, name, address) for address in addressed if after[address] != before[address]]
        asked += len(addressed)
    print(f"{SEALED_TRIALS} trials, {asked} addresses")
    assert not traces, traces[:20]


def test_somebody_who_may_see_it_is_told(world: World) -> None:
    """The trials would find a trace: the secretary's own answers change."""
    boss = world.browser(world.boss)
    asked = ["/api/v1/statistics/cases/", "/api/v1/cases/?count=true", "/perkara/", "/api/v1/activities/", "/api/v1/deadlines/"]
    before = [told(boss, address) for address in asked]
    a_sealed_case(random.Random(1), world.boss, world.case)
    after = [told(boss, address) for address in asked]
    assert [one == other for one, other in zip(before, after, strict=True)] == [False] * len(asked)


@pytest.mark.parametrize("naming", [*LINKS, *PARENTS], ids=lambda naming: naming.__name__)
def test_a_case_that_is_named_with_a_hidden_one_reads_as_before(world: World, naming: Callable[..., None]) -> None:
    """Neither a line nor a time nor a version tells of the other case (S03, S14)."""
    case, sealed = world.other, a_case(actor=world.boss, secrecy=Secrecy.SANGAT_RAHASIA)
    clerk, officer = a_user(Role.STAF_SEKRETARIAT), a_user(Role.PETUGAS_PDP)
    people = {**readers(world), "clerk": world.browser(clerk), "officer": world.browser(officer)}
    ours = [f"/api/v1/cases/{case.pk}/{part}" for part in PARTS]
    pages = [*(f"/perkara/{case.pk}/{page}" for page in ("", "riwayat/", "cetak/")), "/perkara/", "/"]
    admin = [f"/admin/konflik/{page}/" for page in ("case", f"case/{case.pk}/change")]
    asked = [(name, address) for name in ("member", "key", "clerk") for address in ours]
    asked += [("clerk", address) for address in (*pages, *admin, "/admin/")]
    asked += [("officer", "/admin/konflik/journalline/")]
    boss = world.browser(world.boss)
    before = [told(people[name], address) for name, address in asked]
    lines = len(boss.get(ours[1]).json()["results"])

    naming(case, sealed, world.boss)

    assert {answer[0] for answer in before} == {200}
    after = [told(people[name], address) for name, address in asked]
    assert [one for one, old, new in zip(asked, before, after, strict=True) if old != new] == []
    more = {put_above: 0, put_below_and_out: 2}.get(naming, 1)
    assert len(boss.get(ours[1]).json()["results"]) == lines + more, "whoever may see both reads the whole history"
