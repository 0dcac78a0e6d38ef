"""The demo company's deals: the won ones lead to orders, the others to nothing, some are open.

A deal is decided here as a whole; `stages` says how it stood on a day.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from salesdash.demo.draws import any_city, any_segment, any_seller, begin, campaigns, pick
from salesdash.demo.orders import World
from salesdash.demo.takings import Takings
from salesdash.demo.timeline import Rota

LARGE = 97
"""Orders above this percentile of all amounts are won in a deal more often than not."""

DEALT = {"machine": 0.85, "large": 0.5}
MACHINE_PRICE = 40_000
"""Orders led by something this dear, in cents, are won in a deal as a rule."""

LOST = 1.5
"""Lost deals for each won one, before the stories."""

PROSPECTS = 0.5
"""Share of the deals not won that are with somebody who never bought."""

CYCLES = {"new": (2.4, 17.0), "existing": (2.2, 13.0), "lost": (1.9, 31.0)}
"""Shape and scale in days of the gamma distribution of the time from creation to decision."""

LATE_NOTES = 0.08
"""Share of the decisions written down days later."""

UNDERCUT_MONTHS = 5
UNDERCUT = 2.6
"""The team that loses to one competitor: for so many months it loses so many times the deals."""

BLAMED = 0.75
"""Share of its lost deals that name the plot's reason and competitor."""

ROUND = 1_000
"""Amounts that never became an order are round: to so many cents."""


@dataclass(frozen=True)
class Deals:
    """Columns of equal length, sorted by `created`. Days are day numbers, -1 in others is none.

    `closed` is the day of the decision, `told` when it was written down; both may lie in the
    future. `order` is the position of the order a won deal led to; `client` one in the customers,
    from their number on a prospect. `guess` is what the amount was first thought to be, `reach`
    the last open stage, `plan` the days after which it was first expected to close, `pushes` how
    often that is put off; `minute` is a time of day.
    """

    created: NDArray[np.int32]
    closed: NDArray[np.int32]
    told: NDArray[np.int32]
    won: NDArray[np.bool_]
    new: NDArray[np.bool_]
    order: NDArray[np.int64]
    client: NDArray[np.int64]
    city: NDArray[np.int32]
    segment: NDArray[np.int32]
    person: NDArray[np.int64]
    product: NDArray[np.int64]
    channel: NDArray[np.int8]
    campaign: NDArray[np.int64]
    amount: NDArray[np.int64]
    guess: NDArray[np.int64]
    reach: NDArray[np.int64]
    plan: NDArray[np.int32]
    pushes: NDArray[np.int64]
    reason: NDArray[np.int64]
    competitor: NDArray[np.int64]
    minute: NDArray[np.int64]

    def __len__(self) -> int:
        """How many deals."""
        return len(self.created)

    def take(self, index: NDArray[np.int64] | NDArray[np.bool_]) -> "Deals":
        """Some of the deals."""
        return Deals(**{f.name: getattr(self, f.name)[index] for f in fields(self)})


@dataclass(frozen=True)
class _Start:
    """What is known of deals before their course is drawn."""

    closed: NDArray[np.int32]
    created: NDArray[np.int32]
    won: NDArray[np.bool_]
    new: NDArray[np.bool_]
    order: NDArray[np.int64]
    client: NDArray[np.int64]
    city: NDArray[np.int32]
    segment: NDArray[np.int32]
    person: NDArray[np.int64]
    product: NDArray[np.int64]
    channel: NDArray[np.int8]
    amount: NDArray[np.int64]


def deals(world: World, takings: Takings, rota: Rota, rng: np.random.Generator) -> Deals:
    """All deals that were created before today."""
    won = _won(world, takings, rota, rng)
    rest = _rest(world, won, takings.first_days, rota, rng)
    start = _Start(
        **{
            f.name: np.concatenate([getattr(part, f.name) for part in (won, rest)])
            for f in fields(_Start)
        }
    )
    made = _with_course(world, start, rng)
    known = made.created < world.timeline.days
    return made.take(np.flatnonzero(known)[np.argsort(made.created[known], kind="stable")])


