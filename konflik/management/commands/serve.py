"""`manage.py serve`: the whole installation on one machine, as `./run` starts it."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connections

from accounts.access.selectors import is_fresh
from konflik import environment
from konflik.registry.services import setup_code
from konflik.serving import logins
from konflik.serving.lock import AlreadyRunningError, ServeLock
from konflik.serving.ports import reserve_port
from konflik.serving.preparation import prepare
from konflik.serving.readiness import ask, reachable
from konflik.serving.supervisor import NotHealthyError, Supervisor


class Command(BaseCommand):
    """Thin: the work is done in konflik.serving."""

    help = "Menyiapkan lalu menjalankan konflik: server web, pekerja latar, dan penjadwal."

    def add_arguments(self, parser: CommandParser) -> None:
        """--check for a trial run."""
        parser.add_argument("--check", action="store_true", help="siapkan, jalankan, periksa kesehatan, lalu berhenti")

    def handle(self, *_args: Any, check: bool, **_options: Any) -> None:
        """Raises CommandError where it cannot run; the text says why."""
        # Whatever this start and its children write is for the owner only.
        os.umask(0o077)
        lock = ServeLock(environment.data_subdir("run") / "serve.lock")
        try:
            lock.take()
        except AlreadyRunningError as error:
            self._answer_second_start(error.address, check=check)
            return
        try:
            prepare(self._say)
            code = setup_code() if is_fresh() else ""
        except OperationalError as error:
            raise CommandError(f"Basis data tidak dapat dipakai; periksa DATABASE_URL dan KONFLIK_DATA_DIR. {error}") from error
        connections.close_all()
        host = environment.text("KONFLIK_BIND", "127.0.0.1")
        wanted = environment.number("PORT", 8000)
        port, _reservation = reserve_port(host, wanted)
        if port != wanted:
            self._say(f"Port {wanted} sedang dipakai; memakai port {port}.")
        self._run(host, port, lock, code, check=check)

    def _run(self, host: str, port: int, lock: ServeLock, code: str, *, check: bool) -> None:
        address = f"http://{reachable(host)}:{port}/"
        lock.announce(address)
        supervisor = Supervisor(host=host, port=port, lock=lock, say=self._say)
        self._say("Menjalankan konflik …")
        try:
            supervisor.start()
            if supervisor.wait_until_healthy():
                self._welcome(address, code)
                if not check:
                    self._say("\nTekan Ctrl+C untuk berhenti.")
                    supervisor.watch()
        except NotHealthyError as error:
            raise CommandError(f"konflik tidak dapat dijalankan: {error}.") from error
        finally:
            supervisor.stop()
            lock.release()
            self._say("Semua proses konflik sudah berhenti.")

    def _welcome(self, address: str, code: str) -> None:
        self._say(f"\nkonflik siap: {address}")
        if code:
            self._say(f"Sistem ini belum disiapkan. Buka {address}mulai/ dan isikan kode penyiapan: {code}")
        rows = logins.table()
        if settings.DEMO and rows:
            self._say("\nAkun peragaan (data contoh, bukan untuk perkara sungguhan):")
            for row in rows:
                self._say(row)

    def _answer_second_start(self, address: str, *, check: bool) -> None:
        if not address:
            raise CommandError("konflik untuk data ini sedang disiapkan atau sedang dihentikan oleh proses lain; coba lagi sebentar lagi.")
        host, _, port = address.removeprefix("http://").rstrip("/").rpartition(":")
        if check and ask(host, int(port)).is_ready:
            self._say(f"konflik untuk data ini sudah berjalan dan sehat: {address}")
            return
        raise CommandError(f"konflik untuk data ini sudah berjalan: {address}")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
