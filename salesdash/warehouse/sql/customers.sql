-- The days on which customers bought: with a line of a positive amount. Lines without customer are
-- left out.
-- started: that day or, when stated earlier, "customer since"; null where no row states one.
select
    {groups}
    customer,
    day,
    {started} as started
from (
    select
        {members}
        {inputs}
        customer,
        {day} as day
    from (
{scope}
    ) as scoped
    where {day} is not null
      and customer is not null
      and amount > 0
) as bought
group by
    {groups}
    customer,
    day
order by
    {groups}
    customer,
    day
