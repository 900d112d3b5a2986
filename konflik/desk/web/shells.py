"""The same views stand in two houses: the team pages, and the admin with its own frame."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.http import HttpResponseBase
from django.urls import reverse

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Shell:
    """One frame around our views: its base template, how it names its addresses, and its own door.

    A view named "activity-update" is reversed as `namespace:prefix + name`; `case_page` is the name of the page that
    a finished act returns to, `list_page` that of the list; `part_mark` stands before the part of the case page where
    the result is seen, `part_pages` are the parts that are pages of their own. `rooms` are the topics beside cases whose
    names have a prefix of their own here: with {"deadline": "konflik_deadline_"} the page "deadline" is
    `konflik_deadline_change`, "deadline-list" the list, "deadline-meet" `konflik_deadline_meet`. `guard` wraps every view
    (the admin asks for its own right of entry).
    """

    base: str
    namespace: str
    prefix: str = ""
    case_page: str = "case"
    list_page: str = "cases"
    part_mark: str = "#"
    part_pages: frozenset[str] = frozenset()
    rooms: Mapping[str, str] = field(default_factory=dict)
    guard: Callable[[View], View] = lambda view: view

    @property
    def is_admin(self) -> bool:
        """Whether the page stands in the room of the secretariat."""
        return self.namespace == "admin"

    def name(self, name: str) -> str:
        """The name of an address inside this shell, without the namespace."""
        room, _, rest = name.partition("-")
        if room in self.rooms:
            return f"{self.rooms[room]}{({'': self.case_page, 'list': self.list_page}).get(rest, rest)}"
        return f"{self.prefix}{name}"

    def url(self, name: str, *args: object) -> str:
        """The address of a page inside this shell."""
        own = {"case": self.case_page, "list": self.list_page}.get(name, name)
        return reverse(f"{self.namespace}:{self.name(own)}", args=args)

    def part_url(self, part: str, case_pk: int) -> str:
        """Where a part of a case is seen: on the case page, or on a page of its own."""
        return self.url(part, case_pk) if part in self.part_pages else f"{self.url('case', case_pk)}{self.part_mark}{part}"


TEAM = Shell(base="base.html", namespace="desk", part_pages=frozenset({"status"}))
