"""Questions in SQL that this home's rows answer: useful ones, and the metrics of the screens."""

from collections.abc import Iterator
from dataclasses import dataclass

from salesdash.imports.copies import Copy
from salesdash.metrics import Bound, Kind, Metric, Words

LATEST = "(select max({day}) from {table})"


@dataclass(frozen=True)
class Example:
    """A question that can be run as it stands: by its `key` under `sql.example`, or a metric."""

    sql: str
    key: str = ""
    name: Words | None = None

    @property
    def is_metric(self) -> bool:
        """Whether it is the SQL behind a metric."""
        return not self.key


@dataclass(frozen=True)
class _Template:
    """A question that needs these columns of tables."""

    key: str
    needs: dict[str, tuple[str, ...]]
    sql: str


TEMPLATES = (
    _Template(
        "sales_by_month",
        {"sales": ("order_date", "amount", "document")},
        """select
    date_trunc('month', order_date)::date as month,
    sum(amount) as sales,
    count(distinct document) as orders
from sales
group by month
order by month""",
    ),
    _Template(
        "top_customers",
        {"sales": ("customer", "amount", "order_date")},
        """select
    customer,
    sum(amount) as sales,
    sum(amount) / (select sum(amount) from sales) as share,
    max(order_date) as last_order
from sales
group by customer
order by sales desc
limit 20""",
    ),
    _Template(
        "region_by_year",
        {"sales": ("region", "order_date", "amount")},
        """select
    region,
    year(order_date) as year,
    sum(amount) as sales
from sales
group by region, year
order by region, year""",
    ),
    _Template(
        "quiet_customers",
        {"sales": ("customer", "order_date", "amount")},
        """-- bought in the year before, not in the last 180 days of the data
with edge as (select max(order_date) as day from sales)
select
    customer,
    max(order_date) as last_order,
    sum(amount) as sales
from sales, edge
where order_date > day - interval 545 days
group by customer, day
having max(order_date) <= day - interval 180 days
order by sales desc
limit 50""",
    ),
    _Template(
        "running_total",
        {"sales": ("order_date", "amount")},
        """with months as (
    select
        date_trunc('month', order_date)::date as month,
        sum(amount) as sales
    from sales
    group by month
)
select
    month,
    sales,
    sum(sales) over (partition by year(month) order by month) as since_january
from months
order by month""",
    ),
    _Template(
        "margin_by_category",
        {"sales": ("category", "amount", "cost")},
        """select
    category,
    sum(amount) as sales,
    1 - sum(cost) / nullif(sum(amount), 0) as margin
from sales
where cost is not null
group by category
order by margin""",
    ),
    _Template(
        "discount_bands",
        {"sales": ("discount", "amount", "document")},
        """select
    case
        when discount is null or discount = 0 then 'none'
        when discount <= 0.05 then 'up to 5 %'
        when discount <= 0.10 then 'up to 10 %'
        else 'above 10 %'
    end as discount_band,
    count(*) as lines,
    sum(amount) as sales
from sales
group by discount_band
order by sales desc""",
    ),
    _Template(
        "weekdays",
        {"sales": ("order_date", "amount"), "calendar": ("day", "weekday")},
        """-- sales of an average Monday (0) to Sunday (6)
select
    c.weekday,
    sum(s.amount) / count(distinct c.day) as per_day
from calendar as c
join sales as s on s.order_date = c.day
group by c.weekday
order by c.weekday""",
    ),
    _Template(
        "bought_together",
        {"sales": ("document", "product")},
        """select
    a.product as one,
    b.product as other,
    count(distinct a.document) as orders
from sales as a
join sales as b on a.document = b.document and a.product < b.product
group by one, other
order by orders desc
limit 20""",
    ),
    _Template(
        "open_deals",
        {"deals": ("stage", "outcome", "amount")},
        """select
    stage,
    count(*) as deals,
    sum(amount) as amount
from deals
where outcome = 'open'
group by stage
order by amount desc""",
    ),
    _Template(
        "win_rate",
        {"deals": ("person", "outcome", "amount")},
        """select
    person,
    count(*) filter (where outcome = 'won') as won,
    count(*) filter (where outcome in ('won', 'lost')) as decided,
    count(*) filter (where outcome = 'won')
        / nullif(count(*) filter (where outcome in ('won', 'lost')), 0) as win_rate
from deals
group by person
order by win_rate desc nulls last""",
    ),
    _Template(
        "leads_by_channel",
        {"leads": ("channel", "converted_date", "won_date")},
        """select
    channel,
    count(*) as leads,
    count(converted_date) as became_deals,
    count(won_date) as won,
    count(won_date) / count(*) as conversion
from leads
group by channel
order by leads desc""",
    ),
    _Template(
        "paid_by_month",
        {"sales": ("order_date", "amount"), "payments": ("payment_date", "amount")},
        """with sold as (
    select
        date_trunc('month', order_date)::date as month,
        sum(amount) as sold
    from sales
    group by month
), paid as (
    select
        date_trunc('month', payment_date)::date as month,
        sum(amount) as paid
    from payments
    group by month
)
select
    month,
    sold,
    paid,
    paid / nullif(sold, 0) as share
from sold
left join paid using (month)
order by month""",
    ),
    _Template(
        "gaps",
        {"sales": ("customer", "region", "person")},
        """select
    count(*) as lines,
    count(*) - count(customer) as without_customer,
    count(*) - count(region) as without_region,
    count(*) - count(person) as without_person
from sales""",
    ),
    _Template(
        "behind_the_largest",
        {"sales": ("order_date", "amount", "event", "record")},
        """-- the largest lines, with import number and record in its file
select
    *
from sales
order by amount desc
limit 20""",
    ),
)

