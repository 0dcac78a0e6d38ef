"""Charts: answers of `analysis` as Vega-Lite dicts, pictures, tables and words. No streamlit."""

from salesdash.charts.bars import movers
from salesdash.charts.describe import alt
from salesdash.charts.image import png
from salesdash.charts.lines import trend
from salesdash.charts.tables import Column, Table, table
from salesdash.charts.words import Words

__all__ = ["Column", "Table", "Words", "alt", "movers", "png", "table", "trend"]
