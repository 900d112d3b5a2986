"""The help of the TNI: the word, the letter, the answer, the order, the end (PP 2/2015 Pasal 45-53)."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from konflik.cases.api.base import CasePartDetail
from konflik.cases.api.inputs import LongText, Text
from konflik.cases.tables import NOTE_MAX, REASON_MAX, TEXT_MAX
from konflik.law.status import TNI_ADVISERS, TNI_COPIES
from konflik.rest.shapes import Input, InstantField
from konflik.rest.writing import Done
from konflik.status.api.reading import StatusDetail, StatusFull
from konflik.status.api.running import StatusAdds, StatusPartAct
from konflik.status.api.shapes import TniRow
from konflik.status.models import ConflictStatus, TniRequest
from konflik.status.services import (
    Letter,
    record_tni_approval,
    record_tni_order,
    record_tni_refusal,
    request_tni,
    request_tni_orally,
    tell_tni_end,
)

ADVISERS = [(one.code, one.text) for one in TNI_ADVISERS]
COPIES = [(one.code, one.text) for one in TNI_COPIES]


class TniDetail(CasePartDetail):
    """Satu permintaan bantuan TNI dengan langkah-langkahnya."""

    model = TniRequest
    shape = TniRow
    of = "status__case"


class TniOralInput(Input):
    """A spoken request: from `spoken_at` the written one is due within 1 x 24 hours."""

    spoken_at = InstantField()
    spoken_by = Text(max_length=160)
    spoken_to = Text(max_length=160)
    advised_by = serializers.MultipleChoiceField(choices=ADVISERS)


class TniLetterInput(Input):
    """What PP 2/2015 Pasal 47 wants in the letter, and the nine copies."""

    number = Text(max_length=120)
    written_at = InstantField()
    reason = LongText(max_length=NOTE_MAX)
    area = LongText(max_length=TEXT_MAX)
    help_days = serializers.IntegerField(min_value=1, max_value=120)
    logistics = LongText(max_length=TEXT_MAX)
    copies = serializers.MultipleChoiceField(choices=COPIES)


class TniFirstLetterInput(TniLetterInput):
    """A letter that follows no spoken request: whose considerations were heard stands in it."""

    advised_by = serializers.MultipleChoiceField(choices=ADVISERS)


def _asked(request: TniRequest, reader: Any, now: datetime) -> Done:
    return Done(TniDetail().show(reader, now, request.pk), location=reverse("api:tni-request", args=[request.pk]))


class AskOrally(StatusAdds):
    """Mencatat permintaan lisan bantuan TNI kepada Presiden; surat menyusul paling lambat 1 x 24 jam."""

    does = "tni-oral"
    takes = TniOralInput
    gives = TniRow

    def act(self, data: dict[str, Any], *, target: ConflictStatus, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `request_tni_orally`."""
        return _asked(request_tni_orally(status=target, actor=reader, now=now, **data), reader, now)


class AskInWriting(StatusAdds):
    """Mencatat permintaan tertulis bantuan TNI tanpa permintaan lisan sebelumnya."""

    does = "tni-letter"
    takes = TniFirstLetterInput
    gives = TniRow

    def act(self, data: dict[str, Any], *, target: ConflictStatus, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `request_tni`."""
        advised_by = data.pop("advised_by")
        asked = request_tni(status=target, asked=None, letter=Letter(**data), advised_by=advised_by, actor=reader, now=now)
        return _asked(asked, reader, now)


class _Step(StatusPartAct):
    """One step of a request that is on file."""

    gives = TniRow
    detail = TniDetail


class FollowInWriting(_Step):
    """Menyusulkan surat permintaan sesudah permintaan lisan."""

    does = "tni-follow"
    takes = TniLetterInput

    def act(self, data: dict[str, Any], *, target: TniRequest, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `request_tni`."""
        asked = request_tni(status=target.status, asked=target, letter=Letter(**data), advised_by=(), actor=reader, now=now)
        return self.done(asked, reader, now)


class TniApprovalInput(Input):
    """When the Presiden approved, and how that came."""

    approved_at = InstantField()
    approval = Text(max_length=200)


class Approve(_Step):
    """Mencatat persetujuan Presiden; perintah Panglima TNI keluar paling lambat 1 x 24 jam sesudahnya."""

    does = "tni-approve"
    takes = TniApprovalInput

    def act(self, data: dict[str, Any], *, target: TniRequest, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `record_tni_approval`."""
        return self.done(record_tni_approval(asked=target, actor=reader, now=now, **data), reader, now)


class TniDeclineInput(Input):
    """When it was not approved, and how that was told."""

    declined_at = InstantField()
    note = LongText(max_length=REASON_MAX)


class Decline(_Step):
    """Mencatat bahwa permintaan tidak disetujui."""

    does = "tni-decline"
    takes = TniDeclineInput

    def act(self, data: dict[str, Any], *, target: TniRequest, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `record_tni_refusal`."""
        return self.done(record_tni_refusal(asked=target, actor=reader, now=now, **data), reader, now)


class TniOrderInput(Input):
    """When Panglima TNI ordered, with the number."""

    ordered_at = InstantField()
    order = Text(max_length=200)


class Order(_Step):
    """Mencatat perintah Panglima TNI; sejak itu TNI membantu."""

    does = "tni-order"
    takes = TniOrderInput

    def act(self, data: dict[str, Any], *, target: TniRequest, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `record_tni_order`."""
        return self.done(record_tni_order(asked=target, actor=reader, now=now, **data), reader, now)


class TniEndInput(Input):
    """The letter to the Presiden, with a copy to Panglima TNI."""

    number = Text(max_length=120)
    sent_at = InstantField()


class TellEnd(StatusAdds):
    """Mencatat pemberitahuan kepada Presiden bahwa bantuan TNI berakhir."""

    does = "tni-end"
    takes = TniEndInput
    gives = StatusFull

    def act(self, data: dict[str, Any], *, target: ConflictStatus, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `tell_tni_end`."""
        tell_tni_end(status=target, actor=reader, now=now, **data)
        return Done(StatusDetail().show(reader, now, target.pk))
