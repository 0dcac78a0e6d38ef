-- Each deal in each stage in which an export of the period showed it open, and how it went on.
-- shown: the first export that showed a row version, inside: the first of the period that did.
-- place: of the stage among the open ones, {won} once won, empty once lost.
with seen as (
    select
        v.deal,
        m.shown,
        max(
            case
                when v.outcome = 'won' then {won}
                when v.outcome = 'open' then p.place
            end
        ) as place,
        max(case when m.inside < coalesce(v.valid_to, {never}) then 1 else 0 end) as is_inside
    from {versions} as v
    join (values {moments}) as m(event, shown, inside)
        on m.event = v.valid_from
        and m.shown < coalesce(v.valid_to, {never})
    left join (values {places}) as p(stage, place) on p.stage = v.stage
    where v.counts
      and v.deal is not null
    group by
        v.deal,
        m.shown
),
followed as (
    select
        seen.deal,
        seen.place,
        seen.is_inside,
        max(seen.place) over (
            partition by seen.deal
            order by seen.shown
            rows between 1 following and unbounded following
        ) as later
    from seen
),
entered as (
    select
        f.deal,
        f.place,
        max(f.later) as later
    from followed as f
    where f.is_inside = 1
      and f.place < {won}
    group by
        f.deal,
        f.place
)
select
    e.place,
    e.deal,
    coalesce(e.later > e.place, false) or coalesce(last.outcome = 'won', false) as moved_on,
    last.outcome
from entered as e
{join} join (
    select
        r.deal,
        min(r.outcome) as outcome
    from (
{scope}
    ) as r
    where r.deal is not null
    group by r.deal
) as last
    on last.deal = e.deal
