-- Open deals by a member of one dimension, as they stand.
-- weighted: amount x probability of the deals that state both.
-- overdue: the close was expected before the day the data reach to.
select
    {member} as member,
    count(*) as deals,
    sum(amount) as amount,
    count(nullif(amount, 0)) as with_amount,
    sum(amount * probability) as weighted,
    count(case when amount <> 0 then probability end) as with_weight,
    sum(cast(probability as double)) as probability_sum,
    count(probability) as with_probability,
    sum(date_diff('day', created_date, cast($edge as date))) as age_sum,
    count(created_date) as with_created,
    count(close_date) as with_close,
    count(case when close_date < cast($edge as date) then 1 end) as overdue,
    sum(case when close_date < cast($edge as date) then amount end) as overdue_amount
from (
{scope}
) as scoped
where outcome = 'open'
group by {member}
order by
    deals desc,
    member
