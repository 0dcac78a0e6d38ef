"""salesdash turns the exports of any CRM or shop into the running of a sales team."""

__version__ = "0.1.0"
