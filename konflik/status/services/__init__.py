"""Writers of a status: one act each."""

from konflik.status.services.changing import extend, revoke
from konflik.status.services.correcting import correct_status
from konflik.status.services.criteria import assess_criteria, record_consultation
from konflik.status.services.declaring import Decree, declare
from konflik.status.services.granting import grant_for_status
from konflik.status.services.lapsing import lapse
from konflik.status.services.measures import MeasureOrder, end_measure, order_measure, report_progress
from konflik.status.services.money import account_btt, decide_btt, pay_btt, submit_btt_plan, tell_dprd_of_btt
from konflik.status.services.tni import (
    Letter,
    record_tni_approval,
    record_tni_order,
    record_tni_refusal,
    request_tni,
    request_tni_orally,
    tell_tni_end,
)

__all__ = [
    "Decree",
    "Letter",
    "MeasureOrder",
    "account_btt",
    "assess_criteria",
    "correct_status",
    "decide_btt",
    "declare",
    "end_measure",
    "extend",
    "grant_for_status",
    "lapse",
    "order_measure",
    "pay_btt",
    "record_consultation",
    "record_tni_approval",
    "record_tni_order",
    "record_tni_refusal",
    "report_progress",
    "request_tni",
    "request_tni_orally",
    "revoke",
    "submit_btt_plan",
    "tell_dprd_of_btt",
    "tell_tni_end",
]
