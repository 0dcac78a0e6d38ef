"""The command `goals`: list, set, split, copy, undo, withdraw, review and so on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from salesdash.analysis import attainment, leverage
from salesdash.analysis import goals as measuring
from salesdash.analysis.dividing import Division
from salesdash.analysis.planning import Plan, Wish, amount, percent, period_from
from salesdash.analysis.progress import Progress
from salesdash.commands import checking, levers, reviewing, targets, wording
from salesdash.commands.arguments import Goals, Import
from salesdash.commands.defining import bound
from salesdash.commands.goal_facts import fact, terms_fact, unit_of
from salesdash.commands.importing import import_files
from salesdash.commands.office import Desk
from salesdash.commands.questions import choice, filters
from salesdash.commands.replies import Reply, plain
from salesdash.datasets import TARGETS
from salesdash.errors import UsageError
from salesdash.periods import Comparison
from salesdash.selection import numbered
from salesdash.workspace import Goal, Rhythm, Stamp, Terms

NOTHING_YET = Decimal(0)
"""Stands for a target that is still to be worked out."""


def goals(desk: Desk, given: Goals) -> Reply:
    """Do what was asked with goals; each action says what its document holds."""
    action = ACTIONS.get(given.action)
    if action is None:
        raise UsageError("goal.action", action=given.action, known=", ".join(ACTIONS))
    return action(desk, given)


def _list(desk: Desk, _: Goals) -> Reply:
    """All goals, riskiest first: {goals: [{goal, title, from, to, target, actual ...}], ...}."""
    return _told(desk, _measured(desk, desk.home.workspace.goals.standing()))


def _set(desk: Desk, given: Goals) -> Reply:
    """Set goals, or revise those that stand with the same metric, scope and period.

    As `list`, with the advice of `check` beside them.
    """
    wish = _wish(desk, given)
    terms = Plan(desk.home.warehouse, desk.settings, desk.today).terms(wish)
    stamp = Stamp(desk.who, desk.now)
    done = desk.home.workspace.goals.put(terms, stamp, given.why or "")
    advice = checking.fact(desk, wording.words(desk), checking.of_wish(desk, wish, terms))
    return Reply(plain({**_facts(desk, _among(desk, done)), **advice}))


def _check(desk: Desk, given: Goals) -> Reply:
    """What SMART says of a goal that stands, or of one as `set` takes it; nothing is stored.

    {check: [{letter, judgement, word, text}, ...], history: {units: [{from, to, value}], ...}}.
    """
    what = _needed(given, "METRIC|N", given.what)
    if what.isdecimal():
        draft = checking.of_goal(_one(desk, given).goal)
    else:
        wish = _wish(desk, given)
        terms = Plan(desk.home.warehouse, desk.settings, desk.today).terms(wish)
        draft = checking.of_wish(desk, wish, terms)
    return Reply(plain(checking.fact(desk, wording.words(desk), draft)))


def _split(desk: Desk, given: Goals) -> Reply:
    """Split a goal, or a target of a metric that is set along with its parts; as `list`.

    Beside the goals: {notes: [what the split goes by, ...], dry_run}.
    """
    what = _needed(given, "METRIC|N", given.what)
    if what.isdecimal():
        goal = desk.home.workspace.goals.revisions(_number(given))[-1]
        if goal.withdrawn:
            raise UsageError("goal.withdrawn", goal=goal.number)
        total = goal.terms
    else:
        plan = Plan(desk.home.warehouse, desk.settings, desk.today)
        (total,) = plan.terms(_wish(desk, replace(given, each=None)))
    return _worked_out(desk, given, targets.split(desk, given, total), total)


def _copy(desk: Desk, given: Goals) -> Reply:
    """Last year's targets or figures (`--of actuals`), so many per cent higher; as `split`."""
    metric = _needed(given, "METRIC", given.what)
    code = _needed(given, "--period", given.period)
    return _worked_out(desk, given, targets.copy(desk, given, metric, code))


def _worked_out(desk: Desk, given: Goals, found: Division, total: Terms | None = None) -> Reply:
    """Set what was worked out, or with `dry_run` only show it."""
    terms = found.parts if total is None else (total, *found.parts)
    if given.dry_run:
        goals = targets.planned(terms)
    else:
        goals = targets.save(desk, given, found.parts, total)
    order = {each.key: number for number, each in enumerate(terms)}
    told = sorted(_among(desk, goals), key=lambda each: order[each.goal.terms.key])
    words = wording.words(desk)
    notes = [words.tell(note) for note in found.notes]
    return Reply(plain({**_facts(desk, told), "notes": notes, "dry_run": given.dry_run}))


def _undo(desk: Desk, given: Goals) -> Reply:
    """Make the goals that were written together last what they were before; those that stand."""
    return _told(desk, _among(desk, targets.undo(desk, given)))


def _withdraw(desk: Desk, given: Goals) -> Reply:
    """Take a goal back; its revisions."""
    store, number = desk.home.workspace.goals, _number(given)
    store.withdraw(store.revisions(number)[-1], Stamp(desk.who, desk.now), given.why or "")
    return _revisions(desk, given)


