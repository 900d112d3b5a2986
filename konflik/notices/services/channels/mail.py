"""Notices as mail: text and HTML, dates as .ics, one Message-ID for one notice however often it is sent."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from django.template.loader import render_to_string

from accounts.access.selectors import mail_server
from konflik.notices.models import Notice
from konflik.notices.selectors.feeds import calendar
from konflik.notices.selectors.wording import Message, key_of, message_of
from konflik.notices.services.channels.dialogue import STEP_SECONDS, WHOLE_SECONDS, hand_over
from konflik.notices.services.channels.outcomes import Outcome, Result

# Octets above 127 would need an extension that not every server has.
PLAIN = SMTP.clone(cte_type="7bit")
NO_SERVER = Result(Outcome.REFUSED, fault="server surel belum diatur")
NO_ADDRESS = Result(Outcome.HOPELESS, fault="penerima tidak punya alamat surel")


@dataclass(frozen=True)
class MailSender:
    """Through the mail server of this installation; so many seconds for one answer and for the whole dialogue."""

    step: float = STEP_SECONDS
    whole: float = WHOLE_SECONDS
    is_silent: bool = False

    def hand_over(self, notice: Notice, *, now: datetime) -> Result:
        """One dialogue, one recipient."""
        server = mail_server()
        if server is None:
            return NO_SERVER
        if not notice.recipient.email:
            return NO_ADDRESS
        message = letter(notice, message_of(notice, at=now), sender=server.sender)
        result = hand_over(server, to=notice.recipient.email, message=message.as_bytes(policy=PLAIN), step=self.step, whole=self.whole)
        return Result(result.outcome, result.receipt, result.fault, content_digest(message))


def letter(notice: Notice, told: Message, *, sender: str) -> EmailMessage:
    """The mail as it is sent; the same notice gives the same Message-ID."""
    mail = EmailMessage(policy=PLAIN)
    name, address = parseaddr(sender)
    mail["From"] = Address(name or "Tim Terpadu PKS", addr_spec=address)
    mail["To"] = Address(addr_spec=notice.recipient.email)
    mail["Subject"] = told.subject
    mail["Date"] = format_datetime(notice.created_at)
    mail["Message-ID"] = message_id(notice, sender=address)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(told.text)
    mail.add_alternative(render_to_string("notices/mail.html", {"told": told}), subtype="html")
    if told.dated is not None:
        dates = calendar([told.dated], at=notice.created_at)
        mail.add_attachment(dates, maintype="text", subtype="calendar", filename="tenggat.ics", params={"method": "PUBLISH"})
    return mail


def message_id(notice: Notice, *, sender: str) -> str:
    """ "<key@domain>": derived from the key of the notice, so that a second sending is known as the same mail."""
    return f"<{key_of(notice)}@{sender.rpartition('@')[2] or 'konflik.invalid'}>"


def content_digest(mail: EmailMessage) -> str:
    """What was said, without boundaries that differ each time."""
    body = mail.get_body(("plain",))
    return hashlib.sha256(f"{mail['Subject']}\n{body.get_content() if body else ''}".encode()).hexdigest()
