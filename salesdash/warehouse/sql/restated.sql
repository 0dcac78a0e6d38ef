-- Months whose sum over days that were covered already changed with an event: what they summed to
-- before it, and after it. A month that goes on with new days is not restated by them.
-- moves: what each event added to a day and took from it, from rows that stand and rows that ended.
with moves as (
{moves}
),
by_day as (
    select
        m.event,
        m.day,
        sum(m.amount) as amount,
        sum(m.rows_found) as rows_found,
        max(m.came) as came
    from moves as m
    group by
        m.event,
        m.day
),
edges as (
    select
        ends.event,
        max(ends.last_day) over (
            order by ends.event
            rows between unbounded preceding and 1 preceding
        ) as edge
    from (
        select
            d.event,
            max(case when d.came = 1 and d.day <= $today then d.day end) as last_day
        from by_day as d
        group by d.event
    ) as ends
),
by_month as (
    select
        d.event,
        cast(date_trunc('month', d.day) as date) as month,
        sum(d.amount) as amount,
        sum(d.rows_found) as rows_found,
        sum(case when d.day <= e.edge then d.amount end) as covered
    from by_day as d
    join edges as e on e.event = d.event
    group by
        d.event,
        cast(date_trunc('month', d.day) as date)
),
running as (
    select
        b.event,
        b.month,
        b.covered,
        sum(b.amount) over (
            partition by b.month
            order by b.event
            rows between unbounded preceding and 1 preceding
        ) as before,
        sum(b.rows_found) over (
            partition by b.month
            order by b.event
            rows between unbounded preceding and 1 preceding
        ) as rows_before
    from by_month as b
)
select
    w.event,
    w.month,
    coalesce(w.before, 0) as before,
    coalesce(w.before, 0) + w.covered as after
from running as w
where w.rows_before > 0
  and w.covered <> 0
order by
    w.event desc,
    w.month desc
