"""Every change that the API offers: done as the pages do it, with the version that was seen, and with nothing besides (S05, S22)."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import resolve
from rest_framework import serializers

from accounts.postings.tables import Role
from konflik.cases.models import Case
from konflik.cases.selectors.permitted import Permitted
from konflik.cases.services.documents import attach
from konflik.cases.tables import ACT_FOR
from konflik.journal.models import JournalLine
from konflik.law.secrecy import Secrecy
from konflik.rest.writing import ActionView
from konflik.stages.models import Activity
from tests.api.writes import FIGURE, JSON, WRITES, Undone, World, Write, a_photo, opening
from tests.builders import NOW, a_case, a_user
from tests.refusals import nothing_written

VERSIONED = [write for write in WRITES if write.is_versioned]
BODIES = [write for write in WRITES if not write.is_form]


def view_of(write: Write, world: World) -> type[ActionView]:
    return resolve(write.url(world)).func.cls


def test_each_change_is_done_and_told(world: World) -> None:
    wrong = []
    for write in WRITES:
        with Undone():
            before = JournalLine.objects.count()
            answer = write.send(world)
            if answer.status_code != write.status or JournalLine.objects.count() == before:
                wrong.append((write.name, answer.status_code, answer.content[:300]))
    assert not wrong


def test_the_table_holds_every_act_of_the_pages_bar_those_of_a_status(world: World) -> None:
    done = {view_of(write, world).does for write in WRITES if write.name not in {"cases", "cases-bulk"}}
    later = {name for name in ACT_FOR if name.startswith(("status-", "measure-", "progress-", "tni-", "btt-"))}
    assert done == set(ACT_FOR) - later


def test_a_creation_is_not_told_again_to_whoever_may_no_longer_see_the_case(world: World) -> None:
    client = world.browser(a_user(Role.STAF_SEKRETARIAT, name="staf"))
    sent = {"data": json.dumps(opening()), "content_type": JSON, "headers": {"Idempotency-Key": "kiriman-0001"}}
    first, again = (client.post("/api/v1/cases/", **sent) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    Case.objects.filter(pk=first.json()["id"]).update(secrecy=Secrecy.SANGAT_RAHASIA)
    hidden = client.post("/api/v1/cases/", **sent)
    assert hidden.status_code == 404
    assert opening()["title"] not in hidden.content.decode()
    assert Case.objects.filter(title=opening()["title"]).count() == 1


# S22: the version that was seen --------------------------------------------------------------------------------------------


def test_no_change_without_the_version_that_stands(world: World) -> None:
    wrong = []
    with nothing_written():
        for write in VERSIONED:
            key, version = write.tag(world).strip('"').split("-")
            asked = {"": 428, f'"{key}-{int(version) + 1}"': 412, f'"{int(key) + 1}-{version}"': 412, "*": 412, "rubbish": 412}
            for tag, status in asked.items():
                answer = write.send(world, **{"If-Match": tag})
                if answer.status_code != status:
                    wrong.append((write.name, tag, answer.status_code))
                elif tag.startswith(f'"{key}-'):
                    assert answer.json()["current"]["version"] == int(version), write.name
    assert not wrong


def test_an_answer_carries_the_tag_for_the_next_change(world: World) -> None:
    amend = next(write for write in WRITES if write.name == "case")
    first = amend.send(world)
    second = amend.send(world, {"title": "Sekali lagi", "reason": "Uji."}, **{"If-Match": first.headers["ETag"]})
    assert (first.status_code, second.status_code) == (200, 200)
    assert amend.send(world, **{"If-Match": first.headers["ETag"]}).status_code == 412


# S05: nothing besides ------------------------------------------------------------------------------------------------------


def columns() -> set[str]:
    """Every column of every model that hangs on a case, and of the people who write."""
    models = [*apps.get_app_config("konflik").get_models(), apps.get_model("accounts", "User")]
    return {field.name for model in models for field in model._meta.concrete_fields} | {"pk", "is_staff", "is_superuser"}


def unknown_to(takes: serializers.Serializer) -> list[str]:
    return sorted(columns() - set(takes.fields))


def test_every_input_refuses_every_column_that_it_does_not_name(world: World) -> None:
    tried = 0
    for write in WRITES:
        takes = view_of(write, world).takes
        for name in unknown_to(takes()):
            given = takes(data={name: 1}, context={"target": world.case, "reader": world.boss, "now": None})
            with pytest.raises(serializers.ValidationError) as refused:
                given.to_internal_value({name: 1})
            assert set(refused.value.detail) == {name[:60]}
            tried += 1
    assert tried > 2000


def smuggled(write: Write, world: World) -> Iterator[tuple[str, Any]]:
    """The lawful body with more than it may hold: beside, inside, twice."""
    body = write.body(world)
    names = unknown_to(view_of(write, world).takes())[:20]
    yield "beside", json.dumps({**body, **dict.fromkeys(names, 1)})
    for name in body:
        if isinstance(body[name], dict):
            yield f"inside {name}", json.dumps({**body, name: {**body[name], "stage": "selesai", "version": 9}})
        if isinstance(body[name], list) and body[name] and isinstance(body[name][0], dict):
            yield f"inside {name}", json.dumps({**body, name: [{**body[name][0], "status": "dipenuhi"}]})
    name = next(iter(body))
    yield "twice", f"{{{json.dumps(name)}: {json.dumps(body[name])}, {json.dumps(body)[1:]}"
    yield "in a list", json.dumps([body])


def test_no_change_takes_more_than_its_fields_however_it_is_sent(world: World) -> None:
    wrong = []
    with nothing_written():
        for write in BODIES:
            for how, raw in smuggled(write, world):
                answer = write.send(world, raw)
                # In bulk each item has its own answer.
                is_refused = answer.status_code == 400 or (write.name == "cases-bulk" and answer.json().get("opened") == 0)
                if not is_refused:
                    wrong.append((write.name, how, answer.status_code, answer.content[:200]))
            form = getattr(world.browser(), write.method)(
                write.url(world), "stage=selesai", content_type="application/x-www-form-urlencoded"
            )
            multipart = world.browser().generic(write.method.upper(), write.url(world), b"--x--\r\n", "multipart/form-data; boundary=x")
            wrong += [(write.name, "form", one.status_code) for one in (form, multipart) if one.status_code not in {415, 428}]
        document = next(write for write in WRITES if write.is_form)
        answer = document.send(world, {**document.body(world), "case": world.other.pk, "sha256": "0" * 64, "uploaded_by": 1})
        twice = document.send(world, {**document.body(world), "title": ["Satu", "Dua"]})
        assert (answer.status_code, twice.status_code) == (400, 400)
    assert not wrong


# Who may ------------------------------------------------------------------------------------------------------------------


def test_a_member_updates_the_work_of_the_own_institution_only(world: World) -> None:
    update = next(write for write in WRITES if write.name == "activity-update")
    member = world.browser(world.member)
    assert update.send(world, client=member).status_code == 200
    stranger = Permitted(frozenset(), frozenset())
    assert not stranger.may_update(Activity(institution_id=1))
    Activity.objects.update(
        institution=world.member.postings.get().institution.__class__.objects.create(
            name="Dinas lain", kind="perangkat_daerah", region_id="15.04"
        )
    )
    assert update.send(world, client=member).status_code == 403


def test_a_case_that_may_not_be_seen_is_not_there_for_any_change(world: World) -> None:
    Case.objects.filter(pk=world.case.pk).update(secrecy=4)
    world.case.grants.all().update(revoked_at=world.case.updated_at, revoked_by=world.boss)
    member = world.browser(world.member)
    named = [write for write in WRITES if write.part]
    assert {write.send(world, client=member).status_code for write in named} == {404}


# Many at once --------------------------------------------------------------------------------------------------------------


def send_many(world: World, *cases: Any, **told: Any) -> Any:
    return world.browser().post("/api/v1/cases/bulk/", {"cases": list(cases), **told}, content_type=JSON)


def test_each_of_many_has_its_own_answer(world: World) -> None:
    before = Case.objects.count()
    mixed = [opening(title="Satu"), {"title": "Tanpa apa-apa"}, opening(title="Tiga", opened_at="2099-01-01T00:00:00+07:00")]
    told = send_many(world, *mixed).json()
    assert [(item["index"], item["status"]) for item in told["results"]] == [(0, 201), (1, 400), (2, 422)]
    assert (told["opened"], told["refused"], Case.objects.count()) == (1, 2, before + 1)
    assert told["results"][2]["problem"]["errors"][0]["field"] == "opened_at"


def test_all_or_nothing_opens_nothing_when_one_is_refused(world: World) -> None:
    with nothing_written():
        answer = send_many(world, opening(title="Satu"), {"title": "Tanpa apa-apa"}, all_or_nothing=True)
    assert answer.status_code == 422
    assert [(item["status"], item["id"], item["number"]) for item in answer.json()["results"]] == [(424, None, None), (400, None, None)]


def test_a_fact_that_a_move_does_not_rest_on_is_named(world: World) -> None:
    case = a_case(actor=world.boss, title="Portal jalan")
    facts = {"violence_occurred_at": "2026-11-22T09:00:00+07:00", "violence_summary": "Bentrokan.", "settlement": "Damai."}
    with nothing_written():
        answer = world.browser().post(
            f"/api/v1/cases/{case.pk}/moves/",
            {"target": "penghentian", "facts": facts},
            content_type=JSON,
            headers={"If-Match": f'"{case.pk}-{case.version}"'},
        )
    assert (answer.status_code, [one["field"] for one in answer.json()["errors"]]) == (400, ["facts.settlement"])


@pytest.mark.parametrize("number", [0, 1001])
def test_there_is_an_end_to_many(world: World, number: int) -> None:
    with nothing_written():
        assert send_many(world, *[{}] * number).status_code == 400


def test_a_document_is_only_handed_out_as_a_download(world: World) -> None:
    document = next(write for write in WRITES if write.is_form)
    made = document.send(world).json()
    answer = world.browser().get(f"/api/v1/attachments/{made['id']}/file/")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert (answer.headers["X-Content-Type-Options"], answer.headers["Cache-Control"]) == ("nosniff", "no-store")
    assert len(b"".join(answer.streaming_content)) == made["size"]
    assert Client().get(f"/api/v1/attachments/{made['id']}/file/").status_code == 401


@pytest.mark.parametrize("value", ["٣", "1٣.5", "３", "tiga", "1,5"])
def test_a_count_is_written_with_plain_digits(world: World, value: str) -> None:
    told = json.dumps({**FIGURE, "value": value})
    with nothing_written():
        answer = world.browser().generic("POST", f"/api/v1/cases/{world.case.pk}/figures/", told, JSON)
    assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (400, ["value"])


def test_a_broken_form_is_refused_in_indonesian(world: World) -> None:
    answer = world.browser().generic(
        "POST", f"/api/v1/cases/{world.case.pk}/attachments/", b"--x", "multipart/form-data; boundary=" + "x" * 400
    )
    assert (answer.status_code, answer.json()["detail"]) == (400, "Periksa alamat, kepala, dan isi permintaan.")


def test_a_document_that_is_there_already_is_not_handed_out_again(world: World) -> None:
    sealed = a_case(actor=world.boss, secrecy=Secrecy.RAHASIA)
    photo = a_photo()
    document = attach(case=sealed, name="foto.png", content=photo, size=photo.size, title="Foto", actor=world.boss, now=NOW)
    path, client = f"/api/v1/attachments/{document.pk}/file/", world.browser()
    first = client.get(path)
    assert len(b"".join(first.streaming_content)) == document.size
    tag = first["ETag"]
    assert tag == f'"{document.sha256}"'
    with nothing_written():
        again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again["Cache-Control"]) == (304, b"", "no-store")
