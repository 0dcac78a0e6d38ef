"""What the demo company keeps beside its orders: deals, leads, activities, payments."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from salesdash.demo.activities import Activities, activities
from salesdash.demo.customers import business_names
from salesdash.demo.deals import Deals, deals
from salesdash.demo.leads import Leads, leads
from salesdash.demo.lines import Lines
from salesdash.demo.orders import Orders, World
from salesdash.demo.payments import Payments, payments
from salesdash.demo.takings import Takings, takings
from salesdash.demo.timeline import Rota, rota


class Desk:
    """Each kind is drawn when it is first asked for, from a seed of its own."""

    def __init__(
        self, world: World, orders: Orders, chunks: Iterable[tuple[Orders, Lines]], seed: int
    ) -> None:
        self.world = world
        self.orders = orders
        self._chunks = chunks
        self._seed = [seed, world.timeline.today.toordinal()]

    def rng(self, number: int) -> np.random.Generator:
        """The random numbers of one kind."""
        return np.random.default_rng([*self._seed, number])

    @cached_property
    def rota(self) -> Rota:
        """The working days."""
        return rota(self.world.company, self.world.timeline)

    @cached_property
    def takings(self) -> Takings:
        """What each order comes to, as known this morning."""
        known, count = self.world.timeline.days - 1, len(self.world.customers.joined)
        return takings(self.orders, self._chunks, known, count)

    @cached_property
    def deals(self) -> Deals:
        """All deals."""
        return deals(self.world, self.takings, self.rota, self.rng(1))

    @cached_property
    def leads(self) -> Leads:
        """All leads."""
        return leads(self.world, self.deals, self.rota, self.rng(2))

    @cached_property
    def payments(self) -> Payments:
        """All payments."""
        return payments(self.world, self.takings, self.rota, self.rng(3))

    @cached_property
    def activities(self) -> Activities:
        """All activities."""
        return activities(self.world, self.deals, self.rota, self.rng(4))

    @cached_property
    def lead_of(self) -> NDArray[np.int64]:
        """The lead of each deal as a position in the leads, -1 for none."""
        found = np.full(len(self.deals), -1, np.int64)
        led = np.flatnonzero(self.leads.deal >= 0)
        found[self.leads.deal[led]] = led
        return found

    @cached_property
    def prospects(self) -> list[str]:
        """Names of those who never bought: positions from the number of customers on."""
        known = len(self.world.customers.joined)
        client, city, segment = (
            np.concatenate([getattr(part, name) for part in (self.deals, self.leads)])
            for name in ("client", "city", "segment")
        )
        fresh, where = np.unique(client, return_index=True)
        where = where[fresh >= known]
        taken = set(map(str, self.world.customers.name.to_pylist()))
        company = self.world.company
        return business_names(company, self.rng(5), city[where], segment[where], taken)
