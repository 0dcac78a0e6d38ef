"""Draws that deals, leads and activities share: when, where, with whom, by which campaign."""

import numpy as np
from numpy.typing import NDArray

from salesdash.demo.company import Company
from salesdash.demo.orders import World

PREHISTORY = 150
"""Deals begin so many days before the history, so that its first weeks have some."""

NEWCOMER_SHARE = 0.3
"""The newcomer gets this share of the region's prospects."""

CAMPAIGNED = 0.7
"""Share of deals and leads that a campaign brought."""


def begin(world: World, rng: np.random.Generator, count: int) -> NDArray[np.int64]:
    """Days on which something begins: as busy as the orders, quiet days no less than they."""
    before = np.full(PREHISTORY, world.busy[:90].mean())
    until = np.cumsum(np.concatenate([before, world.busy]))
    place = rng.random(count) * until[-1]
    return np.asarray(np.searchsorted(until, place, side="right") - PREHISTORY, np.int64)


def pick(rng: np.random.Generator, weights: list[float], count: int) -> NDArray[np.int64]:
    """Positions drawn with those weights."""
    until = np.cumsum(weights) / sum(weights)
    return np.searchsorted(until, rng.random(count), side="right").astype(np.int64)


def any_city(company: Company, rng: np.random.Generator, count: int) -> NDArray[np.int32]:
    """Cities as common as among the customers."""
    return pick(rng, [city.weight for city in company.cities], count).astype(np.int32)


def any_segment(company: Company, rng: np.random.Generator, count: int) -> NDArray[np.int32]:
    """Segments as common as among the customers."""
    return pick(rng, [segment.weight for segment in company.segments], count).astype(np.int32)


def any_seller(
    world: World, rng: np.random.Generator, city: NDArray[np.int32], day: NDArray[np.int32]
) -> NDArray[np.int64]:
    """Somebody of the city's region; once the newcomer is there, often that one."""
    company = world.company
    regions = list(dict.fromkeys(c.region for c in company.cities))
    crews = [[i for i, (_, r) in enumerate(company.people) if r == region] for region in regions]
    size = max(len(crew) for crew in crews)
    table = np.asarray([np.resize(crew, size * 6) for crew in crews])
    region = np.asarray([regions.index(c.region) for c in company.cities])[city]
    chosen = table[region, rng.integers(0, size * 6, len(city))]
    here = region == regions.index(company.staffing.newcomer_region)
    here &= day >= world.timeline.number(world.staff.arrival)
    taken = here & (rng.random(len(city)) < NEWCOMER_SHARE)
    return np.where(taken, len(company.sellers) - 1, chosen).astype(np.int64)


def campaigns(
    company: Company, rng: np.random.Generator, channel: NDArray[np.int8]
) -> NDArray[np.int64]:
    """A campaign of the channel for most, as a position in `campaign_names`."""
    listed = list(company.lists.campaigns.values())
    begins = np.cumsum([0, *(len(names) for names in listed)])
    sizes = np.asarray([len(names) for names in listed])[channel]
    chosen = begins[channel] + (rng.random(len(channel)) * sizes).astype(np.int64)
    return np.where(rng.random(len(channel)) < CAMPAIGNED, chosen, -1)


def campaign_names(company: Company) -> list[str]:
    """All campaigns, channel by channel."""
    return [name for names in company.lists.campaigns.values() for name in names]
