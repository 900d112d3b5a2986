"""The one door for whatever happens, and the acts on what lies below it: lines, deadlines, the calendar."""

from konflik.acts.services.calendars import Shift, ShiftReport, apply_calendar, recount_all, settle_calendar, shift_report
from konflik.acts.services.catching_up import catch_up, put_right
from konflik.acts.services.climbing import climb
from konflik.acts.services.confirming import confirm_notice
from konflik.acts.services.deadlines import cancel_deadline, extend_deadline, meet_deadline, resume_deadline, suspend_deadline
from konflik.acts.services.details import erase_line_detail
from konflik.acts.services.drafts import REGIONAL_ONLY, amend_draft, draft_decree, fault_of, import_days, load_calendar, replace_days
from konflik.acts.services.duties import ABOVE, DutyFacts, correct_duty, entered_rules, open_duty
from konflik.acts.services.governed import why_not_cancelled, why_not_met, why_not_suspended
from konflik.acts.services.lapsing import lapse_deadlines
from konflik.acts.services.periods import begin_periods
from konflik.acts.services.policies import NOT_BACKWARDS, open_rules, record_policy
from konflik.acts.services.recording import NO_CLOCKS, NOBODY_IN_PARTICULAR, Clocked, Concerned, Counted, record
from konflik.acts.services.settling import settle_notice

__all__ = [
    "ABOVE",
    "NOBODY_IN_PARTICULAR",
    "NOT_BACKWARDS",
    "NO_CLOCKS",
    "REGIONAL_ONLY",
    "Clocked",
    "Concerned",
    "Counted",
    "DutyFacts",
    "Shift",
    "ShiftReport",
    "amend_draft",
    "apply_calendar",
    "begin_periods",
    "cancel_deadline",
    "catch_up",
    "climb",
    "confirm_notice",
    "correct_duty",
    "draft_decree",
    "entered_rules",
    "erase_line_detail",
    "extend_deadline",
    "fault_of",
    "import_days",
    "lapse_deadlines",
    "load_calendar",
    "meet_deadline",
    "open_duty",
    "open_rules",
    "put_right",
    "record",
    "record_policy",
    "recount_all",
    "replace_days",
    "resume_deadline",
    "settle_calendar",
    "settle_notice",
    "shift_report",
    "suspend_deadline",
    "why_not_cancelled",
    "why_not_met",
    "why_not_suspended",
]
