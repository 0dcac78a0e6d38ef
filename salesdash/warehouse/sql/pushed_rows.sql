-- Open deals that were put off so often, the largest first.
select
    p.*
from (
{open}
) as p
where p.times >= $low
  and {high}
order by
    p.amount desc nulls last,
    p.close_date,
    p.event desc,
    p.sheet,
    p.record
limit $limit
