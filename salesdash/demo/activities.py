"""What the demo company's people did: calls, visits and demos for their deals and customers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salesdash.demo.deals import Deals
from salesdash.demo.draws import pick
from salesdash.demo.orders import SLUMP_MONTHS, World
from salesdash.demo.timeline import Rota

PER_DEAL = 2.4
"""Mean activities for a deal."""

CARE_A_WEEK = 2.2
"""Mean activities of a salesperson in a week that belong to no deal."""

SLUMP_KEEPS = 0.4
"""The salesperson in the slump does this share of them since the slump began."""


@dataclass(frozen=True)
class Activities:
    """Columns of equal length, sorted by `day`; `deal` is -1 for care of a customer."""

    day: NDArray[np.int32]
    deal: NDArray[np.int64]
    client: NDArray[np.int64]
    city: NDArray[np.int32]
    person: NDArray[np.int64]
    kind: NDArray[np.int64]

    def __len__(self) -> int:
        """How many activities."""
        return len(self.day)


def activities(world: World, deals: Deals, rota: Rota, rng: np.random.Generator) -> Activities:
    """All activities of the history up to yesterday."""
    deal, day = _for_deals(world, deals, rota, rng)
    customer, care_day = _care(world, rota, rng)
    clients = world.customers
    person = world.staff.seller(clients.person[customer], care_day)
    days = np.concatenate([day, care_day])
    columns = {
        "deal": np.concatenate([deal, np.full(len(customer), -1, np.int64)]),
        "client": np.concatenate([deals.client[deal], customer]),
        "city": np.concatenate([deals.city[deal], clients.city[customer]]),
        "person": np.concatenate([deals.person[deal], person]),
        "kind": pick(rng, list(world.company.lists.activities.values()), len(days)),
    }
    kept = np.flatnonzero(rng.random(len(days)) < _diligence(world, columns["person"], days))
    order = kept[np.argsort(days[kept], kind="stable")]
    return Activities(days[order], **{name: values[order] for name, values in columns.items()})


def _for_deals(
    world: World, deals: Deals, rota: Rota, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Deals worked on and when, between creation and decision."""
    deal = np.repeat(np.arange(len(deals)), 1 + rng.poisson(PER_DEAL - 1, len(deals)))
    length = np.maximum(deals.closed - deals.created, 1)[deal]
    day = rota.snap(deals.created[deal] + (rng.random(len(deal)) * length).astype(np.int64))
    day = np.maximum(day, deals.created[deal])
    inside = (day >= 0) & (day < world.timeline.days)
    return deal[inside], day[inside]


def _care(
    world: World, rota: Rota, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Customers looked after and when; whoever orders often is called often."""
    timeline, clients = world.timeline, world.customers
    size = len(clients.joined) / 2_350  # as many people as the scale asks for
    count = round(CARE_A_WEEK * timeline.days / 7 * len(world.company.people) * size)
    customer = pick(rng, list(clients.rate), count)
    day = rota.snap(rng.integers(0, timeline.days, count))
    theirs = (clients.joined[customer] <= day) & (day < clients.left[customer]) & (day >= 0)
    return customer[theirs], day[theirs]


def _diligence(
    world: World, person: NDArray[np.int64], day: NDArray[np.int32]
) -> NDArray[np.float64]:
    slumping = person == world.staff.names.index(world.company.plots.person)
    since = world.timeline.number(world.timeline.ago(SLUMP_MONTHS))
    return np.where(slumping & (day >= since), SLUMP_KEEPS, 1.0)
