"""Windows as runs of segments; the SQL trees put each day where `number` puts it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from salesdash.engine import Engine
from salesdash.metrics.segments import WORD, Segments, Span, chunks

JANUARY = Span(date(2026, 1, 1), date(2026, 2, 1))
QUARTER = Span(date(2026, 1, 1), date(2026, 4, 1))


def test_overlapping_windows_share_segments():
    segments = Segments.of([JANUARY, QUARTER, Span(None, date(2025, 1, 1))])
    # 0 before 2025, 1 the year 2025, 2 January, 3 February and March, 4 after
    assert len(segments) == 5
    assert segments.run(JANUARY) == range(2, 3)
    assert segments.run(QUARTER) == range(2, 4)
    assert segments.run(Span()) == range(5)
    assert segments.run(Span(date(2026, 4, 1), None)) == range(4, 5)
    assert segments.mask(QUARTER, 0) == 0b1100


def test_an_empty_span_has_no_segment():
    day = date(2026, 1, 1)
    assert not segments_run(Span(day, day))


def segments_run(span: Span) -> range:
    return Segments.of([span]).run(span)


def test_limits_cover_all_spans():
    segments = Segments.of([JANUARY, QUARTER])
    both = "day >= date '2026-01-01' and day < date '2026-04-01'"
    assert segments.sql_limits([JANUARY, QUARTER], "day") == both
    assert segments.sql_limits([Span(None, JANUARY.end)], "day") == "day < date '2026-02-01'"
    assert segments.sql_limits([Span(), JANUARY], "day") == "true"


DATES = st.integers(0, 400).map(lambda n: date(2025, 1, 1) + timedelta(days=n))
_engine = Engine.open(None, memory="256MB", threads=1)


@given(st.sets(DATES, min_size=1, max_size=150), DATES)
def test_sql_agrees_with_python(cuts, day):
    segments = Segments(tuple(sorted(cuts)))
    number = segments.number(day)
    bits = [segments.sql_bit("d", word) for word in range(segments.words)]
    sql = ", ".join([segments.sql_number("d"), *bits])
    found = _engine.rows(f"select {sql} from (select cast($day as date) as d)", {"day": day})[0]
    expected = [1 << (number - w * WORD) if number // WORD == w else 0 for w in range(len(bits))]
    assert list(found) == [number, *expected]


@given(st.lists(st.tuples(DATES, DATES), max_size=60), st.integers(3, 20))
def test_chunks_keep_all_items_within_the_limit(pairs, limit):
    spans = [Span(min(pair), max(pair)) for pair in pairs]
    groups = list(chunks(spans, lambda span: (span,), limit))
    assert [span for group in groups for span in group] == spans
    assert all(len(Segments.of(group)) <= limit for group in groups)
