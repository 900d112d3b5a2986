"""A mail server that behaves as it is told, on a raw socket: what it took is the truth the ledger is measured by."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Server:
    """`behave` speaks one connection; `taken` holds the texts for which it said 250 after the dot."""

    port: int
    taken: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)


class Line:
    """One connection, as the server sees it."""

    def __init__(self, sock: socket.socket, server: Server) -> None:
        self.sock, self.server, self.rest = sock, server, b""

    def say(self, text: str) -> None:
        self.sock.sendall(text.encode() + b"\r\n")

    def hear(self) -> str:
        """One line of the other side; empty when it is gone."""
        while b"\r\n" not in self.rest:
            more = self.sock.recv(4096)
            if not more:
                return ""
            self.rest += more
        line, _, self.rest = self.rest.partition(b"\r\n")
        self.server.heard.append(line.decode(errors="replace"))
        return self.server.heard[-1]

    def hear_text(self, *, lines: int | None = None) -> str:
        """The text up to the dot, or so many lines of it."""
        told = []
        while (line := self.hear()) != "." and (lines is None or len(told) < lines):
            told.append(line)
        return "\n".join(told)

    def greet(self, *extensions: str) -> None:
        """Greeting and EHLO."""
        self.say("220 contoh")
        self.hear()
        for extension in extensions:
            self.say(f"250-{extension}")
        self.say("250 HELP")

    def envelope(self) -> None:
        """MAIL and RCPT, both taken."""
        for _ in range(2):
            self.hear()
            self.say("250 ok")

    def data(self) -> None:
        """DATA, and go on."""
        self.hear()
        self.say("354 silakan")

    def take(self, text: str) -> None:
        """The message is ours."""
        self.server.taken.append(text)
        self.say("250 2.0.0 antre sebagai A1B2C3")
        with suppress(OSError):
            if self.hear():
                self.say("221 selesai")


Behaviour = Callable[[Line], None]


def good(line: Line) -> None:
    line.greet()
    line.envelope()
    line.data()
    line.take(line.hear_text())


def busy_at_greeting(line: Line) -> None:
    line.say("421 sibuk")


def hang_at_greeting(line: Line) -> None:
    time.sleep(1)


def refuse_sender(line: Line) -> None:
    line.greet()
    line.hear()
    line.say("530 masuk dahulu")


def greylist(line: Line) -> None:
    line.greet()
    line.hear()
    line.say("250 ok")
    line.hear()
    line.say("450 coba lagi nanti")


def no_such_person(line: Line) -> None:
    line.greet()
    line.hear()
    line.say("250 ok")
    line.hear()
    line.say("550 tidak ada orang itu")


def knows_all_but(mailbox: str) -> Behaviour:
    """A server that has no such mailbox and takes every other mail."""

    def behave(line: Line) -> None:
        line.greet()
        line.hear()
        line.say("250 ok")
        if mailbox in line.hear():
            line.say("550 tidak ada orang itu")
            return
        line.say("250 ok")
        line.data()
        line.take(line.hear_text())

    return behave


def refuse_data(line: Line) -> None:
    line.greet()
    line.envelope()
    line.hear()
    line.say("554 tidak diterima")


def cut_before_dot(line: Line) -> None:
    """Hangs up in the middle of a long text."""
    line.greet()
    line.envelope()
    line.data()
    line.hear_text(lines=20)


def cut_after_dot_taken(line: Line) -> None:
    """Has the message, and dies before it can say so."""
    line.greet()
    line.envelope()
    line.data()
    line.server.taken.append(line.hear_text())


def cut_after_dot_lost(line: Line) -> None:
    """Dies with the message."""
    line.greet()
    line.envelope()
    line.data()
    line.hear_text()


def hang_after_dot(line: Line) -> None:
    cut_after_dot_taken(line)
    time.sleep(1)


def full_after_dot(line: Line) -> None:
    line.greet()
    line.envelope()
    line.data()
    line.hear_text()
    line.say("452 penuh")


def spam_after_dot(line: Line) -> None:
    line.greet()
    line.envelope()
    line.data()
    line.hear_text()
    line.say("554 ditolak sebagai iklan")


def drop_by_drop(line: Line) -> None:
    """Each letter of the greeting just before the patience ends."""
    for letter in "220 contoh server surel yang sangat lambat sekali":
        line.sock.sendall(letter.encode())
        time.sleep(0.1)


def broken_tls(line: Line) -> None:
    line.greet("STARTTLS")
    line.hear()
    line.say("220 mulai")
    line.sock.sendall(b"ini bukan TLS\r\n" * 4)


def babble_after_dot(line: Line) -> None:
    line.greet()
    line.envelope()
    line.data()
    line.server.taken.append(line.hear_text())
    line.say("bukan jawaban")


@contextmanager
def serving(*behaviours: Behaviour) -> Iterator[Server]:
    """Behave so, one connection after another; the last behaviour goes on."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(listener.getsockname()[1])
    ends = threading.Event()

    def run() -> None:
        turn = 0
        while not ends.is_set():
            try:
                sock, _ = listener.accept()
            except OSError:
                return
            behaviour = behaviours[min(turn, len(behaviours) - 1)]
            threading.Thread(target=speak, args=(behaviour, sock), daemon=True).start()
            turn += 1

    def speak(behaviour: Behaviour, sock: socket.socket) -> None:
        with sock, suppress(OSError):
            behaviour(Line(sock, server))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        ends.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(timeout=5)


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
