-- The days on which customers ordered, one row an order. An order counts once, on the day of its
-- first line with a positive amount. Lines without customer or document are left out.
select
    {groups}
    customer,
    day
from (
    select
        {groups}
        customer,
        document,
        min(day) as day
    from (
        select
            {members}
            customer,
            document,
            {day} as day
        from (
{scope}
        ) as scoped
        where {day} is not null
          and customer is not null
          and document is not null
          and amount > 0
    ) as bought
    group by
        {groups}
        customer,
        document
) as orders
order by
    {groups}
    customer,
    day
