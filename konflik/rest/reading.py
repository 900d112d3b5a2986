"""Lists and objects: filters, order and sparse fields as allow-lists, pages by key, ETags, files.

See the head of the room for how a topic uses `ListView` and `DetailView`. What a subclass gives:

- `shape`: the Shape of one row.
- `rows(reader, at)`: what may be seen, through `visible_to`. Nothing else decides on that.
- lists: `filters` (FilterSet), `orderings` (columns that are never empty, the first is the default), `key` (the unique column), `steady`
  (the filters for whose values one plan of the database is good); where a
  file (`?format=csv|xlsx`) needs another right or leaves a trace, `rows_to_take` and `note_taken`.
- objects: `lookup` (the column that `<int:pk>` names), `parts` for what hangs on the object, `note_read` for the trace that some reading
  leaves; both get the values of the columns read, those named in `asks` too.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any, ClassVar
from urllib.parse import quote, unquote, urlencode

import django_filters
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.views import APIView

from konflik.rest.etags import is_known, tag_of, tag_of_rows
from konflik.rest.files import file_of
from konflik.rest.holes import FilterShape, holes_of, shape_of, values_of
from konflik.rest.kept import Kept
from konflik.rest.paging import COUNTED_UP_TO, Cursor, Order, narrowed, page_of, scope_of
from konflik.rest.params import Asked, one, read_fields, read_list, single
from konflik.rest.parsing import LARGEST_INT
from konflik.rest.prepared import Hole, run, run_count
from konflik.rest.rendering import JSON, write_json
from konflik.rest.shapes import Column, RowReader, Shape, columns_of, names_of
from konflik.sheets import MEDIA_TYPES

VERSION, CURSOR = "version", "cursor"


class NoFilters(django_filters.FilterSet):
    """A list that is not narrowed."""


def answer(request: HttpRequest | Request, body: bytes | Callable[[], bytes], tag: str) -> HttpResponse:
    """200 with `body`, or 304 for whoever has it already: then a `body` that is still to be made is not made."""
    if is_known(request.META.get("HTTP_IF_NONE_MATCH", ""), tag):
        return HttpResponse(status=304, headers={"ETag": tag})
    return HttpResponse(body() if callable(body) else body, content_type=JSON, headers={"ETag": tag})


class Reading(APIView):
    """What lists and objects share."""

    http_method_names = ["get", "head", "options"]
    model: ClassVar[Any]
    shape: ClassVar[type[Shape]]
    asks: ClassVar[tuple[str, ...]] = ()
    key: ClassVar[str] = "pk"

    def rows(self, reader: Any, at: datetime) -> QuerySet:
        """The rows that `reader` may see at `at`: by the one rule of visibility of the model."""
        return self.model.objects.visible_to(reader, at=at)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Every column of the shape."""
        return columns_of(self.shape)

    def chosen(self, fields: Sequence[str]) -> tuple[Column, ...]:
        """The columns asked for; all of them where none is named."""
        return tuple(column for column in self.columns if column.name in fields) if fields else self.columns


@dataclass(frozen=True)
class Plan:
    """What the address of a list asks for besides the cursor: the same whoever asks, and whenever."""

    asked: Asked
    order: Order
    scope: str
    reader: RowReader
    shape: FilterShape
    rest: str
    """What stands behind the question mark besides the cursor."""

    @cached_property
    def places(self) -> list[int]:
        """Where in a row the columns of the order stand."""
        return [self.reader.sources.index(name) for name in self.order.names]

    def link(self, request: Request, mark: str) -> str | None:
        """The address of the page at this mark; None without one."""
        if not mark:
            return None
        return f"{request.build_absolute_uri(request.path)}?{self.rest}{'&' if self.rest else ''}cursor={quote(mark, safe='')}"


PLANS: Kept[Plan] = Kept(1000)


