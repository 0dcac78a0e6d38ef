"""What the demo's people wrote: goals, trainings, meetings and actions, as of their days."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from salesdash import config
from salesdash.analysis import judging, kept, occasions, training
from salesdash.analysis.learned import spans
from salesdash.analysis.room import Room
from salesdash.analysis.roster import Entry
from salesdash.analysis.staff import Staff
from salesdash.analysis.training import Written
from salesdash.demo import Demo, Recipe, build, is_stale
from salesdash.demo.exports import write_all
from salesdash.engine import sandbox
from salesdash.imports import Home
from salesdash.selection import Filter
from salesdash.workspace import (
    TOPIC,
    Meeting,
    Outcome,
    Priority,
    Stamp,
    Standing,
    State,
    StepKind,
)
from salesdash.workspace.terms import scope_row

TODAY = date(2026, 11, 25)  # a Wednesday
NOW = datetime(2026, 11, 25, 9, 0)
SCALE = 0.05
SETTINGS = config.load(Path(__file__).resolve().parents[2] / "config.yaml")


def made(path: Path, lang: str, today: date, now: datetime) -> Path:
    """A demo home of the last eight exports of orders, diary included."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("salesdash.demo.home.write_all", lambda *of: write_all(*of)[-8:])
        patch.setattr("salesdash.demo.home.write_filings", lambda *_: [])
        build(path, lang=lang, today=today, now=now, scale=SCALE, settings=SETTINGS)
    return path


@pytest.fixture(scope="module", params=["en", "zh"])
def place(request, tmp_path_factory):
    return request.param, made(tmp_path_factory.mktemp("diary") / "home", request.param, TODAY, NOW)


@pytest.fixture
def home(place):
    opened = Home.open(place[1], now=NOW, settings=SETTINGS)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def demo(place) -> Demo:
    return Demo(Recipe(place[0], TODAY, SCALE))


def weekly(home: Home) -> list[Meeting]:
    """The meetings of the team, the newest first."""
    return [each for each in home.workspace.meetings.all() if not each.person]


def test_four_meetings_are_closed_and_this_week_s_is_open(home):
    held = weekly(home)
    assert [meeting.state for meeting in held] == [State.OPEN, *[State.CLOSED] * 4]
    assert held[0].first_day == date(2026, 11, 16)  # it looks at the week before
    assert [m.first_day - n.first_day for m, n in pairwise(held)] == [timedelta(days=7)] * 4
    plan = next(iter(SETTINGS.meetings.values()))
    due = occasions.upcoming({plan.id: plan}, held, TODAY, SETTINGS.fiscal)
    assert due[0].state is State.OPEN


def test_each_meeting_is_pinned_to_what_was_known_that_morning(home):
    events = {event.id: event for event in home.done()}
    for meeting in weekly(home):
        assert meeting.opened_at is not None
        assert events[meeting.cut].at <= meeting.opened_at
        later = [event.at for number, event in events.items() if number > meeting.cut]
        assert all(at > meeting.opened_at for at in later)
    cuts = [meeting.cut for meeting in weekly(home)]
    assert len(set(cuts)) >= 4


def test_closed_meetings_keep_their_figures_notes_and_decisions(home, demo):
    room = Room(home.warehouse, SETTINGS, home.workspace, demo.world.company.currency)
    told = demo.world.company.diary["meetings"]
    closed = [m for m in weekly(home) if m.state is State.CLOSED][::-1]
    for meeting, words in zip(closed, told, strict=True):
        kept = room.kept(meeting.id)
        assert kept.closed is not None
        texts = {text.text for text in home.workspace.meetings.texts(meeting.id)}
        wanted = {text for line in words["texts"].values() for text in line.values()}
        assert texts == wanted
        assert home.workspace.meetings.present(meeting.id) == tuple(
            sorted({*demo.world.company.diary["present"]} - {words.get("absent")})
        )


def test_a_topic_is_carried_over_once_and_then_decided(home, demo):
    room = Room(home.warehouse, SETTINGS, home.workspace, demo.world.company.currency)
    told = demo.world.company.diary["meetings"]
    _, _, third, second, _ = weekly(home)
    (topic,) = [each for each in room.kept(third.id).lines if each.kind == TOPIC]
    (before,) = topic.carried
    assert (before.meeting, before.note) == (second.id, told[1]["texts"]["topic"]["note"])
    assert topic.decision.text == told[2]["texts"]["topic"]["decision"]
    assert ("where", (f"region:{demo.world.company.plots.region}",)) in topic.query
    assert topic.outcome is Outcome.DONE


