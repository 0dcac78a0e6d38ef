-- Plans with what they are about: targets of a metric, or market sizes; the newest rows first.
-- Each is compared with the figures of its own days and members.
select
    period_start,
    period_end,
    {value} as planned,
    {scopes}
from {relation} as r
where r.counts
  and {about}
  and period_start is not null
  and {value} is not null
order by
    event desc,
    sheet desc,
    record desc
