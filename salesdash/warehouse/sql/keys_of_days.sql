-- The days of distinct keys that were seen on several days, by members.
select
    {groups}
    key_value,
    day
from (
    select
        lines.*,
        min(day) over (partition by {groups} key_value) as first_day,
        max(day) over (partition by {groups} key_value) as last_day
    from (
        select
            {members}
            {day} as day,
            {key} as key_value
        from (
{scope}
        ) as scoped
        where {day} is not null
    ) as lines
    where key_value is not null
) as ranged
where first_day < last_day
group by
    {groups}
    key_value,
    day
order by
    {groups}
    key_value,
    day
