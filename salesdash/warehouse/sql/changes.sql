-- Members of one dimension by how much a sum changed between two windows: the {keep} largest
-- changes by themselves, all others in two rows, those that rose and those that fell.
-- place: 1, 2 ... of the members by themselves; 0 of the others.
-- The others are those beyond the last one kept: placing each of them would take longer than all
-- the rest.
with changed as (
    select
        paired.member,
        coalesce(paired.member, '') as name,
        coalesce(paired.now_value, 0) as now_value,
        coalesce(paired.then_value, 0) as then_value,
        abs(coalesce(paired.now_value, 0) - coalesce(paired.then_value, 0)) as size
    from (
{paired}
    ) as paired
),
kept as (
    select *
    from changed
    order by
        changed.size desc,
        changed.name
    limit {keep}
),
last_kept as (
    select *
    from kept
    order by
        kept.size,
        kept.name desc
    limit 1
),
others as (
    select
        changed.*,
        case when changed.now_value > changed.then_value then 1 else -1 end as direction
    from changed
    left join last_kept
        on 1 = 1
    where last_kept.size is null
       or changed.size < last_kept.size
       or (changed.size = last_kept.size and changed.name > last_kept.name)
)
select
    found.place,
    found.member,
    found.members,
    found.now_value,
    found.then_value
from (
    select
        row_number() over (
            order by
                kept.size desc,
                kept.name
        ) as place,
        kept.member,
        1 as members,
        kept.now_value,
        kept.then_value,
        0 as direction
    from kept
    union all
    select
        0 as place,
        null as member,
        cast(count(*) as bigint) as members,
        sum(others.now_value) as now_value,
        sum(others.then_value) as then_value,
        others.direction
    from others
    group by others.direction
) as found
order by
    case when found.place = 0 then 1 else 0 end,
    found.place,
    found.direction
