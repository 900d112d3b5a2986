"""Every misconfiguration of the table is refused, and the settings as shipped are not (S46)."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from konflik import checks
from tests.installation import ROOT, Installation

SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": Path("/data/x.sqlite3")}
GOOD = {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON"}
OPEN_API = {**settings.REST_FRAMEWORK, "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"]}
BASIC_API = {**settings.REST_FRAMEWORK, "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.BasicAuthentication"]}
BROWSABLE_API = {**settings.REST_FRAMEWORK, "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.BrowsableAPIRenderer"]}
INLINE = {"DIRECTIVES": {"default-src": ["'none'"], "script-src": ["'self'", "'unsafe-inline'"]}}
OUTSIDE = {"ALLOWED_HOSTS": ["konflik.example.id"]}
PBKDF2 = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]

# code, settings, environment
UNSAFE: list[tuple[str, dict[str, object], dict[str, str]]] = [
    ("E01", {"DEBUG": True, **OUTSIDE}, {}),
    ("E01", {"DEBUG": True, "HTTPS": True}, {}),
    ("E02", {"SECRET_KEY": "django-insecure-" + "abcdefghij" * 9}, {}),
    ("E02", {"SECRET_KEY": "a" * 80}, {}),
    ("E03", {"ALLOWED_HOSTS": ["*"]}, {}),
    ("E04", {"REST_FRAMEWORK": OPEN_API}, {}),
    ("E04", {"REST_FRAMEWORK": {}}, {}),
    ("E05", {"REST_FRAMEWORK": BASIC_API}, {}),
    ("E06", {"REST_FRAMEWORK": BROWSABLE_API}, {}),
    ("E07", OUTSIDE, {}),
    ("E07", {}, {"KONFLIK_BIND": "0.0.0.0"}),  # noqa: S104
    ("E08", {"HTTPS": True, "SESSION_COOKIE_SECURE": False}, {}),
    ("E09", {"REDIS_URL": "redis://redis.example.id:6379/0"}, {}),
    ("E12", {"MFA_TOTP_INSECURE_BYPASS_CODE": "000000"}, {}),
    ("E13", {"PASSWORD_HASHERS": PBKDF2}, {}),
    ("E14", {"CONTENT_SECURITY_POLICY": INLINE}, {}),
    ("E14", {"CONTENT_SECURITY_POLICY": {}}, {}),
    ("E15", {"MIDDLEWARE": []}, {}),
    ("E16", {"MEDIA_URL": "/media/"}, {}),
    ("E19", {"DEMO": True, "HTTPS": True}, {}),
    ("E20", {}, {"KONFLIK_DEMO_PASSWORD": "rahasia"}),
    ("E21", {"CELERY_ACCEPT_CONTENT": ["json", "pickle"]}, {}),
    ("E22", {"SESSION_SERIALIZER": "django.contrib.sessions.serializers.PickleSerializer"}, {}),
    ("E23", {}, {"KONFLIK_BACKUP_PASSPHRASE": "<SECRET_KEY>"}),
    ("E25", {"DEMO": True, **OUTSIDE}, {"KONFLIK_ALLOW_HTTP": "1"}),
    ("E25", {"DEMO": True, **OUTSIDE}, {"KONFLIK_DEMO": "1"}),
    ("E26", {"STATISTICS_K": 2}, {}),
    ("E26", {"STATISTICS_K": 21}, {}),
    ("E25", {"DEMO": True}, {"KONFLIK_BIND": "0.0.0.0", "KONFLIK_ALLOW_HTTP": "1"}),  # noqa: S104
]


@pytest.fixture(autouse=True)
def _plain(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not the Redis of this run: what it is like is not the question here."""
    settings.REDIS_URL = ""
    monkeypatch.setattr(checks, "_redis_faults", list)


def codes() -> set[str]:
    return {str(fault.id).removeprefix("konflik.") for fault in checks.refuse_unsafe_settings(None)}


def test_the_settings_as_shipped_are_accepted() -> None:
    assert codes() == set()
    checks.refuse_to_start_unsafe()


