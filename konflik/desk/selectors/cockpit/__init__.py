"""Everything one page shows of a Status Keadaan Konflik, read in a fixed number of queries."""

from konflik.desk.selectors.cockpit.page import Cockpit, cockpit_of

__all__ = ["Cockpit", "cockpit_of"]
