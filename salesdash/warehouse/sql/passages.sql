-- How deals went on from each stage in which an export of the period showed them open.
select
    j.place,
    cast(count(*) as bigint) as deals,
    cast(count(case when j.moved_on then 1 end) as bigint) as moved_on,
    cast(count(case when not j.moved_on and j.outcome = 'lost' then 1 end) as bigint) as lost,
    cast(count(case when not j.moved_on and j.outcome = 'open' then 1 end) as bigint) as stayed
from (
{judged}
) as j
group by j.place
order by j.place
