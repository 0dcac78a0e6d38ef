"""Small multiples: lines of members in the order of their size, the others last, asked together."""

from salesdash.analysis import multiples
from salesdash.analysis.asking import Choice, Question
from salesdash.analysis.multiples import Multiples
from salesdash.periods import Comparison, Grain
from tests.analysis.company import TODAY, sale, selection, settings, warehouse
from tests.analysis.many import many

ROWS = (
    sale("2025-01-01", 1, region="South"),
    sale("2025-11-05", 100, region="North"),
    sale("2025-11-06", 80, region="West"),
    sale("2026-11-03", 40, region="North"),
    sale("2026-11-05", 95, region="South"),
    sale("2026-11-12", 65, region="East"),
    sale("2026-11-17", 5, region=None),
)


def build(metric="sales", members=2, **more) -> Multiples:
    choice = Choice(metric, Grain.WEEK, by="region", members=members)
    return multiples.build(warehouse(ROWS), settings(), selection(**more), TODAY, choice)


def test_the_largest_have_a_line_each_and_the_others_one_together():
    """South 95 after 0, East 65 after 0; North, West and nobody: 45 after 180."""
    found = build()
    assert [(one.member, one.role) for one in found.trend.series] == [
        ("South", "category"), ("East", "category"), (None, "other"),
    ]  # fmt: skip
    told = [(one.now.value, one.then.value, one.absolute) for one in found.changes]
    assert told == [(95, 0, 95), (65, 0, 65), (45, 180, -135)]


def test_members_without_rows_in_a_ratio_stay_blank():
    """Average orders: South had none last November."""
    found = build("aov", members=9)
    south = next(c for s, c in zip(found.trend.series, found.changes, strict=True)
                 if s.member == "South")  # fmt: skip
    assert (south.now.value, south.then.value, south.absolute) == (95, None, None)


def test_without_a_comparison_there_is_only_now():
    found = build(comparison=Comparison.NONE)
    assert [(one.now.value, one.then.value) for one in found.changes] == [
        (95, None), (65, None), (45, None),
    ]  # fmt: skip
    assert found.trend.reference == ()


def test_the_largest_are_the_same_ranked_where_rows_lie_or_asked_one_by_one():
    """Before anybody looks at the dimensions nobody knows that members are few."""
    rows = [*many(300), *(sale("2026-11-05", 7, customer=f"T{n}") for n in range(5))]
    for top in (1, 3, 40, 500):
        by = {"windows": (selection(Grain.QUARTER).window,), "by": ("customer",), "top": top}
        far, near = warehouse(rows), warehouse(rows)
        assert near.dimensions("sales")
        told = [
            Question(house, settings(), selection(), TODAY).measure(("sales",), **by)
            for house in (far, near)
        ]
        assert told[0].members() == told[1].members()
        assert told[0].rows == told[1].rows
