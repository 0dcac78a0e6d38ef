"""Sentences whose figures lead to what is behind them: the definition and rows of just that slice.

A figure is set as one sign that no text has, so that a sentence is worded, escaped and cut as it
always is; at last each sign becomes its figure, as a link that opens the drawer.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from urllib.parse import parse_qs, urlencode

from salesdash.analysis.answers import Amount, Member, Reason
from salesdash.charts import Words
from salesdash.ui import context, state, url
from salesdash.ui.state import Filters

_FIRST = 0xE000
"""Signs from here on are for private use: no file that was read has them, nor any language."""


@dataclass(frozen=True)
class Behind:
    """A figure: its metric, the members it is of beyond the filters, and other days (a code)."""

    metric: str
    where: Filters = ()
    period: str = ""

    @property
    def code(self) -> str:
        """As it stands in an address."""
        pairs = [("metric", self.metric), ("period", self.period)]
        pairs += [("where", pair) for pair in url.filters_to(self.where)]
        return urlencode([(name, value) for name, value in pairs if value])

    @classmethod
    def read(cls, code: str) -> "Behind":
        """The inverse of `code`; what else there is in it is left out."""
        found = parse_qs(code)
        metric, period = (found.get(name, [""])[-1] for name in ("metric", "period"))
        return cls(metric, url.filters_from(found.get("where", [])), period)


Opens = Callable[[str, Reason], Behind | None]
"""What is behind the value of a name in a reason; None: nothing of its own."""


@dataclass
class Figures:
    """The figures of the sentences of one place, each with its link."""

    page: str
    links: list[str] = field(default_factory=list)

    def mark(self, text: str, behind: Behind | None) -> str:
        """A figure in a text that is still to be escaped: a sign that stands for it."""
        if behind is None or behind.metric not in context.metrics().metrics:
            return text
        address = opening(self.page, behind)
        hint = context.words().say("ui.metric.open")
        self.links.append(
            f'<a class="sd-figure" href="{escape(address)}" target="_self" '
            f'title="{escape(hint)}">{escape(text)}</a>'
        )
        return chr(_FIRST + len(self.links) - 1)

    def tell(self, reason: Reason, opens: Opens, words: Words) -> str:
        """A sentence with signs for its figures."""
        return words.tell(self._marked(reason, opens, words))

    def put(self, html: str) -> str:
        """Escaped text with the figures in place of their signs."""
        for number, link in enumerate(self.links):
            html = html.replace(chr(_FIRST + number), link)
        return html

    def _marked(self, reason: Reason, opens: Opens, words: Words) -> Reason:
        values: list[tuple[str, object]] = []
        for name, value in reason.values:
            if isinstance(value, Amount):
                values.append((name, Member(self.mark(words.told(value), opens(name, reason)))))
            else:
                values.append((name, self._inside(value, opens, words)))
        return Reason(reason.key, tuple(values))

    def _inside(self, value: object, opens: Opens, words: Words) -> object:
        if isinstance(value, Reason):
            return self._marked(value, opens, words)
        if isinstance(value, tuple):
            return tuple(self._inside(each, opens, words) for each in value)
        return value


def opening(page: str, behind: Behind) -> str:
    """The address of a page that opens what is behind a figure; "" without such a metric."""
    if behind.metric not in context.metrics().metrics:
        return ""
    return url.address(page, url.query(page, {"rows": behind.code}))


def asked() -> Behind | None:
    """The figure that the address wants opened, once."""
    code = state.behind.get()
    state.behind.clear()
    return Behind.read(code) if code else None
