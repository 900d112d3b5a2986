"""Rounding that stands still: how a true count becomes the number that is published.

Each leaf (one table, kabupaten, category and year) is rounded by itself to a multiple of k + 1, up with the chance that
keeps it right on average. Where it turns from the lower multiple to the upper is drawn once, by a secret of the year, and
never again: the same count gives the same number for ever, and a count that grows gives a number that never falls.
Sums are sums of published leaves. Why that is enough: docs/adr/0019-numbers-for-everybody.md.
"""

import hashlib
import hmac
from dataclasses import dataclass

LEAST_K, MOST_K = 3, 20


@dataclass(frozen=True)
class Span:
    """Every true count that one published number may stand for, both ends included."""

    least: int
    most: int

    @property
    def width(self) -> int:
        """How far both ends lie apart."""
        return self.most - self.least


@dataclass(frozen=True)
class Rounding:
    """The rounding of one year. `k`: no published number lets its true count be known more narrowly than this."""

    k: int
    seed: str

    @property
    def base(self) -> int:
        """Published numbers are multiples of this."""
        return self.k + 1

    def rounded(self, leaf: str, count: int) -> int:
        """What is published where the true count of `leaf` is `count`."""
        block, rest = divmod(count, self.base)
        return self.base * (block + (rest >= self._turn(leaf, block)))

    def _turn(self, leaf: str, block: int) -> int:
        """From which remainder on this leaf is rounded up between `block` and the next multiple: 1 to base, each as likely."""
        drawn = hmac.digest(bytes.fromhex(self.seed), f"{leaf}|{block}".encode(), hashlib.sha256)
        return 1 + int.from_bytes(drawn) % self.base


def span_of(published: int, *, k: int) -> Span:
    """What whoever knows the whole method, but not the secret, can tell of the count behind one published leaf."""
    return Span(max(0, published - k), published + k)
