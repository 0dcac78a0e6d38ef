-- Plans with what they are about: targets of metrics, or market sizes; the newest rows first.
-- Each is compared with the figures of its own days and members.
select
    {metric} as metric,
    period_start,
    period_end,
    {value} as planned,
    {floor} as floor,
    {stretch} as stretch,
    {scopes}
from {relation} as r
where r.counts
  and period_start is not null
  and {value} is not null
order by
    event desc,
    sheet desc,
    record desc
