"""Costs, market sizes and targets: figures of a period, without a number of their own."""

from salesdash.datasets.shape import Dataset, Field, Kind, text

COSTS = Dataset(
    name="costs",
    fields=(
        Field("cost_date", Kind.DATE),
        Field("modified_at", Kind.MOMENT),
        Field("amount", Kind.MONEY),
        Field("original_amount", Kind.MONEY),
        Field("currency", Kind.CODE),
        Field("rate", Kind.RATE),  # of the month, from `currency` to the company's
        text("cost_type"),  # as the file says it
        text("purpose"),  # acquisition, or empty
        Field("product", Kind.CODE, dimension=True),
        text("product_name"),
        text("category"),
        text("segment"),
        text("region"),
        text("channel"),
        text("campaign"),
        text("team"),
        text("person"),
        text("manager"),
        text("status"),
    ),
    unit=None,
    date="cost_date",
    required=((frozenset({"cost_date"}),), (frozenset({"amount"}),)),
)

MARKET = Dataset(
    name="market",
    fields=(
        Field("period_start", Kind.DATE),
        Field("period_end", Kind.DATE),  # last day; without it a month
        Field("modified_at", Kind.MOMENT),
        Field("amount", Kind.MONEY),
        Field("original_amount", Kind.MONEY),
        Field("currency", Kind.CODE),
        Field("rate", Kind.RATE),  # of the month, from `currency` to the company's
        Field("product", Kind.CODE, dimension=True),
        text("product_name"),
        text("category"),
        text("subcategory"),
        text("brand"),
        text("segment"),
        text("region"),
        text("country"),
        text("province"),
        text("city"),
        text("channel"),
        text("status"),
    ),
    unit=None,
    date="period_start",
    required=((frozenset({"period_start"}),), (frozenset({"amount"}),)),
)

TARGETS = Dataset(
    name="targets",
    fields=(
        Field("period_start", Kind.DATE),
        Field("period_end", Kind.DATE),  # last day; without it a month
        Field("modified_at", Kind.MOMENT),
        text("metric"),  # id of a metric
        Field("target", Kind.NUMBER),
        Field("floor", Kind.NUMBER),  # the least that is acceptable
        Field("stretch", Kind.NUMBER),  # what would be outstanding
        Field("currency", Kind.CODE),
        Field("customer", Kind.CODE, dimension=True),
        text("customer_name"),
        Field("product", Kind.CODE, dimension=True),
        text("product_name"),
        text("category"),
        text("segment"),
        text("region"),
        text("channel"),
        text("team"),
        text("person"),
        text("status"),
    ),
    unit=None,
    date="period_start",
    required=((frozenset({"period_start"}),), (frozenset({"target"}),)),
)
