"""Charts: answers of `analysis` as Vega-Lite dicts, pictures, tables and words. No streamlit."""

from salesdash.charts.acquisition import acquisition_bars, acquisition_table
from salesdash.charts.answered import answered
from salesdash.charts.bars import movers, ranking
from salesdash.charts.breakdowns import cell, columns, growth, heads
from salesdash.charts.bridge import bridge, bridge_start
from salesdash.charts.cohorts import cohort_name, cohorts
from salesdash.charts.courses import course
from salesdash.charts.describe import alt
from salesdash.charts.drivers import drivers, driving_notes, pace
from salesdash.charts.effects import effect
from salesdash.charts.flows import flows
from salesdash.charts.image import png
from salesdash.charts.leaders import leaders
from salesdash.charts.levers import left_out, way
from salesdash.charts.lines import trend
from salesdash.charts.multiples import multiples
from salesdash.charts.oddities import line as unusual
from salesdash.charts.outlook import outlook
from salesdash.charts.places import places
from salesdash.charts.projector import projected
from salesdash.charts.pulse import pulse
from salesdash.charts.rfm import (
    grid_table,
    moves_table,
    scored_table,
    segment_bars,
    segment_name,
)
from salesdash.charts.scatter import scatter
from salesdash.charts.spans import span_names
from salesdash.charts.sums import sums
from salesdash.charts.tables import Column, Table, table
from salesdash.charts.tally import tally
from salesdash.charts.tracking import tracking
from salesdash.charts.waterfall import waterfall, waterfall_start
from salesdash.charts.words import Words

__all__ = [
    "Column",
    "Table",
    "Words",
    "acquisition_bars",
    "acquisition_table",
    "alt",
    "answered",
    "bridge",
    "bridge_start",
    "cell",
    "cohort_name",
    "cohorts",
    "columns",
    "course",
    "drivers",
    "driving_notes",
    "effect",
    "flows",
    "grid_table",
    "growth",
    "heads",
    "leaders",
    "left_out",
    "movers",
    "moves_table",
    "multiples",
    "outlook",
    "pace",
    "places",
    "png",
    "projected",
    "pulse",
    "ranking",
    "scatter",
    "scored_table",
    "segment_bars",
    "segment_name",
    "span_names",
    "sums",
    "table",
    "tally",
    "tracking",
    "trend",
    "unusual",
    "waterfall",
    "waterfall_start",
    "way",
]
