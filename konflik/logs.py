"""Lines of the log: what happened and where in the code, never about whom."""

import logging
import re
from types import TracebackType

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
# PostgreSQL repeats whole rows there: names, addresses, texts.
ROW_MARKS = ("DETAIL:", "CONTEXT:")
# Keys of the API as `accounts.keys` makes them; the models cannot be imported before logging begins.
KEYS = re.compile(r"kfk_[A-Za-z0-9_-]{20,}")


class DiscreetFormatter(logging.Formatter):
    """One line a message, whatever was typed into it; routes instead of addresses; no rows in database errors; no key of the API."""

    def format(self, record: logging.LogRecord) -> str:
        """An address may hold a one-time link or a search for a name; its route holds neither."""
        request = getattr(record, "request", None)
        if request is not None and record.args:
            match = getattr(request, "resolver_match", None)
            route = f"/{match.route}" if match else "(alamat tanpa halaman)"
            record.args = tuple(route if argument == request.path else argument for argument in tuple(record.args))
        return KEYS.sub("kfk_***", super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name that logging asks for
        """A line break in a message would forge a line of the log."""
        record.message = record.message.replace("\r", "\\r").replace("\n", "\\n")
        return super().formatMessage(record)

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - the name that logging asks for
        """The traceback without the rows that the database quotes."""
        lines = super().formatException(ei).splitlines()
        return "\n".join(line for line in lines if not line.lstrip().startswith(ROW_MARKS))
