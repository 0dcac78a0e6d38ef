-- The deals that exports of the period showed in a stage, the largest first: as they are in the
-- data now, each with its import, sheet and record. Those that are there no more have no row.
select
    r.*
from (
{rows}
) as r
where r.deal in (
    select
        j.deal
    from (
{judged}
    ) as j
    where j.place = $place
)
order by
    r.amount desc nulls last,
    r.close_date,
    r.event desc,
    r.sheet,
    r.record
limit $limit
