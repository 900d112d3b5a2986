"""The first set-up from the command line: the same questions and the same service as the page /mulai/."""

import getpass
import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from accounts.access.selectors import is_fresh
from accounts.access.services import DONE_BEFORE, InstallationFacts
from accounts.regions.models import Region
from accounts.users.services import UserFacts
from konflik.registry.services import begin_installation

#           option          question                                                    may stay empty
QUESTIONS = (
    ("region", "Kode kabupaten/kota (misalnya 15.04)", False),
    ("government", "Kop surat, pemerintah daerah", False),
    ("office", "Kop surat, instansi", False),
    ("address", "Kop surat, alamat", True),
    ("name", "Nama lengkap administrator pertama", False),
    ("username", "Nama pengguna administrator", False),
    ("email", "Alamat surel administrator", True),
    ("mail_host", "Alamat server surel (SMTP)", True),
)
MAIL_QUESTIONS = (
    ("mail_port", "Port server surel [587]", True),
    ("mail_user", "Nama pengguna surel", True),
    ("mail_from", "Alamat pengirim", False),
)
MAIL_PASSWORD = "KONFLIK_MAIL_PASSWORD"  # noqa: S105 - the name of a variable


class Command(BaseCommand):
    """`manage.py setup`: asks what was not given, writes once, prints the one-time link of the first administrator."""

    help = "Menyiapkan sistem baru: kabupaten, kop surat, administrator pertama, server surel."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Every answer can be given beforehand; the password of the mail account only by environment or at the prompt."""
        for option, question, _ in (*QUESTIONS, *MAIL_QUESTIONS):
            parser.add_argument(f"--{option.replace('_', '-')}", help=question)
        parser.add_argument("--url", default="http://127.0.0.1:8000", help="alamat sistem ini, untuk tautan yang dicetak")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, write, tell."""
        if not is_fresh():
            raise CommandError(DONE_BEFORE)
        told = {option: self._answer(options[option], question, is_optional) for option, question, is_optional in QUESTIONS}
        if told["mail_host"]:
            told |= {option: self._answer(options[option], question, is_optional) for option, question, is_optional in MAIL_QUESTIONS}
        try:
            made = begin_installation(
                facts=_facts(told),
                administrator=UserFacts(username=told["username"], name=told["name"], email=told["email"]),
                mail_password=self._mail_password() if told["mail_host"] else "",
                now=timezone.now(),
            )
        except ValidationError as refused:
            raise CommandError(_told_at_field(refused)) from refused
        path = reverse("account_link", args=[made.link.uid, made.link.token])
        self.stdout.write("Sistem siap. Buat kata sandi administrator melalui tautan ini (berlaku tiga hari, sekali pakai):")
        self.stdout.write(f"{options['url'].rstrip('/')}{path}")

    def _answer(self, given: str | None, question: str, is_optional: bool) -> str:  # noqa: FBT001 - told by position in the table
        """What was given, else what is typed. Raises CommandError where nobody can be asked."""
        if given is not None:
            return given.strip()
        if not self._can_ask():
            if is_optional:
                return ""
            raise CommandError(f"Belum diisi: {question}. Berikan sebagai pilihan perintah; lihat manage.py setup --help.")
        while True:
            typed = input(f"{question}{' (boleh kosong)' if is_optional else ''}: ").strip()
            if typed or is_optional:
                return typed

    def _mail_password(self) -> str:
        if MAIL_PASSWORD in os.environ or not self._can_ask():
            return os.environ.get(MAIL_PASSWORD, "")
        return getpass.getpass("Kata sandi surel (boleh kosong): ")

    def _can_ask(self) -> bool:
        return sys.stdin is not None and sys.stdin.isatty()


def _facts(told: dict[str, str]) -> InstallationFacts:
    """Raises CommandError: a region that is not listed, a port that is no number."""
    region = Region.objects.filter(pk=told["region"]).first()
    port = told.get("mail_port") or "587"
    if region is None:
        raise CommandError(f"Kode wilayah {told['region']} tidak ada. Muat daftarnya dengan manage.py load_regions.")
    if not port.isdigit():
        raise CommandError(f"Port server surel harus berupa angka, bukan {port!r}.")
    return InstallationFacts(
        region=region,
        letterhead_government=told["government"],
        letterhead_office=told["office"],
        letterhead_address=told["address"],
        mail_host=told["mail_host"],
        mail_port=int(port),
        mail_user=told.get("mail_user", ""),
        mail_from=told.get("mail_from", ""),
    )


def _told_at_field(refused: ValidationError) -> str:
    """Each message behind the question that it answers."""
    if not hasattr(refused, "error_dict"):
        return " ".join(refused.messages)
    questions = {option: question for option, question, _ in (*QUESTIONS, *MAIL_QUESTIONS)}
    told = ((questions.get(field.removeprefix("letterhead_")), messages) for field, messages in refused.message_dict.items())
    return " ".join(f"{question}: {' '.join(messages)}" if question else " ".join(messages) for question, messages in told)
