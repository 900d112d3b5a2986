"""What a person reads on a page: its text, and the words that stand in attributes."""

from html.parser import HTMLParser

SPOKEN = ("title", "placeholder", "aria-label", "alt", "data-label", "data-busy")
SILENT = {"script", "style", "svg"}
ICONS = "material-symbols-outlined"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.words += [given[name] or "" for name in SPOKEN if given.get(name)]
        if tag == "input" and given.get("type") == "submit":
            self.words.append(given.get("value") or "")
        if tag not in {"input", "img", "br", "hr", "link", "meta", "path", "rect", "use"}:
            # An icon of the font is written as an English word that nobody sees.
            self.open.append((tag, tag in SILENT or ICONS in (given.get("class") or "")))

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            if self.open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(is_silent for _, is_silent in self.open):
            self.words.append(" ".join(data.split()))


def read(html: str) -> str:
    """Everything that is read or spoken, a line for each piece."""
    reader = _Reader()
    reader.feed(html)
    return "\n".join(word for word in reader.words if word.strip())