def _revisions(desk: Desk, given: Goals) -> Reply:
    """What changed, who did it, when and why: {goal, revisions: [{version, who, target ...}]}."""
    found = desk.home.workspace.goals.revisions(_number(given))
    words, now = wording.words(desk), _one(desk, given)
    revisions = [
        {
            **terms_fact(each.terms),
            "reached": attainment.against(now, each).reached,
            "target_told": words.value(each.terms.target, unit_of(desk, each), "exact"),
            **{name: getattr(each, name) for name in ("version", "who", "at", "why", "withdrawn")},
        }
        for each in found
    ]
    return Reply(plain({"goal": found[-1].number, "revisions": revisions}))


def _review(desk: Desk, given: Goals) -> Reply:
    """Keep what is known of a goal today with a person's judgement; as `reviews`."""
    found = _one(desk, given)
    if found.goal.withdrawn:
        raise UsageError("goal.withdrawn", goal=found.goal.number)
    return reviewing.keep(desk, given, found, fact)


def _reviews(desk: Desk, given: Goals) -> Reply:
    """The reviews of a goal, also of one that was taken back."""
    return reviewing.listed(desk, _one(desk, given).goal, fact)


def _levers(desk: Desk, given: Goals) -> Reply:
    """What each lever alone would have to be to reach a goal; `levers.board` says what it holds."""
    goal = _one(desk, given)
    board = leverage.build(desk.home.warehouse, desk.settings, goal, desk.today)
    return levers.board(wording.words(desk), goal, board)


def _import(desk: Desk, given: Goals) -> Reply:
    """Bring a file of targets in, as `import --dataset targets` does, with its document."""
    file = _needed(given, "FILE", given.what)
    return import_files(
        desk, Import((file,), dataset=TARGETS.name, mode=given.mode, year=given.year)
    )


ACTIONS: Mapping[str, Callable[[Desk, Goals], Reply]] = {
    "list": _list,
    "set": _set,
    "check": _check,
    "split": _split,
    "copy": _copy,
    "undo": _undo,
    "withdraw": _withdraw,
    "revisions": _revisions,
    "review": _review,
    "reviews": _reviews,
    "levers": _levers,
    "import": _import,
}


def _measured(desk: Desk, standing: Sequence[Goal]) -> tuple[Progress, ...]:
    return measuring.build(desk.home.warehouse, desk.settings, standing, desk.today)


def _one(desk: Desk, given: Goals) -> Progress:
    """The goal of that number, also one that was taken back, or the target of that code."""
    code = _needed(given, "N", given.what)
    store = desk.home.workspace.goals
    goals = (store.revisions(_number(given))[-1],) if code.isdecimal() else store.standing()
    found = next((each for each in _measured(desk, goals) if each.goal.code == code), None)
    if found is None:
        raise UsageError("goal.unknown", goal=code)
    return found


def _among(desk: Desk, goals: Sequence[Goal]) -> list[Progress]:
    """The progress of these goals alone, without the targets of files."""
    numbers = {goal.number for goal in goals}
    return [each for each in _measured(desk, goals) if each.goal.number in numbers]


def _wish(desk: Desk, given: Goals) -> Wish:
    metric = _needed(given, "METRIC", given.what)
    period = _needed(given, "--period", given.period)
    if (given.target is None) == (given.plus is None):
        raise UsageError("goal.one_target")
    plan = Plan(desk.home.warehouse, desk.settings, desk.today)
    terms = Terms(
        metric=metric,
        period=period_from(period, plan.edge(metric), desk.settings.fiscal),
        target=NOTHING_YET if given.target is None else amount(given.target),
        scope=filters(desk, given.where, bound(desk).get(metric).dataset),
        floor=None if given.floor is None else amount(given.floor),
        stretch=None if given.stretch is None else amount(given.stretch),
        reason=given.reason or "",
        owner=given.owner or "",
        parent=given.under,
        rhythm=choice("review", given.review, Rhythm),
    )
    return Wish(
        terms,
        each=targets.unit(given.each),
        percent=None if given.plus is None else percent(given.plus),
        of=given.of or Comparison.LAST_YEAR.value,
    )


def _needed(given: Goals, what: str, value: str | None) -> str:
    if value is None:
        raise UsageError("goal.missing", action=given.action, what=what)
    return value


def _number(given: Goals) -> int:
    text = _needed(given, "N", given.what)
    number = numbered(text)
    if number is None:
        raise UsageError("goal.unknown", goal=text)
    return number


def _told(desk: Desk, found: Sequence[Progress]) -> Reply:
    return Reply(plain(_facts(desk, found)))


def _facts(desk: Desk, found: Sequence[Progress]) -> dict[str, object]:
    words, more = wording.words(desk), reviewing.facts(desk, found)
    parts = targets.parts(found, bound(desk))
    goals = [
        {**fact(desk, words, each), "parts": parts.get(each.goal.code, []), **more[each.goal.code]}
        for each in found
    ]
    return {"goals": goals}
