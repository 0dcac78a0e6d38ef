-- Cells by all dimensions with a sum in each of two windows, in ten-thousandths; of how many rows
-- they are made, and the squares of the sizes of these. Members of wide dimensions that are none
-- of the largest stand together.
with lines as (
    select
        {dimensions},
        case when scoped.is_now then {value} end as now_value,
        case when scoped.is_then then {value} end as then_value
    from (
        select
            rows.*,
            {day} >= $now_start and {day} < $now_end as is_now,
            {day} >= $then_start and {day} < $then_end as is_then
        from (
{scope}
        ) as rows
        where {day} >= $first_start
          and {day} < $last_end
    ) as scoped
    where scoped.is_now
       or scoped.is_then
){kept}
select
    {members},
    cast(cast(coalesce(sum(lines.now_value), 0) as decimal(18, 4)) * 10000 as bigint) as now_units,
    cast(cast(coalesce(sum(lines.then_value), 0) as decimal(18, 4)) * 10000 as bigint) as then_units,
    count(*) as rows,
    sum(
        power(cast(coalesce(lines.now_value, 0) as double), 2)
        + power(cast(coalesce(lines.then_value, 0) as double), 2)
    ) as squares
from lines{joins}
group by {groups}
