-- Stages in which deals were ever open, with the chance of winning they state on average.
select
    v.stage,
    avg(cast(v.probability as double)) as probability
from {versions} as v
where v.counts
  and v.outcome = 'open'
  and v.stage is not null
group by v.stage
order by v.stage
