"""Nothing of a hidden case leaves by any address, filter, order, count, tag or file; and nothing tells that it changed (S02, S03).

Some three hundred addresses with a parameter each are asked twice: longer than most tests, since each is one more door.
"""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.postings.tables import Role
from accounts.users.models import User
from konflik.api import v1
from konflik.cases.models import AccessGrant, Attachment, Case, CaseLink, Figure, Party
from konflik.cases.services.access import grant_access
from konflik.cases.services.assigning import link_cases
from konflik.cases.services.documents import attach
from konflik.cases.services.facts import add_note
from konflik.cases.tables import LinkKind
from konflik.law.secrecy import Secrecy
from konflik.rest.reading import DetailView, ListView
from konflik.rest.shapes import names_of
from konflik.stages.models import Activity, Agreement, AgreementTerm
from tests.api.writes import World, a_photo
from tests.builders import DAY, NOW, PASER, a_case, a_figure, a_party, a_user, an_activity, an_agreement

pytestmark = pytest.mark.usefixtures("nothing_kept")

CANARY = "KENARI"
LISTS = {"cases", "activities", "status-decrees", "deadlines", "notices", "regions", "bodies", "seats"}
TEXTS: dict[type[Any], tuple[str, ...]] = {
    Case: ("title", "chronology"),
    Party: ("name", "claim", "account"),
    Figure: ("source_note",),
    Activity: ("title", "result", "obstacles"),
    Agreement: ("title", "place", "witnesses"),
    AgreementTerm: ("text", "status_note"),
}


def a_hidden_case(world: World) -> Case:
    """A case above the reader's class, a canary in every text, linked with one that the reader sees and its parent."""
    boss = a_user(Role.SEKRETARIS_TIM, name=f"{CANARY.lower()}-boss")
    hidden = a_case(actor=boss, secrecy=Secrecy.SANGAT_RAHASIA, title=f"{CANARY} judul")
    (
        a_party(hidden, f"{CANARY} pihak", actor=boss),
        a_figure(hidden, actor=boss),
        an_activity(hidden, actor=boss),
        an_agreement(hidden, actor=boss),
    )
    add_note(case=hidden, text=f"{CANARY} catatan", actor=boss, now=NOW)
    a_document(hidden, boss, f"{CANARY} dokumen")
    until, stranger = NOW + 30 * DAY, a_user(Role.ANGGOTA_TIM, at=PASER)
    grant_access(case=hidden, user=stranger, body=None, valid_from=NOW, valid_until=until, reason=f"{CANARY} alasan", actor=boss, now=NOW)
    link_cases(case=hidden, other=world.case, kind=LinkKind.RELATED, reason=f"{CANARY} alasan", actor=boss, now=NOW)
    Case.objects.filter(pk=world.case.pk).update(parent=hidden)
    write_all(hidden, CANARY)
    return hidden


def a_document(case: Case, actor: User, title: str) -> Attachment:
    """A photograph on the case."""
    data = a_photo().read()
    return attach(case=case, name="foto.png", content=io.BytesIO(data), size=len(data), title=title, actor=actor, now=NOW)


def write_all(hidden: Case, word: str) -> None:
    """`word` in every text of the case and its parts."""
    for model, names in TEXTS.items():
        path = {Case: "pk", AgreementTerm: "agreement__case"}.get(model, "case")
        for number, row in enumerate(model.objects.filter(**{path: hidden.pk})):
            model.objects.filter(pk=row.pk).update(**{name: f"{word} {name} {number}" for name in names})


def views() -> Iterator[tuple[str, type[Any]]]:
    for pattern in v1:
        view = getattr(pattern.callback, "cls", None)
        if view is not None and issubclass(view, ListView | DetailView):
            yield pattern.name, view


def questions(view: type[Any]) -> Iterator[str]:
    """Each parameter of an address with a value, one at a time."""
    yield ""
    names = names_of(view.shape) if issubclass(view, DetailView) else [column.name for column in view().columns]
    yield from (f"fields={name}" for name in names)
    if not issubclass(view, ListView):
        return
    yield from (f"ordering={name}" for name in view.orderings)
    yield from ("count=true", "limit=1", "format=csv")
    for name, one in view.filters.base_filters.items():
        choices = [value for value, _ in getattr(one.field, "choices", []) if value]
        yield from (f"{name}={value}" for value in (choices[:3] or [CANARY, "2020-01-01T00:00:00Z", "2026-12-31"]))


def arguments(name: str, parts: dict[str, int]) -> list[Any] | None:
    """What the address asks for: nothing, the visible case, or its part; None where the case has no such part."""
    if name in LISTS:
        return []
    part = "case" if name.startswith("case") else name
    return [parts[part]] if part in parts else None


def crawl(client: Client, world: World) -> dict[str, tuple[int, bytes, str]]:
    """What every address answers: about what may be seen."""
    parts = {name: row.pk for name, row in world.parts.items()}
    found = {}
    for name, view in views():
        if (args := arguments(name, parts)) is None:
            continue
        address = reverse(f"api:{name}", args=args)
        for question in questions(view):
            answer = client.get(f"{address}?{question}")
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            found[f"{address}?{question}"] = answer.status_code, body, answer.headers.get("ETag", "")
    return found


@pytest.mark.parametrize("role", [Role.ANGGOTA_TIM, Role.STAF_SEKRETARIAT])
def test_nothing_of_a_hidden_case_leaves_and_nothing_tells_that_it_changed(world: World, role: Role) -> None:
    """The clerk may take files away as well; a case of class sangat rahasia is above both."""
    world.parts["attachment"] = a_document(world.case, world.boss, "Foto")
    hidden = a_hidden_case(world)
    reader = world.browser(world.member if role is Role.ANGGOTA_TIM else a_user(role))
    before = crawl(reader, world)
    answered = [status for status, _, _ in before.values()].count(200)
    print(f"{len(before)} addresses with a parameter, {answered} answered")
    assert answered >= 600
    assert not [address for address, (status, body, _) in before.items() if CANARY.encode() in body or status >= 500]
    assert reader.get(reverse("api:case", args=[world.case.pk])).json()["parent"] is None
    write_all(hidden, "LAIN")
    Case.objects.filter(pk=hidden.pk).update(severity=3, source="a", updated_at=NOW, version=77)
    CaseLink.objects.filter(case=hidden).update(kind=LinkKind.DUPLICATE)
    after = crawl(reader, world)
    assert [address for address in before if before[address] != after[address]] == []


def test_a_hidden_case_and_its_parts_answer_like_none(world: World) -> None:
    hidden = a_hidden_case(world)
    reader = world.browser(world.member)
    keys = {
        "party": Party,
        "figure": Figure,
        "activity": Activity,
        "agreement": Agreement,
        "attachment": Attachment,
        "access-grant": AccessGrant,
    }
    rows = {name: model.objects.filter(case=hidden).first() for name, model in keys.items()}
    assert all(rows.values()), rows
    for name, _ in views():
        row = hidden if name.startswith("case-") or name == "case" else rows.get(name)
        if row is not None:
            there, nowhere = (reader.get(reverse(f"api:{name}", args=[key])) for key in (row.pk, 987654))
            assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content) == (404, nowhere.content), name
