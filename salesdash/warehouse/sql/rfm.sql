-- What each customer who ever bought had done by two days: the day of the last purchase, how many
-- orders and what all lines add up to. An order is a document with a line of a positive amount; of
-- lines without a document those of one day.
select
    customer,
    max(last_now) as last_now,
    count(bought_on) as orders_now,
    sum(figure_now) as figure_now,
    max(last_then) as last_then,
    count(case when bought_on < $then then 1 end) as orders_then,
    sum(figure_then) as figure_then
from (
    select
        customer,
        order_key,
        min(bought_on) as bought_on,
        max(bought_on) as last_now,
        max(case when bought_on < $then then bought_on end) as last_then,
        sum(figure) as figure_now,
        sum(case when day_seen < $then then figure end) as figure_then
    from (
        select
            customer,
            {order} as order_key,
            {day} as day_seen,
            case when amount > 0 then {day} end as bought_on,
            ({value}) as figure
        from (
{scope}
        ) as scoped
        where {day} < $now
          and customer is not null
    ) as lines
    group by
        customer,
        order_key
) as orders
group by
    customer
having max(last_now) is not null
order by
    customer
