-- Keys of facts that no entry of a reference set has, neither as its key nor as its name, with the
-- rows they stand in: the {most} with most rows, and what all of them together come to.
select
    lost.key,
    lost.rows_found,
    lost.amount,
    count(*) over () as keys,
    sum(lost.rows_found) over () as all_rows,
    sum(lost.amount) over () as all_amount
from (
    select
        r.{key} as key,
        count(*) as rows_found,
        sum({amount}) as amount
    from {facts} as r
    where r.counts
      and r.{key} is not null
    group by
        r.{key}
) as lost
where not exists (
    select
        1
    from {reference} as n
    where n.counts
      and (n.{key} = lost.key or n.{name} = lost.key)
)
order by
    lost.rows_found desc,
    lost.key
limit {most}
