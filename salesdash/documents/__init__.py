"""Documents: what leaves the app to be read elsewhere. Composed of blocks, then written."""

from salesdash.analysis.minutes import Minutes
from salesdash.documents.held import ended, lasted, rated
from salesdash.documents.lines import behind, late, lateness, shares
from salesdash.documents.minutes import document, title
from salesdash.documents.speech import moment, spoken
from salesdash.documents.writers import html as _html
from salesdash.documents.writers import markdown as _markdown

__all__ = [
    "behind",
    "ended",
    "html",
    "lasted",
    "late",
    "lateness",
    "markdown",
    "moment",
    "rated",
    "shares",
    "spoken",
    "title",
]


def markdown(minutes: Minutes, lang: str) -> str:
    """The minutes of a meeting as Markdown."""
    return _markdown.write(document(minutes, lang))


def html(minutes: Minutes, lang: str) -> str:
    """The minutes of a meeting as a page that needs nothing beside itself."""
    return _html.write(document(minutes, lang))
