"""The lever board of a goal as a document."""

from salesdash.analysis.leverage import Leverage
from salesdash.analysis.levers import Best, Dropped, Lever, Reached
from salesdash.analysis.progress import Progress
from salesdash.charts import Words
from salesdash.commands.replies import Reply, plain
from salesdash.periods import Period


def board(words: Words, goal: Progress, found: Leverage) -> Reply:
    """{goal, metric, why, days_left, missing, past, times, levers: [{lever, now, needed ...}] ...}.

    `why` says why there are no levers; else `past` is the stretch that "now" is measured in.
    """
    return Reply(
        plain(
            {
                "goal": goal.goal.number or goal.goal.code,
                "metric": found.metric,
                "unit": found.unit,
                "why": found.why and words.tell(found.why),
                "rest": _days(found.rest),
                "working_days_left": found.days,
                "missing": found.missing,
                "past": _days(found.past),
                "made": found.made,
                "times": found.times,
                "range_since": found.since,
                "best_by": found.by,
                "levers": [_lever(words, each) for each in found.levers],
                "dropped": [_dropped(words, each) for each in found.dropped],
                "words": {"goal": words.tell(goal.subject.title)},
            }
        )
    )


def _lever(words: Words, found: Lever) -> dict[str, object]:
    return {
        "lever": found.code,
        "unit": found.unit,
        "now": found.now,
        "needed": found.needed,
        "standing": found.standing,
        "effort": found.effort,
        "low": _reached(found.low),
        "high": _reached(found.high),
        "reached_in": found.often,
        "stretches": found.of,
        "best": _best(found.best),
        "note": found.note and words.tell(found.note),
        "words": {
            "lever": words.say(f"levers.name.{found.code}"),
            "now": words.value(found.now, found.unit),
            "needed": words.value(found.needed, found.unit),
            "range": " – ".join(words.value(each, found.unit) for each in found.range),
            "best": words.value(found.best.value if found.best else None, found.unit),
            "standing": words.say(f"levers.standing.{found.standing.value}"),
        },
    }


def _reached(found: Reached | None) -> dict[str, object] | None:
    return None if found is None else {"value": found.value, **(_days(found.period) or {})}


def _best(found: Best | None) -> dict[str, object] | None:
    if found is None:
        return None
    return {"member": found.member, "name": found.label, "value": found.value}


def _dropped(words: Words, found: Dropped) -> dict[str, object]:
    return {"lever": found.code, "reason": words.tell(found.reason)}


def _days(period: Period | None) -> dict[str, object] | None:
    return None if period is None else {"from": period.start, "to": period.last_day}
