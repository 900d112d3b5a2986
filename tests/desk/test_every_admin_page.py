"""Every page of the admin that links lead to: no English, no style or script written into it, nothing from another host."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve

from forums.bodies.services import BodyFacts
from forums.seats.services import SeatFacts
from konflik.registry import services as registry
from tests.builders import BATANGHARI, NOW, region
from tests.desk.acting import a_grant
from tests.desk.conftest import World
from tests.reading import read

ENGLISH_WORDS = """
the and of is are with your you this that has have was will please enter select selected search filter filters apply
save delete deleted welcome home add added change changed changes view show hide result results clear close today
yesterday general action actions record records value from date time loading required error errors yes no all any
unknown none empty back next previous choose remove history password username email user users group update updated
create created hash settings dashboard more less open edit upload download file page list name code true false login
logout
"""
ENGLISH = re.compile(rf"\b({'|'.join(ENGLISH_WORDS.split())}|log (in|out)|sign (in|out))\b", re.IGNORECASE)
# Words that are Indonesian too, or names.
KEEPERS = re.compile(r"\b(Excel|Unduh Excel|Ctrl \+ K|esc|File Manager|forum|data|status|total)\b", re.IGNORECASE)
LINK = re.compile(r'href="([^"#]+)"')
PER_VIEW = 3
NOT_PAGES = ("/unduh/", "/dokumen/", "/jsi18n/", "/logout/", "/password_change/")


def crawl(client: Client) -> dict[str, str]:
    """Path to page, at most three pages of a view."""
    found: dict[str, str] = {}
    seen_views: dict[str, int] = {}
    waiting = ["/admin/", "/admin/konflik/case/?q=tidakada", "/admin/forums/body/?q=tidakada", "/admin/search/?extended=1&s=jalan"]
    while waiting:
        path = waiting.pop(0)
        if path in found or any(part in path for part in NOT_PAGES):
            continue
        tab = re.search(r"bagian=(\w+)", path)
        view = resolve(path.partition("?")[0]).view_name + (tab[1] if tab else "")
        seen_views[view] = seen_views.get(view, 0) + 1
        if seen_views[view] > PER_VIEW:
            continue
        response = client.get(path)
        if response.status_code != 200 or "text/html" not in response["Content-Type"]:
            continue
        found[path] = response.text
        base = path.partition("?")[0]
        links = [link.replace("&amp;", "&") for link in LINK.findall(response.text)]
        waiting += [f"{base}{link}" if link.startswith("?") else link for link in links if link.startswith(("/admin/", "?"))]
    return found


@pytest.fixture
def furnished(world: World) -> World:
    """With a forum, a seat and an access grant."""
    boss, here = world.people["sekretaris"], region(BATANGHARI)
    facts = BodyFacts(kind="fkub", name="FKUB Batanghari", region=here, valid_from=date(2024, 1, 1), valid_until=date(2026, 12, 1))
    body = registry.record_body(facts=facts, actor=boss, now=NOW)
    seat = SeatFacts(position="Ketua", person_name="", office="Kepala kantor", element="masyarakat", valid_from=date(2024, 1, 1))
    registry.record_seat(body=body, facts=seat, actor=boss, now=NOW)
    a_grant(world)
    return world


@pytest.fixture(params=["sekretaris", "admin", "pdp"])
def pages(request: pytest.FixtureRequest, furnished: World) -> dict[str, str]:
    """What one of them finds."""
    return crawl(furnished.client(request.param))


def test_no_page_speaks_english_or_breaks_the_policy(pages: dict[str, str]) -> None:
    assert len(pages) > 15
    leftovers = {path: sorted(set(_english(html))) for path, html in pages.items() if _english(html)}
    assert leftovers == {}
    assert {path: broken for path, html in pages.items() if (broken := _against_policy(html))} == {}


def _english(html: str) -> list[str]:
    return [line for line in read(html).splitlines() if ENGLISH.search(KEEPERS.sub("", line))]


def _against_policy(html: str) -> list[str]:
    found = re.findall(r"<style\b[^>]*>|<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>|\son\w+=\"[^\"]*\"", html)
    found += [tag for tag in re.findall(r"<\w+[^>]*\sstyle=\"[^\"]*\"", html) if "x-bind:style" not in tag]
    return found + re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]+"', html)


def test_the_crawl_reaches_every_kind_of_page(furnished: World) -> None:
    reached = {resolve(path.partition("?")[0]).view_name for path in crawl(furnished.client("sekretaris"))}
    for name in ("index", "konflik_case_changelist", "konflik_case_change", "konflik_case_add", "konflik_case_move", "konflik_case_print"):
        assert f"admin:{name}" in reached
    for name in (
        "forums_body_change",
        "forums_seat_changelist",
        "accounts_user_add",
        "accounts_region_change",
        "konflik_journalline_change",
    ):
        assert f"admin:{name}" in reached


def test_scripts_may_be_compiled_here_and_nowhere_else(world: World) -> None:
    policy = world.client("staf").get("/admin/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-eval'" in policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in world.client("staf").get("/")["Content-Security-Policy"]


def test_an_english_word_would_be_found() -> None:
    assert _english('<p>Simpan</p><input placeholder="Type to search"><span class="material-symbols-outlined">search</span>') == [
        "Type to search"
    ]
    assert _against_policy('<p style="color:red">x</p><script>1</script><img src="https://cdn.example/x.png">')


# Colours -------------------------------------------------------------------------------------------------------------


def block(css: str, opening: str) -> dict[str, str]:
    """The custom properties of one rule."""
    inside = css[css.index(opening) + len(opening) :].partition("}")[0]
    return {name: value.strip() for name, value in re.findall(r"(--[\w-]+):\s*([^;]+);", inside)}


@pytest.mark.parametrize(
    ("here", "there"), [("html:not(.dark) {", ":root {"), ("html.dark {", "@media (prefers-color-scheme: dark) {\n  :root {")]
)
def test_the_admin_has_the_colours_of_the_team_pages(here: str, there: str) -> None:
    css = Path(settings.BASE_DIR) / "static" / "css"
    admin, tokens = block((css / "admin.css").read_text(), here), block((css / "tokens.css").read_text(), there)
    assert admin
    assert {name: tokens.get(name) for name in admin} == admin
    colours = {name for name, value in tokens.items() if value.startswith("#")} - {name for name in tokens if name.startswith("--solid")}
    assert colours <= set(admin)
