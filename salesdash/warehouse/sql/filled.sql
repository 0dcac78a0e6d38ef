-- How many rows there are, how many of them count, which of these lie on no day, after today or before
-- {earliest}, and how many hold something in each column. Columns are counted as they stand: to look
-- at each value whether its row counts takes twice as long.
select
    (select count(*) from {relation} as every) as all_rows,
    count(*) as counted,
    coalesce(sum(case when {day} is null then 1 end), 0) as undated,
    coalesce(sum(case when {day} > $today then 1 end), 0) as ahead,
    coalesce(sum(case when {day} < date '{earliest}' then 1 end), 0) as early,
    {filled}
from {relation} as r
where r.counts
