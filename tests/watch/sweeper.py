"""A process of its own that sweeps: `python -m tests.watch.sweeper ISO…` runs one sweep for each instant and tells its counts."""

import json
import sys
from datetime import datetime

import django

django.setup()

# Django must be set up before its models can be imported.
from konflik.watch.services import sweep  # noqa: E402

if __name__ == "__main__":
    print("ready", flush=True)
    sys.stdin.readline()
    faults = []
    for text in sys.argv[1:]:
        faults += sweep(now=datetime.fromisoformat(text)).faults
    print(json.dumps(faults), flush=True)
