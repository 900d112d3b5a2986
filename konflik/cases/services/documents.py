"""Attachments: allow-listed types told by content, stored under their hash, without the place a photograph was taken."""

import hashlib
import io
import lzma
import os
import secrets
import struct
import threading
import unicodedata
import warnings
import zipfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any, BinaryIO

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from accounts.users.models import User
from konflik.cases.models import Attachment, Case
from konflik.cases.services.base import note, require, touch
from konflik.cases.tables import MEDIA_TYPES
from konflik.law.events import Event

MAX_PIXELS = 50_000_000
MAX_EXPANSION = 100
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
MEGABYTE = 1024 * 1024
# Unpacked, a picture takes some 200 MB: of many at once only two are worked on.
PICTURES = threading.BoundedSemaphore(2)
TOO_LARGE = "Berkas ini terlalu besar. Paling besar {} MB."
ODT = "application/vnd.oasis.opendocument.text"
# What an archive that is damaged, or made to look so, raises from the parts of the standard library that read it.
UNREADABLE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, KeyError, RuntimeError, struct.error)
KNOWN = ", ".join(sorted({ending for endings in MEDIA_TYPES.values() for ending in endings}))
KNOWN_PICTURES = ", ".join(sorted({ending for media_type, endings in MEDIA_TYPES.items() if media_type in FORMATS for ending in endings}))


@dataclass(frozen=True)
class Clean:
    """A file that may be attached: its name, its bytes as they are kept, its media type."""

    name: str
    data: bytes
    media_type: str


def attach(*, case: Case, name: str, content: BinaryIO, size: int, title: str, actor: User, now: datetime, **part: Any) -> Attachment:
    """Check a file, then attach it as `attach_clean` does: a picture is worked on before the transaction holds the database.

    Raises ValidationError at `file` when it is empty, too large, not of an allowed type, or attached already.
    """
    require("title", title, "Isi judul dokumen.")
    return attach_clean(case=case, clean=checked(name=name, content=content, size=size), title=title, actor=actor, now=now, **part)


@transaction.atomic
def attach_clean(
    *, case: Case, clean: Clean, title: str, actor: User, now: datetime, activity: Any = None, agreement: Any = None
) -> Attachment:
    """Attach a checked file to a case, or to an activity or agreement of it (rows of the room above).

    Raises ValidationError at `file` when it is attached already.
    """
    require("title", title, "Isi judul dokumen.")
    if any(part is not None and part.case_id != case.pk for part in (activity, agreement)):
        raise ValidationError("Kegiatan atau kesepakatan ini bukan milik perkara ini.")
    sha256 = hashlib.sha256(clean.data).hexdigest()
    touch(case, now=now)
    if case.attachments.filter(sha256=sha256).exists():
        raise ValidationError({"file": "Berkas yang sama sudah dilampirkan pada perkara ini."})
    attachment = Attachment.objects.create(
        case=case,
        activity=activity,
        agreement=agreement,
        title=title.strip(),
        original_name=_bare_name(clean.name),
        media_type=clean.media_type,
        size=len(clean.data),
        sha256=sha256,
        file=_store(clean.data, sha256),
        uploaded_by=actor,
        uploaded_at=now,
    )
    payload = {
        "attachment": attachment.pk,
        "media_type": clean.media_type,
        "size": len(clean.data),
        "sha256": sha256,
        "activity": getattr(activity, "pk", None),
    }
    note(
        case,
        Event.ATTACHMENT_ADDED,
        actor=actor,
        now=now,
        payload=payload,
        detail={"title": attachment.title, "name": attachment.original_name},
    )
    return attachment


