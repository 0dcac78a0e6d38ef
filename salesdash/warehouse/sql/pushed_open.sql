-- Open deals that say when they should close, each with how often that was put off.
select
    r.*,
    coalesce(p.pushed, 0) as times
from (
{scope}
) as r
left join (
{pushes}
) as p
    on p.deal_key = r.deal
where r.outcome = 'open'
  and r.close_date is not null
