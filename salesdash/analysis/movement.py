"""Pipeline movement: from what was open at one moment to what is open at another, part by part.

Parts add up exactly to the difference, in money and in deals. Each names its deals, what they were
and are, and the file that showed it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from salesdash.analysis import pipeline
from salesdash.analysis.answers import Amount, Name, Reason
from salesdash.analysis.moments import ONE_DAY, AsOf, pair
from salesdash.analysis.moved import (
    CAME,
    FILTERED,
    GREW,
    KINDS,
    LEFT,
    PUT_OFF,
    WITHIN,
    MovedDeal,
    MovedPart,
    Movement,
    Open,
    Stood,
)
from salesdash.analysis.rows import Rows
from salesdash.metrics import Unit
from salesdash.periods import Window
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse
from salesdash.warehouse import movement as asking
from salesdash.warehouse.movement import Between, Group, Stirred
from salesdash.warehouse.pushed import Pushes, pushes
from salesdash.workspace import Event

SHOWN = 5
"""Deals named at once, of each part the largest."""

CONDITIONS = {
    **{kind: f"p.came = '{kind}'" for kind in CAME},
    **{kind: f"p.gone = '{kind}'" for kind in LEFT},
    "grown": "p.growth > 0",
    "shrunk": "p.growth < 0",
    PUT_OFF: "p.is_put_off",
}
"""What a part is made of, as SQL over the pairs `p`."""


@dataclass(frozen=True)
class Asked:
    """Two states of the deals of a selection, with the events that made them.

    `within`: only deals expected to close in that window. Its own window and cut are not looked at.
    """

    warehouse: Warehouse
    selection: Selection
    events: Sequence[Event]
    then: AsOf
    now: AsOf
    within: Window | None = None

    def build(self, most: int = SHOWN) -> Movement:
        """What moved; `most`: so many deals are named in each part."""
        then, now = pair(self.then, self.now)
        selection, ignored = pipeline.narrow(self.warehouse, self.selection)
        groups = self._movement(then, now, selection).groups(most)
        opening, closing, put_off = Open(), Open(), Open()
        for group in groups:
            opening = opening.and_also(group.then, group.start)
            closing = closing.and_also(group.now, Decimal(0) if group.gone else group.end)
            put_off = put_off.and_also(group.put_off, group.put_off_amount or Decimal(0))
        draft = Movement(
            then=then,
            now=now,
            within=self.within,
            opening=opening,
            closing=closing,
            parts=self._parts(groups, most),
            put_off=put_off,
            priced=_is_priced(groups, closing),
            headline=Reason(""),
            notes=(),
        )
        notes = tuple(_notes(draft, groups, ignored))
        return replace(draft, headline=_headline(draft), notes=notes)

    def rows(self, kind: str, limit: int) -> Rows:
        """All deals of a part, the largest first."""
        then, now = pair(self.then, self.now)
        selection, _ = pipeline.narrow(self.warehouse, self.selection)
        table = self._movement(then, now, selection).rows(CONDITIONS[kind], limit + 1)
        return Rows(table.slice(0, limit), table.num_rows > limit)

    def _movement(self, then: AsOf, now: AsOf, selection: Selection) -> asking.Movement:
        since = then.day if then.is_shown else then.day + ONE_DAY
        period = None if self.within is None else self.within.period
        between = Between(then.side, now.side, since, period)
        return asking.Movement(self.warehouse, selection, between)

    def _parts(self, groups: Sequence[Group], most: int) -> tuple[MovedPart, ...]:
        found = {kind: list(_in(kind, groups)) for kind in KINDS}
        named = {
            kind: sorted(
                ((sign, deal) for sign, group in each for deal in group.largest),
                key=lambda one: (-abs(_amount(kind, *one)), one[1].key),
            )[:most]
            for kind, each in found.items()
        }
        put_off = self._pushes(deal for each in named.values() for _, deal in each)
        files = {event.id: event.file_name for event in self.events}
        kinds = [kind for kind in KINDS if found[kind] or self._may_hold(kind)]
        return tuple(
            MovedPart(
                kind,
                sum(group.deals for _, group in found[kind]),
                sum((_sum(kind, *each) for each in found[kind]), Decimal(0)),
                tuple(
                    self._deal(deal, _amount(kind, sign, deal), put_off, files)
                    for sign, deal in named[kind]
                ),
            )
            for kind in kinds
        )

    def _may_hold(self, kind: str) -> bool:
        """Whether a part says something when no deal is in it."""
        if kind in WITHIN:
            return self.within is not None
        return kind not in FILTERED

    def _pushes(self, deals: Iterable[Stirred]) -> Mapping[str, Pushes]:
        numbers = [deal.deal for deal in deals if deal.deal is not None]
        return pushes(self.warehouse, numbers, self.now.cut)

    def _deal(
        self,
        deal: Stirred,
        amount: Decimal,
        put_off: Mapping[str, Pushes],
        files: Mapping[int, str | None],
    ) -> MovedDeal:
        history = put_off.get(deal.deal or "", Pushes(0, None))
        event = deal.event_now or history.ended or deal.event_then or 0
        then = Stood(deal.amount_then, deal.close_then, deal.stage_then)
        now = Stood(deal.amount_now, deal.close_now, deal.stage_now)
        return MovedDeal(
            deal=deal.deal,
            name=deal.name,
            customer=deal.customer,
            owner=deal.person,
            amount=amount,
            then=then if deal.told_then and pair(self.then, self.now)[0].is_shown else None,
            now=now if deal.told_now else None,
            pushed=history.pushed,
            file=files.get(event),
            event=event,
            record=deal.record,
        )


def _is_priced(groups: Sequence[Group], closing: Open) -> bool:
    """Whether money tells it: not where no deal that is open by now states any."""
    stated = any(group.start or group.end for group in groups)
    return stated and bool(closing.amount or not closing.deals)


def _in(kind: str, groups: Iterable[Group]) -> Iterator[tuple[int, Group]]:
    """The groups that a part is made of, with the sign it counts them with."""
    for group in groups:
        if kind in GREW:
            if group.direction and (group.direction > 0) == (kind == "grown"):
                yield group.direction, group
        elif kind in (group.came, group.gone):
            yield (1 if kind in CAME else -1), group


def _sum(kind: str, sign: int, group: Group) -> Decimal:
    return group.growth if kind in GREW else sign * group.end


def _amount(kind: str, sign: int, deal: Stirred) -> Decimal:
    return deal.growth if kind in GREW else sign * deal.size


def _headline(found: Movement) -> Reason:
    """How the pipeline changed, and what did most of it in each direction."""
    day = ("day", found.then.day)
    if not found.moved:
        return Reason("movement.headline.nothing", (day,))
    change = found.level(found.closing) - found.level(found.opening)
    key = "up" if change > 0 else "down" if change else "same"
    values = (
        ("change", _amount_of(abs(change), found.priced)),
        ("closing", _amount_of(found.level(found.closing), found.priced)),
        day,
    )
    told = [Reason(f"movement.headline.{key}", values), *_most(found)]
    return told[0] if len(told) == 1 else Reason("movement.headline.both", (
        ("first", told[0]), ("rest", tuple(told[1:])),
    ))  # fmt: skip


def _most(found: Movement) -> Iterator[Reason]:
    """The largest part in each direction."""
    worth = {part: found.step(part) for part in found.moved}
    for key, pick in (("added", max), ("took", min)):
        part = pick(worth, key=lambda each: worth[each])
        if (worth[part] > 0) if key == "added" else (worth[part] < 0):
            amount = _amount_of(abs(worth[part]), found.priced)
            name = Reason(f"movement.said.{part.kind}")
            yield Reason(f"movement.headline.{key}", (("part", name), ("amount", amount)))


def _amount_of(value: Decimal, priced: bool) -> Amount | Reason:  # noqa: FBT001 - money or deals
    if priced:
        return Amount(value, Unit.MONEY)
    return Reason("movement.deals", (("count", int(value)),))


def _notes(found: Movement, groups: Sequence[Group], ignored: Sequence[str]) -> Iterator[Reason]:
    """What is not known, or left out; nothing in silence."""
    if not found.then.is_shown:
        key = "begun" if found.now.is_shown else "both"
        days = (("day", found.then.day), ("end", found.now.day), ("file", found.now.file or ""))
        yield Reason(f"movement.note.{key}", days)
        uncreated = sum(group.uncreated for group in groups)
        if uncreated:
            yield Reason("movement.note.uncreated", (("count", uncreated),))
    elif found.then.at == found.now.at:
        yield Reason("movement.note.same", (("file", found.now.file or ""),))
    if found.put_off.deals and found.then.is_shown:
        amount = _amount_of(found.put_off.amount, priced=True)
        values = (("count", found.put_off.deals), ("amount", amount))
        yield Reason(f"movement.note.put_off{'' if found.priced else '_counted'}", values)
    unnumbered = sum(group.unnumbered for group in groups)
    if unnumbered and found.then.is_shown:
        yield Reason("movement.note.unnumbered", (("count", unnumbered),))
    if ignored:
        names = tuple(Name("dimension", name) for name in ignored)
        yield Reason("pipeline.note.filters", (("count", len(names)), ("names", names)))