class ListView(Reading):
    """GET: a page of rows."""

    media_types: ClassVar[Mapping[str, str]] = {form: kind.partition(";")[0] for form, kind in MEDIA_TYPES.items()}
    filters: ClassVar[type[django_filters.FilterSet]] = NoFilters
    orderings: ClassVar[tuple[str, ...]] = ("-pk",)
    steady: ClassVar[frozenset[str]] = frozenset()
    """Filters that an index answers as well whatever their value is, so that one plan is good for all."""

    def get(self, request: Request, **kwargs: Any) -> Any:
        """One page (HttpResponse), with links to its neighbours; or all of it as a file (StreamingHttpResponse)."""
        at = timezone.now()
        params = request.query_params
        told = tuple((name, *values) for name, values in params.lists() if name != CURSOR)
        key = type(self), request.path, told, len(params.getlist(CURSOR))
        plan = PLANS.get(key, lambda: self._planned(request), is_worth=lambda plan: plan.shape.is_kept)
        if plan.asked.format != "json":
            return self.file(request, plan.asked, at)
        cursor = Cursor.read(one(CURSOR, params.getlist(CURSOR)), plan.scope, columns=len(plan.order.columns)) if CURSOR in params else None
        return self.page(request, plan, cursor, at)

    def _planned(self, request: Request) -> Plan:
        names = [column.name for column in self.columns]
        asked = read_list(request.query_params, filters=self.filters, orderings=self.orderings, names=names)
        order = self.order_of(asked)
        scope = scope_of(request.path, order, {name: asked.raw[name] for name in asked.filters})
        reader = reader_for(self.shape, asked.fields, order.names)
        return Plan(asked, order, scope, reader, shape_of(self.filters, asked.filters), urlencode(asked.raw))

    def walks(self, reader: Any, at: datetime) -> list[QuerySet]:
        """`rows` in pieces that may overlap, each read along one index; one piece unless a topic knows better."""
        return [self.rows(reader, at)]

    def reach(self, reader: Any, at: datetime) -> Hashable:
        """What `walks` depends on besides the instant; None where that cannot be said: then the query is compiled for each request."""
        return None

    def rows_to_take(self, reader: Any, at: datetime) -> QuerySet:
        """The rows that `reader` may take away as a file; raises PermissionDenied where that is none at all."""
        return self.rows(reader, at)

    def note_taken(self, rows: QuerySet, reader: Any, at: datetime, *, filters: str) -> None:
        """Leave the trace that a file leaves, if any."""

    def file(self, request: Request, asked: Asked, at: datetime) -> StreamingHttpResponse:
        """All of it, as a download."""
        rows = self.narrow(self.rows_to_take(request.user, at), asked)
        response = file_of(self, request, asked, name=request.path.rstrip("/").rpartition("/")[2], now=at)
        if request.method == "HEAD":  # the headers alone: nothing is read, nothing is taken
            response.streaming_content = ()
        else:
            self.note_taken(rows, request.user, at, filters=_without_words(asked))
        return response

    def narrow(self, rows: QuerySet, asked: Asked) -> QuerySet:
        """`rows` that fit what was asked."""
        for name, value in asked.filters.items():
            rows = self.filters.base_filters[name].filter(rows, value)
        return self.as_asked(rows, asked)

    def as_asked(self, rows: QuerySet, asked: Asked) -> QuerySet:
        """What the list itself adds to what was asked; nothing, unless a topic says."""
        return rows

    def order_of(self, asked: Asked) -> Order:
        """The columns that the list is sorted by."""
        return Order.by(asked.ordering, self.key)

    def page(self, request: Request, plan: Plan, cursor: Cursor | None, at: datetime) -> HttpResponse:
        """The answer with the page that was asked for."""
        asked = plan.asked
        reach = self.reach(request.user, at) if plan.shape.is_kept else None

        def build() -> list[QuerySet]:
            walks = [self.as_asked(self._holed(rows, plan.shape), asked) for rows in self.walks(request.user, at)]
            holed = holes_of(cursor)
            return [narrowed(rows, plan.order, holed, limit=asked.limit).values_list(*plan.reader.sources) for rows in walks]

        told = (type(self), plan.order.columns, cursor and cursor.is_back, asked.limit, asked.fields, plan.shape.key, reach)
        is_planned_once = self.steady >= asked.filters.keys()
        found = run(told if reach else None, build, {**plan.shape.values, **values_of(cursor)}, at=at, is_planned_once=is_planned_once)
        page = page_of(found, cursor, limit=asked.limit, scope=plan.scope, places=plan.places)
        count = self._count(request.user, asked, at) if asked.with_count else (None, None)

        def body() -> bytes:
            links = {"next": plan.link(request, page.next), "previous": plan.link(request, page.previous)}
            return write_json({"results": plan.reader.read(page.rows), **links, "count": count[0], "count_is_exact": count[1]})

        # All that the body is made of, and nothing that it does not say.
        tag = tag_of_rows(plan.reader.names, page.rows, page.next, page.previous, *count)
        return answer(request, body, tag)

    def _holed(self, rows: QuerySet, shape: FilterShape) -> QuerySet:
        for name, value in shape.holes.items():
            rows = self.filters.base_filters[name].filter(rows, value)
        return rows

    def _count(self, reader: Any, asked: Asked, at: datetime) -> tuple[int, bool]:
        def build() -> list[QuerySet]:
            return [self.narrow(rows, asked).order_by().values_list("pk")[:COUNTED_UP_TO] for rows in self.walks(reader, at)]

        number = run_count(build, at=at)
        return number, number < COUNTED_UP_TO


