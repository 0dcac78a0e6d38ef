"""SMART on Wednesday 18 November 2026, data from April 2025 to 17 November 2026.

Sales by quarter, 2025: 100, 300, 200 (from the second on); 2026: 150, 250, 350. Q4 runs.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from salesdash.analysis import record as recording
from salesdash.analysis import smart
from salesdash.analysis.record import Earlier, Record
from salesdash.analysis.smart import Around, Draft, Line
from salesdash.charts import Words
from salesdash.errors import UsageError
from salesdash.periods import Grain, Period
from salesdash.selection import Filter
from salesdash.workspace import Goal, Rhythm, Terms
from tests.analysis.company import FISCAL, TODAY, sale, settings, warehouse

Q4 = Period.through(date(2026, 10, 1), date(2026, 12, 31))
NEXT = Period.through(date(2027, 1, 1), date(2027, 3, 31))
NORTH = (Filter("region", ("North",)),)
ROWS = (
    sale("2025-04-01", 100, region="North", customer="A", cost=40),
    sale("2025-07-15", 300, region="North", customer="B", cost=90),
    sale("2025-10-10", 200, region="South", customer="A", cost=80),
    sale("2026-01-20", 150, region="North", customer="C", cost=60),
    sale("2026-04-20", 250, region="North", customer="A", cost=100),
    sale("2026-07-20", 350, region="North", customer="B", cost=110),
    sale("2026-11-17", 40, region="North", customer="B", cost=10),
)
AROUND = Around(settings(), (), TODAY)


def draft(
    target: object = 400, metric: str = "sales", period: Period | None = NEXT, **more
) -> Draft:
    stated = None if target is None else Decimal(str(target))
    return Draft(metric, period=period, target=stated, **more)


def record(given: Draft, rows=ROWS) -> Record | None:
    about = smart.asked(given, AROUND)
    return about and recording.build(warehouse(rows), settings(), about, TODAY)


def check(given: Draft, rows=ROWS, around: Around = AROUND) -> dict[str, Line]:
    lines = smart.check(given, record(given, rows), around)
    assert tuple(line.letter for line in lines) == smart.LETTERS
    return {line.letter: line for line in lines}


def told(line: Line, lang: str = "en") -> str:
    names = tuple((m.id, m.name[lang]) for m in settings().metrics.values())
    return Words(lang, "USD", FISCAL, names).tell(line.text)


def case(line: Line) -> tuple[str, str]:
    return line.judgement, line.word.key.rpartition(".")[2]


def quarters(*starts: str) -> list[Period]:
    return [FISCAL.unit(Grain.QUARTER, date.fromisoformat(day)) for day in starts]


def test_the_record_are_complete_quarters_with_their_figures():
    found = record(draft())
    assert found is not None
    values = [100, 300, 200, 150, 250, 350]
    starts = ("2025-04-01", "2025-07-01", "2025-10-01", "2026-01-01", "2026-04-01", "2026-07-01")
    assert found.units == tuple(map(Earlier, quarters(*starts), values))
    assert found.last_year == Earlier(quarters("2026-01-01")[0], 150)
    assert found.before is None  # the quarter before still runs
    assert (found.size.rows, found.size.customers, found.edge) == (7, 3, date(2026, 11, 17))


def test_the_record_of_a_scope_begins_where_something_happened_there():
    found = record(draft(scope=(Filter("region", ("South",)),)))
    assert found is not None
    # nothing before Q4 2025, and zeros since
    assert [each.value for each in found.units] == [200, 0, 0, 0]
    assert (found.size.rows, found.size.customers) == (1, 1)


def test_quarters_before_the_data_began_are_no_record():
    found = record(draft(period=quarters("2025-10-01")[0]))
    assert found is not None
    assert [each.value for each in found.units] == [100, 300]
    assert (found.last_year, found.before) == (None, Earlier(quarters("2025-07-01")[0], 300))


def test_days_that_are_no_unit_are_held_against_equally_long_ones():
    days = Period.through(date(2026, 11, 18), date(2026, 12, 17))  # 30 days
    found = record(draft(period=days))
    assert found is not None
    last = found.units[-1]
    assert last == Earlier(Period(days.start - timedelta(days=30), days.start), 40)


@pytest.mark.parametrize(
    ("target", "judged", "sentence"),
    [
        (560, ("bad", "never"), "1.6× your best quarter (Q3 2026: $350)"),
        (430, ("warning", "ambitious"), "1.2× your best quarter (Q3 2026: $350)"),
        (385, ("good", "stretch"), "10.0% above your best quarter (Q3 2026: $350)"),
        (350, ("good", "reach"), "Better than 5 of the last 6 quarters"),
        (240, ("good", "reach"), "Better than 3 of the last 6 quarters"),
        (100, ("warning", "easy"), "Reached in each of the last 6 quarters"),
    ],
)
def test_a_target_beside_its_own_history(target, judged, sentence):
    line = check(draft(target))["achievable"]
    assert case(line) == judged
    change = f"{(target - 150) / 150 * 100:+.1f}%".replace("-", "−")
    assert told(line) == f"{sentence}, {change} on the quarter a year before ($150)."


def test_what_should_stay_low_is_judged_the_other_way_round():
    # costs: 40, 90, 80, 60, 100, 110
    line = check(draft(20, "cost"))["achievable"]
    assert case(line) == ("bad", "never")
    assert told(line).startswith("0.5× your lowest quarter (Q2 2025: $40.00)")
    assert case(check(draft(38, "cost"))["achievable"]) == ("good", "stretch")
    line = check(draft(70, "cost"))["achievable"]
    assert (case(line), told(line)[:38]) == (
        ("good", "reach"),
        "Lower than 4 of the last 6 quarters, +",
    )
    assert case(check(draft(110, "cost"))["achievable"]) == ("warning", "easy")


def test_shares_are_told_in_points():
    # margins: 60, 70, 60, 60, 60, 68.57 %
    line = check(draft("0.75", "margin"))["achievable"]
    assert case(line) == ("good", "stretch")
    assert told(line) == (
        "5.0 pp above your best quarter (Q3 2025: 70.0%), "
        "+15.0 pp on the quarter a year before (60.0%)."
    )


def test_growth_is_told_against_last_year_and_the_unit_before():
    line = check(draft(420, period=Q4))["achievable"]
    assert told(line).endswith(
        "+110.0% on the quarter a year before ($200), +20.0% on the quarter before ($350)."
    )


def test_too_little_history_is_said():
    line = check(draft(period=quarters("2025-10-01")[0]))["achievable"]
    assert case(line) == ("warning", "few")
    assert told(line).endswith("only 2 quarters before it: too few to judge.")
    single = check(draft(), rows=ROWS[-1:])["achievable"]
    assert case(single) == ("warning", "no_history")
    assert told(single).startswith("No complete quarter lies before it")


def test_nothing_but_zeros_is_no_history():
    zeros = tuple({**row, "amount": "0"} for row in ROWS)
    assert case(check(draft(), rows=zeros)["achievable"]) == ("warning", "no_history")


def test_a_relative_target_is_worked_out_from_the_record():
    given = draft(None, period=Q4, percent=Decimal(5), of="previous")
    found = record(given)
    assert found is not None
    assert smart.target(given, found) == Decimal("367.50")
    line = check(given)["achievable"]
    assert (case(line), told(line)[:48]) == (
        ("good", "stretch"),
        "The target is $368, 5.0% above your best quarter",
    )
    without = check(draft(None, percent=Decimal(5), of="previous"))["achievable"]
    assert case(without) == ("warning", "no_base")


def test_without_a_target_the_best_so_far_is_told():
    line = check(draft(None))["achievable"]
    assert told(line) == "State what should be reached; the best so far was Q3 2026: $350."
    assert case(check(draft(None), rows=ROWS[-1:])["achievable"]) == ("warning", "open")


@pytest.mark.parametrize("target", [0, -5])
def test_no_target_is_zero_or_less(target):
    line = check(draft(target))["achievable"]
    assert case(line) == ("bad", "unread")
    assert told(line).startswith("A target is more than zero")


def test_what_cannot_be_read_is_said_in_its_own_words():
    fault = UsageError("goal.number", value="many")
    line = check(draft(None, fault=fault))["achievable"]
    assert told(line).startswith("“many” is not a number")


def test_specific_says_what_the_goal_rests_on():
    line = check(draft(scope=NORTH))["specific"]
    assert (case(line), told(line)) == (
        ("good", "clear"),
        "sales · North rests on 6 order lines of 3 customers.",
    )
    bare = tuple({k: v for k, v in row.items() if k != "customer"} for row in ROWS)
    assert told(check(draft(), rows=bare)["specific"]) == "sales rests on 7 order lines."


@pytest.mark.parametrize(
    ("given", "word"),
    [
        (draft(metric="gone"), "unclear"),
        (draft(metric="extra"), "unclear"),
        (draft(scope=(Filter("region", ("West",)),)), "unclear"),
        (draft(scope=(Filter("region", ("South",)), Filter("customer", ("C",)))), "empty"),
    ],
)
def test_what_the_data_do_not_have_is_not_specific(given, word):
    found = check(given)
    assert case(found["specific"]) == ("bad", word)
    assert "{" not in told(found["specific"])


def test_goals_in_the_way_are_named_before_they_are():
    there = Goal(Terms("sales", NEXT, Decimal(9), NORTH), 7, 1, "Bo")
    around = replace(AROUND, goals=(there,))
    line = check(draft(scope=NORTH), around=around)["specific"]
    assert (case(line), told(line)[:6]) == (("bad", "taken"), "Goal 7")
    across = Period.through(date(2027, 3, 15), date(2027, 4, 15))
    line = check(draft(scope=NORTH, period=across), around=around)["specific"]
    assert told(line).startswith("Goal 7 of this metric and scope runs from 1 Jan 2027")
    assert case(check(draft(scope=NORTH, number=7), around=around)["specific"]) == ("good", "clear")
    assert case(check(draft(), around=around)["specific"]) == ("good", "clear")


def test_measurable_says_how_it_is_counted_and_until_when():
    assert told(check(draft())["measurable"]) == "Counted as sales; the data reach to 17 Nov 2026."
    old = tuple(row for row in ROWS if row["order_date"] < "2026-11-01")
    line = check(draft(), rows=old)["measurable"]
    assert case(line) == ("warning", "old")
    assert told(line).endswith("the data end on 20 Jul 2026, 121 days ago. Import newer ones.")
    assert case(check(draft(), rows=())["measurable"]) == ("bad", "no_data")
    assert case(check(draft(metric="gone"))["measurable"]) == ("bad", "unmeasured")


def test_relevant_is_what_serves_a_goal_or_has_a_reason():
    assert case(check(draft())["relevant"]) == ("warning", "why")
    line = check(draft(reason="New *branch*"))["relevant"]
    assert (case(line), told(line)) == (("good", "reasoned"), "“New *branch*”")
    year = Goal(Terms("sales", FISCAL.year(2027), Decimal(9)), 3, 1, "Bo")
    around = replace(AROUND, goals=(year,))
    line = check(draft(parent=3), around=around)["relevant"]
    assert (case(line), told(line)) == (("good", "serves"), "It stands under goal 3 (2027).")
    assert case(check(draft(parent=4), around=around)["relevant"]) == ("bad", "orphan")


@pytest.mark.parametrize(
    ("period", "judged", "sentence"),
    [
        (NEXT, ("good", "dated"), "Q1 2027 has 64 working days; reviewed every week."),
        (
            Q4,
            ("warning", "running"),
            "Q4 2026 runs already: 34 of 66 working days have passed; reviewed every week.",
        ),
        (quarters("2024-01-01")[0], ("bad", "over"), "Q1 2024 is over"),
        (quarters("2029-01-01")[0], ("warning", "far"), "Q1 2029 is more than two years ahead"),
        (None, ("bad", "undated"), "Choose the first and the last day."),
    ],
)
def test_time_bound_says_the_days_and_the_rhythm(period, judged, sentence):
    line = check(draft(period=period))["timely"]
    assert case(line) == judged
    assert told(line).startswith(sentence)


def test_a_goal_that_is_never_reviewed_is_pointed_out():
    line = check(draft(rhythm=Rhythm.NEVER))["timely"]
    assert case(line) == ("warning", "unreviewed")
    monthly = check(draft(rhythm=Rhythm.MONTH))["timely"]
    assert told(monthly).endswith("reviewed every month.")


def test_of_a_series_the_first_part_that_is_not_over_is_looked_at():
    given = draft(30, period=FISCAL.year(2026), each=Grain.MONTH)
    about = smart.asked(given, AROUND)
    assert about is not None
    assert about[2].start == date(2026, 11, 1)
    line = check(given)["timely"]
    assert told(line).endswith("12 goals, one for each part.")
    odd = draft(period=Period(date(2026, 12, 5), date(2026, 12, 20)), each=Grain.MONTH)
    assert smart.asked(odd, AROUND) == ("sales", (), odd.period)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_sentence_is_whole_in_both_languages(lang):
    drafts = (draft(), draft(20, "cost"), draft("0.9", "margin"), draft(None), draft(0))
    drafts += (draft(period=None), draft(metric="gone"), draft(period=Q4, each=Grain.MONTH))
    for given in drafts:
        for line in check(given).values():
            assert "{" not in told(line, lang)
            assert "{" not in Words(lang, "USD", FISCAL, ()).tell(line.word)


def test_what_was_set_is_checked_as_it_stands():
    terms = Terms("sales", Q4, Decimal(9), NORTH, reason="r", parent=2, rhythm=Rhythm.MONTH)
    found = Draft.of_terms(terms, 5)
    assert (found.metric, found.scope, found.period, found.target) == ("sales", NORTH, Q4, 9)
    assert (found.reason, found.parent, found.rhythm, found.number) == ("r", 2, Rhythm.MONTH, 5)
