-- Deals by outcome: how many, and how many state a date or an amount.
-- An amount of 0 states none: systems fill it in for lost deals and forgotten ones.
select
    outcome,
    count(*) as deals,
    count(created_date) as with_created,
    count(close_date) as with_close,
    count(nullif(amount, 0)) as with_amount,
    count(case when created_date > close_date then 1 end) as backwards
from (
{scope}
) as scoped
group by outcome
order by outcome