def test_meetings_are_timed_and_got_better(home, demo):
    room = Room(home.warehouse, SETTINGS, home.workspace, demo.world.company.currency)
    kept = [room.kept(each.id) for each in weekly(home)[:0:-1]]
    means = [sum(r.rating for r in each.ratings) / 3 for each in kept]
    assert means == sorted(means)
    assert [round(mean, 1) for mean in means] == [5.7, 6.7, 7.7, 8.0]
    assert all(0 < line.spent <= 12 * 60 for each in kept for line in each.lines)
    assert all(0 < each.spent <= 45 * 60 for each in kept)
    words = demo.world.company.diary["meetings"][2]
    assert kept[2].absent == (words["absent"],)


def test_the_person_in_a_slump_had_a_one_to_one(home, demo):
    (talk,) = [each for each in home.workspace.meetings.all() if each.person]
    assert (talk.person, talk.state) == (demo.world.company.plots.person, State.CLOSED)
    room = Room(home.warehouse, SETTINGS, home.workspace, demo.world.company.currency)
    kept = room.kept(talk.id)
    assert {name for line in kept.lines for row in line.promises for name in [row.owner]} <= {
        talk.person
    }
    (action,) = [line.actions for line in kept.lines if line.actions]
    assert action[0].owner == talk.person


def test_some_actions_are_done_one_is_overdue_and_carried_over(home, demo):
    actions = home.workspace.actions.all()
    told = [a for m in demo.world.company.diary["meetings"] for a in m["actions"]]
    told += demo.world.company.diary["trials"]
    assert len(actions) == len(told) + 1  # one was made in the one-to-one
    done = [action for action in actions if action.state is Standing.DONE]
    assert {action.text for action in done} == {a["text"] for a in told if a["done"] is not None}
    for action in done:
        assert action.settled_at is not None
        assert action.made_at < action.settled_at <= NOW
        assert action.settled_by == action.owner
    still = [action for action in actions if action.state is Standing.OPEN]
    overdue = [action for action in still if action.due is not None and action.due < TODAY]
    assert overdue
    assert len(overdue) < len(still)
    names = set(demo.world.staff.names) | set(demo.world.company.staffing.managers.values())
    assert {action.owner for action in actions} <= names


def test_two_actions_were_judged_last_week_and_one_waits_for_its_verdict_today(home, demo):
    told = demo.world.company.diary["trials"]
    actions = {action.text: action for action in home.workspace.actions.all()}
    tried = [actions[each["text"]] for each in told]
    opened, closed = weekly(home)[:2]
    given = home.workspace.verdicts.newest()
    assert [given[a.id].word for a in tried if a.id in given] == ["worked", "did_not"]
    assert {judged.at.date() for judged in given.values()} == {closed.opened_at.date()}
    waiting = judging.waiting(actions.values(), home.workspace.verdicts.told(), TODAY)
    assert [action.text for action in waiting] == [told[2]["text"]]
    room = Room(home.warehouse, SETTINGS, home.workspace, demo.world.company.currency)
    lines = {line.kind: line for line in room.kept(closed.id).lines}
    assert [each.word for each in lines["verdicts"].verdicts] == ["worked", "did_not"]
    lines = {line.kind: line for line in room.current(opened.id).lines}
    assert [each.text for each in lines["verdicts"].verdicts] == [told[2]["text"]]


def test_actions_of_meetings_say_what_they_are_to_move_and_are_talked_about(home, demo):
    actions = {action.text: action for action in home.workspace.actions.all()}
    told = [a for m in demo.world.company.diary["meetings"] for a in m["actions"]]
    aimed = [actions[each["text"]] for each in told if "aim" in each]
    assert len(aimed) >= 5
    members = {
        name: {member for member, _ in home.warehouse.members("sales", name)}
        for name in ("region", "team", "channel")
    }
    members["person"] = set(demo.world.staff.names)
    for action in aimed:
        assert action.metric in SETTINGS.metrics
        assert action.expected
        assert action.check is not None
        assert action.due is not None
        assert action.check > action.due
        ((dimension, named, _),) = scope_row(action.scope)
        assert {*named} <= members[dimension]
    assert {action.priority for action in actions.values()} == {*Priority}
    counts = home.workspace.comments.counts()
    assert sorted(counts.values()) == [1, 2]
    for number in counts:
        assert all(each.at <= NOW for each in home.workspace.comments.of(number))


