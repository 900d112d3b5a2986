"""What the open addresses share: no login, an answer that may lie in a cache, a region that has to exist."""

from datetime import date, datetime
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.regions.models import Region
from accounts.regions.tables import CODE
from konflik.limits import Limit, take
from konflik.rest.etags import tag_of
from konflik.rest.explaining import Everybody
from konflik.rest.instants import read_day, read_instant
from konflik.rest.params import single
from konflik.rest.problems import Problem
from konflik.rest.reading import answer
from konflik.rest.rendering import write_json

KEPT_SECONDS = 300
"""How long an answer may lie in a cache: a new decree on holidays shall be seen soon."""
PER_ADDRESS = Limit(600)
"""So many questions a minute: a whole office behind one address may count days."""
NO_REGION = "Isi kode wilayah yang ada, misalnya 15.04."


class OpenView(APIView):
    """GET for everybody. Nobody is asked who they are, so the answer is the same for all and may be kept between."""

    http_method_names = ["get", "head", "options"]
    authentication_classes = ()
    permission_classes = (Everybody,)

    def check_throttles(self, request: Request) -> None:
        """Each address is counted, since nobody is asked who they are. Raises Throttled."""
        asks = get_adapter().get_client_ip(request)
        if wait := take(f"open:{asks}", PER_ADDRESS, now=int(timezone.now().timestamp())):
            raise Throttled(wait)

    def answered(self, request: Request, data: Any) -> HttpResponse:
        """`data` with its tag; 304 for whoever has it."""
        body = write_json(data)
        response = answer(request, body, tag_of(body))
        patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
        return response


class Questions:
    """The parameters of one request; what is wrong with them is collected and refused together, each by name."""

    def __init__(self, request: Request, names: tuple[str, ...]) -> None:
        self.raw = single(request.query_params, names)
        self.wrong: dict[str, list[str]] = {}

    def instant(self, name: str) -> datetime | None:
        """The instant of that name, None where it cannot be read."""
        try:
            # An address turns the plus of an offset into a blank where a client forgot to quote it.
            return read_instant(self.raw.get(name, "").replace(" ", "+"))
        except ValidationError as error:
            self.wrong[name] = error.messages
            return None

    def day(self, name: str) -> date | None:
        """The day of that name, None where it cannot be read."""
        try:
            return read_day(self.raw.get(name, ""))
        except ValidationError as error:
            self.wrong[name] = error.messages
            return None

    def region(self, name: str) -> Region | None:
        """The region with that code, None where there is none."""
        code = self.raw.get(name, "")
        found = Region.objects.with_ancestors().filter(pk=code).first() if CODE.fullmatch(code) else None
        if found is None:
            self.wrong[name] = [NO_REGION]
        return found

    def refuse_wrong(self) -> None:
        """Raises Problem with everything that was wrong."""
        if self.wrong:
            raise Problem("parameter-tidak-sah", errors=self.wrong)
