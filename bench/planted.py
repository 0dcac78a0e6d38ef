"""Companies whose change between two periods has known causes, or none, to try a driver search on.

A company is a table of rows (a member of each dimension, before, after). What varies, all drawn
from one seed: dimensions and members, heavy-tailed sizes, cells or single orders, the kind and
level of noise, what happened to everybody, columns that copy or summarise another, ids.
"""

from dataclasses import dataclass

import numpy as np

Cause = frozenset[tuple[str, str]]
"""The conditions of a cause: the member of each dimension that it names."""

NOISES = ("factor", "amount", "heavy", "members", "uneven", "counts", "orders", "fewer")
"""By a factor of each cell, an amount, heavy tails, members of all dimensions or of a single one,
Poisson counts; single orders whose causes make them smaller or fewer."""

SMALLEST = 0.03
"""A cause makes at least this share of all that moves."""

ROWS = (24, 20_000)
MEMBERS = (2, 200)
GROUPS = (2, 6)
MAY_BE_DRESSED = 0.25


@dataclass(frozen=True)
class Company:
    """Rows as columns, and what was planted: `causes` are what there is to find.

    `same`: columns that copy another. `share`: of all that moves, that of the smallest cause;
    `signal`: how many standard errors of the noise in its rows that is.
    """

    dimensions: dict[str, np.ndarray]
    before: np.ndarray
    after: np.ndarray
    causes: tuple[Cause, ...]
    same: dict[str, str]
    noise: str
    share: float
    signal: float

    def inside(self, cause: Cause) -> np.ndarray:
        """Which rows a cause names."""
        rows = [self.dimensions[name] == member for name, member in cause]
        return np.asarray(np.logical_and.reduce(rows))


@dataclass(frozen=True)
class Plan:
    """What is planted: so many causes, each of so many conditions."""

    causes: int = 1
    conditions: int = 1


