"""Attachments: told by their content, cleaned of what travels hidden, stored under their hash."""

import hashlib
import io
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import override_settings
from PIL import Image

from accounts.postings.tables import Role
from konflik.cases.models import Attachment, Case
from konflik.cases.services import documents
from konflik.cases.tables import MEDIA_TYPES
from konflik.desk.services import update_with_photo
from konflik.journal.models import JournalLine
from tests.builders import NOW, a_case, a_user, an_activity, an_agreement
from tests.cases import files
from tests.refusals import WHOLE, refused
from tests.seeds import seeded

pytestmark = pytest.mark.django_db

NOT_ALLOWED = "Jenis berkas ini tidak dapat dilampirkan, atau isinya tidak sesuai dengan namanya."


@pytest.fixture
def clerk(db: None) -> Any:
    return a_user(Role.STAF_SEKRETARIAT)


@pytest.fixture
def case(clerk: Any) -> Case:
    return a_case(actor=clerk)


def attach(case: Case, clerk: Any, name: str, data: bytes, **told: Any) -> Attachment:
    told = {"title": "Dokumen", "size": len(data), **told}
    return documents.attach(case=case, name=name, content=io.BytesIO(data), actor=clerk, now=NOW, **told)


def checked(name: str, data: bytes) -> documents.Clean:
    return documents.checked(name=name, content=io.BytesIO(data), size=len(data))


@pytest.mark.parametrize("name", files.SOUND)
def test_an_allowed_file_is_kept_under_its_hash(case: Case, clerk: Any, name: str) -> None:
    data, media_type = files.SOUND[name]
    attachment = attach(case, clerk, name, data, title="  Judul  ")
    kept = documents.path_of(attachment).read_bytes()
    assert (attachment.title, attachment.original_name, attachment.media_type) == ("Judul", name, media_type)
    assert (attachment.size, attachment.sha256) == (len(kept), hashlib.sha256(kept).hexdigest())
    assert attachment.file == f"{attachment.sha256[:2]}/{attachment.sha256}", "nothing of the name, no ending a server could act on"
    assert stat.S_IMODE(documents.path_of(attachment).stat().st_mode) == 0o600
    if media_type not in documents.FORMATS:
        assert kept == data
    line = JournalLine.objects.get(case=case, event="attachment_added")
    assert line.payload["sha256"] == attachment.sha256
    assert line.detail.data == {"title": "Judul", "name": name}


def test_every_allowed_type_is_tried() -> None:
    assert {media_type for _, media_type in files.SOUND.values()} == set(MEDIA_TYPES)


@pytest.mark.parametrize("what", files.WRONG)
def test_what_is_not_what_its_name_says_is_refused(case: Case, clerk: Any, what: str) -> None:
    name, data = files.WRONG[what]
    with refused("file", NOT_ALLOWED):
        attach(case, clerk, name, data)


@pytest.mark.parametrize("what", files.UNREADABLE)
def test_a_picture_that_cannot_be_read_is_refused(case: Case, clerk: Any, what: str) -> None:
    name, data = files.UNREADABLE[what]
    with refused("file", "Gambar ini "):
        attach(case, clerk, name, data)


