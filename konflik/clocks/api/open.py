"""What the open addresses of the law ask: days, instants, a region that has to exist."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from rest_framework.request import Request

from accounts.regions.models import Region
from accounts.regions.tables import CODE
from konflik.rest.instants import read_day, read_instant
from konflik.rest.params import single
from konflik.rest.problems import Problem

NO_REGION = "Isi kode wilayah yang ada, misalnya 15.04."


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
