-- How the members of one dimension ({child}) lie within those of another ({parent}), over so many
-- rows: how many members there are, how many rows show it, how many members stray, being found
-- within more than one, and whether the other has several at all.
select
    count(*) as members,
    sum(nested.lines) as lines,
    count(case when nested.lowest <> nested.highest then 1 end) as strays,
    min(nested.lowest) <> max(nested.highest) as has_several
from (
    select
        shown.child as member,
        count(*) as lines,
        min(shown.parent) as lowest,
        max(shown.parent) as highest
    from (
        select
            {child} as child,
            {parent} as parent
        from (
{scope}
        ) as scoped
        where {child} is not null
          and {parent} is not null
        limit $most
    ) as shown
    group by shown.child
) as nested
