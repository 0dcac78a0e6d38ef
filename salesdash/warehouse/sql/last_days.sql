-- The last day with a positive amount of each member of a dimension, before a day.
select
    {member} as member,
    max({day}) as last_day
from (
{scope}
) as scoped
where {day} < $until
  and {bought}
group by
    {member}
order by
    {member}
