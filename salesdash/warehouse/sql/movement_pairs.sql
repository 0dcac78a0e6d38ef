-- Each deal at two moments: how it came into the pipeline between them, how it left, and by how
-- much it grew. What was won or lost leaves at the amount of its decision; if that states none, at
-- the one before. Who came and was decided in between does both, so that what was won is all there.
select
    ended.*,
    case when ended.in_then then ended.end_amount - ended.start_amount else 0 end as growth,
    ended.in_then and ended.in_now and coalesce(ended.close_now > ended.close_then, false)
        as is_put_off
from (
    select
        judged.*,
        case when judged.in_then then coalesce(judged.amount_then, 0) else 0 end as start_amount,
        case
            when judged.came = '' and judged.gone = '' and not judged.in_now then 0
            when judged.in_now then coalesce(judged.amount_now, 0)
            when judged.gone in ('won', 'lost')
            then coalesce(nullif(judged.amount_now, 0), judged.amount_then, 0)
            else coalesce(judged.amount_then, 0)
        end as end_amount
    from (
        select
            both_sides.*,
            case
                when both_sides.in_then or not both_sides.is_here then ''
                when not both_sides.told_then then 'new'
                when not both_sides.fits_then then 'taken_over'
                when both_sides.outcome_then = 'open' then 'pulled_in'
                when both_sides.outcome_then in ('won', 'lost') then 'reopened'
                else 'new'
            end as came,
            case
                when both_sides.in_now or not (both_sides.in_then or both_sides.is_here) then ''
                when not both_sides.told_now then 'removed'
                when not both_sides.fits_now then 'handed_over'
                when both_sides.outcome_now in ('won', 'lost') then both_sides.outcome_now
                when both_sides.outcome_now = 'open' then 'pushed_out'
                else 'removed'
            end as gone
        from (
            select
                paired.*,
                paired.in_now
                or coalesce(
                    not paired.in_then
                    and paired.fits_now
                    and paired.outcome_now in ('won', 'lost')
                    and paired.outcome_now <> coalesce(paired.outcome_then, '')
                    and paired.close_now >= cast($since as date)
                    and {within},
                    false
                ) as is_here
            from (
                select
                    coalesce(b.deal_key, a.deal_key) as deal_key,
                    coalesce(b.line, a.line) as line,
                    coalesce(b.deal, a.deal) as deal,
                    coalesce(b.deal_name, a.deal_name) as deal_name,
                    coalesce(b.customer_name, b.customer, a.customer_name, a.customer) as customer,
                    coalesce(b.person, a.person) as person,
                    a.stage as stage_then,
                    b.stage as stage_now,
                    case when a.is_told then a.outcome end as outcome_then,
                    b.outcome as outcome_now,
                    case when a.is_told then a.amount end as amount_then,
                    b.amount as amount_now,
                    a.close_date as close_then,
                    b.close_date as close_now,
                    a.created_date as created_then,
                    b.created_date as created_now,
                    coalesce(a.is_told, false) as told_then,
                    coalesce(b.is_told, false) as told_now,
                    coalesce(a.fits, false) as fits_then,
                    coalesce(b.fits, false) as fits_now,
                    coalesce(a.is_in, false) as in_then,
                    coalesce(b.is_in, false) as in_now,
                    a.event as event_then,
                    b.event as event_now,
                    coalesce(b.event, a.event) as event,
                    coalesce(b.sheet, a.sheet) as sheet,
                    coalesce(b.record, a.record) as record
                from (
{then}
                ) as a
                full join (
{now}
                ) as b
                    on b.deal_key = a.deal_key
                    and b.line = a.line
            ) as paired
        ) as both_sides
    ) as judged
) as ended
