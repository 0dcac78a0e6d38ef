-- The customers who first bought within some days ($began to $began_end) and bought within others
-- ($start to $end): when they began, their orders and what their lines add up to in these days.
select
    customer,
    day_began,
    orders,
    figure
from (
    select
        customer,
        least(
            min(case when amount > 0 then day_seen end),
            coalesce(min(since), min(case when amount > 0 then day_seen end))
        ) as day_began,
        count(distinct case when amount > 0 and inside then document end) as orders,
        sum(case when inside then ({value}) end) as figure,
        count(case when amount > 0 and inside then 1 end) as bought
    from (
        select
            scoped.*,
            {day} as day_seen,
            {day} >= $start as inside,
            {since} as since
        from (
{scope}
        ) as scoped
        where {day} < $end
          and customer is not null
    ) as lines
    group by
        customer
) as customers
where day_began >= $began
  and day_began < $began_end
  and bought > 0
order by
    figure desc,
    customer
