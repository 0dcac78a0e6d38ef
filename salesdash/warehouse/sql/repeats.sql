-- Customers by the segments they ordered in: bit i of a word says one order or more in segment i,
-- the same bit of "twice" two or more. An order counts once, on the day of its first line with a
-- positive amount. Lines without customer or document are left out.
select
    {groups}
    {words}
    {twice}
    count(*) as keys
from (
    select
        {groups}
        {collected}
        {collected_twice}
        customer
    from (
        select
            {groups}
            {bits_named}
            customer,
            count(*) as orders
        from (
            select
                {groups}
                {bits}
                customer
            from (
                select
                    {groups}
                    customer,
                    document,
                    min(day) as day
                from (
                    select
                        {members}
                        customer,
                        document,
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
        ) as placed
        group by
            {groups}
            {bits_named}
            customer
    ) as by_segment
    group by
        {groups}
        customer
) as histories
group by
    {groups}
    {words}
    {twice_only}
