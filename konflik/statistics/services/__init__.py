"""Writers of the statistics."""

from konflik.statistics.services.freezing import freeze_months

__all__ = ["freeze_months"]
