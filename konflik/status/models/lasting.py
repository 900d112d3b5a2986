"""How long something lasts, as an expression that both databases can check without help from Python."""

from typing import Any

from django.db.models import ExpressionWrapper, F, Func, IntegerField, Q
from django.db.models.lookups import GreaterThan, LessThanOrEqual

from konflik.cases.models.case import CaseRowQuerySet

DAY = 86_400


class SecondsBetween(Func):
    """Whole seconds from the first instant to the second."""

    output_field = IntegerField()
    arity = 2

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """The day numbers of SQLite hold milliseconds. What is no instant at all lasts longer than anything permitted."""
        return self._filled(compiler, "COALESCE(CAST(ROUND((julianday({1}) - julianday({0})) * 86400) AS INTEGER), 999999999)")

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """The interval between two instants is counted in days of 24 hours."""
        return self._filled(compiler, "EXTRACT(EPOCH FROM ({1} - {0}))")

    def _filled(self, compiler: Any, template: str) -> tuple[str, Any]:
        """Columns only: each may stand in `template` where it likes, since none carries a parameter."""
        names = [compiler.compile(source)[0] for source in self.get_source_expressions()]
        return template.format(*names), []


def at_most(first: str, second: str, days: Any) -> Q:
    """From `first` to `second` pass at most so many times 24 hours."""
    return Q(LessThanOrEqual(SecondsBetween(F(first), F(second)), _seconds(days)))


def more_than(first: str, second: str, days: Any) -> Q:
    """From `first` to `second` pass more than so many times 24 hours."""
    return Q(GreaterThan(SecondsBetween(F(first), F(second)), _seconds(days)))


def _seconds(days: Any) -> Any:
    return days * DAY if isinstance(days, int) else ExpressionWrapper(days * DAY, output_field=IntegerField())


class StatusRowQuerySet(CaseRowQuerySet):
    """Rows that hang on a status, and by it on a case."""

    case = "status__case__"
