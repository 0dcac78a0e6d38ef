"""The demo company's order lines as an Arrow table: the words and amounts that files hold."""

from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from salesdash.demo.lines import Lines
from salesdash.demo.orders import Orders, World

FIELDS = (
    "document",
    "order_date",
    "customer",
    "customer_name",
    "segment",
    "product",
    "product_name",
    "category",
    "subcategory",
    "region",
    "province",
    "city",
    "channel",
    "team",
    "person",
    "quantity",
    "price",
    "discount",
    "amount",
    "cost",
    "status",
    "payment_method",
)
"""Columns of the table, named as the fields of the dataset."""

DIGITS = 18

Column: TypeAlias = "pa.Array[Any]"


class Printer:
    """Turns orders and their lines into tables; keeps the word lists as Arrow arrays."""

    def __init__(self, world: World) -> None:
        self.world = world
        company = world.company
        self._words: dict[str, Column] = {
            "product": pa.array([p.code for p in company.products]),
            "product_name": pa.array([p.name for p in company.products]),
            "category": pa.array([p.category for p in company.products]),
            "subcategory": pa.array([p.subcategory for p in company.products]),
            "region": pa.array([c.region for c in company.cities]),
            "province": pa.array([c.province for c in company.cities]),
            "city": pa.array([c.name for c in company.cities]),
            "team": pa.array(world.staff.teams),
            "segment": pa.array([s.name for s in company.segments]),
            "person": pa.array(world.staff.names),
            "channel": pa.array([*company.channels, company.words["counter"]]),
            "payment_method": pa.array(list(company.payments)),
            "status": pa.array([company.words["done"], company.words["void"]]),
            "discount": pa.array([f"{percent}%" for percent in range(100)]),
        }
        self._dates: Column = pa.array(world.timeline.dates())
        self._costs = np.asarray([p.price * p.cost // 100 for p in company.products])

    def table(
        self, found: Orders, made: Lines, known: int, fields: tuple[str, ...] = FIELDS
    ) -> pa.Table:
        """Lines of `found` (whole orders, in order) as the system knew them on day `known`.

        Dates are date32, prices and amounts decimal(18,2), discounts texts such as ``10%``.
        """
        revised = ((found.changed >= 0) & (found.changed <= known))[made.order]
        quantity = np.where(revised, made.revised, made.quantity)
        columns = {
            **self._of_orders(found, made.order, known, fields),
            **self._of_lines(made, quantity, fields),
        }
        return pa.table({name: columns[name] for name in fields})

    def heads(self, found: Orders) -> dict[str, Column]:
        """What an order says once: number, customer, payment method, channel, salesperson."""
        fields = ("document", "customer", "customer_name", "payment_method", "channel", "person")
        return self._of_orders(found, np.arange(len(found)), -1, fields)

    def _of_orders(
        self, found: Orders, order: NDArray[np.int64], known: int, fields: tuple[str, ...]
    ) -> dict[str, Column]:
        """Columns that all lines of an order share: made once an order, then spread."""
        clients = self.world.customers
        recalled = found.void | (found.recalled & (found.changed <= known))
        counter = len(self.world.company.channels)
        city = clients.city[found.customer]
        seller = self.world.staff.seller(clients.person[found.customer], found.day)
        places: dict[str, NDArray[np.integer[Any]]] = {
            "segment": clients.segment[found.customer],
            "region": city,
            "province": city,
            "city": city,
            "team": self.world.staff.team(seller, found.day),
            "person": seller,
            "channel": np.where(found.anonymous, counter, found.channel),
            "payment_method": found.payment,
            "status": recalled.astype(np.int8),
        }
        once = {name: picked(self._words[name], at) for name, at in places.items()}
        nobody = pa.array(found.anonymous)
        once["segment"] = pc.if_else(nobody, None, once["segment"])
        once["customer"] = pc.if_else(nobody, None, picked(clients.code, found.customer))
        once["customer_name"] = pc.if_else(nobody, None, picked(clients.name, found.customer))
        once["order_date"] = picked(self._dates, found.day)
        once["document"] = self._documents(found, once["order_date"])
        return {name: picked(column, order) for name, column in once.items() if name in fields}

    def _documents(self, found: Orders, dates: Column) -> Column:
        words = self.world.company.words
        kinds = [
            pc.strftime(dates, format=words[kind] + "%y%m%d")
            for kind in ("credit_prefix", "order_prefix")
        ]
        day = pc.if_else(pa.array(found.credit), *kinds)
        return joined(day, padded(found.number, 4), by="-")

    def _of_lines(
        self, made: Lines, quantity: NDArray[np.int64], fields: tuple[str, ...]
    ) -> dict[str, Column]:
        names = ("product", "product_name", "category", "subcategory")
        words = {name: picked(self._words[name], made.product) for name in names if name in fields}
        return {
            **words,
            "quantity": pa.array(quantity),
            "price": money(made.price),
            "discount": picked(self._words["discount"], made.discount),
            "amount": money(amounts(quantity, made.price, made.discount)),
            "cost": money(quantity * self._costs[made.product]),
        }


def picked(words: Column, at: NDArray[np.integer[Any]]) -> Column:
    """The words at those positions."""
    chosen: Column = words.take(pa.array(at.astype(np.int64), pa.int64()))
    return chosen


def joined(before: Column, after: Column, by: str) -> Column:
    """The texts of two columns side by side, with something between them."""
    texts: Column = pc.binary_join_element_wise(before, after, by)  # type: ignore[call-overload]
    return texts


def padded(numbers: NDArray[np.integer[Any]], digits: int) -> Column:
    """Numbers as texts with leading zeros."""
    texts: Column = pc.utf8_lpad(pc.cast(pa.array(numbers), pa.string()), digits, "0")
    return texts


def amounts(
    quantity: NDArray[np.int64], price: NDArray[np.int64], discount: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Quantity x price x (1 - discount) in cents, halves away from zero as invoices do."""
    size = (np.abs(quantity) * price * (100 - discount) + 50) // 100
    return np.asarray(np.sign(quantity) * size, np.int64)


def money(cents: NDArray[np.int64]) -> Column:
    """Cents as decimal(18,2), without a detour through texts or floats."""
    wide = np.empty((len(cents), 2), np.int64)
    wide[:, 0] = cents
    wide[:, 1] = cents >> 63  # the sign fills the upper half of a 128-bit number
    buffers = [None, pa.py_buffer(wide.tobytes())]
    return pa.Array.from_buffers(pa.decimal128(DIGITS, 2), len(cents), buffers)
