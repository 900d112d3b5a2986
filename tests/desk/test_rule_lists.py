"""The rules to choose from, by subject and by what somebody looks for; nothing of it needs a script."""

import pytest

from konflik.desk.selectors.calculator import counted_rules
from konflik.desk.tables.rule_lists import rule_groups
from tests.desk.conftest import World


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("rumah ibadat keputusan", {"rumah-ibadat-keputusan"}),
        ("Panglima", {"tni-perintah-panglima"}),
        ("tidak-ada-yang-begini", set()),
    ],
)
def test_every_word_must_stand_in_the_rule(words: str, found: set[str]) -> None:
    codes = {line.code for group in rule_groups(counted_rules(), words=words) for line in group.lines}
    assert found <= codes
    assert len(codes) <= len(found) + 3


def test_without_words_every_rule_stands_once_under_its_subject() -> None:
    codes = [line.code for group in rule_groups(counted_rules()) for line in group.lines]
    assert sorted(codes) == sorted(rule.code for rule in counted_rules())


@pytest.mark.parametrize("page", ["/hitung-tenggat/", "/kewajiban/baru/"])
def test_the_page_lists_the_rules_and_leads_to_one(world: World, page: str) -> None:
    client = world.client("staf")
    shown = client.get(page, {"cari": "rumah ibadat"})
    assert shown.status_code == 200
    assert "?aturan=rumah-ibadat-keputusan" in shown.text
    assert "?aturan=pdp-akses" not in shown.text
    assert "Tidak ada yang memuat kata itu" in client.get(page, {"cari": "tidak-ada-yang-begini"}).text
