-- The answer of sums.sql where there are no members: by day first, of which there are few, and these
-- by segment. A day lies in one segment.
select
    segment_number,
    sum(rows_found) as rows_found{merged}
from (
    select
        days.*,
        {segment} as segment_number
    from (
        select
            {day} as day,
            count(*) as rows_found{figures}
        from (
{scope}
        ) as scoped
        where {day} is not null
          and {limits}
        group by
            {day}
    ) as days
) as numbered
group by
    segment_number
