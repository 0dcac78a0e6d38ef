"""Documents: what leaves the app to be read elsewhere. Pure text in, text out."""

from salesdash.documents.minutes import late, markdown, moment, spoken

__all__ = ["late", "markdown", "moment", "spoken"]
