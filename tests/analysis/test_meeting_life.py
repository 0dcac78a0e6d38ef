"""One-to-ones, own templates, carried lines, ratings and reopening, in a real home."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from salesdash import config
from salesdash.analysis import frozen, occasions
from salesdash.analysis.room import Room
from salesdash.commands.office import DEFAULT_CONFIG
from salesdash.imports import Home, Request, backup, commit, rebuild, restore, stage, undo
from salesdash.imports.forgetting import Kind, forget
from salesdash.periods import FiscalCalendar, Grain, Period, Window, code
from salesdash.selection import Filter
from salesdash.workspace import (
    TOPIC,
    Outcome,
    Point,
    Promise,
    Rating,
    Stamp,
    State,
    Template,
    Terms,
)
from salesdash.workspace.schema import revisions

NOW = datetime(2026, 11, 23, 9, 0)
ANA = Stamp("Ana Ruiz", NOW)
SETTINGS = config.load(DEFAULT_CONFIG)
FISCAL = FiscalCalendar()
ORDERS = """Order No,Order Date,Customer,Salesperson,Amount
A-1,2026-11-10,Berg,Cleo Li,80.00
A-2,2026-11-17,Berg,Cleo Li,100.00
A-3,2026-11-18,Lind,Dan Wu,50.00
A-4,2026-11-19,Lind,Cleo Li,20.00
"""
"""Week 47: Cleo 100 + 20 = 120, Dan 50, all 170. Week 46: Cleo 80."""
Q4 = Period.through(date(2026, 10, 1), date(2026, 12, 31))
WEEKLY, ALONE = SETTINGS.meetings["weekly"], SETTINGS.meetings["one_to_one"]


def at(minutes: int, who: str = "Ana Ruiz") -> Stamp:
    return Stamp(who, NOW + timedelta(minutes=minutes))


@pytest.fixture
def home(tmp_path: Path):
    found = Home.open(tmp_path / "home", now=NOW, settings=SETTINGS)
    bring(found, tmp_path, "orders.csv", ORDERS)
    yield found
    found.close()


@pytest.fixture
def room(home: Home) -> Room:
    return Room(home.warehouse, SETTINGS, home.workspace, "USD")


def bring(home: Home, folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(text, "utf-8")
    commit(home, stage(home, Request(path, name), NOW), "Ana", NOW)


def opened(room: Room, plan=WEEKLY, person: str = "", stamp: Stamp = ANA) -> int:
    due = occasions.occasion(plan, stamp.at.date(), FISCAL, person)
    return room.open(plan, due, room.warehouse.version, stamp).id


def line(room: Room, number: int, kind: str):
    return next(each for each in room.current(number).lines if each.kind == kind)


def topic(room: Room, number: int, title: str = "North") -> int:
    point = Point(TOPIC, {"en": title, "zh": title}, {}, page="trends", minutes=5)
    return room.workspace.meetings.put(number, point, ANA)


class TestOneToOnes:
    def test_it_shows_that_person_s_figures_goals_actions_and_trainings(self, room):
        store = room.workspace
        store.goals.add([Terms("sales", Q4, Decimal(900), owner="cleo li")], ANA)
        store.goals.add([Terms("orders", Q4, Decimal(9), owner="Dan Wu")], ANA)
        before = Stamp("Ana Ruiz", NOW - timedelta(days=3))
        for owner in ("Cleo Li", "Dan Wu", ""):
            store.actions.make(Promise(f"of {owner}", owner), before)
        dues = [(name, "crm_use", date(2026, 11, 20)) for name in ("Cleo Li", "Dan Wu")]
        store.training.assign(dues, ANA)
        number = opened(room, ALONE, "Cleo Li")
        found = room.current(number)
        assert found.name["en"] == "One-to-one · Cleo Li"
        figures = {tile.metric: tile for tile in line(room, number, "figures").tiles}
        assert figures["sales"].figure.value == 120
        assert figures["sales"].change.then.value == 80
        assert figures["orders"].figure.value == 2
        (aim,) = line(room, number, "goals").aims
        assert aim.target == 900
        assert [row.text for row in line(room, number, "actions").promises] == ["of Cleo Li"]
        assert [late.person for late in line(room, number, "training").trainings] == ["Cleo Li"]

    def test_the_team_s_meeting_shows_everybody_s(self, room):
        found = line(room, opened(room), "figures")
        assert {tile.metric: tile.figure.value for tile in found.tiles}["sales"] == 170

    def test_a_goal_about_a_person_belongs_to_that_person(self, room):
        scope = (Filter("person", ("Cleo Li",)),)
        room.workspace.goals.add([Terms("sales", Q4, Decimal(900), scope)], ANA)
        assert len(line(room, opened(room, ALONE, "Cleo Li"), "goals").aims) == 1
        assert line(room, opened(room, ALONE, "Dan Wu"), "goals").aims == ()

    def test_both_are_invited_and_who_is_missing_is_said(self, room):
        number = opened(room, ALONE, "Cleo Li")
        room.workspace.meetings.attend(number, ["Ana Ruiz"], ANA)
        found = room.current(number)
        assert (found.present, found.absent) == (("Ana Ruiz",), ("Cleo Li",))

    def test_each_has_a_next_one_of_their_own(self, room):
        for person in ("Cleo Li", "Dan Wu"):
            topic(room, opened(room, ALONE, person), person)
        held = room.workspace.meetings.all()
        room.close(held[0].id, ANA)
        nexts = occasions.upcoming(
            SETTINGS.meetings, room.workspace.meetings.all(), NOW.date(), FISCAL
        )
        states = {each.occasion.person: each.state for each in nexts if each.plan is ALONE}
        assert states == {"Cleo Li": State.OPEN, "Dan Wu": State.CLOSED}
        (planned,) = [m for m in room.workspace.meetings.all() if m.state is State.PLANNED]
        assert (planned.kind, planned.person, planned.period) == (
            "one_to_one",
            "Dan Wu",
            "week:2026-W48",
        )


class TestCarryOver:
    def test_a_topic_comes_back_with_what_was_said_and_how_often(self, room):
        first = opened(room)
        north = topic(room, first)
        room.workspace.meetings.write((north, "note"), "Berg waits", ANA, 0)
        room.close(first, ANA)
        later = Stamp("Ana Ruiz", NOW + timedelta(days=7))
        second = opened(room, stamp=later)
        again = line(room, second, TOPIC)
        (before,) = again.carried
        assert (before.meeting, before.line, before.note) == (first, north, "Berg waits")
        assert (before.name["en"], before.first_day) == ("Weekly sales meeting", date(2026, 11, 16))
        assert (again.minutes, again.page) == (5, "trends")
        room.workspace.meetings.write((again.line, "decision"), "Call Berg", ANA, 0)
        room.close(second, later)
        third = opened(room, stamp=Stamp("Ana Ruiz", NOW + timedelta(days=14)))
        assert [each.decision for each in line(room, third, TOPIC).carried] == ["Call Berg", ""]
        room.workspace.runs.mark(line(room, third, TOPIC).line, Outcome.DONE, ANA)
        room.close(third, Stamp("Ana Ruiz", NOW + timedelta(days=14)))
        fourth = opened(room, stamp=Stamp("Ana Ruiz", NOW + timedelta(days=21)))
        assert [each.kind for each in room.current(fourth).lines].count(TOPIC) == 0

    def test_an_old_meeting_closed_late_leaves_it_to_the_one_that_is_open(self, room):
        old, new = opened(room), opened(room, stamp=Stamp("Ana Ruiz", NOW + timedelta(days=7)))
        topic(room, old)
        room.close(old, Stamp("Ana Ruiz", NOW + timedelta(days=7)))
        assert line(room, new, TOPIC).carried[0].meeting == old

    def test_a_meeting_without_rhythm_leaves_it_to_the_team_s_next(self, room):
        template = Template({"en": "Launch"}, "once", "none", (Point("text", {"en": "Talk"}, {}),))
        room.workspace.templates.make(template, ANA)
        plan = room.kinds["own:1"]
        month = Period.through(date(2026, 11, 1), date(2026, 11, 30))
        due = occasions.once(plan, Window(month, Grain.MONTH, month), NOW.date(), FISCAL)
        assert due.period == "month:2026-11@2026-11-23"
        number = room.open(plan, due, 1, ANA).id
        topic(room, number)
        room.close(number, ANA)
        (planned,) = [m for m in room.workspace.meetings.all() if m.state is State.PLANNED]
        assert (planned.kind, planned.period) == ("weekly", "week:2026-W47")


class TestOwnTemplates:
    TEMPLATE = Template(
        {"zh": "商机讨论"},
        "once",
        "previous",
        (Point("figures", {"zh": "数据"}, {}, ("sales", "gone"), minutes=15),),
    )

    def test_it_is_held_about_a_period_of_choice(self, room):
        room.workspace.templates.make(self.TEMPLATE, ANA)
        plan = room.kinds["own:1"]
        assert (plan.name["en"], plan.name["zh"], plan.once) == ("商机讨论", "商机讨论", True)
        free = Window(Period.through(date(2026, 11, 17), date(2026, 11, 18)))
        number = room.open(plan, occasions.once(plan, free, NOW.date(), FISCAL), 1, ANA).id
        found = room.current(number)
        (tile,) = found.lines[0].tiles  # the metric that is gone is left out
        assert (tile.figure.value, found.planned) == (150, 15)  # 100 + 50
        assert code(found.window, FISCAL) == "2026-11-17..2026-11-18"

    def test_the_same_kind_twice_about_one_week(self, room):
        room.workspace.templates.make(self.TEMPLATE, ANA)
        plan = room.kinds["own:1"]
        week = occasions.occasion(WEEKLY, NOW.date(), FISCAL)
        window = Window(Period.through(week.first_day, week.last_day), Grain.WEEK)
        numbers = {
            room.open(plan, occasions.once(plan, window, day, FISCAL), 1, ANA).id
            for day in (date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 24))
        }
        assert len(numbers) == 2
        nexts = occasions.upcoming(room.kinds, room.workspace.meetings.all(), NOW.date(), FISCAL)
        assert [each.plan.id for each in nexts] == ["weekly", "monthly", "own:1", "own:1"]

    def test_a_withdrawn_one_is_offered_no_more_and_its_meeting_goes_on(self, room):
        room.workspace.templates.make(replace(self.TEMPLATE, every="week"), ANA)
        plan = room.kinds["own:1"]
        number = opened(room, plan)
        room.workspace.templates.withdraw(1, ANA)
        assert list(room.kinds) == ["weekly", "monthly", "one_to_one"]
        assert room.current(number).name["zh"] == "商机讨论"
        topic(room, number)
        room.close(number, ANA)
        assert room.kept(number).lines[0].tiles[0].figure.value == 170


class TestClosing:
    def test_minutes_keep_time_outcome_rating_and_who_was_missing(self, room):
        number = opened(room)
        first = room.current(number).lines[0].line
        room.workspace.meetings.invite(number, ["Ana Ruiz", "Bo"], ANA)
        room.workspace.meetings.attend(number, ["Ana Ruiz"], ANA)
        room.workspace.runs.start(first, at(0))
        room.workspace.runs.mark(first, Outcome.DONE, at(12))
        for person, rating in (("Ana Ruiz", 8), ("Bo", 7)):
            room.workspace.ratings.rate(Rating(number, person, rating, ""), ANA)
        room.close(number, at(45))
        kept = room.kept(number)
        assert (kept.lines[0].minutes, kept.lines[0].spent, kept.lines[0].outcome) == (
            10,
            720,
            Outcome.DONE,
        )
        planned = sum(each.minutes or 0 for each in WEEKLY.agenda)
        assert (kept.planned, kept.spent) == (planned, 720)
        assert (kept.rating, kept.absent) == (Decimal("7.5"), ("Bo",))

    def test_a_clock_that_runs_on_stops_before_the_minutes_are_kept(self, room):
        number = opened(room)
        first = room.current(number).lines[0].line
        room.workspace.runs.start(first, at(0))
        room.close(number, at(12))
        assert room.workspace.runs.of(number)[first].spent == 720
        assert (room.kept(number).lines[0].spent, room.kept(number).spent) == (720, 720)

    def test_who_came_last_time_is_invited_next_time(self, room):
        number = opened(room)
        room.workspace.meetings.attend(number, ["Ana Ruiz", "Bo"], ANA)
        room.close(number, ANA)
        again = opened(room, stamp=Stamp("Ana Ruiz", NOW + timedelta(days=7)))
        assert room.workspace.meetings.attendance(again).invited == ("Ana Ruiz", "Bo")

    def test_minutes_of_before_have_no_rating(self, room):
        number = opened(room)
        text = frozen.dumps(room.current(number))
        new = ("person", "absent", "ratings", "minutes", "spent", "outcome", "carried")

        def older(value):
            if isinstance(value, list):
                return [older(each) for each in value]
            if isinstance(value, dict):
                return {k: older(v) for k, v in value.items() if k not in new}
            return value

        found = frozen.loads(json.dumps(older(json.loads(text))))
        assert (found.rating, found.planned, found.spent, found.absent) == (None, 0, 0, ())
        assert found.lines[0].carried == ()


class TestReopening:
    def reopened(self, room: Room) -> tuple[int, str]:
        number = opened(room)
        first = room.current(number).lines[0].line
        room.workspace.meetings.write((first, "note"), "as it was", ANA, 0)
        kept = room.close(number, ANA).answers
        room.workspace.meetings.reopen(number, "a deal was missing", at(30))
        room.workspace.meetings.write((first, "note"), "as it is", ANA, 1)
        assert kept
        return number, kept

    def test_old_answers_stay_byte_for_byte(self, room, home, tmp_path):
        number, kept = self.reopened(room)
        bring(home, tmp_path, "more.csv", ORDERS.replace("100.00", "900.00"))
        assert room.current(number).lines[0].tiles[0].figure.value == 170  # the same cut
        second = room.close(number, at(60)).answers
        assert second != kept
        undo(home, 2, "Ana", NOW)
        undo(home, 1, "Ana", NOW)
        rebuild(home)
        other = replace(SETTINGS, metrics={}, meetings={}, hash="none")
        bare = Room(home.warehouse, other, home.workspace, "EUR")
        for each in (room, bare):
            assert frozen.dumps(each.earlier(number, 1)) == kept
            assert home.workspace.reopenings.answers(number, 1) == kept
            assert home.workspace.meetings.get(number).answers == second
        assert room.earlier(number, 1).lines[0].note.text == "as it was"
        assert room.kept(number).lines[0].note.text == "as it is"
        assert room.kept(number).lines[0].tiles[0].figure.value == 170

        backup(home, tmp_path / "kept.zip")
        restore(tmp_path / "kept.zip", tmp_path / "again")
        again = Home.open(tmp_path / "again", now=NOW, settings=SETTINGS)
        try:
            assert again.workspace.reopenings.answers(number, 1) == kept
            assert again.workspace.meetings.get(number).answers == second
            assert again.workspace.reopenings.of(number) == home.workspace.reopenings.of(number)
        finally:
            again.close()

    def test_a_forgotten_person_leaves_no_name_in_either_closing(self, room, home):
        number = opened(room, ALONE, "Cleo Li")
        room.workspace.meetings.attend(number, ["Cleo Li"], ANA)
        room.workspace.ratings.rate(Rating(number, "Cleo Li", 7, ""), ANA)
        room.close(number, ANA)
        room.workspace.meetings.reopen(number, "Cleo Li was late", ANA)
        room.close(number, ANA)
        token = forget(home, "Cleo Li", Kind.PERSON, ANA).subject.token
        assert home.workspace.meetings.get(number).person == token
        for found in (room.kept(number), room.earlier(number, 1)):
            assert (found.person, found.present, found.ratings[0].person) == (
                token,
                (token,),
                token,
            )
            assert found.lines[0].tiles[0].figure.value == 120
            assert "Cleo" not in frozen.dumps(found)
        assert home.workspace.reopenings.of(number)[0].reason == "Cleo Li was late"  # typed, listed
        with home.workspace.reading() as connection:
            rows = connection.execute(select(revisions)).mappings().all()
        recorded = [row["content"] for row in rows if "answers" in row["content"]]
        assert len(recorded) == 3  # two closings, and the reopening between them
        assert "Cleo" not in json.dumps(recorded)
        assert recorded[0]["answers"] == home.workspace.reopenings.answers(number, 1)
