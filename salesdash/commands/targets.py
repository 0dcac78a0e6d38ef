"""Targets worked out from others: splits of a total, copies of last year; and the way back."""

from collections.abc import Sequence
from decimal import Decimal

from salesdash.analysis import families, promised
from salesdash.analysis.carrying import Carrier, Places, Source
from salesdash.analysis.dividing import Cut, Divider, Division, How
from salesdash.analysis.planning import REPEATS, Plan, amount, occurrences, percent, period_from
from salesdash.analysis.progress import Progress
from salesdash.commands.arguments import Goals
from salesdash.commands.defining import bound
from salesdash.commands.office import Desk
from salesdash.commands.questions import choice, filters
from salesdash.errors import UsageError
from salesdash.metrics import Bound
from salesdash.periods import Grain
from salesdash.workspace import Edit, Goal, Stamp, Terms


def unit(text: str | None) -> Grain | None:
    """The unit a period is cut into, as typed; UsageError when it is none."""
    found = choice("each", text, Grain)
    if found is not None and found not in REPEATS:
        raise UsageError("usage.choice", name="each", value=text, choices=", ".join(REPEATS))
    return found


def split(desk: Desk, given: Goals, total: Terms) -> Division:
    """The parts of a total, cut as it was said."""
    cut = Cut(
        how=choice("how", given.how, How) or How.HISTORY,
        each=unit(given.each),
        by=given.by,
        members=tuple(dict.fromkeys(given.member)),
        newcomer=percent(given.newcomers or "0") / 100,
        step=_step(given.step),
    )
    return Divider(desk.home.warehouse, desk.settings, desk.today).divide(total, cut)


def _step(text: str | None) -> Decimal | None:
    step = None if text is None else amount(text)
    if step is not None and step <= 0:
        raise UsageError("split.step", step=text)
    return step


def copy(desk: Desk, given: Goals, metric: str, code: str) -> Division:
    """Last year's targets or figures, for the period of a code and its units."""
    plan = Plan(desk.home.warehouse, desk.settings, desk.today)
    period = period_from(code, plan.edge(metric), desk.settings.fiscal)
    places = Places(
        metric,
        occurrences(period, unit(given.each), desk.settings.fiscal),
        given.by,
        tuple(dict.fromkeys(given.member)),
        filters(desk, given.where, bound(desk).get(metric).dataset),
    )
    standing = desk.home.workspace.goals.standing()
    files = promised.goals(desk.home.warehouse, desk.settings.fiscal, None)
    goals = [*(each.goal for each in files), *standing]  # one set by hand stands before a file's
    carrier = Carrier(desk.home.warehouse, desk.settings, desk.today, goals)
    source = choice("of", given.of, Source) or Source.TARGETS
    found = carrier.carry(places, source, percent(given.plus or "0"))
    if not found.parts:
        raise UsageError("split.nothing_to_copy", source=source.value)
    return found


def save(
    desk: Desk, given: Goals, terms: Sequence[Terms], total: Terms | None = None
) -> tuple[Goal, ...]:
    """Set the terms, and the total they come under, all or none; as they stand afterwards."""
    store = desk.home.workspace.goals
    known = {goal.terms.key: goal for goal in store.standing()}
    edits = [] if total is None else [Edit(known.get(total.key), total)]
    for each in terms:
        read = known.get(each.key)
        wanted = each if read is None else each.beside(read.terms)
        edits.append(Edit(read, wanted, None if total is None else total.key))
    store.settle(edits, Stamp(desk.who, desk.now), given.why or "")
    keys = {edit.key for edit in edits}
    return tuple(goal for goal in store.standing() if goal.terms.key in keys)


def parts(found: Sequence[Progress], known: Bound) -> dict[str, list[dict[str, object]]]:
    """By code of a goal, how the goals within it add up: by what, which, total, gap, stated."""
    told: dict[str, list[dict[str, object]]] = {}
    for family in families.build([each.goal for each in found], known):
        told.setdefault(family.parent.code, []).append(
            {
                "by": family.by,
                "unit": family.grain,
                "goals": [goal.number or goal.code for goal in family.parts],
                "total": family.total,
                "gap": family.gap,
                "stated": not family.offered,
            }
        )
    return told


def planned(terms: Sequence[Terms]) -> tuple[Goal, ...]:
    """Terms as goals that nobody has set, told apart by numbers below zero."""
    return tuple(Goal(each, -number) for number, each in enumerate(terms, 1))


def undo(desk: Desk, given: Goals) -> tuple[Goal, ...]:
    """Take back what was written together last; those of them that stand afterwards."""
    store = desk.home.workspace.goals
    written = store.last()
    if not written:
        raise UsageError("goal.nothing_written")
    done = store.take_back(written, Stamp(desk.who, desk.now), given.why or "")
    return tuple(goal for goal in done if not goal.withdrawn)
