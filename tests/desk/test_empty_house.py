"""The first page of the secretariat before anything was recorded."""

from tests.builders import a_user
from tests.desk.conftest import World


def test_an_empty_house_says_what_to_do_next(db: None) -> None:
    people = {"staf": a_user()}
    page = World(people, *[None] * 7).client("staf").get("/admin/")
    for words in ("tidak ada yang menunggu hari ini", "Perkara masuk ke sini begitu dibuka", "Buka perkara baru", "Belum ada yang dicatat"):
        assert words in page.text
    assert page.context["to_do"] == 0
