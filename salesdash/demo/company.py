"""The demo company: places, people, products, customers' kinds and the plots, read from YAML."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from salesdash.demo import backoffice

LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class City:
    """Where customers are; `weight` is its share of all customers, unscaled."""

    name: str
    province: str
    region: str
    team: str
    weight: float


@dataclass(frozen=True)
class Product:
    """Something sold: list price in cents, cost in percent of it, usual quantity, popularity."""

    code: str
    name: str
    category: str
    subcategory: str
    price: int
    cost: int
    quantity: int
    weight: float


@dataclass(frozen=True)
class Segment:
    """A kind of customer: how many, how large, and its appetite for each category in order."""

    name: str
    weight: float
    size: float
    kinds: tuple[str, ...]
    appetite: tuple[float, ...]


@dataclass(frozen=True)
class BigCustomer:
    """The customer whose loss is one of the stories."""

    name: str
    region: str
    city: str
    segment: str
    person: str
    size: float


@dataclass(frozen=True)
class Plots:
    """What the stories of the orders are about."""

    region: str
    launch: str
    season: str
    season_months: tuple[int, ...]
    season_lift: float
    person: str
    customer: BigCustomer


@dataclass(frozen=True)
class Company:
    """All that is fixed about the demo company of one language; `words` are the loose ones."""

    lang: str
    name: str
    country: str
    currency: str
    months: tuple[float, ...]
    week: tuple[float, ...]
    cities: tuple[City, ...]
    people: tuple[tuple[str, str], ...]  # name, region
    products: tuple[Product, ...]
    segments: tuple[Segment, ...]
    channels: Mapping[str, float]
    payments: Mapping[str, float]
    plots: Plots
    importers: tuple[str, ...]
    headers: Mapping[str, str]
    names: tuple[str, ...]
    words: Mapping[str, str]
    brands: Mapping[str, str]
    staffing: backoffice.Staffing
    lists: backoffice.Lists
    money: backoffice.Money
    desk_plots: backoffice.DeskPlots
    files: Mapping[str, backoffice.Look]
    diary: Mapping[str, Any]

    @property
    def sellers(self) -> tuple[tuple[str, str], ...]:
        """Everybody who ever sold, with their region: today's people, who left, who came last."""
        staffing, regions = self.staffing, dict(self.people)
        left = (staffing.leaver, regions[staffing.successor])
        return (*self.people, left, (staffing.newcomer, staffing.newcomer_region))

    @property
    def categories(self) -> tuple[str, ...]:
        """Category names in the order of the appetites."""
        return tuple(dict.fromkeys(product.category for product in self.products))


@cache
def company(lang: str) -> Company:
    """The demo company in that language; KeyError for a language we do not have."""
    if lang not in LANGUAGES:
        raise KeyError(lang)
    raw = yaml.safe_load((files("salesdash") / "demo" / f"{lang}.yaml").read_text(encoding="utf-8"))
    return Company(
        lang=lang,
        name=raw["name"],
        country=raw["country"],
        currency=raw["currency"],
        months=tuple(raw["months"]),
        week=tuple(raw["week"]),
        cities=tuple(_cities(raw["regions"])),
        people=tuple((p, r) for r, region in raw["regions"].items() for p in region["people"]),
        products=tuple(_products(raw["categories"])),
        segments=tuple(_segment(name, facts) for name, facts in raw["segments"].items()),
        channels=raw["channels"],
        payments=raw["payments"],
        plots=_plots(raw["stories"]),
        importers=tuple(raw["importers"]),
        headers=raw["headers"],
        names=tuple(raw["names"]),
        words=_words(raw),
        brands=raw["brands"],
        staffing=backoffice.staffing(raw["staff"]),
        lists=backoffice.lists(raw["crm"]),
        money=backoffice.money(raw),
        desk_plots=backoffice.DeskPlots(**raw["desk_stories"]),
        files={name: backoffice.Look(**look) for name, look in raw["files"].items()},
        diary={**raw["diary"], "goals": raw["goals"]},
    )


def _cities(regions: Mapping[str, Any]) -> list[City]:
    cities = []
    for region, facts in regions.items():
        total = sum(weight for _, _, weight in facts["cities"])
        for name, province, weight in facts["cities"]:
            share = facts["weight"] * weight / total
            cities.append(City(name, province, region, facts["team"], share))
    return cities


def _products(categories: Mapping[str, list[list[Any]]]) -> list[Product]:
    rows = [(category, *row) for category, listed in categories.items() for row in listed]
    return [
        Product(f"P{101 + i}", name, category, sub, round(price * 100), cost, quantity, weight)
        for i, (category, name, sub, price, cost, quantity, weight) in enumerate(rows)
    ]


def _segment(name: str, facts: Mapping[str, Any]) -> Segment:
    kinds, appetite = tuple(facts["kinds"]), tuple(facts["appetite"])
    return Segment(name, facts["weight"], facts["size"], kinds, appetite)


def _plots(raw: Mapping[str, Any]) -> Plots:
    season = raw["season"]
    return Plots(
        region=raw["region"],
        launch=raw["launch"],
        season=season["category"],
        season_months=tuple(season["months"]),
        season_lift=season["lift"],
        person=raw["person"],
        customer=BigCustomer(**raw["customer"]),
    )


def _words(raw: Mapping[str, Any]) -> dict[str, str]:
    single = {key: raw[key] for key in ("customer", "customer_again", "counter", "file")}
    documents = {f"{key}_prefix": prefix for key, prefix in raw["documents"].items()}
    return {**single, **documents, **raw["statuses"], **raw["broken"]}
