"""Web server of the standard library, for hosts on which granian has no wheel: slower, otherwise the same."""

import socketserver
import sys
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from konflik.wsgi import application


class ThreadingServer(socketserver.ThreadingMixIn, WSGIServer):
    """One thread a request."""

    daemon_threads = True


class QuietHandler(WSGIRequestHandler):
    """Writes no line per request: addresses may hold one-time links."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing."""


def main(host: str, port: int) -> None:
    """Serves until the process is ended."""
    with make_server(host, port, application, ThreadingServer, QuietHandler) as server:
        server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
