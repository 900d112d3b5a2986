"""`manage.py serve` with real processes: what an operator sees, and what is left when it ends."""

import os
import signal
import stat
import sys
from pathlib import Path

import pytest

from konflik import pulse
from tests.installation import Installation, wait_until
from tests.serving.watching import Watched, processes_of

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="lists processes by /proc")


def test_a_busy_port_is_answered_by_a_free_one(running: Watched, busy_port: int) -> None:
    assert f"Port {busy_port} sedang dipakai" in running.output
    assert f":{busy_port}/" not in running.address


def test_health_is_told_without_a_login_and_names_every_part(running: Watched) -> None:
    assert running.health()[0] == 200
    assert running.is_well()


def test_a_second_start_names_the_address_instead_of_starting(running: Watched) -> None:
    second = running.own.manage("serve", check=False)
    assert second.returncode == 1
    assert "sudah berjalan" in second.stderr
    assert running.address in second.stderr
    assert len([line for line in running.lines if "web: proses" in line]) == 1


def test_check_of_a_running_installation_is_content_with_it(running: Watched) -> None:
    assert running.address in running.own.manage("serve", "--check").stdout


@pytest.mark.parametrize("child", ["web", "pekerja", "penjadwal"])
def test_a_killed_child_is_started_again(running: Watched, child: str) -> None:
    before = running.pid_of(child)
    signs = {"pekerja": pulse.WORKER, "penjadwal": pulse.BEAT}
    if child in signs:
        (running.own.data_dir / "run" / f"{signs[child]}.alive").unlink()
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: running.pid_of(child) != before, what=f"a new {child}")
    wait_until(
        lambda: {running.health()[1].get(part) for part in ("status", "pekerja", "penjadwal")} == {"baik"}, what=f"{child} is well again"
    )


@linux_only
def test_sigterm_leaves_no_process(running: Watched, own: Installation) -> None:
    # Supervisor, guard, granian with its worker, Celery worker, beat.
    assert len(processes_of(own)) >= 5
    os.kill(running.process.pid, signal.SIGTERM)
    assert running.process.wait(30) == 0
    assert processes_of(own) == []


def test_check_starts_proves_and_ends_by_itself(own: Installation) -> None:
    done = own.manage("serve", "--check")
    assert "konflik siap:" in done.stdout
    code = own.data_dir / "setup_code"
    assert f"isikan kode penyiapan: {code.read_text()}\n" in done.stdout
    assert stat.S_IMODE(code.stat().st_mode) == 0o600
    assert "sudah berhenti" in done.stdout
    assert "Menyiapkan basis data" not in done.stdout, "the second start skips what the first has done"
    assert "Menyusun berkas statis" not in done.stdout


LONELY = """
from konflik import environment
from konflik.serving import commands
from konflik.serving.lock import ServeLock
from konflik.serving.supervisor import Supervisor

for name in ("web", "worker", "beat"):
    setattr(commands, name, lambda *_: ["sleep", "600"])
lock = ServeLock(environment.data_subdir("run") / "serve.lock")
lock.take()
supervisor = Supervisor(host="127.0.0.1", port=1, lock=lock, say=lambda line: print(line, flush=True))
supervisor.start()
print("up", flush=True)
supervisor.watch()
"""


@linux_only
def test_a_killed_supervisor_takes_its_children_along(tmp_path: Path) -> None:
    own = Installation(tmp_path / "data")
    try:
        process = own.start("-c", LONELY)
        assert process.stdout is not None
        wait_until(lambda: process.stdout.readline() == "up\n", what="three sleepers")
        assert len(processes_of(own)) == 5
        os.kill(process.pid, signal.SIGKILL)
        wait_until(lambda: processes_of(own) == [], what="all children are gone")
    finally:
        own.close()
