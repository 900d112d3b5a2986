"""A port of one's own: found free, and kept while the web server starts, falls and starts again."""

import errno
import socket
import sys

TRIES = 50
_TAKEN = {errno.EADDRINUSE, errno.EACCES}


def reserve_port(host: str, wanted: int) -> tuple[int, socket.socket]:
    """`wanted`, or the first free port after it, with the socket that keeps it; OSError when none of fifty is free."""
    for port in range(wanted, min(wanted + TRIES, 65536)):
        try:
            return port, _hold(host, port)
        except OSError as error:
            if error.errno not in _TAKEN:
                raise
    raise OSError(errno.EADDRINUSE, f"tidak ada port bebas antara {wanted} dan {wanted + TRIES - 1} pada {host}")


def _hold(host: str, port: int) -> socket.socket:
    """Binds without listening. The web server shares its port with any program of the same user that asks for it, so
    two installations that start together would both believe to own it and answer in turns: this socket is the fence.
    """
    holder = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        # While binding: an old connection in TIME_WAIT is no obstacle, a listener or another holder is.
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind((host, port))
    except OSError:
        holder.close()
        raise
    if sys.platform == "linux":
        # From now on: open to the web server (SO_REUSEPORT), closed to the next holder (no SO_REUSEADDR).
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    else:
        holder.close()
    return holder
