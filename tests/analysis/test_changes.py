"""Changes, judgements and thresholds."""

from decimal import Decimal

import pytest

from salesdash.analysis import changes
from salesdash.analysis.answers import Amount, Figure, Reason, Status
from salesdash.metrics import Kind, Metric, Thresholds, Unit, Words

TEXT = Words("x", "x")


def metric(unit=Unit.MONEY, better="up", warning=None, bad=None) -> Metric:
    limits = Thresholds(*(None if x is None else Decimal(x) for x in (warning, bad)))
    return Metric("m", Kind.SIMPLE, TEXT, TEXT, TEXT, unit, better, thresholds=limits)


def test_a_fall_of_money_is_exact_and_bad():
    found = changes.change(metric(), Figure(Decimal("90.10")), Figure(Decimal("100.10")))
    assert found.absolute == Decimal("-10.00")
    assert found.ratio == pytest.approx(-10 / 100.10)
    assert found.judgement == "bad"


def test_where_down_is_better_a_fall_is_good():
    found = changes.change(metric(better="down"), Figure(3), Figure(4))
    assert (found.absolute, found.judgement) == (-1, "good")


def test_a_metric_without_direction_is_not_judged():
    assert changes.change(metric(better="none"), Figure(3), Figure(4)).judgement is None
    assert changes.change(metric(), Figure(4), Figure(4)).judgement is None


@pytest.mark.parametrize("unit", [Unit.SHARE, Unit.MULTIPLE])
def test_shares_and_multiples_have_a_difference_but_no_ratio(unit):
    found = changes.change(metric(unit), Figure(0.318), Figure(0.312))
    assert found.absolute == pytest.approx(0.006)
    assert found.ratio is None


@pytest.mark.parametrize("then", [Decimal(0), Decimal(-5)])
def test_nothing_and_less_have_no_ratio(then):
    assert changes.change(metric(), Figure(Decimal(5)), Figure(then)).ratio is None


def test_no_figure_no_change_but_both_stay():
    why = Reason("analysis.reason.before_data")
    found = changes.change(metric(), Figure(Decimal(5)), Figure(None, why))
    assert (found.absolute, found.ratio, found.judgement) == (None, None, None)
    assert found.then.reason == why


@pytest.mark.parametrize(
    ("better", "value", "judgement", "word"),
    [
        ("up", "0.30", "good", "on_target"),
        ("up", "0.28", "good", "on_target"),  # at the limit is not below it
        ("up", "0.27", "warning", "watch"),
        ("up", "0.24", "bad", "below"),
        ("down", "0.24", "good", "on_target"),
        ("down", "0.26", "warning", "watch"),
        ("down", "0.30", "bad", "above"),
    ],
)
def test_status_by_thresholds(better, value, judgement, word):
    warning, bad = ("0.28", "0.25") if better == "up" else ("0.25", "0.28")
    found = changes.status(metric(Unit.SHARE, better, warning, bad), Figure(float(value)))
    assert found is not None
    assert (found.judgement, found.key) == (judgement, f"analysis.status.{word}")


def test_a_status_names_the_limit_that_was_broken():
    found = changes.status(metric(bad="100"), Figure(Decimal(99)))
    limit = (("limit", Amount(Decimal(100), Unit.MONEY)),)
    assert found == Status("bad", "analysis.status.below", limit)


def test_nothing_promised_nothing_judged():
    assert changes.status(metric(), Figure(Decimal(1))) is None
    assert changes.status(metric(bad="1"), Figure(None)) is None
