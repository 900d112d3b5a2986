"""Four sweeps at once, each a process of its own on one database: nothing twice, nothing left out."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import HOUR, NOW
from tests.installation import JAMBI, ROOT, Installation, begun
from tests.profiles import LONG

pytestmark = pytest.mark.race
DEADLINES = 400 if "races" in LONG else 60
SWEEPERS = 4
MAKE = """
import datetime, json
from accounts.postings.services import PostingFacts
from accounts.regions.models import Region
from accounts.users.services import UserFacts
from konflik.acts.services import Clocked, record
from konflik.journal.services import Entry
from konflik.registry import services as registry
now = datetime.datetime.fromisoformat({now!r})
region = Region.objects.get(pk="15.04")
for role in ("kepala_daerah", "sekretaris_tim", "staf_sekretariat"):
    posting = PostingFacts(role=role, region=region, valid_from=datetime.date(2020, 1, 1))
    registry.invite_user(facts=UserFacts(username=role, name=role, email=role + "@contoh.go.id"), posting=posting, actor=None, now=now)
for number in range({number}):
    entry = Entry("tni_requested_orally", now, kabupaten_id="15.04")
    record(entry, now=now, clocked=Clocked(thread=f"status:{{number}}"))
"""
TELL = """
import json
from konflik.clocks.models import Deadline
from konflik.journal.models import JournalLine
from konflik.journal.selectors import breaks
from konflik.notices.models import Notice
print(json.dumps({{
    "keys": list(Notice.objects.filter(source="deadline").values_list("source_id", "milestone", "recipient", "channel", "state")),
    "climbed": list(JournalLine.objects.filter(event="notice_escalated").values_list(
        "payload__notice", "payload__step"
    )),
    "breaks": [str(one) for one in breaks()],
}}))
"""


def ask(own: Installation, code: str, **told: object) -> str:
    return own.manage("shell", "--no-imports", "-c", code.format(**told)).stdout


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Installation]:
    yield from begun(tmp_path / "data", JAMBI)


def test_sweeps_at_once_share_the_work(own: Installation) -> None:
    ask(own, MAKE, now=NOW.isoformat(), number=DEADLINES)
    instants = [(NOW + hours * HOUR).isoformat() for hours in (12, 15, 18, 21, 24, 30, 50)]
    env = {**own.env, "DJANGO_SETTINGS_MODULE": "konflik.settings"}
    sweepers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.watch.sweeper", *instants],
            cwd=ROOT,
            env=env,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        for _ in range(SWEEPERS)
    ]
    own.children += sweepers
    for one in sweepers:
        assert one.stdout.readline() == "ready\n"
    for one in sweepers:
        one.stdin.write("\n")
        one.stdin.flush()
    faults = [json.loads(one.stdout.readline()) for one in sweepers]
    for one in sweepers:
        one.communicate()
    assert faults == [[]] * SWEEPERS, os.environ.get("DATABASE_URL", "sqlite")
    told = json.loads(ask(own, TELL).splitlines()[-1])
    keys = Counter(tuple(row[:4]) for row in told["keys"])
    assert set(keys.values()) == {1}
    first_steps = {(row[0], row[1]) for row in told["keys"] if ":" not in row[1]}
    wanted = {"J-12", "J-6", "J-3", "J-1", "L+0", "L+1"}
    assert Counter(pk for pk, code in first_steps if code in wanted) == {pk: len(wanted) for pk, _ in first_steps}
    assert len({pk for pk, _ in first_steps}) == DEADLINES
    climbed = Counter(tuple(row) for row in told["climbed"])
    assert climbed
    assert set(climbed.values()) == {1}, "each step of each ladder leaves one line"
    assert told["breaks"] == []
