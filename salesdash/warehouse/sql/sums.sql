-- Sums, counts, least and greatest values by segment of time and members.
-- One scan answers all additive metrics in all windows; neighbouring segments are merged afterwards.
-- rows_found: lines in the segment.
select
    segment_number,
    {groups}
    count(*) as rows_found{figures}
from (
    select
        scoped.*,
        {members}
        {segment} as segment_number
    from (
{scope}
    ) as scoped
    where {day} is not null
      and {limits}
) as lines
group by
    {groups}
    segment_number
