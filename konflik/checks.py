"""Refuses to start unsafe: each row is one misconfiguration that somebody once made in earnest.

Run by every management command and by the web process itself. The texts are for the operator, so they are Indonesian.
"""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from konflik import environment
from konflik.statistics.tables.rounding import LEAST_K, MOST_K

SHARED_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "fuse.glusterfs", "ceph", "afs"}
SHORTEST_SECRET = 50
SHORTEST_PASSWORD = 12
HASHERS = {"django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.MD5PasswordHasher"}


def is_reachable_from_outside() -> bool:
    """True when the installation answers to a name or an address that is not this machine alone."""
    return environment.reaches_out(settings.ALLOWED_HOSTS)


def shows_demo_outside() -> bool:
    """Logins that are printed on screen, where others can reach them, unless somebody has asked for both in so many words."""
    is_wanted = environment.flag("KONFLIK_DEMO") and environment.flag("KONFLIK_ALLOW_HTTP")
    return settings.DEMO and is_reachable_from_outside() and not is_wanted


def sqlite_options() -> dict[str, Any] | None:
    """The options of the database where it is SQLite."""
    database = settings.DATABASES["default"]
    return database.get("OPTIONS", {}) if database["ENGINE"].endswith("sqlite3") else None


def lacks_durability() -> bool:
    """SQLite without WAL, FULL or IMMEDIATE loses confirmed writes or fails under two writers."""
    options = sqlite_options()
    if options is None:
        return False
    pragmas = str(options.get("init_command", "")).replace(" ", "").lower()
    wanted = ("journal_mode=wal", "synchronous=full", "foreign_keys=on")
    return options.get("transaction_mode") != "IMMEDIATE" or not all(pragma in pragmas for pragma in wanted)


def lies_on_share() -> bool:
    """SQLite's locks do not hold on network file systems. Known on Linux only, where the kernel lists its mounts."""
    mounts = Path("/proc/mounts")
    if sqlite_options() is None or not mounts.exists():
        return False
    path = Path(settings.DATABASES["default"]["NAME"]).resolve()
    entries = [line.split()[1:3] for line in mounts.read_text().splitlines()]
    above = [(len(point), kind) for point, kind in entries if path.is_relative_to(point.replace("\\040", " "))]
    return bool(above) and max(above)[1] in SHARED_FILE_SYSTEMS


def drf(key: str) -> str:
    """The classes of one REST_FRAMEWORK setting, as one text."""
    classes: Any = settings.REST_FRAMEWORK.get(key, ())
    return " ".join(classes)


def is_open_to_others(path: Path) -> bool:
    """Group or world may read it."""
    return path.exists() and bool(stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO))


def weak_secret() -> bool:
    """Short, or of few different characters, or the one that startproject writes."""
    key = settings.SECRET_KEY
    return len(key) < SHORTEST_SECRET or len(set(key)) < SHORTEST_SECRET // 5 or key.startswith("django-insecure")


def redis_needs_password() -> bool:
    """A Redis that another machine could reach, without a password."""
    url = urlsplit(settings.REDIS_URL)
    return bool(settings.REDIS_URL) and url.scheme != "unix" and url.hostname not in environment.LOOPBACK and not url.password


def scripts_may_be_inline() -> bool:
    """No policy, or one that lets injected scripts run."""
    directives = getattr(settings, "CONTENT_SECURITY_POLICY", {}).get("DIRECTIVES", {})
    text = repr([directives.get(key) for key in ("default-src", "script-src")])
    return not directives or "unsafe" in text or "*" in text


@dataclass(frozen=True)
class Misconfiguration:
    """One way to be unsafe: `is_so` asks the settings, `text` says what to do."""

    code: str
    is_so: Callable[[], bool]
    text: str


