-- Rows that say the same as another one, in all columns that hold something. The engine's hash
-- stands for the content: 64 bits, so that equal is equal among millions of rows.
-- Where each row has a key of its own, only those that share one are looked at.
select
    coalesce(sum(same.rows_found - 1), 0) as repeats,
    sum((same.rows_found - 1) * same.amount) as amount,
    coalesce(sum(case when same.first_event <> same.last_event then same.rows_found - 1 end), 0)
        as across
from (
    select
        hash({content}) as content,
        count(*) as rows_found,
        max({amount}) as amount,
        min(r.event) as first_event,
        max(r.event) as last_event
    from {relation} as r
    {alike}
    where r.counts
    group by hash({content})
    having count(*) > 1
) as same
