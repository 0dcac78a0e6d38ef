-- What moved, in groups of how deals came, left and grew, each with its largest deals.
-- by_size, by_growth: places within the group, 1 first.
with pairs as (
{pairs}
),
summed as (
    select
        p.came,
        p.gone,
        sign(p.growth) as direction,
        cast(count(*) as bigint) as deals,
        cast(count(case when p.in_then then 1 end) as bigint) as deals_then,
        cast(count(case when p.in_now then 1 end) as bigint) as deals_now,
        sum(p.start_amount) as start_amount,
        sum(p.end_amount) as end_amount,
        sum(p.growth) as growth,
        cast(count(case when p.deal is null then 1 end) as bigint) as unnumbered,
        cast(
            count(case when coalesce(p.created_now, p.created_then) is null then 1 end) as bigint
        ) as uncreated,
        cast(count(case when p.is_put_off then 1 end) as bigint) as put_off,
        sum(case when p.is_put_off then p.end_amount end) as put_off_amount
    from pairs as p
    where p.in_then or p.in_now or p.came <> ''
    group by
        p.came,
        p.gone,
        sign(p.growth)
),
placed as (
    select
        p.*,
        sign(p.growth) as direction,
        row_number() over (
            partition by
                p.came,
                p.gone,
                sign(p.growth)
            order by
                p.end_amount desc,
                p.deal_key,
                p.line
        ) as by_size,
        row_number() over (
            partition by
                p.came,
                p.gone,
                sign(p.growth)
            order by
                abs(p.growth) desc,
                p.deal_key,
                p.line
        ) as by_growth
    from pairs as p
    where p.came <> ''
       or p.gone <> ''
       or p.growth <> 0
)
select
    s.came,
    s.gone,
    s.direction,
    s.deals,
    s.deals_then,
    s.deals_now,
    s.start_amount,
    s.end_amount,
    s.growth,
    s.unnumbered,
    s.uncreated,
    s.put_off,
    s.put_off_amount,
    d.deal_key,
    d.deal,
    d.deal_name,
    d.customer,
    d.person,
    d.stage_then,
    d.stage_now,
    d.amount_then,
    d.amount_now,
    d.close_then,
    d.close_now,
    d.end_amount as own_amount,
    d.growth as own_growth,
    d.told_then,
    d.told_now,
    d.event_then,
    d.event_now,
    d.record
from summed as s
left join placed as d
    on d.came = s.came
    and d.gone = s.gone
    and d.direction = s.direction
    and (d.by_size <= $most or d.by_growth <= $most)
order by
    s.came,
    s.gone,
    s.direction,
    d.by_size
