-- The deals that moved in one way, the largest first, as they were and as they are.
select
    p.deal,
    p.deal_name,
    p.customer,
    p.person,
    p.amount_then,
    p.amount_now,
    p.close_then,
    p.close_now,
    p.stage_then,
    p.stage_now,
    p.event,
    p.sheet,
    p.record
from (
{pairs}
) as p
where {condition}
order by
    p.end_amount desc,
    p.deal_key,
    p.line
limit $limit