def test_last_quarter_s_goal_was_reached_and_raised_once(home, demo):
    frame = demo.rows().to_pandas()
    frame = frame[frame["status"] == demo.world.company.words["done"]]
    day = pd.to_datetime(frame["order_date"])
    brought = frame[day.between("2026-07-01", "2026-09-30")]["amount"].sum()
    goals = {
        goal.terms.period.start: goal
        for goal in home.workspace.goals.standing()
        if goal.terms.metric == "sales"
    }
    last = goals[date(2026, 7, 1)]
    assert last.version == 2
    assert Decimal("0.5") * brought < last.terms.target <= Decimal("0.97") * brought
    first = home.workspace.goals.revisions(last.number)[0]
    assert first.terms.target < last.terms.target
    before = frame[day.between("2025-10-01", "2025-12-31")]["amount"].sum()
    assert abs(goals[date(2026, 10, 1)].terms.target - before * Decimal("1.08")) <= 10_000


def test_the_quarter_was_reviewed_each_monday_with_what_was_known_then(home):
    goals = {
        goal.terms.period.start: goal
        for goal in home.workspace.goals.standing()
        if goal.terms.metric == "sales" and goal.terms.period.days < 100
    }
    found = home.workspace.reviews.of(goals[date(2026, 10, 1)])
    mondays = [date(2026, 11, 16), date(2026, 11, 9), date(2026, 11, 2), date(2026, 10, 26)]
    assert [review.seen.day for review in found] == mondays
    assert [review.said.word for review in found] == ["at_risk", "at_risk", "on_track", "on_track"]
    events = {event.id: event for event in home.done()}
    figures = []
    for review in found:
        look = kept.look(review)
        assert look.progress.edge is not None
        assert look.progress.edge < review.seen.day
        assert events[review.seen.cut].at <= review.at
        figures.append(look.progress.actual.value)
    assert figures == sorted(figures, reverse=True)
    assert len(set(figures)) == 4
    (closing,) = home.workspace.reviews.of(goals[date(2026, 7, 1)])
    assert (closing.seen.day, kept.look(closing).progress.over) == (date(2026, 10, 12), True)


def test_the_year_won_deals_and_new_customers_have_goals_too(home, demo):
    goals = {g.terms.metric: g.terms for g in home.workspace.goals.standing()}
    assert {*goals} == {"sales", "won_amount", "new_customers"}
    year = next(g.terms for g in home.workspace.goals.standing() if g.terms.period.days > 300)
    assert (year.period.start, year.period.last_day) == (date(2026, 1, 1), date(2026, 12, 31))
    deals = demo.registers.deals(demo.world.timeline.days - 1).to_pandas()
    closed = pd.to_datetime(deals["close_date"]).between("2026-07-01", "2026-09-30")
    won = deals[closed & (deals["probability"] == "100%")]
    assert abs(goals["won_amount"].target - Decimal(str(won["amount"].sum()))) <= 1_000


def test_several_people_learn_and_the_newcomer_is_late(home, demo):
    given = home.workspace.training.assignments()
    late = [each for each in given if each.due is not None and each.due < TODAY]
    assert [each.person for each in late] == [demo.world.company.staffing.newcomer]
    ticked: dict[tuple[str, str], int] = {}
    for tick in home.workspace.training.ticks():
        assert tick.done
        assert tick.at <= NOW
        ticked[tick.person, tick.course] = ticked.get((tick.person, tick.course), 0) + 1
    shares = [
        ticked.get((each.person, each.course), 0) / len(SETTINGS.training[each.course].items)
        for each in given
    ]
    assert len({each.person for each in given}) >= 6
    assert shares.count(1) >= 3
    assert sum(0 < share < 1 for share in shares) >= 3
    assert ticked[late[0].person, late[0].course] < len(SETTINGS.training[late[0].course].items)


def test_two_rounds_came_as_files_and_the_newcomer_works_through_the_onboarding(home, demo):
    workspace, company = home.workspace, demo.world.company
    steps = [step for step in workspace.learning.steps() if step.kind is StepKind.IMPORT]
    assert [step.file for step in steps][::-1] == company.diary["training"]["files"]
    listed = [
        Entry(e.person, e.team, e.manager, e.region, e.role, e.since, e.to)
        for e in demo.world.staff.entries()
    ]
    written, staff = Written.read(workspace), Staff.of(listed)
    board = training.build(SETTINGS.training, written, (), TODAY, staff)
    cells = {(each.person, each.course): each for row in board.people for each in row.cells}
    newcomer = cells[company.staffing.newcomer, "onboarding"]
    assert (newcomer.state, newcomer.total - newcomer.done) == ("overdue", 1)
    assert all(cell.state == "none" for (name, course), cell in cells.items()
               if course == "onboarding" and name != company.staffing.newcomer)  # fmt: skip
    assert board.gone == (company.staffing.leaver,)
    crm = [cell.state for (_, course), cell in cells.items() if course == "crm_use"]
    assert crm.count("done") >= 6
    assert {"overdue", "renew"} <= set(crm)
    ticks = workspace.training.ticked(company.people[1][0])
    said = [each for each in written.completions if each.person == company.people[1][0]]
    assert len(spans(SETTINGS.training["crm_use"], ticks, said)) == 2
    assert len(written.evidence) == len(company.diary["training"]["evidence"])
    assert all(note.at <= NOW for note in written.evidence)


