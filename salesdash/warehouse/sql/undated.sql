-- Rows that metrics leave out because they lack the date: how many of them would count.
select
    {groups}
    {counted}
from (
    select
        scoped.*,
        {members}
        1 as one
    from (
{scope}
    ) as scoped
    where {day} is null
) as lines{grouped}
