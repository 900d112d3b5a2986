"""Days off and policies in the admin: a draft changes nothing, its effect is shown first, in force it is never edited."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from konflik.clocks.models import CalendarDecree, Deadline, Policy
from tests.acts.building import a_decree, a_duty, deadline_of
from tests.builders import BATANGHARI, PASER
from tests.desk.conftest import World
from tests.reading import read

LIST, POLICIES = "/admin/konflik/calendardecree/", "/admin/konflik/policy/"
NEXT_WEEK = {date(2026, 11, 25): "Libur A", date(2026, 11, 26): "Libur B"}
FACTS = {"number": "SKB 7/2026", "decided_on": "2026-01-02", "kabupaten": "", "covers_from": "2026-01-01", "covers_until": "2026-12-31"}
FIGURE = {
    "code": "tim-terpadu-rapat",
    "kabupaten": BATANGHARI,
    "number": "3",
    "unit": "months",
    "basis": "SK Bupati 12/2026",
    "valid_from": "2026-12-01",
}


@pytest.fixture
def secretary(world: World) -> Client:
    return world.client("sekretaris")


@pytest.fixture
def answer(world: World) -> Deadline:
    """Ten working days from a Friday."""
    return deadline_of(a_duty(world.people["staf"], at=datetime(2026, 11, 20, 3, tzinfo=UTC)))


def sent(*days: tuple[str, str, str], **told: str) -> dict[str, Any]:
    """The form of a decree with these days, all of them new."""
    rows = {f"days-{n}-{name}": value for n, day in enumerate(days) for name, value in zip(("day", "name", "kind"), day, strict=True)}
    return {**FACTS, **told, **rows, "days-TOTAL_FORMS": len(days), "days-INITIAL_FORMS": 0}


def errors_of(answer: HttpResponse) -> dict[str, list[str]]:
    return answer.context["adminform"].form.errors


@pytest.mark.parametrize(("name", "status"), [("sekretaris", 200), ("admin", 200), ("staf", 403), ("pdp", 403), ("camat", 302)])
def test_only_who_keeps_the_calendar_is_let_in(world: World, name: str, status: int) -> None:
    client = world.client(name)
    assert [client.get(path).status_code for path in (LIST, POLICIES)] == [status, status]
    assert (f'href="{POLICIES}"' in client.get("/admin/").text) is (status == 200)


def test_a_draft_is_tried_out_and_then_moves_a_deadline(secretary: Client, answer: Deadline) -> None:
    days = [("2026-11-25", "Libur A", "holiday"), ("2026-11-26", "Libur B", "joint_leave")]
    assert secretary.post(f"{LIST}add/", sent(*days)).status_code == 302
    decree = CalendarDecree.objects.get(number="SKB 7/2026")
    assert [(day.day, day.name, day.kind) for day in decree.days.all()] == [(date.fromisoformat(d), n, k) for d, n, k in days]
    page = read(secretary.get(f"{LIST}{decree.pk}/dampak/").text)
    assert "1 tenggat bergeser, 0 lebih cepat" in page
    assert "4 Desember 2026" in page or "4 Des" in page
    answer.refresh_from_db()
    assert answer.last_day == date(2026, 12, 4)
    assert secretary.post(f"{LIST}{decree.pk}/dampak/").status_code == 302
    answer.refresh_from_db()
    assert answer.last_day == date(2026, 12, 8)
    assert "1 tenggat bergeser" in read(secretary.get(f"{LIST}{decree.pk}/change/").text)


def test_what_cannot_be_counted_is_named_with_what_to_do_and_stops_nothing(secretary: Client, world: World, answer: Deadline) -> None:
    other = deadline_of(a_duty(world.people["staf"], at=datetime(2026, 11, 20, 4, tzinfo=UTC)))
    Deadline.objects.filter(pk=answer.pk).update(zone="Asia/Tidak_Ada")
    decree = a_decree(NEXT_WEEK)
    path = f"{LIST}{decree.pk}/dampak/"
    for page in (secretary.get(path).text, secretary.post(path, follow=True).text):
        assert "1 tenggat bergeser, 0 lebih cepat; 1 tenggat tidak dapat dihitung" in read(page)
        assert f'<a href="/admin/konflik/deadline/{answer.pk}/change/">{answer.title}</a>' in page
        assert "periksa waktu mulai serta penangguhannya" in read(page)
    answer.refresh_from_db()
    other.refresh_from_db()
    assert (answer.last_day, other.last_day) == (date(2026, 12, 4), date(2026, 12, 8))


def test_a_draft_is_corrected_day_by_day(secretary: Client) -> None:
    decree = a_decree(NEXT_WEEK)
    first, second = decree.days.all()
    told = {
        **sent(number="SKB 8/2026"),
        "days-TOTAL_FORMS": 2,
        "days-INITIAL_FORMS": 2,
        "days-0-id": first.pk,
        "days-0-decree": decree.pk,
        "days-0-day": "2026-11-25",
        "days-0-name": "Libur A",
        "days-0-kind": "holiday",
        "days-1-id": second.pk,
        "days-1-decree": decree.pk,
        "days-1-day": "2026-11-26",
        "days-1-name": "B",
        "days-1-kind": "holiday",
        "days-0-DELETE": "on",
    }
    assert secretary.post(f"{LIST}{decree.pk}/change/", told).status_code == 302
    decree.refresh_from_db()
    assert (decree.number, [day.name for day in decree.days.all()]) == ("SKB 8/2026", ["B"])


@pytest.mark.parametrize(
    ("told", "field", "says"),
    [
        ({"covers_until": "2025-12-31"}, "covers_until", "Tanggal akhir tidak boleh sebelum tanggal awal."),
        ({"decided_on": "2027-01-01"}, "decided_on", "Tanggal keputusan tidak boleh di masa depan."),
        ({"number": "SKB 1/2026"}, "number", "Keputusan ini sudah dicatat."),
    ],
)
def test_what_is_refused_is_told_at_the_field(secretary: Client, told: dict, field: str, says: str) -> None:
    a_decree({})
    answer = secretary.post(f"{LIST}add/", sent(**told))
    assert errors_of(answer)[field] == [says]
    assert CalendarDecree.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "field"), [(("2027-01-01", "Tahun Baru", "holiday"), "day"), (("2026-11-25", "Hari jadi", "regional"), "kind")]
)
def test_a_day_that_does_not_fit_is_told_at_its_field(secretary: Client, day: tuple[str, str, str], field: str) -> None:
    answer = secretary.post(f"{LIST}add/", sent(day))
    (formset,) = (inline.formset for inline in answer.context["inline_admin_formsets"])
    assert list(formset.errors[0]) == [field]
    assert not CalendarDecree.objects.exists()


def test_a_file_fills_a_draft_or_is_refused_whole(secretary: Client) -> None:
    decree = a_decree({})
    path = f"{LIST}{decree.pk}/impor/"
    good, bad = b"tanggal;nama;jenis\n2026-11-25;Libur A;Libur nasional\n", b"tanggal;nama;jenis\nbesok;Libur;Libur nasional\n"
    assert secretary.get(path).status_code == 200
    refused = secretary.post(path, {"file": SimpleUploadedFile("libur.csv", bad)})
    assert (refused.status_code, decree.days.count()) == (400, 0)
    assert refused.context["form"].errors["file"]
    assert secretary.post(path, {"file": SimpleUploadedFile("libur.csv", good)}).status_code == 302
    assert [day.name for day in decree.days.all()] == ["Libur A"]


def test_without_a_day_nothing_is_put_in_force(secretary: Client) -> None:
    decree = a_decree({})
    answer = secretary.post(f"{LIST}{decree.pk}/dampak/")
    assert answer.status_code == 400
    assert "Keputusan ini belum memuat satu hari libur pun." in answer.text


def test_in_force_it_is_only_read(secretary: Client) -> None:
    decree = a_decree(NEXT_WEEK)
    secretary.post(f"{LIST}{decree.pk}/dampak/")
    page = secretary.get(f"{LIST}{decree.pk}/change/")
    assert "catat keputusan baru" in page.text
    assert 'name="number"' not in page.text
    assert secretary.post(f"{LIST}{decree.pk}/change/", sent(number="SKB 9")).status_code == 403
    for action in ("dampak", "impor"):
        assert secretary.post(f"{LIST}{decree.pk}/{action}/").status_code == 302
    decree.refresh_from_db()
    assert (decree.number, decree.days.count()) == ("SKB 1/2026", 2)


def test_a_decree_of_elsewhere_is_not_there(secretary: Client) -> None:
    decree = a_decree(NEXT_WEEK, kabupaten=PASER)
    assert secretary.post(f"{LIST}{decree.pk}/dampak/").status_code == 302
    decree.refresh_from_db()
    assert decree.applied_at is None


def test_whoever_sees_no_clocks_is_told_the_number_alone(world: World, answer: Deadline) -> None:
    decree = a_decree(NEXT_WEEK)
    page = read(world.client("admin").get(f"{LIST}{decree.pk}/dampak/").text)
    assert "1 tenggat bergeser" in page
    assert answer.title not in page


# Policies -----------------------------------------------------------------------------------------------------------------


def test_a_policy_is_recorded_and_then_only_read(secretary: Client) -> None:
    assert secretary.post(f"{POLICIES}add/", FIGURE).status_code == 302
    policy = Policy.objects.get(code="tim-terpadu-rapat", kabupaten=BATANGHARI)
    assert (policy.number, policy.unit, policy.basis, policy.recorded_by.username) == (3, "months", "SK Bupati 12/2026", "sekretaris")
    page = secretary.get(f"{POLICIES}{policy.pk}/change/").text
    assert 'name="number"' not in page
    assert "3 bulan" in read(page)
    assert secretary.post(f"{POLICIES}{policy.pk}/change/", FIGURE).status_code == 403


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"basis": " "}, "basis"),
        ({"number": "900"}, "number"),
        ({"code": "kip-jawaban"}, "code"),
        ({"code": ""}, "code"),
        ({"kabupaten": PASER}, "kabupaten"),
    ],
)
def test_a_policy_is_refused_at_the_field(secretary: Client, told: dict, field: str) -> None:
    before = Policy.objects.count()
    answer = secretary.post(f"{POLICIES}add/", {**FIGURE, **told})
    assert list(errors_of(answer)) == [field]
    assert Policy.objects.count() == before


def test_what_lacks_a_figure_stands_first(secretary: Client) -> None:
    for code, number in (("renaksi-b04", "5"), ("tim-terpadu-rapat", "")):
        secretary.post(f"{POLICIES}add/", {**FIGURE, "code": code, "number": number, "unit": "months" if not number else "days"})
    page = secretary.get(POLICIES)
    numbers = [row.number for row in page.context["cl"].result_list]
    assert None in numbers
    assert 5 in numbers
    assert numbers == sorted(numbers, key=lambda number: number is not None)
    assert "Belum ada angka" in read(page.text)
