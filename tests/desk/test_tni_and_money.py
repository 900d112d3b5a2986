"""A clerk fills in the help of the TNI and the money by hand: what is wrong is told at its field, what is right is taken."""

from typing import Any

import pytest
from django.http import HttpResponse

from konflik.desk.forms.actions import ACTION_BY_NAME
from konflik.journal.models import JournalLine
from konflik.law.status import TNI_ADVISERS, TNI_COPIES, TNI_LETTER_PARTS
from konflik.status.models import BttUse, TniRequest
from tests.desk.acting import address, sent
from tests.desk.acting_status import status_of
from tests.desk.conftest import World
from tests.reading import read

BEFORE, LATER, NO_DAY = "2026-11-22T08:00", "2026-11-22T10:30", "32-13-2026"
TOO_LONG = "9" * 121
FILL, ODD_DAYS, ODD_MONEY = "harus diisi", "Isi jumlah hari, 1 sampai 120.", "Isi angka, misalnya 750.000.000."
NOT_YET, OUTSIDE, TOO_EARLY = "belum terjadi", "status tidak berlaku", "sebelum langkah yang mendahuluinya"

_LETTER: list[tuple[dict[str, Any], str, str]] = [
    # what is typed instead, at which field, what is told
    ({"number": " "}, "number", FILL),
    ({"number": TOO_LONG}, "number", "120"),
    ({"reason": ""}, "reason", "Tuliskan alasan permintaan bantuan."),
    ({"area": ""}, "area", FILL),
    ({"help_days": ""}, "help_days", FILL),
    ({"help_days": "0"}, "help_days", ODD_DAYS),
    ({"help_days": "121"}, "help_days", ODD_DAYS),
    ({"help_days": "dua bulan"}, "help_days", ODD_DAYS),
    ({"logistics": ""}, "logistics", FILL),
    ({"written_at": LATER}, "written_at", NOT_YET),
    ({"copies": ["bupati"]}, "copies", "Pilih dari daftar"),
    *(
        ({"copies": [other.code for other in TNI_COPIES if other is not one]}, "copies", f"Belum ditembuskan kepada {one.text}.")
        for one in TNI_COPIES
    ),
]
_AMOUNTS = (("0", "lebih besar dari nol"), ("-5", "lebih besar dari nol"), ("banyak", ODD_MONEY), ("9" * 20, ODD_MONEY))
WRONG: dict[str, list[tuple[dict[str, Any], str, str]]] = {
    "tni-oral": [
        ({"spoken_by": ""}, "spoken_by", FILL),
        ({"spoken_to": " "}, "spoken_to", FILL),
        ({"spoken_at": LATER}, "spoken_at", NOT_YET),
        ({"spoken_at": BEFORE}, "spoken_at", OUTSIDE),
        ({"spoken_at": NO_DAY}, "spoken_at", "Isi"),
        ({"advised_by": []}, "advised_by", "Pasal 45"),
        ({"advised_by": [one.code for one in TNI_ADVISERS[1:]]}, "advised_by", "Catat dahulu pertimbangan komandan"),
    ],
    "tni-letter": [*_LETTER, ({"written_at": BEFORE}, "written_at", OUTSIDE), ({"advised_by": []}, "advised_by", "Pasal 45")],
    "tni-follow": [*_LETTER, ({"written_at": "2026-11-22T09:10"}, "written_at", "Surat menyusul permintaan lisan")],
    "tni-approve": [
        ({"approval": ""}, "approval", FILL),
        ({"approved_at": LATER}, "approved_at", NOT_YET),
        ({"approved_at": BEFORE}, "approved_at", TOO_EARLY),
    ],
    "tni-decline": [
        ({"note": ""}, "note", FILL),
        ({"declined_at": LATER}, "declined_at", NOT_YET),
        ({"declined_at": BEFORE}, "declined_at", TOO_EARLY),
    ],
    "tni-order": [
        ({"order": ""}, "order", FILL),
        ({"ordered_at": LATER}, "ordered_at", NOT_YET),
        ({"ordered_at": BEFORE}, "ordered_at", TOO_EARLY),
    ],
    "btt-decide": [
        ({"number": ""}, "number", FILL),
        ({"activities": " "}, "activities", FILL),
        ({"decided_at": LATER}, "decided_at", NOT_YET),
        ({"decided_at": "2026-11-21T09:00"}, "decided_at", "Pasal 80 ayat (2) huruf a"),
    ],
    "btt-plan": [
        ({"plan_number": ""}, "plan_number", FILL),
        ({"submitted_at": LATER}, "submitted_at", NOT_YET),
        ({"submitted_at": BEFORE}, "submitted_at", TOO_EARLY),
        *(({"amount": typed}, "amount", says) for typed, says in _AMOUNTS),
    ],
    "btt-pay": [
        ({"payment": ""}, "payment", FILL),
        ({"paid_at": LATER}, "paid_at", NOT_YET),
        ({"paid_at": BEFORE}, "paid_at", TOO_EARLY),
        *(({"paid_amount": typed}, "paid_amount", says) for typed, says in _AMOUNTS),
    ],
    "btt-dprd": [
        ({"dprd_letter": ""}, "dprd_letter", FILL),
        ({"told_at": LATER}, "told_at", NOT_YET),
        ({"told_at": BEFORE}, "told_at", TOO_EARLY),
    ],
    "btt-account": [
        ({"kind": "lain"}, "kind", "Pilih"),
        ({"account_number": ""}, "account_number", FILL),
        ({"accounted_at": LATER}, "accounted_at", NOT_YET),
        ({"accounted_at": BEFORE}, "accounted_at", TOO_EARLY),
    ],
}


