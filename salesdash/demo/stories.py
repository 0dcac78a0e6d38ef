"""The eight stories that are hidden in the demo company, each with the question that finds it."""

from dataclasses import dataclass
from datetime import timedelta

from salesdash.demo.company import Company
from salesdash.demo.timeline import Timeline

RECENT_MONTHS = 3
"""The stories show in the last so many complete months."""


@dataclass(frozen=True)
class Story:
    """A story: `arguments` are those of the query command that finds it.

    In its answer the row whose `dimension` is `member` holds the finding in the column `figure`.
    The words are under ``demo.stories.<id>``.
    """

    id: str
    arguments: tuple[str, ...]
    dimension: str
    member: str
    figure: str


def stories(company: Company, timeline: Timeline) -> tuple[Story, ...]:
    """The stories of a demo whose days are those of the timeline."""
    plots, desk = company.plots, company.desk_plots
    year = ("--from", timeline.ago(12).isoformat(), "--to", _last_day(timeline))
    recent = ("--from", timeline.ago(RECENT_MONTHS).isoformat(), "--to", _last_day(timeline))
    against = (*recent, "--compare", "last-year")
    peak = next(
        day.isoformat()
        for day in (timeline.ago(months) for months in range(1, 13))
        if day.month in plots.season_months
    )
    season = ("--where", f"category={plots.season}", "--grain", "month", *year)
    return (
        Story("slip", ("sales", "--by", "region", *against), "region", plots.region, _RATIO),
        Story(
            "launch", ("sales", "--by", "product_name", *against), _PRODUCT, plots.launch, "sales"
        ),
        Story("season", ("sales", *season), "month", peak, "sales"),
        Story("slump", ("sales", "--by", "person", *against), "person", plots.person, _RATIO),
        Story(
            "loss", ("sales", "--by", _CUSTOMER, *against), _CUSTOMER, plots.customer.name, _THEN
        ),
        _fallen("flood", "lead_qualification", "channel", desk.channel, against),
        _fallen("undercut", "win_rate", "team", desk.team, against),
        _fallen("unpaid", "collection_rate", "region", desk.late_region, against),
    )


def _fallen(name: str, metric: str, by: str, member: str, against: tuple[str, ...]) -> Story:
    """A ratio that fell for one member of a dimension."""
    return Story(name, (metric, "--by", by, *against), by, member, f"{metric}_change")


_RATIO = "sales_change_ratio"
_THEN = "sales_previous"
_PRODUCT = "product_name"
_CUSTOMER = "customer_name"


def _last_day(timeline: Timeline) -> str:
    """The last day of the last complete month."""
    return (timeline.month - timedelta(days=1)).isoformat()
