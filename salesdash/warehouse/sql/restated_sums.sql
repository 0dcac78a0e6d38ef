-- How many units moved in each span, how, by which events, and what the figures lost or gained;
-- see restated_units.sql.
{units}
select
    m.span,
    m.kind,
    m.first_event,
    m.last_event,
    count(*) as units{part}
from moved as m
group by
    m.span,
    m.kind,
    m.first_event,
    m.last_event
order by
    m.span,
    m.last_event,
    m.first_event,
    m.kind
