"""`manage.py login_link NAME`: the way back in for whoever holds the host, when nobody else may open it. Told in the journal."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone

from accounts.users.models import User
from konflik.registry import services


class Command(BaseCommand):
    help = "Membuat tautan masuk sekali pakai dari mesin ini, bila tidak ada orang lain yang berwenang membuatnya."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("nama", help="nama pengguna")
        parser.add_argument("--lepas-dua-langkah", action="store_true", help="lepas juga verifikasi dua langkah (ponsel hilang)")

    def handle(self, *, nama: str, lepas_dua_langkah: bool, **options: object) -> None:
        now = timezone.now()
        try:
            user = User.objects.get_by_natural_key(nama)
            if lepas_dua_langkah:
                services.release_second_factor(user=user, actor=None, now=now)
            link = services.issue_login_link(user=user, actor=None, now=now)
        except User.DoesNotExist as unknown:
            raise CommandError(f"Tidak ada pengguna bernama {nama}.") from unknown
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        self.stdout.write("Buka alamat ini di peramban, sesudah alamat situs Anda (berlaku tiga hari, satu kali):")
        self.stdout.write(reverse("account_link", args=[link.uid, link.token]))
