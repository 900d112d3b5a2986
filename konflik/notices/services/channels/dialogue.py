"""One SMTP dialogue, spoken so that it is known whether the final dot was sent.

Before the dot nobody has the message: whatever happens is a refusal. After it only an answer tells: 2xx taken, 4xx or 5xx
refused, silence unknown (RFC 5321 section 4.2.5, 4.5.3.2.6). smtplib's own `data` sends text and dot as one and cannot say.
"""

import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from accounts.access.tables import MailServer
from konflik.notices.services.channels.outcomes import Outcome, Result, words

STEP_SECONDS = 20.0
"""The longest wait for one answer."""
WHOLE_SECONDS = 60.0
"""The longest dialogue; a server that answers drop by drop is cut off."""
GO_ON = 354
TAKEN = range(200, 300)
FOR_GOOD = range(500, 600)


class RefusedError(Exception):
    """The server said no before the message was its own."""

    def __init__(self, code: int, told: bytes, *, is_final: bool = False) -> None:
        super().__init__(code)
        self.result = Result(Outcome.HOPELESS if is_final else Outcome.REFUSED, fault=words(f"{code} {told.decode(errors='replace')}"))


def hand_over(server: MailServer, *, to: str, message: bytes, step: float = STEP_SECONDS, whole: float = WHOLE_SECONDS) -> Result:
    """Give `message` (RFC 5322 octets) to `server` for one recipient and say how it ended. Raises nothing."""
    try:
        with _connected(server, step, whole) as line:
            _introduce(line, server)
            _expect(line.mail(_bare(server.sender)))
            _expect(line.rcpt(to), is_about_recipient=True)
            _begin_text(line)
            line.send(_body(message))
            return _finish(line)
    except RefusedError as refused:
        return refused.result
    except (OSError, smtplib.SMTPException, ValueError) as broken:
        return Result(Outcome.REFUSED, fault=words(f"{type(broken).__name__}"))


@contextmanager
def _connected(server: MailServer, step: float, whole: float) -> Iterator[smtplib.SMTP]:
    line = smtplib.SMTP_SSL(timeout=step, context=ssl.create_default_context()) if server.is_ssl else smtplib.SMTP(timeout=step)
    watch = threading.Timer(whole, _hang_up, [line])
    watch.daemon = True
    watch.start()
    try:
        # smtplib asks for the name of the host when it upgrades the connection.
        line._host = server.host  # type: ignore[attr-defined]  # noqa: SLF001
        code, told = line.connect(server.host, server.port)
        if code not in TAKEN:
            raise RefusedError(code, told)
        yield line
        with suppress(OSError, smtplib.SMTPException):
            line.quit()
    finally:
        watch.cancel()
        line.close()


def _hang_up(line: smtplib.SMTP) -> None:
    """Ends a dialogue that takes too long: whoever reads gets the end of the line."""
    if line.sock is not None:
        with suppress(OSError):
            line.sock.shutdown(socket.SHUT_RDWR)


def _introduce(line: smtplib.SMTP, server: MailServer) -> None:
    line.ehlo_or_helo_if_needed()
    if server.is_starttls:
        line.starttls(context=ssl.create_default_context())
        line.ehlo()
    if server.user:
        line.login(server.user, server.password)


def _expect(answer: tuple[int, bytes], *, is_about_recipient: bool = False) -> None:
    code, told = answer
    if code not in TAKEN:
        raise RefusedError(code, told, is_final=is_about_recipient and code in FOR_GOOD)


def _begin_text(line: smtplib.SMTP) -> None:
    line.putcmd("data")
    code, told = line.getreply()
    if code != GO_ON:
        raise RefusedError(code, told)


def _body(message: bytes) -> bytes:
    """The text as it goes over the line: CRLF, leading dots doubled, without the final dot."""
    lines = message.replace(b"\r\n", b"\n").replace(b"\r", b"\n").rstrip(b"\n").split(b"\n")
    return b"".join((b"." + one if one.startswith(b".") else one) + b"\r\n" for one in lines)


def _finish(line: smtplib.SMTP) -> Result:
    """From here on nobody but the server knows."""
    try:
        line.send(b".\r\n")
        code, told = line.getreply()
    except (OSError, smtplib.SMTPException) as broken:
        return Result(Outcome.UNKNOWN, fault=words(f"terputus setelah pesan selesai dikirim ({type(broken).__name__})"))
    if code in TAKEN:
        return Result(Outcome.TAKEN, receipt=words(f"{code} {told.decode(errors='replace')}"))
    if code < 0:
        return Result(Outcome.UNKNOWN, fault="jawaban server tidak dapat dibaca")
    return Result(Outcome.REFUSED, fault=words(f"{code} {told.decode(errors='replace')}"))


def _bare(sender: str) -> str:
    """The address alone."""
    return sender.rpartition("<")[2].rstrip("> ")
