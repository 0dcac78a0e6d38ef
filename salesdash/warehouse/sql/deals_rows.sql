-- The deals behind a figure, the largest first, each with its import, sheet and record.
select
    r.*
from (
{scope}
) as r
where {limits}
order by
    r.amount desc nulls last,
    r.close_date,
    r.event desc,
    r.sheet,
    r.record
limit $limit
