"""What may be in an archive, and what is never unpacked."""

import gzip
import io
import json
import tarfile
from pathlib import Path

import pytest

from konflik.safekeeping.archive import unpack
from konflik.safekeeping.databases import SafekeepingError


def archive_of(*members: tuple[tarfile.TarInfo, bytes]) -> io.BytesIO:
    target = io.BytesIO()
    with gzip.GzipFile(fileobj=target, mode="wb") as packed, tarfile.open(fileobj=packed, mode="w|") as tar:
        for info, content in members:
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    target.seek(0)
    return target


def member(name: str, content: bytes = b"x", kind: bytes = tarfile.REGTYPE, link: str = "") -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info, content if kind == tarfile.REGTYPE else b""


def manifest(**members: object) -> tuple[tarfile.TarInfo, bytes]:
    return member("manifest.json", json.dumps({"format": 1, "members": members, "tables": {}, "vendor": "sqlite"}).encode())


@pytest.mark.parametrize(
    "bad",
    [
        member("../keluar"),
        member("/tmp/keluar"),  # noqa: S108
        member("files/../../keluar"),
        member("files/ab/../../../keluar"),
        member("secret_key"),
        member("files/ab/c", kind=tarfile.SYMTYPE, link="/etc/passwd"),
        member("files/ab/c", kind=tarfile.LNKTYPE, link="konflik.sqlite3"),
        member("files/ab", kind=tarfile.DIRTYPE),
        member("konflik.sqlite3", kind=tarfile.CHRTYPE),
    ],
    ids=lambda bad: f"{bad[0].name}-{bad[0].type.decode()}",
)
def test_what_does_not_belong_is_refused(bad: tuple[tarfile.TarInfo, bytes], tmp_path: Path) -> None:
    place = tmp_path / "a" / "b" / "c"
    place.mkdir(parents=True)
    with pytest.raises(SafekeepingError, match="tidak semestinya"):
        unpack(archive_of(bad), None, place)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_without_its_manifest_it_was_cut_off(tmp_path: Path) -> None:
    with pytest.raises(SafekeepingError, match="terpotong"):
        unpack(archive_of(member("konflik.sqlite3")), None, tmp_path)


@pytest.mark.parametrize("content", [b"", b"bukan arsip", gzip.compress(b"bukan arsip" * 100), gzip.compress(b"x" * 5000)[:20]])
def test_something_else_is_named_so(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(SafekeepingError):
        unpack(io.BytesIO(content), None, tmp_path)


@pytest.mark.parametrize(
    "members",
    [[member("konflik.sqlite3"), manifest()], [manifest(**{"konflik.sqlite3": {"size": 1, "sha256": "0"}})]],
    ids=["too many", "too few"],
)
def test_a_member_more_or_less_is_refused(members: list[tuple[tarfile.TarInfo, bytes]], tmp_path: Path) -> None:
    with pytest.raises(SafekeepingError, match="tidak cocok"):
        unpack(archive_of(*members), None, tmp_path)
