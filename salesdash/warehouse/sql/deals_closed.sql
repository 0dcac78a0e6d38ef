-- Won and lost deals by a member of one dimension, those that closed within the limits.
-- An amount of 0 on a lost deal states none.
select
    {member} as member,
    count(case when outcome = 'won' then 1 end) as won,
    count(case when outcome = 'lost' then 1 end) as lost,
    sum(case when outcome = 'won' then amount end) as won_amount,
    sum(case when outcome = 'lost' then nullif(amount, 0) end) as lost_amount
from (
{scope}
) as scoped
where outcome in ('won', 'lost')
  and {limits}
group by {member}
order by
    count(*) desc,
    member
