-- Customers by the segments they ordered in. An order counts once, on the day of its first line
-- with a positive amount. twice: bits of the segments with two or more orders of the customer.
select
    {groups}
    {words}
    {twice}
    count(*) as keys
from (
    select
        customer,
        {groups}
        {collected}
        {collected_twice}
    from (
        select
            customer,
            {groups}
            {bits}
            count(*) as orders
        from (
            select
                customer,
                document,
                {groups}
                min(day) as day
            from (
                select
                    customer,
                    document,
                    {members}
                    {day} as day
                from (
{scope}
                ) as scoped
                where {day} is not null
                  and customer is not null
                  and document is not null
                  and amount > 0
                  and {limits}
            ) as bought
            group by
                {groups}
                customer,
                document
        ) as orders
        group by
            {groups}
            customer,
            {bit_names}
    ) as by_segment
    group by
        {groups}
        customer
) as histories
group by
    {groups}
    {words}
    {twice_last}
