-- The members of a dimension that each customer has, that of the first purchase first.
select
    customer,
    {member} as member
from (
{scope}
) as scoped
where customer is not null
  and {member} is not null
  and {day} is not null
  and amount >= 0
group by
    customer,
    {member}
order by
    customer,
    min({day}),
    count(*) desc,
    member
