"""How names of regions are spelt, and which of them a misspelt one may mean.

Worked out in memory from the names of the list that is loaded, so that SQLite and PostgreSQL answer alike: 91,599 regions
share some 68,000 names of 48,000 words. Read once for each list and process.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property, lru_cache
from heapq import nsmallest
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from accounts.regions.models import Region, RegionRelease

SHORTEST_GUESSED = 4
"""A shorter word is like too many others to be guessed."""
LONG = 6
"""From so many letters on a word may have two faults, else one: a letter too few, too many, wrong, or two that changed places."""
MOST_NAMES = 200
LONGEST_TYPED = 120
MOST_WORDS = 8
"""No region has more words in its name; what has is nobody's fault of spelling, and costs nothing."""
REMEMBERED = 256


class Spelling:
    """The names of all regions as they are searched (`fold`)."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        self._lines = "\n".join(names)
        self._joined_lines = self._lines.replace(" ", "")
        self._meant_by = lru_cache(maxsize=REMEMBERED)(self._guess)
        self._stands = lru_cache(maxsize=REMEMBERED)(self._look_up)
        self._like = lru_cache(maxsize=REMEMBERED)(self._words_like)

    def is_known(self, folded: str) -> bool:
        """Whether some region has every word of `folded` in its name."""
        return self._stands(folded[:LONGEST_TYPED])

    def meant_by(self, folded: str) -> dict[str, int]:
        """The names that `folded` may mean, each with how many faults it then has, the likeliest first.

        A blank too few or too many is no fault. A word too short to be guessed must stand in the name.
        """
        return self._meant_by(folded[:LONGEST_TYPED])

    def joined(self, folded: str) -> list[str]:
        """The names that are spelt like `folded` but for their blanks: "lubuklinggau", "batang hari"."""
        folded = folded[:LONGEST_TYPED]
        letters = folded.replace(" ", "")
        # Counting is a hundred times faster than looking at each name.
        if len(letters) < SHORTEST_GUESSED or self._joined_lines.count(letters) <= self._lines.count(folded):
            return []
        return [name for name in self.names if letters in name.replace(" ", "") and folded not in name][:MOST_NAMES]

    def _look_up(self, folded: str) -> bool:
        words = folded.split()
        if len(words) < 2 or any(word not in self._lines for word in words):
            return folded in self._lines
        found = self.names
        for word in words:
            found = [name for name in found if word in name]
        return bool(found)

    def _guess(self, folded: str) -> dict[str, int]:
        found = dict.fromkeys(self.joined(folded), 0)
        if len(folded.split()) > MOST_WORDS:
            return found
        for words in _ways_to_split(folded.split()):
            for name, faults in self._with_words_like(words):
                found[name] = min(faults, found.get(name, faults))
        return dict(nsmallest(MOST_NAMES, found.items(), key=lambda item: (item[1], len(item[0]), item[0])))

    def _with_words_like(self, words: list[str]) -> Iterator[tuple[str, int]]:
        readings = [self._like(word) for word in words]
        rarest = min(readings, key=len)
        for name in {name for word in rarest for name in self._having[word]}:
            inside = set(_words_of(name))
            faults = [min((reading[word] for word in inside & reading.keys()), default=None) for reading in readings]
            if None not in faults:
                yield name, sum(fault for fault in faults if fault)

    def _words_like(self, word: str) -> dict[str, int]:
        exact = {word: 0} if word in self._having else {}
        if len(word) < SHORTEST_GUESSED:
            return exact
        faults = 1 if len(word) < LONG else 2
        lengths = range(len(word) - faults, len(word) + faults + 1)
        near = (process.extract(word, self._by_length.get(n, ()), scorer=OSA.distance, score_cutoff=faults, limit=None) for n in lengths)
        return exact | {like: distance for found in near for like, distance, _ in found}

    @cached_property
    def _having(self) -> dict[str, list[str]]:
        """The names that have a word."""
        having: dict[str, list[str]] = defaultdict(list)
        for name in self.names:
            for word in _words_of(name):
                having[word].append(name)
        return dict(having)

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        """All words by their length: nothing is compared that is shorter or longer than the faults permit."""
        by_length: dict[int, list[str]] = defaultdict(list)
        for word in self._having:
            by_length[len(word)].append(word)
        return dict(by_length)


def spelling() -> Spelling:
    """The spelling of the regions that are loaded now."""
    return _of_releases(tuple(RegionRelease.objects.order_by("pk").values_list("pk", "sha256", "province")))


@lru_cache(maxsize=1)
def _of_releases(releases: tuple[tuple[int, str, str], ...]) -> Spelling:
    """Read anew whenever another list has been loaded."""
    return Spelling(list(Region.objects.order_by("search_name").values_list("search_name", flat=True).distinct()))


def _words_of(name: str) -> list[str]:
    """The words of a name, and each two neighbours as one."""
    words = name.split()
    return [*words, *(first + second for first, second in pairwise(words))]


def _ways_to_split(words: list[str]) -> Iterator[list[str]]:
    """As typed, and with each two neighbours as one word."""
    yield words
    for number in range(len(words) - 1):
        yield [*words[:number], words[number] + words[number + 1], *words[number + 2 :]]
