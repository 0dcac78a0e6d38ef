-- What an entry of a reference set may be called: keys and names, each once.
select
    called.name
from (
    select
        n.{key} as name
    from {reference} as n
    where n.counts
    union
    select
        n.{name} as name
    from {reference} as n
    where n.counts
) as called
where called.name is not null
order by
    called.name
limit {most}
