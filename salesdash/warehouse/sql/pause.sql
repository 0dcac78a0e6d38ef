-- How long it usually takes from one day with rows to the next, at most: among the days from $since
-- to $until, the pause that 19 of 20 do not exceed. One long outage does not stretch it.
select
    min(case when 20 * ranked.place >= 19 * ranked.pauses then ranked.days end) as usual
from (
    select
        pauses.days,
        row_number() over (order by pauses.days) as place,
        count(*) over () as pauses
    from (
        select
            dates.day - lag(dates.day) over (order by dates.day) as days
        from (
            select distinct
                {day} as day
            from {relation} as r
            where r.counts
              and {day} between $since and $until
        ) as dates
    ) as pauses
    where pauses.days is not null
) as ranked
