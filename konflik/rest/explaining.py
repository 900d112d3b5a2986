"""What a problem's `type` leads to, the pages that show the schema, and what an address under /api/ answers that does not exist."""

from typing import Any, NoReturn

from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from konflik.rest.problems import ADDRESS, PROBLEMS

# Both readers of the schema write styles of their own into the page; nothing else is loosened, and nowhere else.
OWN_STYLES = {"style-src": "'unsafe-inline'"}


@require_GET
@csp_update(OWN_STYLES)
def docs(request: HttpRequest) -> HttpResponse:
    """The schema to read and to try out (Swagger UI)."""
    return render(request, "api/docs.html")


@require_GET
@csp_update(OWN_STYLES)
def redoc(request: HttpRequest) -> HttpResponse:
    """The schema to read (Redoc)."""
    return render(request, "api/redoc.html")


class Everybody(BasePermission):
    """Open without a login, on purpose: what the view says is the same for everybody and names nobody."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Yes."""
        return True


@extend_schema(exclude=True)
class ProblemPage(APIView):
    """What a kind of refusal means: public, the same for everybody."""

    http_method_names = ["get", "head", "options"]
    authentication_classes = ()
    permission_classes = (Everybody,)

    def get(self, request: Request, code: str) -> Response:
        """Its title and what to do. Raises Http404 for a code that nobody sends."""
        if code not in PROBLEMS:
            raise Http404
        status, title, advice = PROBLEMS[code]
        return Response({"type": ADDRESS.format(code), "title": title, "status": status, "detail": advice})


@extend_schema(exclude=True)
class NoSuchAddress(APIView):
    """Everything else: not there, whatever the method."""

    http_method_names = []
    authentication_classes = ()
    permission_classes = (Everybody,)

    def http_method_not_allowed(self, request: Any, *args: Any, **kwargs: Any) -> NoReturn:
        """404 for every method, without looking at who asks."""
        raise Http404