def test_a_picture_of_too_many_points_is_refused(case: Case, clerk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_PIXELS", 47)
    with refused("file", "Gambar ini terlalu besar ukurannya."):
        attach(case, clerk, "foto.png", files.picture("PNG"))
    monkeypatch.setattr(documents, "MAX_PIXELS", 48)
    attach(case, clerk, "foto.png", files.picture("PNG"))


@pytest.mark.parametrize(
    ("said", "sent", "says"),
    [
        (50 * 1024 * 1024, 10, "Berkas ini terlalu besar. Paling besar 20 MB."),
        (20 * 1024 * 1024 + 1, 10, "Berkas ini terlalu besar."),
        (10, 20 * 1024 * 1024 + 1, "Berkas ini terlalu besar."),
        (0, 0, "Berkas ini kosong."),
        (10, 0, "Berkas ini kosong."),
    ],
    ids=["50 MB", "one byte too much", "lies about its size", "empty", "empty but says otherwise"],
)
def test_the_size_is_measured_not_believed(case: Case, clerk: Any, said: int, sent: int, says: str) -> None:
    data = (files.PDF + b" " * sent)[:sent]
    with refused("file", says):
        attach(case, clerk, "surat.pdf", data, size=said)


def test_a_file_of_exactly_the_limit_is_kept(case: Case, clerk: Any) -> None:
    with override_settings(MAX_UPLOAD_BYTES=1024 * 1024):
        data = files.PDF.ljust(1024 * 1024)
        assert attach(case, clerk, "surat.pdf", data).size == len(data)
        with refused("file", "Berkas ini terlalu besar. Paling besar 1 MB."):
            attach(case, clerk, "surat.pdf", data + b" ")


@pytest.mark.parametrize("name", ["foto.jpg", "foto.webp", "foto.png"])
def test_the_place_and_the_device_do_not_travel_with_a_picture(case: Case, clerk: Any, name: str) -> None:
    form = {"jpg": "JPEG", "webp": "WEBP", "png": "PNG"}[name.rpartition(".")[2]]
    sent = files.picture_from_a_phone(form)
    assert files.GPS.encode() in sent
    assert dict(Image.open(io.BytesIO(sent)).getexif().get_ifd(0x8825))
    kept = documents.path_of(attach(case, clerk, name, sent)).read_bytes()
    assert files.GPS.encode() not in kept
    assert b"Exif" not in kept
    picture = Image.open(io.BytesIO(kept))
    assert dict(picture.getexif()) == {}
    assert picture.size == (6, 8), "turned upright, because the note that said so is gone"


def test_nothing_hidden_in_a_picture_is_kept(case: Case, clerk: Any) -> None:
    hidden = b"<script>alert(1)</script>"
    jpeg = files.picture("JPEG", comment=hidden) + files.packed({"a.txt": hidden})
    png = files.picture("PNG") + hidden
    for name, data in (("foto.jpg", jpeg), ("foto.png", png)):
        kept = documents.path_of(attach(case, clerk, name, data)).read_bytes()
        assert hidden not in kept
        assert b"PK" not in kept


def test_a_picture_with_see_through_parts_stays_readable(case: Case, clerk: Any) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (10, 20, 30, 0)).save(out, "PNG")
    kept = documents.path_of(attach(case, clerk, "cap.png", out.getvalue())).read_bytes()
    assert Image.open(io.BytesIO(kept)).getpixel((0, 0)) == (10, 20, 30, 0)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("/abs/olut/surat.pdf", "surat.pdf"),
        ("C:\\Users\\staf\\surat.pdf", "surat.pdf"),
        ("surat\r\nX-Header: 1.pdf", "suratX-Header: 1.pdf"),
        ("surat\x00.pdf", "surat.pdf"),
        ("a\u202eb\u200b.pdf", "ab.pdf"),
        ("x" * 300 + ".pdf", "x" * 156 + ".pdf"),
    ],
)
def test_a_name_is_only_a_name(case: Case, clerk: Any, sent: str, kept: str) -> None:
    assert attach(case, clerk, sent, files.PDF).original_name == kept


def test_the_same_file_is_attached_to_a_case_once_and_stored_once(case: Case, clerk: Any) -> None:
    first = attach(case, clerk, "surat.pdf", files.PDF)
    with refused("file", "Berkas yang sama sudah dilampirkan pada perkara ini."):
        attach(case, clerk, "lain.pdf", files.PDF)
    second = attach(a_case(actor=clerk), clerk, "surat.pdf", files.PDF)
    assert first.file == second.file
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(pk=second.pk).update(case=case)


