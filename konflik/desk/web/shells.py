"""The same views stand in two houses: the team pages, and the admin with its own frame."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponseBase
from django.urls import reverse

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Shell:
    """One frame around the case views: its base template, how it names its addresses, and its own door.

    A view named "activity-update" is reversed as `namespace:prefix + name`; `case_page` is the name of the page that
    a finished act returns to, `list_page` that of the list; `part_mark` stands before the part of the case page where
    the result is seen. `guard` wraps every view (the admin asks for its own right of entry).
    """

    base: str
    namespace: str
    prefix: str = ""
    case_page: str = "case"
    list_page: str = "cases"
    part_mark: str = "#"
    guard: Callable[[View], View] = lambda view: view

    def name(self, name: str) -> str:
        """The name of an address inside this shell, without the namespace."""
        return f"{self.prefix}{name}"

    def url(self, name: str, *args: object) -> str:
        """The address of a page inside this shell."""
        own = {"case": self.case_page, "list": self.list_page}.get(name, name)
        return reverse(f"{self.namespace}:{self.name(own)}", args=args)


TEAM = Shell(base="base.html", namespace="desk")
