"""The archive: a tar of the database, the files and, last, a manifest with the size and hash of each member."""

import gzip
import hashlib
import io
import json
import re
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO

from konflik.safekeeping.databases import POSTGRES_NAME, SQLITE_NAME, SafekeepingError
from konflik.safekeeping.sealing import SealedReader, SealedWriter, is_sealed

MANIFEST = "manifest.json"
FILES = "files"
FORMAT = 1
BLOCK = 1024 * 1024
# Nothing else is ever unpacked: no path upward, no hidden name, no link, no device.
ALLOWED = re.compile(rf"{re.escape(SQLITE_NAME)}|{re.escape(POSTGRES_NAME)}|{MANIFEST}|{FILES}(/[0-9A-Za-z_-][0-9A-Za-z_.-]*)+")


class ArchiveWriter:
    """Adds members and remembers their hashes."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.members: dict[str, dict[str, Any]] = {}

    def add(self, name: str, path: Path) -> str:
        """Adds a file as it is read now; returns its SHA-256."""
        info = self._tar.gettarinfo(str(path), name)
        info.uid = info.gid = 0
        info.uname = info.gname = ""
        with path.open("rb") as file:
            hashing = HashingReader(file)
            self._tar.addfile(info, hashing)
        self.members[name] = {"size": info.size, "sha256": hashing.hexdigest()}
        return hashing.hexdigest()

    def finish(self, manifest: Mapping[str, Any]) -> None:
        """Writes the manifest as the last member: an archive without it was cut off."""
        data = json.dumps({**manifest, "format": FORMAT, "members": self.members}, indent=1, sort_keys=True).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(data)
        self._tar.addfile(info, io.BytesIO(data))


class HashingReader:
    """Hashes whatever is read through it."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self._digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Like a file's read."""
        data = self._source.read(size)
        self._digest.update(data)
        return data

    def hexdigest(self) -> str:
        """Of all that was read so far."""
        return self._digest.hexdigest()


@contextmanager
def writing(target: BinaryIO, passphrase: str | None) -> Iterator[ArchiveWriter]:
    """An archive into the open file `target`: packed, and sealed where a passphrase is given."""
    sealed = SealedWriter(target, passphrase) if passphrase is not None else None
    # Level 3: most of the bytes are photographs and scans, which shrink no further at 9.
    with (
        gzip.GzipFile(fileobj=sealed or target, mode="wb", compresslevel=3, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        yield ArchiveWriter(tar)
    if sealed is not None:
        sealed.close()


def unpack(source: BinaryIO, passphrase: str | None, folder: Path) -> dict[str, Any]:
    """Unpacks into `folder` and compares every member with the manifest, which it returns.

    Raises SafekeepingError for whatever is missing, changed or does not belong into a backup, SealError for a wrong passphrase.
    """
    stream: Any = source
    if is_sealed(source):
        if passphrase is None:
            raise SafekeepingError("Cadangan ini terenkripsi: kata sandi diperlukan.")
        stream = SealedReader(source, passphrase)
    try:
        with gzip.GzipFile(fileobj=stream, mode="rb") as packed, tarfile.open(fileobj=packed, mode="r|") as tar:
            found = {member.name: _unpack_member(tar, member, folder) for member in tar}
            # To the very end: only there a cut or changed tail shows.
            while packed.read(BLOCK):
                pass
    except (tarfile.TarError, gzip.BadGzipFile, EOFError) as error:
        raise SafekeepingError("Berkas ini bukan cadangan konflik yang utuh.") from error
    return _compared(found, folder)


def _unpack_member(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> dict[str, Any]:
    content = tar.extractfile(member) if member.isreg() else None
    if content is None or not ALLOWED.fullmatch(member.name):
        raise SafekeepingError(f"Cadangan memuat sesuatu yang tidak semestinya: {member.name!r}")
    path = folder / member.name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    hashing = HashingReader(content)
    with path.open("xb") as file:
        path.chmod(0o600)
        while block := hashing.read(BLOCK):
            file.write(block)
    return {"size": member.size, "sha256": hashing.hexdigest()}


def _compared(found: dict[str, dict[str, Any]], folder: Path) -> dict[str, Any]:
    if found.pop(MANIFEST, None) is None:
        raise SafekeepingError("Cadangan terpotong: daftar isinya tidak ada.")
    manifest = json.loads((folder / MANIFEST).read_text())
    if manifest.get("format") != FORMAT:
        raise SafekeepingError("Cadangan ini dibuat oleh versi konflik yang lain bentuknya.")
    wrong = [name for name in sorted(set(found) | set(manifest["members"])) if found.get(name) != manifest["members"].get(name)]
    if wrong:
        raise SafekeepingError(f"Cadangan rusak: {len(wrong)} isi tidak cocok, pertama {wrong[0]}")
    return dict(manifest)
