-- How many distinct keys (documents ...) have a day as the only one on which they were seen, by
-- members. Without a day: those that were seen on several.
select
    {groups}
    on_day,
    count(*) as rows_found
from (
    select
        {groups}
        key_value,
        case when min(on_day) = max(on_day) then min(on_day) end as on_day
    from (
        select
            {members}
            {day} as on_day,
            {key} as key_value
        from (
{scope}
        ) as scoped
        where {day} is not null
    ) as lines
    where key_value is not null
    group by
        {groups}
        key_value
) as days
group by
    {groups}
    on_day
