"""Plans: the kinds of meetings there are, those of config.yaml and those people made."""

from collections.abc import Iterable, Mapping
from typing import cast

from salesdash.config import AgendaLine, LineKind, Settings
from salesdash.config import Meeting as Plan
from salesdash.metrics import Metric, Words
from salesdash.periods import Comparison, Grain
from salesdash.workspace import Meeting, Occasion, Own

WEEK_DAYS = 7


def offered(settings: Settings, own: Iterable[Own]) -> dict[str, Plan]:
    """By kind: those of config.yaml in their order, then templates that are not withdrawn."""
    made = {each.key: _made(each, settings.metrics) for each in own if not each.withdrawn}
    return {**settings.meetings, **made}


def of(meeting: Meeting, settings: Settings, own: Iterable[Own]) -> Plan:
    """The plan of a meeting, also of a template withdrawn since, or of a kind that is gone."""
    if meeting.kind in settings.meetings:
        return settings.meetings[meeting.kind]
    made = next((each for each in own if each.key == meeting.kind), None)
    return gone(meeting) if made is None else _made(made, settings.metrics)


def names(settings: Settings, own: Iterable[Own]) -> dict[str, Words]:
    """What kinds are called, those of templates that were withdrawn too."""
    known = {kind: plan.name for kind, plan in settings.meetings.items()}
    return {**known, **{each.key: worded(each.name) for each in own}}


def title(plan: Plan, occasion: Occasion) -> Words:
    """What a meeting is called; a one-to-one with whom it is."""
    if not occasion.person:
        return plan.name
    return Words(*(f"{plan.name[lang]} · {occasion.person}" for lang in ("en", "zh")))


def gone(meeting: Meeting) -> Plan:
    """The plan of a kind that config.yaml no longer has: what is written down stays usable."""
    days = (meeting.last_day - meeting.first_day).days + 1
    every = Grain.WEEK if days <= WEEK_DAYS else Grain.MONTH
    name = Words(meeting.kind, meeting.kind)
    return Plan(meeting.kind, name, every, Comparison.LAST_YEAR, (), ())


def worded(text: Mapping[str, str]) -> Words:
    """Words typed in one language or both; one stands for the other."""
    first = next(iter(text.values()), "")
    return Words(text.get("en", first), text.get("zh", first))


def _made(own: Own, metrics: Mapping[str, Metric]) -> Plan:
    """A template as a plan, without names that are no metric any more."""
    once = own.every == "once"
    return Plan(
        id=own.key,
        name=worded(own.name),
        every=Grain.MONTH if once else Grain(own.every),
        compare=Comparison(own.compare),
        prepare=(),
        agenda=tuple(
            AgendaLine(
                id=f"line{number}",
                kind=cast("LineKind", point.kind),  # one that is gone shows its texts alone
                title=worded(point.title),
                hint=worded(point.hint),
                tiles=tuple(name for name in point.tiles if name in metrics),
                minutes=point.minutes,
            )
            for number, point in enumerate(own.agenda)
        ),
        one_to_one=own.one_to_one,
        once=once,
    )
