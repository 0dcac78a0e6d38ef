-- The days within which nine of ten of the picked rows had got there: their 90th percentile.
-- Rows that end before they begin tell nothing about it.
select
    quantile_disc({days}, 0.9) as days
from (
{scope}
) as scoped
where {picked}
  and {days} >= 0
