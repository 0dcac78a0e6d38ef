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
                lines.member,
                coalesce(sum(case when lines.is_now then {value} end), 0) as now_value,
                coalesce(sum(case when lines.is_then then {value} end), 0) as then_value
            from (
                select
                    scoped.*,
                    {dimension} as member,
                    {day} >= $now_start and {day} < $now_end as is_now,
                    {day} >= $then_start and {day} < $then_end as is_then
                from (
{scope}
                ) as scoped
                where {day} >= $first_start
                  and {day} < $last_end
            ) as lines
            where lines.is_now
               or lines.is_then
            group by lines.member
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