@dataclass(frozen=True)
class Noise:
    """How what should be is blurred. `per`: money of one event of counts and orders."""

    kind: str
    level: float
    per: float
    spread: float

    @property
    def is_orders(self) -> bool:
        return self.kind in ("orders", "fewer")

    def variance(self, then: np.ndarray, now: np.ndarray) -> float:
        """Of the sum of all cells' change."""
        if self.kind == "amount":
            return float(len(now) * (self.level * np.median(then)) ** 2)
        if self.kind == "counts":
            return float(self.per * (then + now).sum())
        if self.is_orders:
            return float(self.per * np.exp(self.spread**2) * (then + now).sum())
        own = float(((self.level * now) ** 2).sum())
        shared = {"members": 0.25, "uneven": 0.5}.get(self.kind, 0.0)
        return own + float(shared * self.level * now.sum()) ** 2

    def blurred(
        self, draw: np.random.Generator, then: np.ndarray, now: np.ndarray, codes: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Before and after of each cell."""
        count = len(then)
        if self.kind == "amount":
            return then, now + draw.normal(0, self.level, count) * np.median(then)
        if self.kind == "counts":
            return tuple(draw.poisson(x / self.per).astype(float) for x in (then, now))  # type: ignore[return-value]
        if self.kind == "heavy":
            tails = draw.standard_t(3, count).clip(-20, 20) / np.sqrt(3)
            return then, now * np.exp(self.level * tails)
        if self.kind == "uneven":
            column = codes[:, int(draw.integers(codes.shape[1]))]
            now = now * np.exp(draw.normal(0, self.level / 2, int(column.max()) + 1))[column]
        if self.kind == "members":
            for column in codes.T:
                now = now * np.exp(draw.normal(0, self.level / 4, int(column.max()) + 1))[column]
        return then, now * np.exp(draw.normal(0, self.level, count))

    def orders(
        self, draw: np.random.Generator, money: np.ndarray, factor: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """The cell and the amount of each order of one period."""
        rate = money / self.per * (factor if self.kind == "fewer" else 1.0)
        cells = np.repeat(np.arange(len(money)), draw.poisson(rate))
        amount = self.per * np.exp(draw.normal(-(self.spread**2) / 2, self.spread, len(cells)))
        return cells, np.round(amount if self.kind == "fewer" else amount * factor[cells], 2)


def company(seed: int, plan: Plan, noise: str | None = None) -> Company:
    """A company drawn from a seed."""
    draw = np.random.default_rng([seed, plan.causes, plan.conditions])
    while True:
        made = _company(draw, plan, noise)
        if made is not None:
            return made


def _company(draw: np.random.Generator, plan: Plan, noise: str | None) -> Company | None:
    kinds = int(draw.integers(max(2, plan.conditions), 7))
    members = _between(draw, MEMBERS, kinds).astype(int)
    rows = int(min(float(_between(draw, ROWS, 1)[0]), members.astype(float).prod()))
    if rows < ROWS[0]:
        return None
    codes = _cells(draw, members, rows)
    if draw.random() < MAY_BE_DRESSED:
        codes = np.column_stack([codes, _groups(draw, codes)])
        members = np.append(members, codes[:, -1].max() + 1)
    size = _sizes(draw, codes, members)
    blur = Noise(
        noise or str(draw.choice(NOISES)),
        float(draw.choice([0.02, 0.05, 0.1, 0.2])),
        float(size.sum() / _between(draw, (2000, 30_000), 1)[0]),
        float(draw.uniform(0.2, 0.8)),
    )
    general = float(draw.choice([1.0, 1.0, 0.9, 1.1, 1.03, 1.25]))
    planted = _plant(draw, codes, size, general, plan)
    if planted is None:
        return None
    causes, factor, share = planted
    signal = min((_signal(codes, size, general, factor, c, blur) for c in causes), default=0.0)
    if blur.is_orders:
        first, earlier = blur.orders(draw, size, np.ones(len(size)))
        second, later = blur.orders(draw, size, factor)
        codes = np.concatenate([codes[first], codes[second]])
        before = np.concatenate([earlier, np.zeros(len(later))])
        after = np.concatenate([np.zeros(len(earlier)), later])
    else:
        before, after = blur.blurred(draw, size, size * factor, codes)
    labels = {f"d{n}": _labels(n, column) for n, column in enumerate(codes.T)}
    found = tuple(frozenset((f"d{n}", f"d{n}-{c:03d}") for n, c in each.items()) for each in causes)
    same = _dressed(draw, labels, len(before))
    return Company(labels, before, after, found, same, blur.kind, share, signal)


def _between(draw: np.random.Generator, ends: tuple[int, int], count: int) -> np.ndarray:
    """Numbers between two, small ones as likely as large ones."""
    low, high = float(np.log(ends[0])), float(np.log(ends[1]))
    return np.asarray(np.exp(draw.uniform(low, high, count)))


def _cells(draw: np.random.Generator, members: np.ndarray, rows: int) -> np.ndarray:
    """Different combinations of members, likelier the larger both are."""
    whole = float(members.astype(float).prod())
    if whole <= 2 * rows:
        every = np.array(np.unravel_index(np.arange(int(whole)), members)).T
        return every[draw.permutation(len(every))[:rows]]
    columns = []
    for count in members:
        weight = np.exp(draw.normal(0, draw.uniform(0.2, 1.0), count))
        columns.append(draw.choice(count, size=rows, p=weight / weight.sum()))
    return np.unique(np.array(columns).T, axis=0)


def _groups(draw: np.random.Generator, codes: np.ndarray) -> np.ndarray:
    """A dimension whose members are groups of those of the largest, as regions are of cities."""
    largest = codes[:, int(codes.max(axis=0).argmax())]
    groups = draw.integers(0, int(_between(draw, GROUPS, 1)[0]), int(largest.max()) + 1)
    return np.unique(groups[largest], return_inverse=True)[1]


def _sizes(draw: np.random.Generator, codes: np.ndarray, members: np.ndarray) -> np.ndarray:
    size = np.exp(draw.normal(0, draw.uniform(0.2, 1.3), len(codes)))
    for column, count in zip(codes.T, members, strict=True):
        size *= np.exp(draw.normal(0, draw.uniform(0.0, 0.8), count))[column]
    return np.asarray(size * 10_000 / size.mean())


def _plant(
    draw: np.random.Generator, codes: np.ndarray, size: np.ndarray, general: float, plan: Plan
) -> tuple[list[dict[int, int]], np.ndarray, float] | None:
    """Causes, the factor of each cell, the share of the smallest cause in all that moves."""
    factor, causes, moved = np.full(len(codes), general), [], []
    taken = np.zeros(len(codes), dtype=bool)
    for _ in range(plan.causes):
        found = _place(draw, codes, size, taken, plan)
        if found is None:
            return None
        cause, inside = found
        strength = float(draw.choice([0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 1.3, 1.5, 2.0]))
        moved.append((size * factor)[inside].sum() * abs(strength - 1) / size.sum())
        factor[inside] *= strength
        taken |= inside
        causes.append(cause)
    share = min(moved, default=0.0) / (sum(moved) + abs(general - 1)) if moved else 0.0
    return (causes, factor, share) if share >= SMALLEST or not causes else None


def _place(
    draw: np.random.Generator, codes: np.ndarray, size: np.ndarray, taken: np.ndarray, plan: Plan
) -> tuple[dict[int, int], np.ndarray] | None:
    """A slice that is neither tiny, nor most of all, nor mostly taken; a pair that is no single."""
    for _ in range(200):
        columns = draw.choice(codes.shape[1], size=plan.conditions, replace=False)
        row = codes[draw.integers(len(codes))]
        inside = (codes[:, columns] == row[columns]).all(axis=1)
        part = size[inside].sum() / size.sum()
        apart = size[inside & taken].sum() < 0.4 * size[inside].sum()
        alone = [int((codes[:, c] == row[c]).sum()) for c in columns]
        real = plan.conditions == 1 or inside.sum() < min(alone)
        if 0.02 / plan.conditions < part < 0.45 and apart and real:
            return {int(c): int(row[c]) for c in columns}, inside
    return None


def _signal(
    codes: np.ndarray,
    size: np.ndarray,
    general: float,
    factor: np.ndarray,
    cause: dict[int, int],
    blur: Noise,
) -> float:
    inside = np.logical_and.reduce([codes[:, n] == code for n, code in cause.items()])
    then, now = size[inside], (size * factor)[inside]
    return float(abs((now - general * then).sum()) / np.sqrt(blur.variance(then, now) or 1e-9))


def _labels(number: int, codes: np.ndarray) -> np.ndarray:
    labels = np.array([f"d{number}-{code:03d}" for code in range(int(codes.max()) + 1)])
    return np.asarray(labels[codes])


def _dressed(draw: np.random.Generator, labels: dict[str, np.ndarray], rows: int) -> dict[str, str]:
    """Columns beside the others: a copy of one, an id, a constant."""
    same: dict[str, str] = {}
    copied, numbered, constant = draw.random(3) < MAY_BE_DRESSED
    if copied:
        labels["copy"], same["copy"] = labels["d0"].copy(), "d0"
    if numbered:
        labels["id"] = np.array([f"{number:06d}" for number in draw.permutation(rows)])
    if constant:
        labels["constant"] = np.full(rows, "all")
    return same
