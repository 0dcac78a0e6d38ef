"""Documents: what leaves the app to be read elsewhere. Pure text in, text out."""

from salesdash.documents.minutes import markdown, moment, spoken

__all__ = ["markdown", "moment", "spoken"]