def checked(*, name: str, content: BinaryIO, size: int) -> Clean:
    """The file as it is kept. Raises ValidationError at `file` for whatever may not be attached."""
    if size > settings.MAX_UPLOAD_BYTES:
        raise ValidationError({"file": TOO_LARGE.format(settings.MAX_UPLOAD_BYTES // MEGABYTE)})
    data = content.read(settings.MAX_UPLOAD_BYTES + 1)
    if len(data) > settings.MAX_UPLOAD_BYTES:
        raise ValidationError({"file": TOO_LARGE.format(settings.MAX_UPLOAD_BYTES // MEGABYTE)})
    if not data:
        raise ValidationError({"file": "Berkas ini kosong. Pilih berkas lain."})
    media_type = _told_by_content(data)
    ending = PurePath(name).suffix.lower().lstrip(".")
    if ending not in MEDIA_TYPES.get(media_type, ()):
        raise ValidationError(
            {"file": f"Jenis berkas ini tidak dapat dilampirkan, atau isinya tidak sesuai dengan namanya. Yang boleh: {KNOWN}."}
        )
    if media_type in FORMATS:
        data = _without_place(data, FORMATS[media_type])
    return Clean(name, data, media_type)


def path_of(attachment: Attachment) -> Path:
    """Where the bytes of an attachment lie."""
    return Path(settings.MEDIA_ROOT) / attachment.file


def _told_by_content(data: bytes) -> str:
    if data[:4] == b"PK\x03\x04":
        return _told_by_archive(data)
    kind = filetype.guess(data)
    return kind.mime if kind else ""


def _bare_name(name: str) -> str:
    """The name without folders and without signs that are not seen: they hide the ending or break a header."""
    seen = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")
    return PurePath(seen.replace("\\", "/")).name[-160:]


def _told_by_archive(data: bytes) -> str:
    """Office documents are archives: told apart by their parts, refused with macros or as a bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            unpacked = sum(info.file_size for info in archive.infolist())
            if unpacked > MAX_EXPANSION * len(data) or _has_macros(archive, names):
                return ""
            is_odt = "mimetype" in names and _start_of(archive, "mimetype") == ODT.encode()
    except UNREADABLE:
        return ""
    if "word/document.xml" in names:
        return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    if "xl/workbook.xml" in names:
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return ODT if is_odt else ""


def _has_macros(archive: zipfile.ZipFile, names: list[str]) -> bool:
    """Whether the archive brings macros; the list of parts says so even where the part has another name."""
    if any(part.lower().endswith("vbaproject.bin") or part.startswith(("Basic/", "Scripts/")) for part in names):
        return True
    types = _start_of(archive, "[Content_Types].xml").lower() if "[Content_Types].xml" in names else b""
    return b"vbaproject" in types or b"macroenabled" in types


def _start_of(archive: zipfile.ZipFile, part: str) -> bytes:
    with archive.open(part) as content:
        return content.read(MEGABYTE)


def _without_place(data: bytes, form: str) -> bytes:
    """The picture turned upright and written anew, so that no place, device or hidden part travels with it."""
    try:
        with PICTURES, warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            # Only the reader of the type it was told by: the others are not for strangers' files.
            with Image.open(io.BytesIO(data), formats=[form]) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise ValidationError({"file": "Gambar ini terlalu besar ukurannya. Perkecil gambar, lalu unggah lagi."})
                upright = ImageOps.exif_transpose(picture)
                out = io.BytesIO()
                upright.info.clear()
                (upright.convert("RGB") if form == "JPEG" else upright).save(out, form, quality=88)
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        SyntaxError,
        ValueError,
    ) as error:
        raise ValidationError({"file": "Gambar ini rusak dan tidak dapat dibaca. Pilih gambar lain."}) from error
    return out.getvalue()


def _store(data: bytes, sha256: str) -> str:
    """Write the bytes under their hash, whole or not at all; the same bytes are written once."""
    relative = f"{sha256[:2]}/{sha256}"
    target = Path(settings.MEDIA_ROOT) / relative
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        half = target.with_suffix(f".{secrets.token_hex(8)}.part")
        try:
            with half.open("wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            half.chmod(0o600)
            half.replace(target)
        finally:
            half.unlink(missing_ok=True)
    return relative
