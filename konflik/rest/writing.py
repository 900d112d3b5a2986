"""Changes: POST on an address of their own, one service each. See the head of the room for how a topic uses `ActionView`.

What a subclass gives:

- `takes`: the Input; `gives`: the Shape of the answer; `answers_with`: 200, or 201 where something new is made.
- `target(reader, now)`: what is changed, through `visible_to` (404 like what does not exist); None where something new is made. Who sees it
  but may not do this to it is refused here: PermissionDenied, before anything is said of the body.
- `demands_version`: the caller names in If-Match which version of the target it saw. 428 without, 412 with `current` when it is
  another one.
- `act(data, *, target, seen_version, reader, now)`: calls one service, returns `Done`.
- `versioned(target)`: the row whose version counts, where it is not the target itself.
- `check_replay(body, reader, now)`: where the answer tells of something new, whether the caller may still see that when asking again.
- `stands(target, reader, now)`: what the 412 says of it.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.http.request import RawPostDataException
from django.utils import timezone
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.request import Request
from rest_framework.views import APIView

from konflik.rest.etags import seen_version, tag_of
from konflik.rest.idempotency import Kept, fingerprint, key_of, once, principal_of
from konflik.rest.params import single
from konflik.rest.parsing import LARGEST_INT
from konflik.rest.problems import Problem
from konflik.rest.rendering import JSON, write_json
from konflik.rest.shapes import Input, Shape
from konflik.versions import StaleVersion


@dataclass(frozen=True)
class Done:
    """What was done: the answer's body, and where the new thing stands."""

    body: Any = None
    location: str = ""
    headers: dict[str, str] = field(default_factory=dict)


class ActionView(APIView):
    """POST: one act."""

    http_method_names = ["post", "options"]
    takes: ClassVar[type[Input]] = Input
    gives: ClassVar[type[Shape] | None] = None
    answers_with: ClassVar[int] = 200
    demands_version: ClassVar[bool] = False

    def target(self, reader: Any, now: datetime) -> Any:
        """What is changed. Raises Http404 for what `reader` may not see, PermissionDenied for what `reader` may not do to it."""
        return None

    def act(self, data: dict[str, Any], *, target: Any, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """Do it, by one service."""
        raise NotImplementedError

    def versioned(self, target: Any) -> Any:
        """The row whose version the caller must have seen."""
        return target

    def stands(self, target: Any, reader: Any, now: datetime) -> Any:
        """The versioned row as it stands now, as `reader` may see it. Raises Http404."""
        return {"version": self.versioned(target).version}

    def check_replay(self, body: Any, reader: Any, now: datetime) -> None:
        """Before the kept answer `body` goes out again. Raises Http404 where it tells of what `reader` may no longer see."""

    def post(self, request: Request, **kwargs: Any) -> HttpResponse:
        """The act, once."""
        single(request.query_params, ())
        reader, now = request.user, timezone.now()
        target = self.target(reader, now)
        raw = self.raw_body(request)
        key = key_of(request)
        body_hash = fingerprint(request, raw)

        def once_only() -> Kept:
            return self._perform(request, target, reader, now)

        if key:
            kept = once(principal=principal_of(request), key=key, body_hash=body_hash, now=now, act=once_only)
        else:
            with transaction.atomic():  # the act and its answer, or neither
                kept = once_only()
        if kept.is_replayed and kept.body:
            self.check_replay(json.loads(kept.body), reader, now)
        return HttpResponse(kept.body, status=kept.status, content_type=JSON, headers=kept.headers)

    def raw_body(self, request: Request) -> bytes:
        """What makes two requests the same. Files are read by their own view, which overrides this."""
        try:
            return request._request.body  # noqa: SLF001 - read here first, so that both the parser and the fingerprint see it
        except RawPostDataException:
            # A form, which the check of the CSRF token has read already.
            raise UnsupportedMediaType(str(request.content_type)) from None

    def _perform(self, request: Request, target: Any, reader: Any, now: datetime) -> Kept:
        seen = self._seen(request, target, reader, now)
        data = self.takes(data=request.data, context={"reader": reader, "now": now, "target": target})
        data.is_valid(raise_exception=True)
        try:
            done = self.act(dict(data.validated_data), target=target, seen_version=seen, reader=reader, now=now)
        except StaleVersion:
            raise self._stale(reader, now) from None
        body = b"" if done.body is None else write_json(done.body)
        headers = {**done.headers, **({"Location": done.location} if done.location else {})}
        if isinstance(done.body, dict) and "version" in done.body:
            headers["ETag"] = tag_of(body, key=done.body.get("id"), version=done.body["version"])
        return Kept(self.answers_with, body, headers)

    def _seen(self, request: Request, target: Any, reader: Any, now: datetime) -> int | None:
        if not self.demands_version:
            return None
        row = self.versioned(target)
        seen = seen_version(request.META.get("HTTP_IF_MATCH", ""), key=row.pk)
        if seen != row.version:
            raise self._stale(reader, now)
        return seen

    def _stale(self, reader: Any, now: datetime) -> Problem:
        """412 with the values as they stand, read anew: what the reader may no longer see is not shown."""
        return Problem("versi-usang", current=self.stands(self.target(reader, now), reader, now))


def find_or_404(rows: QuerySet, key: Any) -> Model:
    """The row with this key. Raises Http404 for one that is not among `rows`."""
    if isinstance(key, int) and key > LARGEST_INT:
        raise Http404
    try:
        return rows.get(pk=key)
    except ObjectDoesNotExist:
        raise Http404 from None
