-- What each customer bought on each day: the sum, and whether a line was not negative. Lines without
-- customer stand as one that has no name.
select
    customer,
    cast({day} as date) as day,
    cast(sum(amount) as double) as amount,
    max(case when amount >= 0 then 1 else 0 end) as bought,
    count(*) as lines
from (
{scope}
) as scoped
where {day} is not null
group by
    customer,
    cast({day} as date)
order by
    customer,
    day
