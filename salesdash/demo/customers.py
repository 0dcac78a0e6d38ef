"""The demo company's customers: who they are, when they come and go, how often and how much."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from salesdash.demo.company import Company
from salesdash.demo.timeline import Timeline

COUNT = 2_350
"""Customers who ever appear, at scale 1."""

FOUNDERS = 0.54
"""Share of them who bought before the history begins."""

LEAVING = 0.2
"""Share of the customers who stop for good within a year."""

YEAR = 365.25
FIRST_CODE = 10_001
BIG_RATE = 13.0
"""Orders of the big customer against an average one."""

SETTLING = 10
NEWCOMER_SHARE = 0.6
"""The newcomer gets this share of the region's customers who come after so many days."""

OTHER_WORDS = 8
"""A name that is taken tries so many others before it gets a number."""

GONE_MONTHS = 4
"""So many months before this one the big customer's last order month began."""


@dataclass(frozen=True)
class Customers:
    """Columns of equal length; places, segments and people are positions in the company's lists.

    `joined` and `left` are day numbers (half-open), `rate` and `size` factors around 1.
    """

    code: pa.StringArray
    name: pa.StringArray
    city: NDArray[np.int32]
    segment: NDArray[np.int32]
    person: NDArray[np.int32]
    joined: NDArray[np.int32]
    left: NDArray[np.int32]
    rate: NDArray[np.float64]
    size: NDArray[np.float64]


def customers(
    company: Company, timeline: Timeline, rng: np.random.Generator, scale: float
) -> Customers:
    """All customers of the demo; the first one is the big customer of the story."""
    count = max(int(COUNT * scale), 20)
    city = _choice(rng, count, [c.weight for c in company.cities])
    segment = _choice(rng, count, [s.weight for s in company.segments])
    person = _people(company, rng, city)
    days = timeline.days
    coming = rng.uniform(0, days, count)
    founder = rng.random(count) < FOUNDERS
    joined = np.where(founder, 0, coming)
    stay = rng.exponential(YEAR / LEAVING, count)
    left = np.clip(joined + np.maximum(stay, 20), 0, days)
    rate = rng.lognormal(-0.32, 0.8, count)
    sizes = np.asarray([s.size for s in company.segments])[segment]
    size = sizes * rng.lognormal(-0.08, 0.4, count)
    names = _names(company, rng, city, segment)
    found = Customers(
        code=pa.array(
            [f"{company.words['customer_prefix']}{FIRST_CODE + i}" for i in range(count)]
        ),
        name=pa.array(names),
        city=city,
        segment=segment,
        person=person,
        joined=joined.astype(np.int32),
        left=left.astype(np.int32),
        rate=rate,
        size=size,
    )
    _place_the_big_one(company, timeline, found)
    _give_to_the_newcomer(company, timeline, found)
    return found


def _choice(rng: np.random.Generator, count: int, weights: list[float]) -> NDArray[np.int32]:
    shares = np.asarray(weights) / sum(weights)
    return rng.choice(len(weights), count, p=shares).astype(np.int32)


def _people(
    company: Company, rng: np.random.Generator, city: NDArray[np.int32]
) -> NDArray[np.int32]:
    """A salesperson of the customer's region for each."""
    chosen = np.zeros(len(city), np.int32)
    regions = np.asarray([c.region for c in company.cities])[city]
    for region in dict.fromkeys(c.region for c in company.cities):
        here = np.flatnonzero(regions == region)
        team = [i for i, (_, r) in enumerate(company.people) if r == region]
        chosen[here] = rng.choice(team, len(here))
    return chosen


def _names(
    company: Company,
    rng: np.random.Generator,
    city: NDArray[np.int32],
    segment: NDArray[np.int32],
) -> list[str]:
    """A name for each customer; the first is the big one."""
    big = company.plots.customer.name
    return [big, *business_names(company, rng, city, segment, {big})[1:]]


def business_names(
    company: Company,
    rng: np.random.Generator,
    city: NDArray[np.int32],
    segment: NDArray[np.int32],
    taken: Iterable[str],
) -> list[str]:
    """A name for each business, none twice, none that is `taken`."""
    words = rng.integers(0, len(company.names), len(city))
    kinds = rng.random(len(city))
    uses = dict.fromkeys(taken, 1)
    names = []
    for i in range(len(city)):
        of = company.segments[segment[i]].kinds
        kind, where = of[int(kinds[i] * len(of))], company.cities[city[i]].name
        names.append(_fresh(company, words[i], {"kind": kind, "city": where}, uses))
    return names


def _fresh(company: Company, word: int, parts: dict[str, str], uses: dict[str, int]) -> str:
    """The short name, else one with the city, with other first words, at last with a number."""
    name = company.words["customer"].format(word=company.names[word], **parts)
    for step in range(OTHER_WORDS):
        if name not in uses:
            uses[name] = 1
            return name
        other = company.names[(word + step) % len(company.names)]
        name = company.words["customer_again"].format(word=other, **parts)
    number = uses.get(name, 0) + 1
    while number > 1 and f"{name} {number}" in uses:
        number += 1
    uses[name] = number
    return f"{name} {number}" if number > 1 else name


def _place_the_big_one(company: Company, timeline: Timeline, found: Customers) -> None:
    """Customer 0: large, weekly, and gone in the month that began GONE_MONTHS months ago."""
    big = company.plots.customer
    found.city[0] = [c.name for c in company.cities].index(big.city)
    found.segment[0] = [s.name for s in company.segments].index(big.segment)
    found.person[0] = [name for name, _ in company.people].index(big.person)
    found.joined[0] = 0
    found.left[0] = timeline.number(timeline.ago(GONE_MONTHS)) + 9
    found.rate[0] = BIG_RATE
    found.size[0] = big.size


def _give_to_the_newcomer(company: Company, timeline: Timeline, found: Customers) -> None:
    """Some of the customers who came lately to the newcomer's region."""
    staffing = company.staffing
    since = timeline.number(timeline.ago(staffing.newcomer_months)) + SETTLING
    here = np.asarray([c.region == staffing.newcomer_region for c in company.cities])
    late = np.flatnonzero((found.joined >= since) & here[found.city])
    chosen = late[: round(len(late) * NEWCOMER_SHARE)]
    found.person[chosen] = len(company.sellers) - 1
