-- Members of one dimension by how much a sum changed between two windows: the {keep} largest
-- changes by themselves, all others in two rows, those that rose and those that fell.
-- place: 1, 2 ... of the members by themselves; 0 of the others.
select
    ranked.place,
    ranked.member,
    cast(count(*) as bigint) as members,
    sum(ranked.now_value) as now_value,
    sum(ranked.then_value) as then_value
from (
    select
        case when placed.place <= {keep} then placed.member end as member,
        case when placed.place <= {keep} then placed.place else 0 end as place,
        case when placed.place <= {keep} then 0 else placed.direction end as direction,
        placed.now_value,
        placed.then_value
    from (
        select
            changed.*,
            case when changed.now_value > changed.then_value then 1 else -1 end as direction,
            row_number() over (
                order by
                    abs(changed.now_value - changed.then_value) desc,
                    coalesce(changed.member, '')
            ) as place
        from (
            select
                paired.member,
                coalesce(paired.now_value, 0) as now_value,
                coalesce(paired.then_value, 0) as then_value
            from (
{paired}
            ) as paired
        ) as changed
    ) as placed
) as ranked
group by
    ranked.place,
    ranked.member,
    ranked.direction
order by
    case when ranked.place = 0 then 1 else 0 end,
    ranked.place,
    ranked.direction
