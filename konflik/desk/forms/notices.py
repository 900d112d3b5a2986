"""Answering a notice by name, and deciding on one that the ledger could not get out."""

from datetime import datetime
from typing import Any

from accounts.users.models import User
from konflik.acts.services.confirming import confirm_notice
from konflik.acts.services.settling import settle_notice
from konflik.desk.forms.base import ErrorTaking
from konflik.desk.forms.fields import LongTextField, WordField, reason_field
from konflik.notices.models import Notice
from konflik.notices.tables import DECISION_LABELS, Decision


class ConfirmForm(ErrorTaking):
    """ "Saya terima, tindakan saya: …"."""

    use_required_attribute = False

    action_text = LongTextField(
        label="Saya terima, tindakan saya:",
        rows=3,
        max_length=2000,
        help_text="Apa yang Anda lakukan sekarang. Nama Anda dan jamnya tercatat.",
        error_messages={"required": "Tuliskan tindakan Anda, misalnya: Saya perintahkan Kabag Ops ke lokasi."},
    )

    def __init__(self, *args: Any, notice: Notice, user: User, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notice, self.user, self.now = notice, user, now

    def save(self) -> str:
        """Call the service. Raises what the service raises."""
        confirm_notice(notice=self.notice, action_text=self.cleaned_data["action_text"], actor=self.user, now=self.now)
        return "Tersimpan. Anda tercatat menerima pemberitahuan ini."


class SettleForm(ErrorTaking):
    """What becomes of a notice that waits for a person to decide."""

    use_required_attribute = False

    decision = WordField(kind=Decision, labels=DECISION_LABELS, short=True, label="Keputusan")
    reason = reason_field("Alasan keputusan")

    def __init__(self, *args: Any, notice: Notice, user: User, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notice, self.user, self.now = notice, user, now
        self.fields["reason"].error_messages["required"] = "Tuliskan alasan keputusan."

    def save(self) -> str:
        """Call the service. Raises what the service raises."""
        data = self.cleaned_data
        settle_notice(notice=self.notice, decision=data["decision"], reason=data["reason"], actor=self.user, now=self.now)
        return f"Tersimpan. Keputusan: {DECISION_LABELS[data['decision']].lower()}."
