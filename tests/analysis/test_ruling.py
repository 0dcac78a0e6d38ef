"""The verdict that is proposed, from contrasts made by hand."""

import math
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from salesdash.analysis.answers import Reason
from salesdash.analysis.placebo import Contrast, Place
from salesdash.analysis.ruling import Effect, Side, ruled, spans
from salesdash.metrics import Unit
from salesdash.workspace import Verdict

DAY = date(2026, 11, 23)
SIDE = Side(100.0, 130.0, 0.3)
EFFECT = Effect(
    "sales", Unit.MONEY, "up", DAY, DAY, Verdict.UNCLEAR, Reason("x"), own=SIDE, rest=SIDE
)
SHARE = replace(EFFECT, metric="margin", unit=Unit.SHARE, own=Side(0.4, 0.5, 0.1))
PLACE = Place(weeks=4, lag=4, now=60, begun=60)


def found(estimate: float, scale: float, **more) -> Contrast:
    facts = {"freedom": 30.0, "earlier": 100, "as_far": 2, "place": PLACE, **more}
    return Contrast(estimate, scale, **facts)


def said(effect: Effect, contrast: Contrast) -> tuple[Verdict, str]:
    verdict, why = ruled(effect, contrast)
    return verdict, why.key.removeprefix("effect.why.")


def test_worked_needs_the_scatter_and_the_count_of_earlier_moments():
    # the 92.5th per cent of Student's t with 30 degrees of freedom lies at 1.48
    assert said(EFFECT, found(0.3, 0.2)) == (Verdict.WORKED, "worked")
    assert said(EFFECT, found(0.3, 0.21)) == (Verdict.UNCLEAR, "noise")
    assert said(EFFECT, found(0.3, 0.2, as_far=11)) == (Verdict.UNCLEAR, "noise")


def test_what_last_year_did_without_it_is_no_effect():
    assert said(EFFECT, found(0.3, 0.1, last_year=0.31)) == (Verdict.UNCLEAR, "last_year")
    assert said(EFFECT, found(0.3, 0.1, last_year=0.2))[0] is Verdict.WORKED
    taken_off = replace(PLACE, yearly=True)
    assert said(EFFECT, found(0.3, 0.1, last_year=0.31, place=taken_off))[0] is Verdict.WORKED


def test_did_not_means_that_what_was_hoped_for_is_ruled_out():
    # a tenth more is 0.0953; the 80 % interval of 0 reaches 1.31 scales far
    assert said(EFFECT, found(0.0, 0.07)) == (Verdict.DID_NOT, "did_not")
    assert said(EFFECT, found(0.0, 0.08)) == (Verdict.UNCLEAR, "noise")
    assert said(EFFECT, found(-0.3, 0.1)) == (Verdict.DID_NOT, "worse")
    hoped = replace(EFFECT, expected=Decimal(40))
    assert said(hoped, found(0.0, 0.15)) == (Verdict.DID_NOT, "not_expected")
    # 130 without an effect: 40 more is log(170 / 130) = 0.268, 0.2 reached by 1.31 x 0.15
    assert math.log(170 / 130) > 1.31 * 0.15


def test_what_is_to_fall_worked_when_it_fell():
    down = replace(EFFECT, better="down")
    assert said(down, found(-0.3, 0.1))[0] is Verdict.WORKED
    assert said(down, found(0.3, 0.1)) == (Verdict.DID_NOT, "worse")
    less = replace(EFFECT, expected=Decimal(-20))
    assert said(less, found(-0.3, 0.1)) == (Verdict.WORKED, "worked_whole")


def test_shares_are_hoped_for_in_points():
    assert said(SHARE, found(0.1, 0.02)) == (Verdict.WORKED, "worked")
    part = replace(SHARE, expected=Decimal("0.2"))
    assert said(part, found(0.1, 0.02)) == (Verdict.WORKED, "worked_part")
    # a tenth of the 0.5 it would have been is 0.05
    assert said(SHARE, found(0.0, 0.03)) == (Verdict.DID_NOT, "did_not")


def test_amounts_are_what_came_less_what_would_have_come():
    change, amount = spans(found(math.log(1.3), 0.0), 130, Unit.MONEY)
    assert change.middle == pytest.approx(0.3)
    assert amount.middle == pytest.approx(130 - 100)
    change, amount = spans(found(0.1, 0.0), 0.5, Unit.SHARE)
    assert (change.middle, amount.middle) == (0.1, 0.1)
