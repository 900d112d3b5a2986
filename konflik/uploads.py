"""What is sent is stopped before it fills the disk: no file is stored beyond the largest attachment."""

import io
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

# A form carries one file and some text: a body that says it is longer than so many files is not read at all.
LONGEST_BODY = 4


class LimitedFile(TemporaryFileUploadHandler):
    """Keeps a file on disk while it comes; once it is larger than allowed it is let go, and the rest is thrown away.

    The form then gets the file without its content and with its true size, so that the refusal stands at its field.
    """

    is_too_large = False

    def handle_raw_input(
        self,
        input_data: Any,
        META: Mapping[str, Any],  # noqa: N803 - Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Raises RequestDataTooBig (413) for a body of a length that no form of ours has."""
        if content_length > LONGEST_BODY * settings.MAX_UPLOAD_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig("longer than any form")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self.is_too_large = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """The next piece of it."""
        if not self.is_too_large and start + len(raw_data) > settings.MAX_UPLOAD_BYTES:
            self.is_too_large = True
            self.file.close()
        if not self.is_too_large:
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """The file, or what is left of one that was too large."""
        if not self.is_too_large:
            return super().file_complete(file_size)
        return InMemoryUploadedFile(io.BytesIO(), self.field_name, self.file_name or "", self.content_type, file_size, self.charset)

    def upload_interrupted(self) -> None:
        """The sender went away."""
        if not self.is_too_large:
            super().upload_interrupted()
