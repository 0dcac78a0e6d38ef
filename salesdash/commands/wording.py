"""The words that figures of a home are told in."""

from salesdash.charts import Words
from salesdash.commands.office import Desk


def words(desk: Desk) -> Words:
    """Language, currency, fiscal year and names of metrics of who asks."""
    names = tuple((name, each.name[desk.lang]) for name, each in desk.settings.metrics.items())
    return Words(desk.lang, desk.settings.company.currency, desk.settings.fiscal, names)
