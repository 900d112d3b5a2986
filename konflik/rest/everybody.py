"""What the open addresses share: no login, so many questions a minute, an answer that may lie in a cache."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.views import APIView

from konflik.limits import Limit, take
from konflik.rest.etags import tag_of
from konflik.rest.explaining import Everybody
from konflik.rest.reading import answer
from konflik.rest.rendering import write_json

KEPT_SECONDS = 300
"""How long an answer may lie in a cache: a new decree on holidays shall be seen soon."""
PER_ADDRESS = Limit(600)
"""So many questions a minute: a whole office behind one address may count days."""


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