MISCONFIGURATIONS = (
    Misconfiguration(
        "E01", lambda: settings.DEBUG and (settings.HTTPS or is_reachable_from_outside()), "KONFLIK_DEBUG hanya boleh di komputer sendiri."
    ),
    Misconfiguration("E02", weak_secret, "KONFLIK_SECRET_KEY terlalu lemah; hapus supaya dibuat sendiri."),
    Misconfiguration("E03", lambda: "*" in settings.ALLOWED_HOSTS, "KONFLIK_ALLOWED_HOSTS tidak boleh berisi *; sebutkan nama situsnya."),
    Misconfiguration(
        "E04",
        lambda: "AllowAny" in drf("DEFAULT_PERMISSION_CLASSES") or not drf("DEFAULT_PERMISSION_CLASSES"),
        "API terbuka bagi siapa pun.",
    ),
    Misconfiguration(
        "E05", lambda: "BasicAuthentication" in drf("DEFAULT_AUTHENTICATION_CLASSES"), "API menerima kata sandi pada setiap permintaan."
    ),
    Misconfiguration("E06", lambda: "BrowsableAPI" in drf("DEFAULT_RENDERER_CLASSES"), "Halaman API untuk pengembang tidak boleh aktif."),
    Misconfiguration(
        "E07",
        lambda: is_reachable_from_outside() and not settings.HTTPS and not environment.flag("KONFLIK_ALLOW_HTTP"),
        "Situs terjangkau dari luar tanpa HTTPS. Pasang HTTPS dan isi KONFLIK_HTTPS=1; untuk uji coba saja: KONFLIK_ALLOW_HTTP=1.",
    ),
    Misconfiguration(
        "E08",
        lambda: settings.HTTPS and not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE and settings.SECURE_HSTS_SECONDS),
        "Kuki dan HSTS harus aman bila memakai HTTPS.",
    ),
    Misconfiguration("E09", redis_needs_password, "REDIS_URL menunjuk komputer lain tanpa kata sandi."),
    Misconfiguration("E10", lacks_durability, "SQLite harus memakai WAL, synchronous=FULL, foreign_keys=ON dan transaksi IMMEDIATE."),
    Misconfiguration(
        "E11",
        lies_on_share,
        "Berkas SQLite berada di penyimpanan jaringan; pindahkan KONFLIK_DATA_DIR ke cakram lokal atau pakai PostgreSQL.",
    ),
    Misconfiguration("E12", lambda: bool(getattr(settings, "MFA_TOTP_INSECURE_BYPASS_CODE", None)), "Kode pintas MFA tidak boleh ada."),
    Misconfiguration("E13", lambda: settings.PASSWORD_HASHERS[0] not in HASHERS, "Argon2 harus menjadi pengaman kata sandi yang pertama."),
    Misconfiguration("E14", scripts_may_be_inline, "Kebijakan isi halaman (CSP) harus melarang skrip sisipan."),
    Misconfiguration(
        "E15",
        lambda: "django.contrib.auth.middleware.LoginRequiredMiddleware" not in settings.MIDDLEWARE,
        "Halaman baru harus tertutup sampai dibuka dengan sengaja (LoginRequiredMiddleware).",
    ),
    Misconfiguration(
        "E16",
        lambda: settings.MEDIA_URL not in ("", "/") or Path(settings.MEDIA_ROOT).is_relative_to(settings.STATIC_ROOT),
        "Berkas perkara tidak boleh punya alamat umum.",
    ),
    Misconfiguration(
        "E17",
        lambda: is_open_to_others(settings.DATA_DIR),
        "Direktori data terbaca pengguna lain; jalankan chmod 700 pada KONFLIK_DATA_DIR.",
    ),
    Misconfiguration(
        "E18", lambda: is_open_to_others(settings.DATA_DIR / "secret_key"), "Berkas secret_key terbaca pengguna lain; jalankan chmod 600."
    ),
    Misconfiguration(
        "E19",
        lambda: settings.DEMO and settings.HTTPS,
        "Peragaan memakai akun yang kata sandinya tercetak di layar: isi KONFLIK_DEMO=0 pada situs HTTPS.",
    ),
    Misconfiguration(
        "E20",
        lambda: 0 < len(environment.text("KONFLIK_DEMO_PASSWORD")) < SHORTEST_PASSWORD,
        f"KONFLIK_DEMO_PASSWORD paling sedikit {SHORTEST_PASSWORD} karakter, atau kosongkan supaya dibuat sendiri.",
    ),
    Misconfiguration("E21", lambda: settings.CELERY_ACCEPT_CONTENT != ["json"], "Pekerja latar hanya boleh menerima JSON."),
    Misconfiguration("E22", lambda: "Pickle" in settings.SESSION_SERIALIZER, "Sesi tidak boleh disimpan sebagai pickle."),
    Misconfiguration(
        "E23",
        lambda: any(os.environ.get(name) == settings.SECRET_KEY for name in ("KONFLIK_BACKUP_PASSPHRASE", "KONFLIK_DEMO_PASSWORD")),
        "Satu rahasia dipakai untuk dua keperluan.",
    ),
    # E24 is the Redis that drops data: it is asked, not read from the settings.
    Misconfiguration(
        "E25",
        shows_demo_outside,
        "Peragaan memakai akun yang kata sandinya tercetak di layar, dan situs ini terjangkau dari luar: isi KONFLIK_DEMO=0. "
        "Untuk memperagakan di jaringan sendiri saja: KONFLIK_DEMO=1 bersama KONFLIK_ALLOW_HTTP=1.",
    ),
    Misconfiguration(
        "E26",
        lambda: not LEAST_K <= settings.STATISTICS_K <= MOST_K,
        f"KONFLIK_STATISTICS_K paling sedikit {LEAST_K} dan paling banyak {MOST_K}.",
    ),
)


def refuse_unsafe_settings(app_configs: object, **_: object) -> list[checks.CheckMessage]:
    """All rows of the table, then the Redis that is really there."""
    found: list[checks.CheckMessage] = [checks.Error(row.text, id=f"konflik.{row.code}") for row in MISCONFIGURATIONS if row.is_so()]
    return [*found, *_redis_faults()]


def refuse_to_start_unsafe() -> None:
    """For processes that no management command starts. Raises ImproperlyConfigured with all reasons."""
    if faults := [str(fault) for fault in refuse_unsafe_settings(None) if fault.is_serious()]:
        raise ImproperlyConfigured("\n".join(faults))


def _redis_faults() -> Iterator[checks.CheckMessage]:
    if not settings.REDIS_URL:
        return
    client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2)
    try:
        policy = str(client.config_get("maxmemory-policy").get("maxmemory-policy", ""))
    except redis.ResponseError:
        # A hosted Redis may not answer questions about itself.
        return
    except redis.RedisError:
        yield checks.Warning("Redis pada REDIS_URL tidak menjawab.", id="konflik.W01")
        return
    finally:
        client.close()
    if policy.startswith("allkeys"):
        yield checks.Error("Redis membuang data bila penuh (maxmemory-policy); pakai noeviction atau volatile-*.", id="konflik.E24")
