-- All rows, those of a customer with the member of a dimension on the customer's first line: the
-- first in the order of the files of the first day with a purchase. Rows without a customer, and of
-- customers who never bought, keep their own.
select
    r.* replace (
        case when o.customer is null then r.{dimension} else o.member end as {dimension}
    )
from {relation} as r
left join (
    select
        customer,
        member
    from (
        select
            l.customer as customer,
            l.{dimension} as member,
            row_number() over (
                partition by l.customer
                order by l.event, l.sheet, l.record
            ) as place
        from {relation} as l
        join (
            select
                customer,
                min({day}) as first_on
            from {relation} as bought
            where counts
              and amount > 0
              and customer is not null
            group by
                customer
        ) as f
            on f.customer = l.customer and f.first_on = l.{day}
        where l.counts
          and l.amount > 0
    ) as ranked
    where place = 1
) as o
    on o.customer = r.customer
