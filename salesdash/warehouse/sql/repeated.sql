-- The rows that say the same as another one, those that belong together beside each other.
select
    r.*
from {relation} as r
join (
    select
        hash({content}) as content,
        min(r.event) as first_event
    from {relation} as r
    where r.counts
    group by hash({content})
    having count(*) > 1
) as same on same.content = hash({content})
where r.counts
order by
    same.content,
    r.event,
    r.sheet,
    r.record
limit $limit