def test_a_file_hangs_on_what_belongs_to_its_case(case: Case, clerk: Any) -> None:
    activity, agreement = an_activity(case, actor=clerk), an_agreement(case, actor=clerk)
    foreign = an_activity(a_case(actor=clerk), actor=clerk)
    assert attach(case, clerk, "foto.jpg", files.picture(), activity=activity).activity == activity
    assert JournalLine.objects.get(case=case, event="attachment_added").payload["activity"] == activity.pk
    assert attach(case, clerk, "surat.pdf", files.PDF, agreement=agreement).agreement == agreement
    with refused(WHOLE, "Kegiatan atau kesepakatan ini bukan milik perkara ini."):
        attach(case, clerk, "peta.png", files.picture("PNG"), activity=foreign)


def test_a_title_is_asked_for(case: Case, clerk: Any) -> None:
    with refused("title", "Isi judul dokumen."):
        attach(case, clerk, "surat.pdf", files.PDF, title=" ")


def test_a_write_that_breaks_off_leaves_no_half_file(case: Case, clerk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents.os, "fsync", lambda _file: (_ for _ in ()).throw(OSError("disk full")))
    with override_settings(MEDIA_ROOT=tmp_path):
        with pytest.raises(OSError, match="disk full"), transaction.atomic():
            attach(case, clerk, "surat.pdf", files.PDF)
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
        monkeypatch.undo()
    assert not Attachment.objects.exists()


def test_no_damage_to_a_file_breaks_the_check() -> None:
    """400 sound files with a few bytes spoilt: kept or refused at the field, never a fault of ours."""
    chance = seeded("damage")
    sound = [(name, data) for name, (data, _) in files.SOUND.items()]
    for _ in range(400):
        name, data = chance.choice(sound)
        spoilt = bytearray(data)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(spoilt) or 1)
            match chance.choice("xdi"):
                case "x":
                    spoilt[at : at + 1] = chance.randbytes(1)
                case "d" if len(spoilt) > 1:
                    del spoilt[at : at + chance.randint(1, 20)]
                case _:
                    spoilt[at:at] = chance.randbytes(chance.randint(1, 20))
        with suppress(ValidationError):
            checked(name, bytes(spoilt) or b"x")


def test_two_pictures_at_once_each_by_the_reader_of_its_type(monkeypatch: pytest.MonkeyPatch) -> None:
    seen, read = [], Image.open

    def watched(*args: Any, **told: Any) -> Any:
        places = [documents.PICTURES.acquire(blocking=False) for _ in range(2)]
        seen.append((places, told["formats"]))
        for _ in range(sum(places)):
            documents.PICTURES.release()
        return read(*args, **told)

    monkeypatch.setattr(Image, "open", watched)
    for name, form in (("foto.jpg", "JPEG"), ("foto.png", "PNG"), ("foto.webp", "WEBP")):
        checked(name, files.picture(form))
    assert seen == [([True, False], [form]) for form in ("JPEG", "PNG", "WEBP")]
    with refused("file", "Gambar ini rusak"):
        checked(*next(iter(files.UNREADABLE.values())))
    assert [documents.PICTURES.acquire(blocking=False) for _ in range(3)] == [True, True, False], "given back after a fault too"
    documents.PICTURES.release(2)


def test_a_picture_is_worked_on_before_the_database_is_held(clerk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    case, held, outside = a_case(actor=clerk), [], len(connection.savepoint_ids)
    rewrite = documents._without_place

    def watched(data: bytes, form: str) -> bytes:
        held.append(len(connection.savepoint_ids) - outside)
        return rewrite(data, form)

    monkeypatch.setattr(documents, "_without_place", watched)
    attach(case, clerk, "foto.png", files.picture("PNG"))
    activity = an_activity(case, actor=clerk)
    photo = SimpleUploadedFile("foto.jpg", files.picture("JPEG"), "image/jpeg")
    assert update_with_photo(activity=activity, seen_version=1, changes={"status": "berjalan"}, photo=photo, actor=clerk, now=NOW)
    assert held == [0, 0]
