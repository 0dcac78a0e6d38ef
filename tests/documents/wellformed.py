"""A strict reader of HTML: every element is closed where it must be, nothing points outside."""

from html.parser import HTMLParser

VOID = {"br", "meta"}
POINTING = {"href", "src", "srcset", "action", "data", "poster", "background", "xlink:href"}
ACTIVE = {"script", "iframe", "object", "embed", "link", "img", "form", "base", "a"}


class Reader(HTMLParser):
    """Reads a whole page; an AssertionError where it is not in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> says something twice: {names}"
        assert tag not in ACTIVE, f"<{tag}> does something, or calls somebody"
        assert not POINTING & set(names), f"<{tag}> points outside"
        assert not [name for name in names if name.startswith("on")], f"<{tag}> runs something"
        assert not (tag == "p" and "p" in self.open), "a paragraph within a paragraph"
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert "svg" in self.open, f"<{tag}/> closes itself outside of a drawing"
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.words.append(data)

    @property
    def text(self) -> str:
        """All that can be read."""
        return " ".join("".join(self.words).split())

    def count(self, tag: str) -> int:
        """How many elements of a kind there are."""
        return [name for name, _ in self.elements].count(tag)


def read(page: str) -> Reader:
    """A page that is in order and needs nothing beside itself."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert not reader.open, f"not closed: {reader.open}"
    assert page.startswith("<!DOCTYPE html>")
    for sign in ("http:", "https:", "//", "url(", "@import", "javascript:"):
        assert sign not in page, f"{sign} stands in the page"
    return reader