@pytest.mark.parametrize(("code", "changed", "environment"), UNSAFE)
def test_a_misconfiguration_is_refused(
    code: str, changed: dict[str, object], environment: dict[str, str], settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in changed.items():
        setattr(settings, name, value)
    for name, text in environment.items():
        monkeypatch.setenv(name, text.replace("<SECRET_KEY>", settings.SECRET_KEY))
    assert code in codes()
    with pytest.raises(ImproperlyConfigured):
        checks.refuse_to_start_unsafe()


def test_the_demo_is_shown_on_a_network_to_who_asks_for_it_in_so_many_words(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO, settings.ALLOWED_HOSTS = True, OUTSIDE["ALLOWED_HOSTS"]
    monkeypatch.setenv("KONFLIK_DEMO", "1")
    monkeypatch.setenv("KONFLIK_ALLOW_HTTP", "1")
    assert codes() == set()


@pytest.mark.parametrize(
    ("said", "demo"),
    [
        ({}, True),
        ({"KONFLIK_ALLOWED_HOSTS": "localhost"}, True),
        ({"KONFLIK_HTTPS": "1"}, False),
        ({"KONFLIK_BIND": "0.0.0.0"}, False),  # noqa: S104
        ({"KONFLIK_ALLOWED_HOSTS": "localhost,konflik.example.id", "KONFLIK_ALLOW_HTTP": "1"}, False),
        ({"KONFLIK_BIND": "192.0.2.7", "KONFLIK_DEMO": "1"}, True),
    ],
)
def test_the_demo_comes_along_unasked_on_this_machine_alone(said: dict[str, str], demo: bool, tmp_path: Path) -> None:
    own = Installation(tmp_path / "data", **said)
    if "KONFLIK_DEMO" not in said:
        del own.env["KONFLIK_DEMO"]
    read = "from konflik import settings; print(settings.DEMO, settings.ALLAUTH_TRUSTED_PROXY_COUNT)"
    done = subprocess.run([sys.executable, "-c", read], cwd=ROOT, env=own.env, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(demo), "1" if "KONFLIK_HTTPS" in said else "0"]


@pytest.mark.parametrize(("code", "name", "mode"), [("E17", ".", 0o755), ("E18", "secret_key", 0o644)])
def test_data_that_others_can_read_is_refused(code: str, name: str, mode: int, settings: object, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    tmp_path.chmod(0o700)
    (tmp_path / "secret_key").touch(0o600)
    assert codes() == set()
    (tmp_path / name).chmod(mode)
    assert codes() == {code}


@pytest.mark.parametrize("changed", [{}, {"transaction_mode": None}, {"init_command": GOOD["init_command"].replace("FULL", "NORMAL")}])
def test_sqlite_that_may_lose_a_confirmed_write_is_refused(
    changed: dict[str, object], settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(settings.DATABASES, "default", {**SQLITE, "OPTIONS": {**GOOD, **changed}})
    assert codes() == ({"E10"} if changed else set())


def test_sqlite_on_a_network_share_is_refused(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.DATABASES, "default", {**SQLITE, "OPTIONS": GOOD})
    mounts = "/dev/sda1 / ext4 rw 0 0\nserver:/x /data nfs4 rw 0 0\n"
    monkeypatch.setattr(Path, "exists", lambda self: True)
    monkeypatch.setattr(Path, "read_text", lambda self: mounts)
    assert checks.lies_on_share()
    monkeypatch.setattr(Path, "read_text", lambda self: mounts.replace("nfs4", "ext4"))
    assert not checks.lies_on_share()


def test_every_row_of_the_table_was_broken_once() -> None:
    elsewhere = {"E10", "E11", "E17", "E18"}
    assert {row.code for row in checks.MISCONFIGURATIONS} == {code for code, *_ in UNSAFE} | elsewhere


def test_a_command_of_an_unsafe_installation_does_not_run(tmp_path: Path) -> None:
    own = Installation(tmp_path / "data", KONFLIK_ALLOWED_HOSTS="*")
    own.create_database()
    try:
        done = own.manage("check", check=False)
    finally:
        own.close()
    assert done.returncode == 1
    assert "konflik.E03" in done.stderr


def test_an_installation_with_https_has_no_warning_of_django_left(tmp_path: Path) -> None:
    own = Installation(tmp_path / "data", KONFLIK_ALLOWED_HOSTS="konflik.example.id", KONFLIK_HTTPS="1")
    own.create_database()
    try:
        done = own.manage("check", "--deploy", "--fail-level", "WARNING")
    finally:
        own.close()
    assert "no issues" in done.stdout
