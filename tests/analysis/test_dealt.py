"""Goals of won deals are foretold by their deals, too; others are left alone."""

from datetime import date, timedelta
from decimal import Decimal

from salesdash.analysis import goals
from salesdash.analysis.asking import Question, bound
from salesdash.analysis.dealt import with_deals
from salesdash.analysis.past import Archive, Asked
from salesdash.config import load
from salesdash.periods import Period
from salesdash.selection import Selection
from salesdash.workspace import Goal, Terms
from tests.browser.homes import ROOT
from tests.warehouse.build import build

TODAY = date(2026, 11, 18)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
SETTINGS = load(ROOT / "config.yaml")


def deals():
    """Every third day a deal of 100, won after 20 days; the newest are open."""
    rows = []
    for number in range(240):
        created = date(2024, 12, 1) + timedelta(days=3 * number)
        closed = created + timedelta(days=20)
        row = {"deal": f"D{number}", "created_date": created.isoformat(), "amount": "100"}
        if created > TODAY:
            break
        over = closed < TODAY
        row |= {"close_date": closed.isoformat(), "outcome": "won"} if over else {"outcome": "open"}
        rows.append(row)
    return build((), deals=rows)


def archive(data) -> Archive:
    return Archive(data, SETTINGS, bound(data, SETTINGS))


def test_won_deals_have_what_deals_let_expect_at_each_moment():
    data, until = deals(), date(2026, 11, 18)
    asked = Asked("won_deals", (), until - timedelta(days=1))
    past = archive(data).pasts(asked, [NOVEMBER])[NOVEMBER]
    question = Question(data, SETTINGS, Selection(None), TODAY)
    found = with_deals(question, "won_deals", NOVEMBER, until, past)
    assert len(found.rests) == len(past) + 1
    # 13 days are left: a deal every third day
    assert abs(found.rests[-1] - 13 / 3) < 1.5
    assert with_deals(question, "sales", NOVEMBER, until, past) is past


def test_a_goal_of_won_deals_is_forecast_near_what_its_rhythm_brings():
    terms = Terms("won_amount", NOVEMBER, Decimal(900))
    (goal,) = goals.build(deals(), SETTINGS, [Goal(terms, 1, 1, "Ana")], TODAY)
    assert goal.prospect is not None
    assert abs(goal.prospect.mean - 1000) < 150


def test_without_deals_there_is_nothing_to_tell():
    data = build(())
    question = Question(data, SETTINGS, Selection(None), TODAY)
    past = archive(deals()).pasts(Asked("won_deals", (), TODAY), [NOVEMBER])[NOVEMBER]
    assert with_deals(question, "won_deals", NOVEMBER, TODAY, past) is past
