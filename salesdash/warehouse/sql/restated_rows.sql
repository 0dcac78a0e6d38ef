-- The units that moved most, in the order of the figures; see restated_units.sql.
{units}
select
    m.*
from moved as m
order by
    {part}m.span,
    m.last_event desc,
    m.key,
    m.brought,
    m.sheet,
    m.record
limit $most
