"""The grid of targets: what stands, what was typed over it, and what saving would write."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from salesdash.analysis import grid
from salesdash.analysis.entries import Entries
from salesdash.analysis.grid import Frame, Kind, Sheet, Typed
from salesdash.errors import UsageError
from salesdash.metrics import Unit
from salesdash.periods import FiscalCalendar, Grain, Period
from salesdash.selection import Filter
from salesdash.workspace import Goal, Terms

FISCAL = FiscalCalendar()
YEAR = FISCAL.unit(Grain.YEAR, date(2027, 1, 1))
Q1, Q2, Q3, Q4 = FISCAL.units(Grain.QUARTER, YEAR)
MONEY, SHARE = Kind(Unit.MONEY, adds_up=True), Kind(Unit.SHARE)
FRAME = Frame("sales", YEAR, Grain.QUARTER, "region")


def region(name: str | None) -> tuple[Filter, ...]:
    return (Filter("region", (name,)),)


def goal(number: int, target: str, period: Period = Q1, scope=(), **more) -> Goal:
    return Goal(Terms("sales", period, Decimal(target), scope, **more), number, 1, "Bo")


GOALS = (
    goal(1, "3300000"),
    goal(2, "1500000", scope=region("North")),
    goal(3, "1600000", scope=region("South")),
    goal(4, "9000000", YEAR),
    goal(5, "1", scope=(Filter("region", ("North", "South")),)),
    goal(6, "1", scope=(Filter("channel", ("web",)),)),
    goal(7, "1", scope=region(None)),
    goal(8, "1", scope=(Filter("region", ("North",), exclude=True),)),
    goal(9, "1", Period.through(date(2027, 1, 1), date(2027, 1, 31))),
)


def sheet(texts=(), frame: Frame = FRAME, goals=GOALS, kind=MONEY) -> Sheet:
    built = grid.build(frame, goals, ("South", "North", "West"), kind, FISCAL)
    cells = {cell: Typed(text) for cell, text in dict(texts).items()}
    return replace(built, drafts=grid.over({}, cells, built))


def test_goals_stand_in_their_cells_and_the_others_nowhere():
    found = sheet()
    assert found.rows == (None, "South", "North", "West")
    assert {cell: g.number for cell, g in found.standing.items()} == {
        (None, Q1): 1,
        ("North", Q1): 2,
        ("South", Q1): 3,
    }
    assert found.years[None].number == 4
    assert found.text((None, Q1)) == "3,300,000"
    assert found.text(("West", Q1)) == ""
    assert Entries(found).changed == ()


def test_cents_are_shown_as_cents():
    found = sheet()
    shown = [found.shown(Decimal(text)) for text in ("35212.8", "1200", "0.125")]
    assert shown == ["35,212.80", "1,200", "0.125"]


def test_a_member_with_a_goal_has_a_row_though_the_data_lost_it():
    found = sheet(goals=(goal(1, "5", scope=region("=1+1")),))
    assert found.members == ("South", "North", "West", "=1+1")


def test_sums_follow_what_is_typed_and_the_gap_is_said():
    found = sheet()
    assert found.column(Q1).members == 3_100_000
    assert found.column(Q1).gap == -200_000
    (told,) = found.told()
    assert told.key == "targets.told.members.less"
    typed = sheet({("West", Q1): "20万", ("West", Q2): "1.5k"})
    assert typed.column(Q1).gap == 0
    assert typed.column(Q2).gap is None  # the company has no target there
    assert typed.across("West") == 201_500
    assert [reason.key for reason in typed.told()] == ["targets.told.members.exact"]


def test_the_parts_of_a_year_against_the_goal_of_the_year():
    quarters = {(None, quarter): "2M" for quarter in (Q2, Q3, Q4)}
    told = [reason.key for reason in sheet(quarters).told()]
    assert told == ["targets.told.members.less", "targets.told.year.more"]  # 9.3M for 9M
    exact = sheet({**quarters, (None, Q1): "3M"})
    assert exact.whole.company == 9_000_000
    assert "targets.told.year.exact" not in [reason.key for reason in exact.told()]


def test_nothing_is_added_up_that_does_not():
    found = sheet(kind=SHARE, frame=FRAME)
    assert found.told() == ()
    assert Entries(sheet({("West", Q1): "5"}, kind=SHARE)).edits()[0].under is None


def test_saving_writes_what_changed_and_nothing_else():
    entries = Entries(
        sheet(
            {
                ("South", Q1): "1.7M",
                ("West", Q2): "10",
                (None, Q2): "30",
                ("North", Q1): " 1.5m ",  # the same
            }
        )
    )
    south, west, company = entries.edits()[1], entries.edits()[2], entries.edits()[0]
    assert (company.read, company.terms.target, company.under) == (None, 30, GOALS[3].terms.key)
    assert (south.read, south.terms.target, south.under) == (GOALS[2], 1_700_000, ("sales", (), Q1))
    assert (west.read, west.terms, west.under) == (
        None,
        Terms("sales", Q2, Decimal(10), region("West")),
        ("sales", (), Q2),
    )
    assert len(entries.edits()) == 3


def test_an_emptied_cell_takes_its_goal_back_and_an_empty_one_does_nothing():
    entries = Entries(sheet({("North", Q1): "", ("West", Q1): " "}))
    assert entries.gone == (("North", Q1),)
    (edit,) = entries.edits()
    assert (edit.read, edit.terms) == (GOALS[1], None)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("abc", "goal.number"),
        ("0", "targets.not_positive"),
        ("-5", "targets.not_positive"),
        ("=1+1", "goal.number"),
        ("1\t2\t3", "goal.number"),
        ("![x](http://h/p.png)", "goal.number"),
    ],
)
def test_rubbish_names_its_cell(text, key):
    entries = Entries(sheet({("West", Q2): text, ("North", Q1): "7"}))
    (fault,) = entries.faults
    assert (fault.cell, fault.why.key) == (("West", Q2), key)
    with pytest.raises(UsageError):
        entries.edits()


def test_what_somebody_else_wrote_meanwhile_is_a_clash():
    shown = sheet({("North", Q1): "7", ("West", Q1): "8", ("South", Q1): "9"})
    theirs = replace(GOALS[1], version=2, who="Bo")
    new = goal(10, "5", scope=region("West"))
    now = replace(sheet(goals=(GOALS[0], theirs, new)), drafts=shown.drafts)
    found = {clash.cell[0]: (clash.mine, clash.theirs) for clash in Entries(now).clashes}
    assert found == {"North": ("7", theirs), "West": ("8", new), "South": ("9", None)}


def test_the_goal_that_was_read_first_counts_however_often_a_cell_is_typed():
    first = sheet({("North", Q1): "7"})
    later = sheet(goals=(replace(GOALS[1], version=2),))
    again = grid.over(first.drafts, {("North", Q1): Typed("8")}, later)
    assert again["North", Q1] == Typed("8", GOALS[1])


def test_a_target_of_a_file_is_typed_over_but_not_taken_back():
    file = replace(goal(0, "100", scope=region("North")), version=0)
    (edit,) = Entries(sheet({("North", Q1): "120"}, goals=(file,))).edits()
    assert (edit.read, edit.terms.target) == (None, 120)
    (fault,) = Entries(sheet({("North", Q1): ""}, goals=(file,))).faults
    assert fault.why.key == "targets.of_a_file"


def test_floor_and_stretch_are_typed_for_targets_that_stand():
    frame = replace(FRAME, bound="floor")
    texts = {("North", Q1): "1M", ("South", Q1): "2M", ("West", Q1): "1"}
    entries = Entries(sheet(texts, frame))
    assert [(f.cell[0], f.why.key) for f in entries.faults] == [
        ("South", "goal.bounds"),  # the target is 1.6M
        ("West", "targets.no_target"),
    ]
    one = Entries(sheet({("North", Q1): "1M"}, frame)).edits()[0]
    assert (one.terms.floor, one.terms.target) == (1_000_000, 1_500_000)
    both = goal(2, "150", scope=region("North"), floor=Decimal(100), stretch=Decimal(200))
    (fault,) = Entries(sheet({("North", Q1): "90"}, goals=(both,))).faults
    assert fault.why.key == "goal.bounds"
    emptied = Entries(sheet({("North", Q1): ""}, frame, (both,)))
    assert emptied.gone == ()
    assert emptied.edits()[0].terms.floor is None


def test_worked_out_targets_come_with_floor_stretch_and_owner_until_they_are_typed_over():
    made = Terms("sales", Q1, Decimal(10), region("West"), Decimal(8), Decimal(12))
    shown = sheet()
    cells = grid.filled(shown, [made, replace(made, period=YEAR), replace(made, metric="orders")])
    assert list(cells) == [("West", Q1)]
    drafts = grid.over({}, cells, shown)
    (edit,) = Entries(replace(shown, drafts=drafts)).edits()
    assert (edit.terms.floor, edit.terms.stretch) == (8, 12)
    same = grid.over(drafts, {("West", Q1): Typed("10")}, shown)
    assert same["West", Q1].made == made
    other = grid.over(drafts, {("West", Q1): Typed("11")}, shown)
    (edit,) = Entries(replace(shown, drafts=other)).edits()
    assert (edit.terms.target, edit.terms.floor) == (11, None)


def test_shares_are_typed_and_shown_in_per_cent():
    frame = Frame("win_rate", YEAR, Grain.QUARTER)
    goals = (Goal(Terms("win_rate", Q1, Decimal("0.355")), 1, 1),)
    found = sheet({(None, Q2): "40"}, frame, goals, SHARE)
    assert found.rows == (None,)
    assert found.text((None, Q1)) == "35.5%"
    assert found.value((None, Q2)) == Decimal("0.4")


def test_people_answer_for_their_own_targets():
    frame = replace(FRAME, by="person")
    found = grid.build(frame, (), ("Ana",), MONEY, FISCAL)
    drafts = grid.over({}, {("Ana", Q1): Typed("5")}, found)
    (edit,) = Entries(replace(found, drafts=drafts)).edits()
    assert edit.terms.owner == "Ana"


def test_two_hundred_members_by_months():
    members = tuple(f"M{n}" for n in range(200))
    frame = Frame("sales", YEAR, Grain.MONTH, "person")
    found = grid.build(frame, (), members, MONEY, FISCAL)
    cells = {(name, unit): Typed("1.5k") for name in members for unit in found.units}
    entries = Entries(replace(found, drafts=grid.over({}, cells, found)))
    assert len(entries.edits()) == 2400
    assert entries.sheet.whole.members == 2400 * 1500
