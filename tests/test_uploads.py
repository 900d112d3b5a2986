"""What is sent is stopped before it fills the disk."""

import io

import pytest
from django.core.files import uploadedfile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client, RequestFactory

MEGABYTE = 1024 * 1024


class Stored:
    """Counts what the handler of large files writes into its temporary files."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.most = 0
        made = uploadedfile.TemporaryUploadedFile.__init__
        stored = self

        def watched(self: object, *args: object, **more: object) -> None:
            made(self, *args, **more)
            write = self.file.write

            def counted(data: bytes) -> int:
                stored.most += len(data)
                return write(data)

            self.file.write = counted

        monkeypatch.setattr(uploadedfile.TemporaryUploadedFile, "__init__", watched)


def sent(size: int, **more: object) -> HttpRequest:
    file = io.BytesIO(b"x" * size)
    file.name = "besar.pdf"
    return RequestFactory().post("/", {"before": "1", "file": file, "after": "2", **more})


@pytest.mark.parametrize("size", [2 * MEGABYTE + 1, 5 * MEGABYTE])
def test_a_large_file_reaches_the_form_by_its_size_and_not_the_disk(size: int, settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MAX_UPLOAD_BYTES = 2 * MEGABYTE
    stored = Stored(monkeypatch)
    request = sent(size)
    file = request.FILES["file"]
    assert (file.size, file.read(), file.name) == (size, b"", "besar.pdf")
    assert (request.POST["before"], request.POST["after"]) == ("1", "2")
    assert 0 < stored.most <= 2 * MEGABYTE


def test_a_file_within_the_limit_comes_whole(settings: object) -> None:
    settings.MAX_UPLOAD_BYTES = 2 * MEGABYTE
    for size in (1, MEGABYTE, 2 * MEGABYTE):
        with sent(size).FILES["file"] as file:
            assert file.read() == b"x" * size


def test_a_small_file_after_a_large_one_comes_whole(settings: object) -> None:
    settings.MAX_UPLOAD_BYTES = 2 * MEGABYTE
    files = sent(3 * MEGABYTE, second=SimpleUploadedFile("kecil.pdf", b"y" * 10)).FILES
    with files["second"] as second:
        assert (files["file"].size, second.read()) == (3 * MEGABYTE, b"y" * 10)


@pytest.mark.django_db
def test_a_body_longer_than_any_form_is_not_read_at_all(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MAX_UPLOAD_BYTES = MEGABYTE
    stored = Stored(monkeypatch)
    file = io.BytesIO(b"x" * 7 * MEGABYTE)
    file.name = "besar.pdf"
    client = Client(enforce_csrf_checks=True)
    # Without its cookie the body is not even looked at.
    assert client.post("/akun/masuk/", {"x": "1"}).status_code == 403
    client.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    answer = client.post("/akun/masuk/", {"file": file})
    assert answer.status_code == 413
    assert "Kiriman terlalu besar" in answer.content.decode()
    assert stored.most == 0
