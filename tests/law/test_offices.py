"""One head of the region under two names: Bupati in a kabupaten, Wali Kota in a kota (UU 23/2014 Pasal 59)."""

import pytest

from konflik.law.offices import Office, office_in, said_in


@pytest.mark.parametrize(
    ("text", "kabupaten", "kota"),
    [
        ("Bupati/Wali Kota", "Bupati", "Wali Kota"),
        ("disampaikan kepada bupati/wali kota", "disampaikan kepada bupati", "disampaikan kepada wali kota"),
        ("DPRD kabupaten/kota", "DPRD kabupaten/kota", "DPRD kabupaten/kota"),
    ],
)
def test_the_words_of_a_law_are_said_as_they_hold_in_one_region(text: str, kabupaten: str, kota: str) -> None:
    assert (said_in(text, is_kota=False), said_in(text, is_kota=True)) == (kabupaten, kota)


def test_only_the_head_of_the_region_has_two_names() -> None:
    assert [one for one in Office if office_in(one, is_kota=True) != office_in(one, is_kota=False)] == [Office.KEPALA_DAERAH]
