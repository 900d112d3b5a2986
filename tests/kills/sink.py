"""A mail server that takes everything and writes down what it took before it says so: the ground truth of a kill test.

`python -m tests.kills.sink PORT FILE PIDS`. Mail to an address that begins with AIMED kills the worker, twice for each
message, after the final dot and before the answer: the very gap in which nobody can know.
"""

import asyncio
import contextlib
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from email import message_from_bytes
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope

AIMED = "sasaran"
AIMED_KILLS = 2
SLOWEST_SECONDS = 0.02


class Ledger:
    """What was taken, one line of JSON each."""

    def __init__(self, file: Path, pids: Path) -> None:
        self.file = file.open("a", buffering=1)
        self.pids = pids
        self.seen: Counter[str] = Counter()

    async def handle_DATA(self, _server: SMTP, _session: Any, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """The final dot was read: from here on the mail is delivered, whoever hears of it."""
        message = message_from_bytes(envelope.original_content)
        # The part before the host is the key of the row in the ledger.
        name = message["Message-ID"].strip("<>").partition("@")[0]
        self.seen[name] += 1
        is_killing = envelope.rcpt_tos[0].startswith(AIMED) and self.seen[name] <= AIMED_KILLS
        told = {"key": name, "to": envelope.rcpt_tos, "subject": message["Subject"], "at": time.time(), "killed": is_killing}
        self.file.write(json.dumps(told) + "\n")
        if is_killing:
            self._kill_worker()
        await asyncio.sleep(random.uniform(0, SLOWEST_SECONDS))
        return "250 diterima"

    def _kill_worker(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(int((self.pids / "worker").read_text()), signal.SIGKILL)


async def main(port: int, file: Path, pids: Path) -> None:
    """Listens until the process is ended."""
    ledger = Ledger(file, pids)
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(ledger, enable_SMTPUTF8=True), "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])))
