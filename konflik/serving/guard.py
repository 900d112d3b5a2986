"""The last one out: ends the children when the supervisor itself was killed and could not.

Started as a process of its own with a pipe from the supervisor as its input. Each line names a process group, with a plus
when it begins and a minus when it has ended. When the pipe closes, whatever is still listed is ended. The guard also holds
the supervisor's lock, so that no second start comes between.
"""

import os
import signal
import sys
import time

GRACE_SECONDS = 8


def main() -> None:
    """Reads until the supervisor is gone, then cleans up."""
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        group = int(line[1:])
        if line[0] == "+":
            groups.add(group)
        else:
            groups.discard(group)
    end_groups(groups)


def end_groups(groups: set[int]) -> None:
    """SIGTERM to all, a little time, then SIGKILL to what is left."""
    deadline = time.monotonic() + GRACE_SECONDS
    left = {group for group in groups if signal_group(group, signal.SIGTERM)}
    while left and time.monotonic() < deadline:
        time.sleep(0.1)
        left = {group for group in left if signal_group(group, 0)}
    for group in left:
        signal_group(group, signal.SIGKILL)


def signal_group(group: int, number: int) -> bool:
    """False where the group has no member any more."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    main()