def _won(world: World, takings: Takings, rota: Rota, rng: np.random.Generator) -> _Start:
    """The deals behind first orders, machines and large orders that nobody ever changed."""
    found, clients = takings.orders, world.customers
    plain = ~(found.void | found.credit | found.anonymous | (found.changed >= 0))
    plain &= found.entered == found.day
    founder = clients.joined[found.customer] == 0
    new = takings.first & ~founder
    leader = np.asarray([p.price for p in world.company.products])[takings.product]
    chance = np.where(leader >= MACHINE_PRICE, DEALT["machine"], 0.0)
    large = takings.amount > np.percentile(takings.amount, LARGE)
    chance = np.where(large & (chance == 0), DEALT["large"], chance)
    dealt = ~takings.first & (rng.random(len(found)) < chance)
    order = np.flatnonzero(plain & (new | dealt))
    part = found.take(order)
    closed = rota.snap(part.day - rng.integers(0, 4, len(order)))
    cycle = _won_cycle(rng, new[order])
    created = rota.snap(closed - cycle)
    person = world.staff.seller(clients.person[part.customer], closed)
    return _Start(
        closed=closed,
        created=np.minimum(_not_before_arrival(world, person, created), closed),
        won=np.ones(len(order), np.bool_),
        new=new[order],
        order=order,
        client=part.customer.astype(np.int64),
        city=clients.city[part.customer],
        segment=clients.segment[part.customer],
        person=person,
        product=takings.product[order],
        channel=part.channel,
        amount=takings.amount[order],
    )


def _cycle(rng: np.random.Generator, kind: str, count: int) -> NDArray[np.int32]:
    shape, scale = CYCLES[kind]
    return (2 + rng.gamma(shape, scale, count)).astype(np.int32)


def _won_cycle(rng: np.random.Generator, new: NDArray[np.bool_]) -> NDArray[np.int32]:
    fresh, known = (_cycle(rng, kind, len(new)) for kind in ("new", "existing"))
    return np.where(new, fresh, known).astype(np.int32)


def _not_before_arrival(
    world: World, person: NDArray[np.int64], day: NDArray[np.int32]
) -> NDArray[np.int32]:
    """Nothing of the newcomer's is older than the newcomer."""
    arrival = world.timeline.number(world.staff.arrival)
    newcomer = len(world.company.sellers) - 1
    return np.where(person == newcomer, np.maximum(day, arrival), day).astype(np.int32)


def _rest(
    world: World, won: _Start, first: NDArray[np.int32], rota: Rota, rng: np.random.Generator
) -> _Start:
    """Lost deals, and open ones: of those that will be won only what is not decided today.

    `first` is the day of each customer's first order.
    """
    lost = round(len(won.closed) * LOST * UNDERCUT)
    count = lost + len(won.closed)
    future = np.arange(count) >= lost
    created = rota.snap(begin(world, rng, count))
    like = rng.integers(0, len(won.closed), count)
    lasting = np.where(future, _won_cycle(rng, won.new[like]), _cycle(rng, "lost", count))
    closed = rota.snap(created + lasting)
    clients, drawn = world.customers, _by_appetite(world, rng, count)
    known = (first[drawn] < created) & (created < clients.left[drawn])
    new = ~known | (rng.random(count) < PROSPECTS)
    city = np.where(new, any_city(world.company, rng, count), clients.city[drawn])
    owner = np.where(new, any_seller(world, rng, city, created), clients.person[drawn])
    person = world.staff.seller(owner, np.minimum(closed, world.timeline.days - 1))
    kept = _kept(world, person, created, closed, rng) | future
    kept &= ~future | (closed >= world.timeline.days)
    draft = _Start(
        closed=np.maximum(closed, created),
        created=created,
        won=np.zeros(count, np.bool_),
        new=new,
        order=np.full(count, -1, np.int64),
        client=drawn.astype(np.int64),
        city=city.astype(np.int32),
        segment=np.where(new, any_segment(world.company, rng, count), clients.segment[drawn]),
        person=person,
        product=won.product[like],
        channel=pick(rng, list(world.company.channels.values()), count).astype(np.int8),
        amount=_rounded(won.amount[like] * rng.lognormal(0.1, 0.35, count)),
    )
    rest = _Start(**{f.name: getattr(draft, f.name)[kept] for f in fields(_Start)})
    prospect = len(clients.joined) + np.cumsum(rest.new) - 1
    return _Start(**{**vars(rest), "client": np.where(rest.new, prospect, rest.client)})


