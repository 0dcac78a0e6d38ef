-- From when to when deals were open and how that ended: those whose first day is known, up to the
-- edge. Days are ordinals: 1 is 1 January of the year 1. Who was decided later is open, and what
-- they are worth was not known.
select
    date_diff('day', date '0001-01-01', created_date) + 1 as created,
    case
        when outcome <> 'open' and close_date <= cast($edge as date)
        then date_diff('day', date '0001-01-01', greatest(close_date, created_date)) + 1
        else cast($never as bigint)
    end as closed,
    outcome = 'won' and close_date <= cast($edge as date) as won,
    cast(
        case
            when outcome = 'open' then amount
            when close_date > cast($edge as date) then null
            when outcome = 'lost' then nullif(amount, 0)
            else amount
        end as double
    ) as amount,
    deal
from (
{scope}
) as scoped
where created_date <= cast($edge as date)
  and (outcome = 'open' or (outcome in ('won', 'lost') and close_date is not null))
order by
    created_date,
    closed,
    won,
    amount,
    deal
