"""What is fixed about the demo company beside its orders: staff, the CRM's lists, plans, plots."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Move:
    """Somebody's change of team, so many months before the running one."""

    person: str
    team: str
    months: int


@dataclass(frozen=True)
class Staffing:
    """Roles, each team's manager, who left whose customers to whom, who came, who moved."""

    manager_role: str
    seller_role: str
    managers: Mapping[str, str]
    leaver: str
    successor: str
    left_months: int
    newcomer: str
    newcomer_region: str
    newcomer_months: int
    movers: tuple[Move, ...]


@dataclass(frozen=True)
class Lists:
    """What the lists of the company's CRM offer; shares are unscaled."""

    stages: Mapping[str, int]  # open ones with their probability in percent
    decided: Mapping[str, str]
    types: Mapping[str, str]
    between: str
    reasons: Mapping[str, float]
    rivalry: tuple[str, ...]
    competitors: Mapping[str, float]
    lead_statuses: Mapping[str, str]
    campaigns: Mapping[str, tuple[str, ...]]
    activities: Mapping[str, float]
    care: str
    customer_statuses: Mapping[str, str]
    prefixes: Mapping[str, str]


@dataclass(frozen=True)
class Money:
    """Terms of payment in days, costs a month, market sizes a quarter; whole units of currency."""

    terms: Mapping[str, tuple[int, int]]
    costs: Mapping[str, Mapping[str, int]]
    overhead: Mapping[str, int]
    acquisition: tuple[str, ...]
    market: Mapping[str, int]


@dataclass(frozen=True)
class Look:
    """How the files of a dataset look: name, sheet (None in CSV files), header of each field."""

    file: str
    headers: Mapping[str, str]
    sheet: str | None = None


@dataclass(frozen=True)
class DeskPlots:
    """What the stories outside the orders are about."""

    channel: str
    team: str
    competitor: str
    reason: str
    late_region: str


def staffing(raw: Mapping[str, Any]) -> Staffing:
    """The block ``staff`` of the company's file."""
    return Staffing(
        manager_role=raw["roles"]["manager"],
        seller_role=raw["roles"]["seller"],
        managers=raw["managers"],
        leaver=raw["leaver"]["name"],
        successor=raw["leaver"]["successor"],
        left_months=raw["leaver"]["months"],
        newcomer=raw["newcomer"]["name"],
        newcomer_region=raw["newcomer"]["region"],
        newcomer_months=raw["newcomer"]["months"],
        movers=tuple(Move(**move) for move in raw["movers"]),
    )


def lists(raw: Mapping[str, Any]) -> Lists:
    """The block ``crm`` of the company's file."""
    campaigns = {channel: tuple(names) for channel, names in raw["campaigns"].items()}
    return Lists(**{**raw, "rivalry": tuple(raw["rivalry"]), "campaigns": campaigns})


def money(raw: Mapping[str, Any]) -> Money:
    """The blocks about money, at the top of the company's file."""
    return Money(
        terms={method: (days[0], days[1]) for method, days in raw["terms"].items()},
        costs=raw["costs"],
        overhead=raw["overhead"],
        acquisition=tuple(raw["acquisition"]),
        market=raw["market"],
    )
