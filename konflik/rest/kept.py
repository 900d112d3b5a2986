"""What a process works out once and keeps, so much of it."""

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Kept(Generic[Made]):
    """At most `most` things by their keys; the oldest gives way. Only for what depends on its key and nothing else."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: dict[Hashable, Made] = {}
        self._adding = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Made], *, is_worth: Callable[[Made], bool] = lambda _: True) -> Made:
        """What is kept under `key`, made where it is new. What `make` raises is not kept, nor what is not worth it."""
        found = self._found.get(key)
        if found is None:
            found = make()
            if is_worth(found):
                self._add(key, found)
        return found

    def _add(self, key: Hashable, made: Made) -> None:
        with self._adding:
            while len(self._found) >= self._most:
                self._found.pop(next(iter(self._found)))
            self._found[key] = made

    def __len__(self) -> int:
        return len(self._found)

    def clear(self) -> None:
        """Forget everything."""
        with self._adding:
            self._found.clear()
