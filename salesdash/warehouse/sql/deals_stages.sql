-- Stages of open deals, of rows as they stood after an event; one a deal.
select
    deal,
    min(stage) as stage
from {relation} as r
where counts
  and outcome = 'open'
  and deal is not null
  and stage is not null
group by deal
order by deal
