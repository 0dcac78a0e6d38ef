-- Customers by their history: bit i of a word says that the customer bought in segment i.
-- Bought: a line with a positive amount. Lines without customer are left out.
-- started: segment of the first day, the first sale or, when stated earlier, "customer since";
-- -1 where no row states one.
select
    {groups}
    {words}
    started,
    count(*) as keys
from (
    select
        {groups}
        {words}
        {started} as started
    from (
        select
            {groups}
            {collected}
            {first_day}
            customer
        from (
            select
                {members}
                {bits}
                {inputs}
                customer
            from (
{scope}
            ) as scoped
            where {day} is not null
              and customer is not null
              and amount > 0
              and {limits}
        ) as bought
        group by
            {groups}
            customer
    ) as firsts
) as histories
group by
    {groups}
    {words}
    started
