"""The list of cases and the reference list of issues in the admin. The page of one case joins topics: `konflik.desk.admin`."""

from konflik.cases.admin.issue_types import IssueTypeAdmin
from konflik.cases.admin.listing import CaseList

__all__ = ["CaseList", "IssueTypeAdmin"]
