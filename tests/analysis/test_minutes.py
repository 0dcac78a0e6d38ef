"""A meeting shows its period at its pinned cut; closed, it stays the same byte for byte."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from salesdash.analysis import frozen, restated
from salesdash.analysis.answers import Reason
from salesdash.analysis.minutes import Mark
from salesdash.config import Alert
from salesdash.metrics import Kind, Thresholds, Unit
from salesdash.periods import Comparison, Period
from salesdash.workspace import Goal, Standing, Terms
from tests.analysis.company import metric, sale, settings
from tests.analysis.meeting import MONDAY, action, agenda, built, held, line, text
from tests.warehouse.build import build

WEEK_46 = sale("2026-11-10", 80, document="A", region="North")
WEEK_47 = sale("2026-11-17", 100, document="B", region="North")
FIRST = (WEEK_46, WEEK_47)
"""Event 1: 80 in week 46, 100 in week 47."""

LATE = (
    WEEK_46,
    {**WEEK_47, "valid_to": 2},
    sale("2026-11-17", 150, document="B", region="North", event=2),
    sale("2026-11-20", 30, document="C", region="South", event=3),
)
"""Event 2 corrects the 100 to 150, event 3 brings 30 more: 180 now, 100 at cut 1."""


def figure(minutes, name: str = "sales"):
    return next(t for each in minutes.lines for t in each.tiles if t.metric == name).figure.value


def shown(minutes, kind: str):
    return next(each for each in minutes.lines if each.kind == kind)


class TestOpen:
    def test_figures_are_those_of_the_period_at_the_cut(self):
        assert figure(built(build(FIRST))) == Decimal(100)
        assert figure(built(build(LATE))) == Decimal(100)
        assert figure(built(build(LATE), meeting=held(cut=3))) == Decimal(180)
        assert figure(built(build(LATE), meeting=held(cut=3)), "orders") == 2

    def test_they_are_compared_as_the_kind_of_meeting_says(self):
        tile = shown(built(build(FIRST)), "figures").tiles[0]
        assert tile.change is not None
        assert tile.change.ratio == pytest.approx(100 / 80 - 1)

    def test_the_sentence_is_about_the_week(self):
        found = built(build(FIRST))
        assert found.headline.key.startswith("analysis.headline.")
        assert found.selection.comparison is Comparison.PREVIOUS
        assert found.window.period == Period.through(date(2026, 11, 16), date(2026, 11, 22))

    def test_what_people_put_on_the_agenda_comes_before_its_closing_lines(self):
        kinds = [each.kind for each in built(build(FIRST)).lines]
        assert kinds == ["figures", "actions", "goals", "attention", "topic", "text"]

    def test_a_line_carries_what_was_said_about_it(self):
        mine = action(1, "Call", line=11, meeting=2, made_at=MONDAY)
        found = built(
            build(FIRST),
            texts=(text(11, "note", "late", 3), text(11, "decision", "call them")),
            actions=(mine,),
        )
        first = found.lines[0]
        assert (first.note.text, first.note.version) == ("late", 3)
        assert first.decision.text == "call them"
        assert [row.text for row in first.actions] == ["Call"]
        assert shown(found, "actions").promises == ()

    def test_promises_are_what_is_open_from_before_and_what_was_done_since(self):
        before = held(1, datetime(2026, 11, 16, 9, 0))
        old = datetime(2026, 11, 12, 9, 0)
        found = built(
            build(FIRST),
            meetings=(before, held()),
            actions=(
                action(1, "open", due=date(2026, 12, 1)),
                action(2, "overdue", due=date(2026, 11, 20)),
                action(3, "done since", state=Standing.DONE, settled_at=datetime(2026, 11, 18)),
                action(4, "done long ago", made_at=old, state=Standing.DONE, settled_at=old),
                action(5, "made here", line=15, meeting=2, made_at=MONDAY),
            ),
        )
        rows = shown(found, "actions").promises
        assert [(row.text, row.overdue) for row in rows] == [
            ("overdue", True),
            ("open", False),
            ("done since", False),
        ]

    def test_every_limit_of_the_settings_is_looked_at_for_the_period_at_its_cut(self):
        """Units have no tile; 150 instead of 100 at a later cut would be no alert."""
        last = sale("2025-11-17", 200, document="Z", quantity=9)
        rows = (last, WEEK_46, {**WEEK_47, "quantity": 3})
        limits = {"units": Thresholds(warning=Decimal(5), bad=Decimal(2))}
        alert = Alert("sales", Comparison.LAST_YEAR, Decimal("0.1"), "bad")
        known = settings(limits=limits, alerts=(alert,))
        notices = shown(built(build(rows), known), "attention").notices
        assert [(n.metric, n.judgement, n.text.key) for n in notices] == [
            ("sales", "bad", "analysis.attention.against"),
            ("units", "warning", "analysis.attention.watch"),
        ]
        later = (*rows, sale("2026-11-18", 90, document="Y", quantity=4, event=2))
        again = shown(built(build(later), known), "attention").notices
        assert again == notices
        assert shown(built(build(later), known, held(cut=2)), "attention").notices == ()

    def test_goals_that_run_or_ended_within_the_week_are_shown(self):
        def goal(number: int, first: date, last: date) -> Goal:
            period = Period.through(first, last)
            return Goal(Terms("sales", period, Decimal(1000)), number, 1, "Ana")

        running = goal(1, date(2026, 11, 1), date(2026, 11, 30))
        ended = goal(2, date(2026, 11, 16), date(2026, 11, 22))
        long_over = goal(3, date(2026, 10, 1), date(2026, 10, 31))
        aims = shown(built(build(FIRST), goals=(running, ended, long_over)), "goals").aims
        assert {aim.window.period.start: aim.actual.value for aim in aims} == {
            date(2026, 11, 1): Decimal(180),
            date(2026, 11, 16): Decimal(100),
        }

    def test_a_goal_that_was_hit_says_how_early(self):
        """The 100 of the 17th come five days before the end of the week."""
        period = Period.through(date(2026, 11, 16), date(2026, 11, 22))
        met = Goal(Terms("sales", period, Decimal(100)), 1, 1, "Ana")
        (aim,) = shown(built(build(FIRST), goals=(met,)), "goals").aims
        assert aim.told == Reason("hits.early", (("count", 5),))

    def test_a_metric_that_is_gone_leaves_the_line(self):
        odd = (line(11, "figures", 0, tiles=("sales", "gone")),)
        assert [t.metric for t in built(build(FIRST), lines=odd).lines[0].tiles] == ["sales"]

    def test_a_team_that_keeps_no_orders_sees_the_first_figures_of_its_overview(self):
        """The agenda names sales and orders; the deals of the week are worth 100 and 70."""
        known = settings(tiles=("won", "aov"))
        won = metric(
            "won",
            Kind.SIMPLE,
            Unit.MONEY,
            dataset="deals",
            date="close_date",
            sql="sum(amount)",
        )
        known = replace(known, metrics={**known.metrics, "won": won}, hash="deals")
        day = {"close_date": "2026-11-17", "created_date": "2026-11-02"}
        deals = (
            {"deal": "A", "outcome": "won", "amount": 100, **day},
            {"deal": "B", "outcome": "won", "amount": 70, **day},
        )
        rows = build((), deals=deals)
        assert [t.metric for t in shown(built(rows, known), "figures").tiles] == ["won"]
        assert figure(built(rows, known), "won") == 170
        mixed = build(FIRST, deals=deals)
        assert [t.metric for t in shown(built(mixed, known), "figures").tiles] == [
            "sales",
            "orders",
        ]

    def test_without_data_a_meeting_is_held_all_the_same(self):
        found = built(build(()), meeting=held(cut=0))
        assert figure(found) is None
        assert len(found.lines) == len(agenda())


class TestClosed:
    def closed(self, rows=FIRST, **more):
        return replace(built(build(rows), **more), closed=Mark("Ana", MONDAY))

    def test_an_answer_comes_back_as_it_was(self):
        goals = (
            Goal(
                Terms(
                    "sales", Period.through(date(2026, 11, 1), date(2026, 11, 30)), Decimal("9.5")
                ),
                1,
                1,
                "Ana",
            ),
        )
        minutes = self.closed(
            LATE,
            goals=goals,
            actions=(action(1, "x", due=date(2026, 11, 20)),),
            texts=(text(11, "note", "line one\nline “two”"),),
            present=("Ana", "王伟"),
        )
        kept = frozen.dumps(minutes)
        assert frozen.loads(kept) == minutes
        assert frozen.dumps(frozen.loads(kept)) == kept

    def test_kept_text_does_not_move_whatever_happens_to_the_data(self):
        kept = frozen.dumps(self.closed())
        late = build(LATE)
        doubled = settings()
        changed = replace(
            doubled,
            metrics={
                **doubled.metrics,
                "sales": metric("sales", Kind.SIMPLE, Unit.MONEY, sql="sum(2 * amount)"),
            },
            hash="other",
        )
        minutes = frozen.loads(kept)
        assert figure(built(late, changed, held(cut=3))) == Decimal(360)  # open ones move
        assert figure(minutes) == Decimal(100)
        assert frozen.dumps(minutes) == kept
        assert minutes.definitions[0].sql == "sum(amount)"

    def test_restated_lists_what_is_different_today(self):
        minutes = self.closed()
        today = date(2026, 11, 30)
        assert restated.build(build(FIRST), settings(), minutes, (), today).is_empty
        changed = restated.build(build(LATE), settings(), minutes, (), today)
        assert [(t.metric, t.then.value, t.now.value, t.moved) for t in changed.totals] == [
            ("sales", Decimal(100), Decimal(180), Decimal(80)),
            ("orders", 1, 2, 1),
        ]
        (part,) = changed.lists
        assert [(unit.how, unit.key, unit.effects[0].value) for unit in part.units] == [
            ("amount", "B", Decimal(50)),
            ("late", "C", Decimal(30)),
        ]

    def test_a_metric_that_is_gone_is_restated_as_nothing(self):
        known = settings()
        rest = {name: each for name, each in known.metrics.items() if name != "orders"}
        without = replace(known, metrics=rest, hash="without")
        changed = restated.build(build(FIRST), without, self.closed(), (), date(2026, 11, 30))
        assert [(each.metric, each.now.value) for each in changed.totals] == [("orders", None)]


class TestFrozen:
    @pytest.mark.parametrize("odd", [object(), {"a": 1}, [1], {1, 2}])
    def test_nothing_unknown_is_kept(self, odd):
        with pytest.raises(TypeError):
            frozen.dumps(odd)

    @pytest.mark.parametrize("text", ['{"~":"Path","value":"x"}', '{"a":1}'])
    def test_nothing_unknown_is_read(self, text):
        with pytest.raises(ValueError, match="nothing that was kept"):
            frozen.loads(text)

    def test_numbers_keep_their_kind(self):
        values = (Decimal("1.10"), 1, 1.5, True, None, "x", date(2026, 1, 2), MONDAY)
        found = frozen.loads(frozen.dumps(values))
        assert found == values
        assert [type(each) for each in found] == [type(each) for each in values]
        assert str(found[0]) == "1.10"

    def test_a_field_of_another_version_is_passed_over(self):
        text = frozen.dumps(Mark("Ana", MONDAY)).replace('"who"', '"mood":"good","who"')
        assert frozen.loads(text) == Mark("Ana", MONDAY)
