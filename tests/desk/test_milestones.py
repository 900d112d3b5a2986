"""What a reminder is called: by the days there really were when it was written, not by those of its code."""

import pytest

from konflik.desk.tables.milestones import milestone_words


@pytest.mark.parametrize(
    ("code", "left", "words"),
    [
        ("H-60", 60, "Pengingat 60 hari sebelumnya"),
        ("H-60", 34, "Pengingat 34 hari sebelumnya"),
        ("H-60", None, "Pengingat"),
        ("H-0", 0, "Pengingat hari terakhir"),
        ("H-3", -2, "Lewat 2 hari"),
        ("J-12", 11, "Pengingat 11 jam sebelumnya"),
        ("L+7", -9, "Lewat 9 hari"),
        ("L+0", 0, "Tenggat lewat"),
        ("L+7", None, "Tenggat lewat"),
        ("T1:H-3", 2, "Diteruskan, tingkat 1 · Pengingat 2 hari sebelumnya"),
        ("T2:declared", None, "Diteruskan, tingkat 2"),
        ("declared", None, ""),
    ],
)
def test_a_reminder_says_how_many_days_there_were(code: str, left: int | None, words: str) -> None:
    assert milestone_words(code, left=left) == words