def test_what_its_people_wrote_keeps_nobody_from_making_it_anew(place, home):
    assert is_stale(home, NOW + timedelta(days=8))
    number = home.workspace.actions.all()[-1].id
    home.workspace.actions.settle(number, Standing.DROPPED, Stamp("Ann", NOW + timedelta(days=1)))
    assert not is_stale(home, NOW + timedelta(days=8))


@pytest.mark.parametrize(
    "now", [datetime(2026, 11, 23, 0, 10), datetime(2026, 1, 1, 12, 0), datetime(2028, 2, 29, 9, 0)]
)
def test_any_moment_can_be_now(tmp_path, now):
    home = Home.open(made(tmp_path / "home", "en", now.date(), now), now=now, settings=SETTINGS)
    held = weekly(home)
    assert [meeting.state for meeting in held] == [State.OPEN, *[State.CLOSED] * 4]
    assert all(tick.at <= now for tick in home.workspace.training.ticks())
    assert all(goal.at is not None and goal.at <= now for goal in home.workspace.goals.standing())
    home.close()


def test_a_company_without_courses_and_meetings_gets_none(tmp_path):
    bare = replace(SETTINGS, training={}, meetings={}, metrics={})
    path = tmp_path / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("salesdash.demo.home.write_all", lambda *of: write_all(*of)[-3:])
        patch.setattr("salesdash.demo.home.write_filings", lambda *_: [])
        build(path, lang="zh", today=TODAY, now=NOW, scale=0.02, settings=bare)
    home = Home.open(path, now=NOW)
    assert home.workspace.meetings.all() == ()
    assert home.workspace.goals.standing() == ()
    assert home.workspace.training.assignments() == ()
    home.close()


def test_meetings_tell_which_orders_changed_and_with_which_file(home, demo):
    """Exports bring what was entered, corrected or cancelled after the meeting before."""
    room = Room(home.warehouse, SETTINGS, home.workspace, demo.world.company.currency)
    meetings = weekly(home)
    shown = [room.current(m.id) if m.state is State.OPEN else room.kept(m.id) for m in meetings]
    found = [line.restated for each in shown for line in each.lines if line.restated is not None]
    assert found[-1].headline.key == "restated.first"
    units = [unit for each in found for part in each.lists for unit in part.units]
    assert units
    assert {unit.how for unit in units} <= {"late", "amount", "status"}
    files = {event.file_name: event.who for event in home.done()}
    assert all(files[by.file] == by.who for unit in units for by in unit.by)
    sums = [t for each in found for t in each.totals if t.moved is not None]
    assert sums
    assert all(t.rest is None for t in sums)


def test_what_the_charts_say_beside_their_lines_happened_in_the_data(home, demo):
    noted = home.workspace.annotations.all()
    assert [each.text for each in noted] == [
        each["text"]
        for each in sorted(
            demo.world.company.diary["annotations"], key=lambda a: -a.get("months", 10)
        )
    ]
    assert all(each.last < TODAY and each.at <= NOW for each in noted)
    prices, launch, fair, buyer = noted
    assert (prices.first, fair.period.days) == (date(2026, 1, 1), 3)
    frame = demo.rows().to_pandas()
    sold = frame[frame["product_name"] == demo.world.company.plots.launch]["order_date"]
    assert pd.to_datetime(sold).min().date() >= launch.first
    customer = demo.world.company.plots.customer
    assert buyer.scope == (Filter("region", (customer.region,)),)
    bought = frame[frame["customer_name"] == customer.name]["order_date"]
    assert pd.to_datetime(bought).max().date() <= buyer.last


def test_saved_questions_run_on_the_company_s_rows(home):
    queries = home.workspace.queries.all()
    assert len(queries) == 2
    copy = home.copies.ready()
    for each in queries:
        found = sandbox.ask(copy.path, copy.names, each.sql)
        assert {each.chart["x"], each.chart["y"]} <= {column.name for column in found.columns}
