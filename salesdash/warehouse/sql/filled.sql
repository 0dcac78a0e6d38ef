-- How many rows count, which of them lie on no day, after today or before {earliest}, and how many
-- of them hold something in each column.
select
    count(*) as all_rows,
    count(case when r.counts then 1 end) as counted,
    count(case when r.counts and {day} is null then 1 end) as undated,
    count(case when r.counts and {day} > $today then 1 end) as ahead,
    count(case when r.counts and {day} < date '{earliest}' then 1 end) as early,
    {filled}
from {relation} as r
