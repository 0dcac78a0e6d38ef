-- Deals by outcome: how many, how many state a date or an amount, and the last days they tell of.
-- An amount of 0 states none: systems fill it in for lost deals and forgotten ones.
select
    outcome,
    count(*) as deals,
    count(created_date) as with_created,
    count(close_date) as with_close,
    count(nullif(amount, 0)) as with_amount,
    count(case when created_date > close_date then 1 end) as backwards,
    max(case when created_date <= $today then created_date end) as last_created,
    max(case when close_date <= $today then close_date end) as last_close,
    max(case when cast(modified_at as date) <= $today then cast(modified_at as date) end) as last_touch
from (
{scope}
) as scoped
group by outcome
order by outcome