def _kept(
    world: World,
    person: NDArray[np.int64],
    created: NDArray[np.int32],
    closed: NDArray[np.int32],
    rng: np.random.Generator,
) -> NDArray[np.bool_]:
    """Few of the lost deals drawn, but all of those that the plot's team loses lately."""
    return (rng.random(len(created)) < 1 / UNDERCUT) | _undercut(world, person, created, closed)


def _undercut(
    world: World,
    person: NDArray[np.int64],
    created: NDArray[np.int32],
    closed: NDArray[np.int32],
) -> NDArray[np.bool_]:
    """Deals that the plot's team decided since the competitor came."""
    team = np.asarray(world.staff.teams)[world.staff.team(person, created)]
    since = world.timeline.number(world.timeline.ago(UNDERCUT_MONTHS))
    decided = (closed >= since) & (closed < world.timeline.days)
    return np.asarray((team == world.company.desk_plots.team) & decided)


def _with_course(world: World, start: _Start, rng: np.random.Generator) -> Deals:
    """The deals with campaign, stages, expectations and reasons."""
    lists, count = world.company.lists, len(start.closed)
    reason, competitor = _reasons(world, start, rng)
    late = np.where(rng.random(count) < LATE_NOTES, rng.integers(2, 19, count), 0)
    last = len(lists.stages) - 1
    plan = np.clip(rng.normal(48, 14, count), 14, 110)
    guess = _rounded(start.amount * rng.choice([0.7, 0.85, 1.0, 1.0, 1.15, 1.4], count))
    return Deals(
        **vars(start),
        told=(start.closed + late).astype(np.int32),
        campaign=campaigns(world.company, rng, start.channel),
        guess=np.maximum(guess, ROUND),
        reach=np.where(start.won, last, pick(rng, [16, 26, 34, 24], count)),
        plan=plan.astype(np.int32),
        pushes=pick(rng, [22, 33, 25, 20], count),
        reason=reason,
        competitor=competitor,
        minute=rng.integers(8 * 60, 18 * 60, count),
    )


def _reasons(
    world: World, start: _Start, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Why each deal is lost and to whom, as positions in the lists."""
    lists, plots, count = world.company.lists, world.company.desk_plots, len(start.closed)
    names, rivals = list(lists.reasons), list(lists.competitors)
    reason = pick(rng, list(lists.reasons.values()), count)
    competitor = pick(rng, list(lists.competitors.values()), count)
    blamed = _undercut(world, start.person, start.created, start.closed)
    blamed &= rng.random(count) < BLAMED
    reason = np.where(blamed, names.index(plots.reason), reason)
    competitor = np.where(blamed, rivals.index(plots.competitor), competitor)
    rivalry = np.isin(reason, [names.index(name) for name in lists.rivalry])
    return np.where(start.won, -1, reason), np.where(rivalry & ~start.won, competitor, -1)


def _by_appetite(world: World, rng: np.random.Generator, count: int) -> NDArray[np.int64]:
    """Customers who order often come up often; never the big one, who has a story of its own."""
    rate = world.customers.rate.copy()
    rate[0] = 0
    return pick(rng, list(rate), count)


def _rounded(amount: NDArray[np.float64]) -> NDArray[np.int64]:
    return (np.rint(amount / ROUND) * ROUND).astype(np.int64)
