"""The demo company's leads: most come to nothing, the others became its new deals."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from salesdash.demo.deals import Deals
from salesdash.demo.draws import any_city, any_segment, any_seller, begin, campaigns, pick
from salesdash.demo.orders import World
from salesdash.demo.timeline import NEVER, Rota

UNCONVERTED = 1.5
"""Leads that come to nothing for each that becomes a deal, before the story."""

FLOOD_MONTHS = 6
FLOOD = 4.0
"""The channel of the story brings up to so many times the useless leads by now."""

TIME_TO_CONVERT = (2.3, 0.8)
"""Mean and deviation of the logarithm of the days from lead to deal: 10 days for half of them."""


@dataclass(frozen=True)
class Leads:
    """Columns of equal length, sorted by `created`. Days are day numbers.

    `deal` is a position in the deals, -1 for none; `client` one in the customers, from their
    number on a prospect; `given_up` is when somebody stopped trying.
    """

    created: NDArray[np.int32]
    converted: NDArray[np.int32]
    given_up: NDArray[np.int32]
    deal: NDArray[np.int64]
    client: NDArray[np.int64]
    city: NDArray[np.int32]
    segment: NDArray[np.int32]
    person: NDArray[np.int64]
    channel: NDArray[np.int8]
    campaign: NDArray[np.int64]
    minute: NDArray[np.int64]

    def __len__(self) -> int:
        """How many leads."""
        return len(self.created)

    def take(self, index: NDArray[np.int64] | NDArray[np.bool_]) -> "Leads":
        """Some of the leads."""
        return Leads(**{f.name: getattr(self, f.name)[index] for f in fields(self)})


def leads(world: World, deals: Deals, rota: Rota, rng: np.random.Generator) -> Leads:
    """All leads up to today: one for each new deal, and those nothing came of."""
    good = _good(world, deals, rota, rng)
    idle = _idle(world, deals, good, rota, rng)
    both = Leads(
        **{
            f.name: np.concatenate([getattr(part, f.name) for part in (good, idle)])
            for f in fields(Leads)
        }
    )
    return both.take(np.argsort(both.created, kind="stable"))


def _good(world: World, deals: Deals, rota: Rota, rng: np.random.Generator) -> Leads:
    deal = np.flatnonzero(deals.new)
    part, count = deals.take(deal), len(deal)
    wait = np.minimum(rng.lognormal(*TIME_TO_CONVERT, count), 120).astype(np.int32)
    created = rota.snap(part.created - wait)
    arrival = world.timeline.number(world.staff.arrival)
    own = part.person == len(world.company.sellers) - 1
    return Leads(
        created=np.where(own, np.maximum(created, arrival), created).astype(np.int32),
        converted=part.created,
        given_up=np.full(count, NEVER, np.int32),
        deal=deal,
        client=part.client,
        city=part.city,
        segment=part.segment,
        person=part.person,
        channel=part.channel,
        campaign=part.campaign,
        minute=rng.integers(8 * 60, 9 * 60, count),
    )


def _idle(world: World, deals: Deals, good: Leads, rota: Rota, rng: np.random.Generator) -> Leads:
    count = round(len(good) * UNCONVERTED * FLOOD)
    created = rota.snap(begin(world, rng, count))
    channel = pick(rng, list(world.company.channels.values()), count).astype(np.int8)
    flooded = channel == list(world.company.channels).index(world.company.desk_plots.channel)
    flood = flooding(world, created)
    kept = np.flatnonzero(rng.random(count) < np.where(flooded, flood, 1) / FLOOD)
    created, channel, count = created[kept], channel[kept], len(kept)
    city = any_city(world.company, rng, count)
    campaign = campaigns(world.company, rng, channel)
    last = int(campaign[flooded[kept]].max())
    poured = flooded[kept] & (rng.random(count) < 1 - 1 / flood[kept])
    return Leads(
        created=created,
        converted=np.full(count, NEVER, np.int32),
        given_up=created + rng.integers(5, 50, count, dtype=np.int32),
        deal=np.full(count, -1, np.int64),
        client=_next_prospect(world, deals) + np.arange(count),
        city=city,
        segment=any_segment(world.company, rng, count),
        person=world.staff.seller(any_seller(world, rng, city, created), created),
        channel=channel,
        campaign=np.where(poured, last, campaign),
        minute=rng.integers(8 * 60, 18 * 60, count),
    )


def flooding(world: World, day: NDArray[np.int32]) -> NDArray[np.float64]:
    """How many times the usual the story's channel brings, and costs, on a day: 1, then FLOOD."""
    timeline = world.timeline
    start = timeline.number(timeline.ago(FLOOD_MONTHS))
    return np.interp(day, [start, timeline.number(timeline.ago(1))], [1.0, FLOOD])


def _next_prospect(world: World, deals: Deals) -> int:
    known = len(world.customers.joined)
    return max(int(deals.client.max()) + 1, known) if len(deals) else known
