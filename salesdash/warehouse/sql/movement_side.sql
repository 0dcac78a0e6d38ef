-- Deals as rows showed them at one moment. A deal without a number is followed by its record.
-- line: of several rows of a deal the first, the second ...
-- is_told: it was there; fits: filters keep it; is_in: it was in the pipeline that is looked at.
select
    sided.*,
    sided.fits and sided.outcome = 'open' and {within} as is_in
from (
    select
        coalesce(r.deal, concat(r.event, ':', r.sheet, ':', r.record)) as deal_key,
        {line} as line,
        r.deal,
        r.deal_name,
        r.customer,
        r.customer_name,
        r.person,
        r.stage,
        {outcome} as outcome,
        r.amount,
        r.created_date,
        r.close_date,
        r.event,
        r.sheet,
        r.record,
        {told} as is_told,
        r.fits and {told} as fits
    from (
{scope}
    ) as r
) as sided
