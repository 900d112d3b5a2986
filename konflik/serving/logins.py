"""The demo logins, as the command that loads the demo left them."""

import json

from konflik import environment

COLUMNS = (("peran", "Peran"), ("kabupaten", "Kabupaten/kota"), ("masuk", "Nama pengguna"), ("kata_sandi", "Kata sandi"))


def table() -> list[str]:
    """Lines to print; none where no demo is loaded."""
    path = environment.data_dir() / "demo_logins.json"
    if not path.exists():
        return []
    rows = [[str(row.get(key, "")) for key, _ in COLUMNS] for row in json.loads(path.read_text())]
    rows.insert(0, [label for _, label in COLUMNS])
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    return ["  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