class DetailView(Reading):
    """GET: one object. What may not be seen answers like what does not exist."""

    lookup: ClassVar[str] = "pk"

    def reach(self, reader: Any, at: datetime) -> Hashable:
        """What `rows` depends on besides the instant; None where that cannot be said: then the query is compiled for each request."""
        return None

    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        """The object, with its version in the ETag."""
        at = timezone.now()
        names = names_of(self.shape)
        fields = read_fields(single(request.query_params, ("fields",)), names)
        # The tag names the version whatever is shown, so that it can be sent back in If-Match.
        read = tuple(name for name in names if name in fields or name == VERSION) if fields else ()
        shown = self.show(request.user, at, self.kwargs[self.lookup], fields=read, leaves_trace=True)
        version = shown.get(VERSION) if VERSION in fields or not fields else shown.pop(VERSION, None)
        body = write_json(shown)
        return answer(request, body, tag_of(body, key=self.kwargs[self.lookup], version=version))

    def show(self, reader: Any, at: datetime, key: Any, *, fields: Sequence[str] = (), leaves_trace: bool = False) -> dict[str, Any]:
        """The object with this key as `reader` may see it. Raises Http404."""
        if isinstance(key, int) and key > LARGEST_INT:
            raise Http404
        columns = reader_for(self.shape, tuple(fields), self.asks)
        reach = self.reach(reader, at)

        def build() -> list[QuerySet]:
            return [self.rows(reader, at).filter(**{self.lookup: Hole("key", key)}).values_list(*columns.sources)[:1]]

        found = run((type(self), tuple(fields), reach) if reach else None, build, {"key": key}, at=at)
        row = next(iter(found), None)
        if row is None:
            raise Http404
        values = dict(zip(columns.sources, row, strict=True))
        if leaves_trace:
            self.note_read(reader, at, values)
        parts = {name: part for name, part in self.parts(reader, at, values, fields).items() if not fields or name in fields}
        return {**columns.read([row])[0], **parts}

    def parts(self, reader: Any, at: datetime, values: Mapping[str, Any], fields: Sequence[str]) -> dict[str, Any]:
        """What hangs on the object, by the names of the shape that are shapes themselves. `fields` empty: everything is wanted."""
        return {}

    def note_read(self, reader: Any, at: datetime, values: Mapping[str, Any]) -> None:
        """Leave the trace that reading this object leaves, if any."""


def read_rows(shape: type[Shape], rows: QuerySet) -> list[dict[str, Any]]:
    """All of `rows` in the form of `shape`: for the parts of an object."""
    reader = reader_for(shape, (), ())
    return reader.read(list(rows.values_list(*reader.sources)))


def read_prepared(shape: type[Shape], build: Callable[[], QuerySet], values: Mapping[str, Any], *, at: datetime) -> list[dict[str, Any]]:
    """The same along a prepared statement. What changes from one object to the next stands in holes, filled by `values`."""
    reader = reader_for(shape, (), ())
    found = run((shape, *values), lambda: [build().values_list(*reader.sources)], values, at=at)
    return reader.read(found)


@cache
def reader_for(shape: type[Shape], fields: tuple[str, ...], extra: tuple[str, ...]) -> RowReader:
    """What reads these fields of the shape (none: all), and the columns `extra` beside them."""
    return RowReader([column for column in columns_of(shape) if not fields or column.name in fields], extra=extra)


def _without_words(asked: Asked) -> str:
    """The filters for the journal, which is for ever: that something was searched, not the words, which may be names."""
    return unquote(urlencode({name: "…" if name == "q" else asked.raw[name] for name in asked.filters}))[:500]
