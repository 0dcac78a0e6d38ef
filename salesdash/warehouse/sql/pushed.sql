-- Open deals by how often their expected close was put off; an amount of 0 states none.
select
    p.times,
    count(*) as deals,
    sum(nullif(p.amount, 0)) as amount
from (
{open}
) as p
group by p.times
order by p.times
