-- Sums, counts, least and greatest values by day and members, over all days: windows of any kind are
-- made of them afterwards. A day lies in one segment.
select
    on_day,
    {groups}
    count(*) as rows_found{figures}
from (
    select
        scoped.*,
        {members}
        {day} as on_day
    from (
{scope}
    ) as scoped
    where {day} is not null
) as lines
group by
    {groups}
    on_day
