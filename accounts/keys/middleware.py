"""A key in an address would stand in every log on the way: it is refused before anything reads the address."""

from collections.abc import Callable
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse

from accounts.keys.selectors import SECRET
from konflik.rest.problems import Problem, answered

Answer = Callable[[HttpRequest], HttpResponse]


class NoKeyInAddress:
    """Answers 400 where something that looks like a key stands in the path or in the parameters (S18)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = f"{request.path_info}?{request.META.get('QUERY_STRING', '')}"
        if SECRET.search(address) or SECRET.search(unquote(address)):
            return answered(Problem("kunci-dalam-alamat"))
        return self.get_response(request)
