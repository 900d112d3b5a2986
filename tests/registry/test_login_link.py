"""The way back in from the host itself."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.postings.tables import Role
from konflik.journal.models import JournalLine
from tests.people import somebody

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def test_whoever_holds_the_host_gets_a_link_that_opens_and_is_told_in_the_journal(client: Client):
    user = somebody("sekretaris", Role.SEKRETARIS_TIM, "15.04", now=NOW).user
    said = StringIO()
    call_command("login_link", "sekretaris", stdout=said)

    assert "kata sandi" in client.get(said.getvalue().splitlines()[-1], follow=True).content.decode().lower()
    line = JournalLine.objects.order_by("-pk").first()
    assert (line.event, line.actor, line.payload) == ("login_link_issued", None, {"user": user.pk})


@pytest.mark.parametrize(
    ("arguments", "message"), [(["siapa"], "Tidak ada pengguna"), (["sekretaris", "--lepas-dua-langkah"], "belum memasang")]
)
def test_what_cannot_be_done_is_said(arguments: list[str], message: str):
    somebody("sekretaris", Role.SEKRETARIS_TIM, "15.04", now=NOW)
    with pytest.raises(CommandError, match=message):
        call_command("login_link", *arguments)
