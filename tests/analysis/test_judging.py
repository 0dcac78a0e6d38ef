"""Verdicts: when one is asked for, what it keeps, how they add up, how a meeting asks."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from salesdash import documents
from salesdash.analysis import judging, kept, occasions, works
from salesdash.analysis.answers import Reason
from salesdash.analysis.asking import Question
from salesdash.analysis.judging import Case
from salesdash.analysis.room import Room
from salesdash.analysis.ruling import Effect, Span
from salesdash.analysis.works import By
from salesdash.charts import Words
from salesdash.config import AgendaLine
from salesdash.metrics import Unit
from salesdash.periods import FiscalCalendar
from salesdash.selection import Filter, Selection
from salesdash.texts import LANGUAGES
from salesdash.workspace import (
    Judged,
    Promise,
    Source,
    Stamp,
    Standing,
    Verdict,
    Workspace,
)
from tests.analysis.company import settings, words
from tests.analysis.meeting import PLAN, action
from tests.analysis.test_effect import BEGUN, built

CHECK = date(2026, 10, 4)
MONDAY = datetime(2026, 10, 5, 9, 0)
NORTH = (Filter("region", ("North",)),)
ANA = Stamp("Ana", datetime(2026, 9, 6, 9, 0))
KNOWN = settings()


def promised(number: int = 1, **more):
    facts = {"metric": "sales", "check": CHECK, "scope": NORTH, "made_at": ANA.at}
    return action(number, "Visit all of the North", **{**facts, **more})


def judged(number: int, word: Verdict, day: date = CHECK, effect: Effect | None = None) -> Judged:
    case = Case.of(question(), 1, judging.trials((promised(),)))
    seen = replace(kept.proof(case.evidence(effect or measured(), "USD")), day=day)
    return Judged(number, 1, word, Verdict.UNCLEAR, "", seen, "Ana", MONDAY)


def measured(middle: float = 10.0, spread: float = 4.0, **more) -> Effect:
    effect = Effect(
        "sales", Unit.MONEY, "up", BEGUN, CHECK, Verdict.WORKED, Reason("effect.why.worked")
    )
    amount = Span(middle, middle - spread, middle + spread)
    return replace(effect, **{"amount": amount, "adds": True, **more})


def question() -> Question:
    return Question(built(1.4), KNOWN, Selection(None), MONDAY.date())


# --- when it is asked for ---------------------------------------------------------------------


def test_a_verdict_is_due_from_the_check_day_on_until_it_is_given():
    asked, early = promised(), CHECK - timedelta(days=1)
    assert judging.waiting((asked,), {}, early) == ()
    assert judging.waiting((asked,), {}, CHECK) == (asked,)
    for word in (Verdict.WORKED, Verdict.DID_NOT, Verdict.UNCLEAR):
        assert judging.waiting((asked,), {1: judged(1, word).told}, CHECK) == ()


def test_too_early_is_asked_again_after_four_weeks_or_with_a_later_check_day():
    said = {1: judged(1, Verdict.TOO_EARLY).told}
    asked, later = promised(), promised(check=CHECK + timedelta(days=7))
    assert judging.waiting((asked,), said, CHECK + timedelta(days=27)) == ()
    assert judging.waiting((asked,), said, CHECK + timedelta(days=28)) == (asked,)
    assert judging.waiting((later,), said, CHECK + timedelta(days=7)) == (later,)


def test_an_action_without_figure_or_check_day_and_a_dropped_one_never_wait():
    others = (
        promised(1, metric=None),
        promised(2, check=None),
        promised(3, state=Standing.DROPPED, settled_at=MONDAY),
    )
    assert judging.waiting(others, {}, date(2027, 1, 1)) == ()
    assert judging.notice(0) is None


def test_an_action_is_judged_from_the_day_it_was_done():
    trial = judging.trials((promised(state=Standing.DONE, settled_at=datetime(2026, 9, 9, 17)),))[1]
    assert (trial.begun, trial.done, trial.check) == (date(2026, 9, 6), date(2026, 9, 9), CHECK)


# --- what is kept -----------------------------------------------------------------------------


def test_what_was_seen_is_read_back_whatever_the_data_say_later():
    case = Case.of(question(), 1, judging.trials((promised(),)))
    found = case.effect()
    seen = kept.proof(case.evidence(found, "EUR"))
    assert (seen.day, seen.edge, seen.settings) == (MONDAY.date(), date(2026, 10, 2), KNOWN.hash)
    assert seen.cut == question().warehouse.version
    given = Judged(1, 1, Verdict.WORKED, found.verdict, "", seen, "Ana", MONDAY)
    read = kept.evidence(given)
    assert (read.effect, read.currency) == (found, "EUR")
    assert [metric.id for metric in read.definitions] == ["sales"]


# --- what works -------------------------------------------------------------------------------


def given(*found: tuple[int, Verdict, Effect]) -> dict[int, Judged]:
    return {number: judged(number, word, effect=effect) for number, word, effect in found}


def test_verdicts_add_up_by_figure_and_lever():
    lever = Source("lever", "7:orders")
    actions = [promised(1), promised(2, owner="Cleo"), promised(3, origin=lever), promised(4)]
    said = given(
        (1, Verdict.WORKED, measured(10)),
        (2, Verdict.DID_NOT, measured(1)),
        (3, Verdict.WORKED, measured(5)),
        (4, Verdict.TOO_EARLY, measured(9)),
    )
    plain, levered = works.build(actions, said).kinds
    assert (plain.judged, plain.worked, plain.did_not, plain.share) == (2, 1, 1, None)
    assert levered.name.key == "effect.works.lever"
    # 10 + 1 give or take sqrt(4 x 4 + 4 x 4)
    assert (plain.sum.middle, plain.sum.low) == (11, pytest.approx(11 - 32**0.5))
    assert [kind.name.key for kind in works.build(actions, said, By.ORIGIN).kinds] == [
        "effect.works.origin.none",
        "effect.works.origin.lever",
    ]
    owners = works.build(actions, said, By.OWNER)
    assert [(kind.judged, dict(kind.name.values)["who"]) for kind in owners.kinds] == [
        (2, "Bo"),
        (1, "Cleo"),
    ]


def test_a_share_is_told_from_five_on():
    actions = [promised(n) for n in range(1, 6)]
    words_of = [Verdict.WORKED] * 3 + [Verdict.UNCLEAR] * 2
    said = given(*((n, word, measured()) for n, word in enumerate(words_of, 1)))
    found = works.build(actions, said)
    assert found.kinds[0].share == 3 / 5
    assert found.lead.key == "effect.works.best"
    fewer = works.build(actions[:4], said)
    assert (fewer.kinds[0].share, fewer.lead.key) == (None, "effect.works.few")


@pytest.mark.parametrize(
    "effects",
    [
        [measured(1, 4)],  # not told from zero
        [measured(10), measured(10, adds=False)],  # averages don't add up
        [measured(10), measured(10, metric="orders")],
        [measured(10), measured(10, amount=None)],
    ],
)
def test_what_cannot_be_summed_is_not(effects):
    assert works.summed(effects) is None


# --- in a meeting -----------------------------------------------------------------------------


@pytest.fixture
def room(tmp_path: Path):
    plan = replace(
        PLAN, agenda=(*PLAN.agenda, AgendaLine("v", "verdicts", words("Did it help?"), words("")))
    )
    known = replace(KNOWN, meetings={"weekly": plan}, hash="with verdicts")
    workspace = Workspace.open(tmp_path / "workspace.sqlite", ANA.at)
    promise = Promise("Visit *all*", "Bo", metric="sales", scope=NORTH, check=CHECK)
    workspace.actions.make(promise, ANA)
    yield Room(built(1.4), known, workspace, "EUR")
    workspace.close()


def opened(room: Room) -> int:
    plan = room.settings.meetings["weekly"]
    due = occasions.occasion(plan, MONDAY.date(), FiscalCalendar())
    cut = room.warehouse.version
    return room.workspace.meetings.open(due, cut, occasions.agenda(plan), Stamp("Ana", MONDAY)).id


def give(room: Room, at: datetime, word: Verdict = Verdict.WORKED, last: int = 0) -> None:
    action = room.workspace.actions.all()[0]
    case = Case.of(question(), 1, judging.trials((action,)))
    seen = kept.proof(case.evidence(case.effect(), "EUR"))
    said = (word, Verdict.WORKED, "They buy again")
    room.workspace.verdicts.give(1, seen, said, Stamp("Bo", at), last)


def test_a_meeting_asks_for_the_verdicts_that_are_due_and_keeps_what_was_said(room):
    number = opened(room)
    awaited = room.current(number).lines[-1].verdicts
    assert [(each.text, each.word) for each in awaited] == [("Visit *all*", None)]
    assert awaited[0].effect.verdict is Verdict.WORKED
    give(room, MONDAY + timedelta(minutes=20))
    room.close(number, Stamp("Ana", MONDAY + timedelta(hours=1)))
    shown = room.kept(number).lines[-1].verdicts
    assert (shown[0].word, shown[0].who, shown[0].note) == (Verdict.WORKED, "Bo", "They buy again")
    give(room, MONDAY + timedelta(hours=2), Verdict.DID_NOT, last=1)
    assert room.kept(number).lines[-1].verdicts == shown


def test_what_was_judged_before_is_not_asked_again(room):
    give(room, MONDAY - timedelta(hours=1))
    assert room.current(opened(room)).lines[-1].verdicts == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_minutes_hold_effect_and_verdict(room, lang):
    number = opened(room)
    before = documents.markdown(room.current(number), lang)
    assert Words(lang).say("effect.meeting.not_said") in before
    give(room, MONDAY + timedelta(minutes=20))
    after = documents.markdown(room.current(number), lang)
    assert "They buy again" in after
    assert r"Visit \*all\*" in after
    assert Words(lang).say("effect.verdict.worked") in documents.html(room.current(number), lang)
