-- Customers by the stretch of time in which each first bought: how many began in it, and in every
-- stretch how many of them bought and what their lines add up to. Stretch 0 is all time before the
-- first limit. Who never bought, only brought back, began in none. Rows without a stretch are the
-- numbers of customers.
-- since: a stated day on which somebody became a customer, when it is earlier.
-- member: that of the first line of the first day with a purchase, in the order of the files.
with stretches as (
    select
        customer,
        stretch,
        min(case when amount > 0 then day_seen end) as bought_on,
        min(since) as since,
        sum({value}) as figure
    from (
        select
            scoped.*,
            {day} as day_seen,
            {stretch} as stretch,
            {since} as since
        from (
{scope}
        ) as scoped
        where {day} < $end
          and customer is not null
    ) as lines
    group by
        customer,
        stretch
),
firsts as (
    select
        customer,
        min(bought_on) as first_on,
        least(min(bought_on), coalesce(min(since), min(bought_on))) as day_began
    from stretches
    group by
        customer
),
{opened}
customers as (
    select
        f.customer as customer,
        {member} as member,
        case when f.day_began is not null then {began} end as began
    from firsts as f
    {joined}
)
select
    c.member as member,
    c.began as began,
    s.stretch as stretch,
    count(s.bought_on) as customers,
    sum(s.figure) as figure
from stretches as s
join customers as c
    on c.customer = s.customer
group by
    c.member,
    c.began,
    s.stretch
union all
select
    member,
    began,
    cast(null as integer) as stretch,
    count(*) as customers,
    cast(null as integer) as figure
from customers
group by
    member,
    began
