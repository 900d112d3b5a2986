"""A tag says nothing that the answer does not say (S03)."""

from typing import Any

from konflik.rest.etags import program_mark, tag_of_rows


def test_a_tag_of_rows_cannot_be_tried_out_from_outside(settings: Any) -> None:
    ours = tag_of_rows(["case"], [[12]])
    settings.SECRET_KEY = "kunci-lain"
    program_mark.cache_clear()
    try:
        assert tag_of_rows(["case"], [[12]]) != ours
    finally:
        program_mark.cache_clear()