def lines(world: World) -> int:
    return JournalLine.objects.filter(case_id=world.case.pk).count()


def told_at(answer: HttpResponse, field: str) -> str:
    """What the form says at a field."""
    return " ".join(answer.context["form"].errors.get(field, []))


@pytest.mark.parametrize("name", WRONG)
def test_each_wrong_input_is_told_at_its_field_writes_nothing_and_the_right_one_is_taken(world: World, name: str) -> None:
    action = ACTION_BY_NAME[name]
    path, right = address(world, action), sent(world, action)
    client, before = world.client("staf"), lines(world)
    stumbled = []
    for typed, field, says in WRONG[name]:
        answer = client.post(path, {**right, **typed})
        if answer.status_code != 400 or says not in told_at(answer, field):
            stumbled.append((typed, answer.status_code, answer.context and answer.context["form"].errors))
    assert stumbled == []
    assert lines(world) == before
    assert client.post(path, right).status_code == 302
    assert lines(world) > before
    assert "Tersimpan." in client.get(f"/perkara/{world.case.pk}/status/").text


@pytest.mark.parametrize("name", WRONG)
def test_what_was_typed_stands_in_the_form_that_refuses_it(world: World, name: str) -> None:
    action = ACTION_BY_NAME[name]
    path, right = address(world, action), sent(world, action)
    typed, _, _ = next(one for one in WRONG[name] if any("_at" in key for key in one[0]))
    page = world.client("staf").post(path, {**right, **typed}).text
    for field, value in right.items():
        if field not in typed and isinstance(value, str) and value:
            assert value in page, field
    kept = [code for codes in right.values() if isinstance(codes, list) for code in codes]
    assert page.count(" checked") >= len(kept)


def test_the_letter_asks_for_everything_that_pasal_47_wants_and_for_the_nine_copies(world: World) -> None:
    page = read(world.client("staf").get(f"/perkara/{world.case.pk}/status/{status_of(world).pk}/tni-surat/").text)
    for part in TNI_LETTER_PARTS:
        assert part.text[1:] in page, part.code
    for one in TNI_COPIES:
        assert f"{one.text} ({one.basis})" in page, one.code


def test_from_the_word_to_the_order_and_from_the_decision_to_the_account_by_the_links_of_the_page(world: World) -> None:
    client, status = world.client("staf"), status_of(world)
    base = f"/perkara/{world.case.pk}/"
    ways: list[tuple[str, str]] = [
        ("tni-oral", f"status/{status.pk}/tni-lisan/"),
        ("tni-follow", "tni/{tni}/surat/"),
        ("tni-approve", "tni/{tni}/setuju/"),
        ("tni-order", "tni/{tni}/perintah/"),
        ("btt-decide", f"status/{status.pk}/btt/"),
        ("btt-plan", "btt/{btt}/rencana/"),
        ("btt-pay", "btt/{btt}/cair/"),
        ("btt-dprd", "btt/{btt}/dprd/"),
        ("btt-account", "btt/{btt}/pertanggungjawaban/"),
    ]
    for name, way in ways:
        tni, btt = TniRequest.objects.filter(status=status).first(), BttUse.objects.filter(status=status).first()
        path = base + way.format(tni=tni.pk if tni else 0, btt=btt.pk if btt else 0)
        assert f'href="{path}"' in client.get(f"{base}status/").text, name
        assert client.get(path).status_code == 200
        form = dict(sent(world, ACTION_BY_NAME[name]))
        if "seen_version" in form and btt is not None:
            form["seen_version"] = btt.version
        if name == "tni-approve":
            form["approved_at"] = "2026-11-22T09:50"
        answer = client.post(path, form)
        assert answer.status_code == 302, (name, answer.context["form"].errors)
        assert f'href="{path}"' not in client.get(f"{base}status/").text or "status/" in way, name
    use, asked = BttUse.objects.get(status=status), TniRequest.objects.get(status=status)
    assert (use.told_at is None, use.accounted_at is None, asked.ordered_at is None) == (False, False, False)
