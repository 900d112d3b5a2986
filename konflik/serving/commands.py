"""What the three children run."""

import importlib.util
import sys

from konflik import environment

CELERY = (sys.executable, "-m", "celery", "--quiet", "--app", "konflik.celery")


def web(host: str, port: int) -> list[str]:
    """One process with threads: the counters of login attempts live in its memory where no Redis is set."""
    if importlib.util.find_spec("granian") is None:
        return [sys.executable, "-m", "konflik.serving.plain_server", host, str(port)]
    threads = str(environment.number("KONFLIK_WEB_THREADS", 8))
    options = ["--interface", "wsgi", "--no-ws", "--log-level", "error", "--workers", "1", "--blocking-threads", threads]
    options += ["--backpressure", "64", "--respawn-failed-workers", "--workers-kill-timeout", "5"]
    return [sys.executable, "-m", "granian", *options, "--host", host, "--port", str(port), "konflik.wsgi:application"]


def worker() -> list[str]:
    """Threads, since the work waits for the database and for mail servers."""
    return [*CELERY, "worker", "--pool", "threads", "--concurrency", "2", "--without-gossip", "--without-mingle", "--loglevel", "WARNING"]


def beat() -> list[str]:
    """Without a pid file: the supervisor's lock is what keeps a second one away."""
    schedule = environment.data_subdir("beat") / "schedule"
    return [*CELERY, "beat", "--pidfile=", "--schedule", str(schedule), "--loglevel", "WARNING"]
