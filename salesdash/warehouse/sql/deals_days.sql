-- Deals by the whole days since they were created: won ones until they closed, open ones until the
-- day the data reach to. So few rows that ranges, mean, median and quantiles are read off them.
select
    date_diff('day', created_date, {until}) as days,
    count(*) as deals,
    sum(amount) as amount
from (
{scope}
) as scoped
where outcome = $outcome
  and created_date is not null
  and {until} is not null
  and {limits}
group by date_diff('day', created_date, {until})
order by days
