"""The demo company's customers, products and people as Arrow tables."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from salesdash.demo.lines import Shelves
from salesdash.demo.registers import Registers
from salesdash.demo.rows import money, picked
from salesdash.demo.staff import Staff

FOUNDED = 9 * 365
"""Customers from before the history came in so many days before it."""


def customers(registers: Registers, known: int, rng: np.random.Generator) -> pa.Table:
    """Everybody who bought by day `known` and since when, then the prospects of the deals."""
    desk = registers.desk
    company, clients, deals = desk.world.company, desk.world.customers, desk.deals
    bought = np.flatnonzero(desk.takings.first_days <= known)
    where = np.flatnonzero((deals.client >= len(clients.joined)) & (deals.created <= known))
    before = -rng.integers(1, FOUNDED, len(clients.joined))
    since = np.where(clients.joined == 0, before, desk.takings.first_days)[bought]
    begun = np.datetime64(desk.world.timeline.first, "D") + since.astype(np.int64)
    seller = desk.world.staff.seller(clients.person[bought], np.full(len(bought), known))
    city = np.concatenate([clients.city[bought], deals.city[where]])
    segment = np.concatenate([clients.segment[bought], deals.segment[where]])
    statuses = company.lists.customer_statuses
    return pa.table(
        {
            **registers.client(np.concatenate([bought, deals.client[where]])),
            "segment": picked(pa.array([s.name for s in company.segments]), segment),
            "region": picked(pa.array([c.region for c in company.cities]), city),
            "province": picked(pa.array([c.province for c in company.cities]), city),
            "city": picked(pa.array([c.name for c in company.cities]), city),
            "person": picked(
                pa.array(desk.world.staff.names), np.concatenate([seller, deals.person[where]])
            ),
            "customer_since": pa.array([*begun.tolist(), *[None] * len(where)]),
            "status": [statuses["active"]] * len(bought) + [statuses["prospect"]] * len(where),
        }
    )


def products(shelves: Shelves, known: int) -> pa.Table:
    """The products with brand, list price on day `known` and cost of one."""
    company = shelves.world.company
    prices = shelves.prices[shelves.years[known]]
    costs = np.asarray([p.price * p.cost // 100 for p in company.products])
    return pa.table(
        {
            "product": [p.code for p in company.products],
            "product_name": [p.name for p in company.products],
            "category": [p.category for p in company.products],
            "subcategory": [p.subcategory for p in company.products],
            "brand": [company.brands[p.category] for p in company.products],
            "price": money(prices),
            "cost": money(costs),
        }
    )


def people(staff: Staff, known: int) -> pa.Table:
    """Everybody's places in the company over time, as of day `known`."""
    today = staff.timeline.first + timedelta(days=known)
    entries = [e for e in staff.entries() if e.since is None or e.since <= today]
    return pa.table(
        {
            "person": [e.person for e in entries],
            "role": [e.role for e in entries],
            "team": [e.team for e in entries],
            "manager": [e.manager for e in entries],
            "region": [e.region for e in entries],
            "active_from": pa.array([e.since for e in entries], pa.date32()),
            "active_to": pa.array([_passed(e.to, today) for e in entries], pa.date32()),
        }
    )


def _passed(day: date | None, today: date) -> date | None:
    """The day unless it is still to come."""
    return day if day and day <= today else None
