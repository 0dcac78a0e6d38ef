-- How often the expected close of an open deal was put off, from one export to the next that
-- showed it, and which event let a deal go that is there no more.
-- shown: events after which rows stood as they were at the moment of an export.
select
    stepped.deal_key,
    cast(count(case when stepped.expected > stepped.expected_before then 1 end) as bigint)
        as pushed,
    max(stepped.ended) as ended
from (
    select
        seen.deal_key,
        seen.expected,
        seen.ended,
        lag(seen.expected) over (
            partition by seen.deal_key
            order by seen.shown
        ) as expected_before
    from (
        select
            v.deal as deal_key,
            s.shown,
            min(case when v.counts and v.outcome = 'open' then v.close_date end) as expected,
            max(case when v.valid_to <= {cut} then v.valid_to end) as ended
        from {versions} as v
        join (values {shown}) as s(shown)
            on s.shown >= v.valid_from
            and (v.valid_to is null or s.shown < v.valid_to)
        where v.deal is not null
          and {named}
        group by
            v.deal,
            s.shown
    ) as seen
) as stepped
group by stepped.deal_key
