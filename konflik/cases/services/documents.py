"""Attachments: allow-listed types told by content, stored under their hash, without the place a photograph was taken."""

import hashlib
import io
import os
import warnings
import zipfile
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
KNOWN = ", ".join(sorted({ending for endings in MEDIA_TYPES.values() for ending in endings}))


@transaction.atomic
def attach(
    *,
    case: Case,
    name: str,
    content: BinaryIO,
    size: int,
    title: str,
    actor: User,
    now: datetime,
    activity: Any = None,
    agreement: Any = None,
) -> Attachment:
    """Attach a file to a case, or to an activity or agreement of it (rows of the room above).

    Raises ValidationError at `file` when it is empty, too large, not of an allowed type, or attached already.
    """
    require("title", title, "Isi judul dokumen.")
    clean, media_type = checked(name=name, content=content, size=size)
    sha256 = hashlib.sha256(clean).hexdigest()
    if case.attachments.filter(sha256=sha256).exists():
        raise ValidationError({"file": "Berkas yang sama sudah dilampirkan pada perkara ini."})
    attachment = Attachment.objects.create(
        case=case,
        activity=activity,
        agreement=agreement,
        title=title.strip(),
        original_name=PurePath(name.replace("\\", "/")).name[-160:],
        media_type=media_type,
        size=len(clean),
        sha256=sha256,
        file=_store(clean, sha256),
        uploaded_by=actor,
        uploaded_at=now,
    )
    touch(case, now=now)
    payload = {
        "attachment": attachment.pk,
        "media_type": media_type,
        "size": len(clean),
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


def checked(*, name: str, content: BinaryIO, size: int) -> tuple[bytes, str]:
    """The bytes to keep and their media type. Raises ValidationError at `file` for whatever may not be attached."""
    if size > settings.MAX_UPLOAD_BYTES:
        raise ValidationError({"file": f"Berkas ini terlalu besar. Paling besar {settings.MAX_UPLOAD_BYTES // MEGABYTE} MB."})
    data = content.read(settings.MAX_UPLOAD_BYTES + 1)
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
    return data, media_type


def path_of(attachment: Attachment) -> Path:
    """Where the bytes of an attachment lie."""
    return Path(settings.MEDIA_ROOT) / attachment.file


def _told_by_content(data: bytes) -> str:
    if data[:4] == b"PK\x03\x04":
        return _told_by_archive(data)
    kind = filetype.guess(data)
    return kind.mime if kind else ""


def _told_by_archive(data: bytes) -> str:
    """Office documents are archives: told apart by their parts, refused with macros or as a bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            unpacked = sum(info.file_size for info in archive.infolist())
            odf = (
                archive.read("mimetype").decode(errors="replace")
                if "mimetype" in names and archive.getinfo("mimetype").file_size < 100
                else ""
            )
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError):
        return ""
    if unpacked > MAX_EXPANSION * len(data) or any(part.lower().endswith("vbaproject.bin") for part in names):
        return ""
    if "word/document.xml" in names:
        return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    if "xl/workbook.xml" in names:
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return odf


def _without_place(data: bytes, form: str) -> bytes:
    """The picture turned upright and written anew, so that no place, device or hidden part travels with it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as picture:
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
        half = target.with_suffix(f".{os.getpid()}.part")
        with half.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        half.chmod(0o600)
        half.replace(target)
    return relative
