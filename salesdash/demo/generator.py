"""The demo company in motion: equal recipes give equal rows, to the last byte."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
from numpy.typing import NDArray

from salesdash.demo.company import company
from salesdash.demo.customers import customers
from salesdash.demo.desk import Desk
from salesdash.demo.lines import CHUNK, Lines, Shelves, lines
from salesdash.demo.orders import LINES, Orders, World, orders
from salesdash.demo.registers import Registers
from salesdash.demo.rows import Printer
from salesdash.demo.staff import Staff
from salesdash.demo.timeline import Timeline, busyness

SEED = 2718
"""The seed of the demo that ships."""

BULK_FIELDS = (
    "document",
    "order_date",
    "customer",
    "product_name",
    "category",
    "region",
    "channel",
    "person",
    "quantity",
    "price",
    "amount",
    "cost",
    "status",
)
"""Columns of the large files for measuring; about 130 bytes a line."""

USUAL = {"sales": LINES, "deals": 4_000}
"""About so many rows at scale 1."""

SMALLEST = 0.05

SURPLUS = 1.06
"""Large files ask for so many times the rows they need, then leave out the oldest."""


@dataclass(frozen=True)
class Recipe:
    """What decides every row: language, today, scale (1 is about 60,000 lines) and seed."""

    lang: str
    today: date
    scale: float = 1.0
    seed: int = SEED


class Demo:
    """Customers, orders and lines of one recipe."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        timeline = Timeline(recipe.today)
        here = company(recipe.lang)
        rng = np.random.default_rng([recipe.seed, recipe.today.toordinal()])
        people = customers(here, timeline, rng, recipe.scale)
        self.world = World(here, timeline, people, busyness(here, timeline), Staff(here, timeline))
        self.orders: Orders = orders(self.world, rng, recipe.scale)
        self.shelves = Shelves(self.world)
        self.printer = Printer(self.world)

    def chunk(self, number: int) -> tuple[Orders, Lines]:
        """One chunk of orders with its lines."""
        part = self.orders.take(slice(number * CHUNK, (number + 1) * CHUNK))
        return part, lines(self.shelves, self.orders, self.recipe.seed, number)

    @property
    def chunks(self) -> int:
        """How many chunks there are."""
        return -(-len(self.orders) // CHUNK)

    @cached_property
    def lines(self) -> Lines:
        """All lines; `order` is the position in `orders`. For scales that fit in memory."""
        parts = [self.chunk(number)[1] for number in range(self.chunks)]
        order = [part.order + number * CHUNK for number, part in enumerate(parts)]
        columns = {
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in ("product", "quantity", "revised", "price", "discount")
        }
        return Lines(order=np.concatenate(order), **columns)

    @cached_property
    def desk(self) -> Desk:
        """Deals, leads, activities and payments that belong to the orders."""
        chunks = (self.chunk(number) for number in range(self.chunks))
        return Desk(self.world, self.orders, chunks, self.recipe.seed)

    @cached_property
    def registers(self) -> Registers:
        """The same as tables."""
        return Registers(self.desk, self.printer)

    def table(self, chosen: NDArray[np.int64], known: int) -> pa.Table:
        """The lines of the chosen orders (ascending positions) as known on day `known`."""
        place = np.full(len(self.orders), -1, np.int64)
        place[chosen] = np.arange(len(chosen))
        order = place[self.lines.order]
        mask = order >= 0
        part = Lines(
            order=order[mask],
            product=self.lines.product[mask],
            quantity=self.lines.quantity[mask],
            revised=self.lines.revised[mask],
            price=self.lines.price[mask],
            discount=self.lines.discount[mask],
        )
        return self.printer.table(self.orders.take(chosen), part, known)

    def rows(self) -> pa.Table:
        """The lines as they stand today, after all exports: what the figures come from."""
        days = self.world.timeline.days
        return self.table(np.flatnonzero(self.orders.entered < days), days - 1)


def export_csv(path: Path, *, rows: int, recipe: Recipe, dataset: str = "sales") -> int:
    """Write exactly `rows` rows of "sales" or "deals" for measuring and return the bytes.

    The recipe's scale is ignored. Lines are made chunk by chunk: memory stays bounded by the
    orders' own numbers (about 60 bytes an order) and, for deals, by theirs.
    """
    write = {"sales": _write_lines, "deals": _write_deals}[dataset]
    scale = max(rows / USUAL[dataset] * SURPLUS, SMALLEST)
    while True:
        demo = Demo(Recipe(recipe.lang, recipe.today, scale, recipe.seed))
        size = write(demo, rows, path)
        if size:
            return size
        scale *= SURPLUS


def _write_lines(demo: Demo, rows: int, path: Path) -> int:
    """The newest order lines; 0 and no file if there are too few."""
    surplus = demo.orders.total_lines - rows
    if surplus < 0:
        return 0
    return write_table(_kept(demo, surplus), demo.world.company.headers, path)


def _write_deals(demo: Demo, rows: int, path: Path) -> int:
    """The newest deals; 0 and no file if there are too few."""
    surplus = len(demo.desk.deals) - rows
    if surplus < 0:
        return 0
    table = demo.registers.deals(demo.world.timeline.days - 1).slice(surplus)
    return write_table([table], demo.world.company.files["deals"].headers, path)


def write_table(tables: Iterable[pa.Table], headers: Mapping[str, str], path: Path) -> int:
    """Write tables under those headers as UTF-8 CSV and return the bytes.

    Nothing is quoted: the demo's words hold neither commas nor quotes.
    """
    options = pa_csv.WriteOptions(include_header=False, quoting_style="none")
    with path.open("wb") as file:
        for number, table in enumerate(tables):
            if number == 0:
                first = ",".join(headers[name] for name in table.column_names)
                file.write(f"{first}\n".encode())
            pa_csv.write_csv(table, file, options)
        return file.tell()


def _kept(demo: Demo, skip: int) -> Iterator[pa.Table]:
    """Tables of all chunks without the first `skip` lines."""
    for number in range(demo.chunks):
        part, made = demo.chunk(number)
        if skip >= len(made.order):
            skip -= len(made.order)
            continue
        days = demo.world.timeline.days
        yield demo.printer.table(part, made, days, BULK_FIELDS).slice(skip)
        skip = 0
