"""The secretariat's pages beside those of one case: Lembar Harian, the journal, what stands around them."""

from konflik.desk.admin.journal import JournalLineAdmin

__all__ = ["JournalLineAdmin"]