BY_MONTH = """-- {name}: {formula}
select
    date_trunc('month', {day})::date as month,
    {figure} as {id}
from {table}
group by month
order by month"""


def build(copy: Copy, bound: Bound) -> tuple[Example, ...]:
    """All examples that the columns of the copy allow, useful ones first."""
    columns = {table.name: {column.name for column in table.columns} for table in copy.tables}
    useful = [
        Example(each.sql, each.key)
        for each in TEMPLATES
        if all(set(names) <= columns.get(table, set()) for table, names in each.needs.items())
    ]
    return (*useful, *_metrics(columns, bound))


def _metrics(columns: dict[str, set[str]], bound: Bound) -> Iterator[Example]:
    for metric in bound.offered:
        parts = list(_parts(metric, bound))
        read = {name for part in parts for name in bound.aggregates[part.id].columns}
        rows = {(part.dataset, part.date) for part in parts}
        if not parts or rows != {(metric.dataset, metric.date)} or not all(map(_is_plain, parts)):
            continue
        if read | {metric.date} <= columns.get(metric.dataset, set()):
            sql = BY_MONTH.format(
                name=" ".join(metric.name.en.split()),
                formula=" ".join(metric.formula.en.split()),
                day=metric.date,
                figure=_figure(metric, bound),
                id=metric.id,
                table=metric.dataset,
            )
            yield Example(sql, name=metric.name)


def _is_plain(metric: Metric) -> bool:
    """One aggregate over the rows of a period: no states, no windows of its own."""
    return metric.kind is Kind.SIMPLE and metric.months is None and not metric.ahead


def _parts(metric: Metric, bound: Bound) -> Iterator[Metric]:
    """Itself, or both sides of a ratio; nothing for what is more than that."""
    if metric.kind is Kind.SIMPLE:
        yield metric
    elif metric.kind is Kind.RATIO:
        sides = [bound.metrics[str(name)] for name in (metric.numerator, metric.denominator)]
        if all(side.kind is Kind.SIMPLE for side in sides):
            yield from sides


def _figure(metric: Metric, bound: Bound) -> str:
    if metric.kind is Kind.SIMPLE:
        return bound.aggregates[metric.id].sql
    top, bottom = (bound.aggregates[str(n)].sql for n in (metric.numerator, metric.denominator))
    return f"cast({top} as double) / nullif({bottom}, 0)"
