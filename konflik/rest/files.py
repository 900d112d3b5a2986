"""A whole list as a file: `?format=csv`, streamed, or `?format=xlsx`, through a temporary file.

Which rows, and in which order, is settled at the beginning, so that a row which changes meanwhile is neither lost nor told twice. They
are read a thousand at a time, and before each thousand is asked anew who is asking and what that person may see: a key that is revoked
in the middle, or a person who is shut out, cuts the stream. So a CSV ends with the line `# selesai: N baris`, which no row can
be (`#` in a row is guarded); a file without it is not whole.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, ClassVar, Protocol

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from konflik.rest.paging import Order
from konflik.rest.params import Asked
from konflik.rest.rendering import write_json
from konflik.rest.shapes import Column, RowReader
from konflik.sheets import MEDIA_TYPES, Value, csv_chunks, xlsx_chunks

CHUNK = 1000


class Takeable(Protocol):
    """What a list must be able to do so that it can be taken away whole."""

    key: ClassVar[str]

    def get_authenticators(self) -> Sequence[Any]: ...

    def chosen(self, fields: Sequence[str]) -> tuple[Column, ...]: ...

    def rows_to_take(self, reader: Any, at: datetime) -> QuerySet: ...

    def narrow(self, rows: QuerySet, asked: Asked) -> QuerySet: ...


def file_of(view: Takeable, request: Request, asked: Asked, *, name: str, now: datetime) -> StreamingHttpResponse:
    """The list as `asked`, as a download."""
    rows = Taking(view, request, asked)
    chunks = rows.csv() if asked.format == "csv" else xlsx_chunks(rows.whole(), title=name[:31])
    return _download(chunks, form=asked.format, name=name, now=now)


def table_file(rows: Iterable[Sequence[Any]], *, form: str, name: str, now: datetime) -> StreamingHttpResponse:
    """A small table that is all there, its headings first, as a download."""
    lines = ([_flat(value) for value in row] for row in rows)
    return _download(csv_chunks(lines) if form == "csv" else xlsx_chunks(lines, title=name[:31]), form=form, name=name, now=now)


def _download(chunks: Iterator[bytes], *, form: str, name: str, now: datetime) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}-{timezone.localtime(now):%Y%m%d-%H%M}.{form}"'}
    return StreamingHttpResponse(chunks, content_type=MEDIA_TYPES[form], headers=headers)


class Taking:
    """One walk over a list."""

    def __init__(self, view: Takeable, request: Request, asked: Asked) -> None:
        self.view, self.request, self.asked = view, request, asked
        self.reader = RowReader(view.chosen(asked.fields), extra=(view.key,))
        self.number = 0

    def csv(self) -> Iterator[bytes]:
        """The file in pieces, closed by its own line."""
        yield from csv_chunks(self.whole())
        yield f'"# selesai: {self.number} baris"\r\n'.encode()

    def whole(self) -> Iterator[list[Value]]:
        """The headings, then every row."""
        yield [column.name for column in self.reader.columns]
        for row in self._walk():
            self.number += 1
            yield [_flat(value) for value in row.values()]

    def _walk(self) -> Iterator[dict[str, Any]]:
        place = self.reader.sources.index(self.view.key)
        order = Order.by(self.asked.ordering, self.view.key)
        keys = list(self._rows().order_by(*order.columns).values_list(self.view.key, flat=True))
        for first in range(0, len(keys), CHUNK):
            chunk = keys[first : first + CHUNK]
            rows = self._rows().filter(**{f"{self.view.key}__in": chunk}).order_by().values_list(*self.reader.sources)
            found = {row[place]: row for row in rows}
            yield from self.reader.read([found[key] for key in chunk if key in found])

    def _rows(self) -> QuerySet:
        return self.view.narrow(self.view.rows_to_take(self._reader(), timezone.now()), self.asked)

    def _reader(self) -> Any:
        """Who asks, asked anew. Raises NotAuthenticated or what the authenticator raises."""
        for authenticator in self.view.get_authenticators():
            if found := authenticator.authenticate(self.request):
                reader, key = found
                # A key is read anew with its owner; the request keeps the person of a session as it was when it began.
                fresh = reader if key is not None else get_user_model().objects.filter(pk=reader.pk, is_active=True).first()
                if fresh is not None:
                    return fresh
        raise NotAuthenticated


def _flat(value: Any) -> Value:
    """A cell says what the page says: days and amounts as its text, lists and parts as their JSON."""
    if isinstance(value, list | dict):
        return write_json(value).decode()
    return value if value is None or isinstance(value, str | int | float) else str(value)
