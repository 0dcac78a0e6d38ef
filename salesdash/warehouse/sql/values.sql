-- Rows counted by value and segment of time: what a median is looked up in.
select
    segment_number,
    {groups}
    value,
    count(*) as rows_found
from (
    select
        {members}
        {segment} as segment_number,
        {value} as value
    from (
{scope}
    ) as scoped
    where {day} is not null
      and {limits}
) as lines
where value is not null
group by
    {groups}
    segment_number,
    value
