"""What the properties of time are tried on: days of 1990-2050 and every kind of calendar."""

from datetime import date

from hypothesis import strategies as st

from salesdash.periods import FiscalCalendar, Grain

days = st.dates(date(1990, 1, 1), date(2050, 12, 31))
grains = st.sampled_from(list(Grain))
plain = st.builds(
    FiscalCalendar,
    start_month=st.integers(1, 12),
    week_start=st.integers(0, 6),
    named_by=st.sampled_from(["start", "end"]),
)
patterned = st.builds(
    FiscalCalendar,
    start_month=st.integers(1, 12),
    pattern=st.sampled_from(["4-4-5", "4-5-4", "5-4-4"]),
    anchor=st.none() | st.dates(date(2024, 1, 1), date(2024, 12, 31)),
    week_start=st.integers(0, 6),
    named_by=st.sampled_from(["start", "end"]),
)
calendars = plain | patterned
