-- Members of one dimension with a sum in each of two windows, null where nothing states it; how
-- many rows are picked in each.
select
    lines.member,
    sum(case when lines.is_now then {value} end) as now_value,
    sum(case when lines.is_then then {value} end) as then_value,
    count(case when lines.is_now then {picked} end) as now_rows,
    count(case when lines.is_then then {picked} end) as then_rows
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
