-- How many rows each day has, of those that count.
select
    cast({day} as date) as day,
    count(*) as lines
from (
{scope}
) as scoped
where {day} >= $start
  and {day} < $end
group by
    cast({day} as date)
order by day
