-- What moved in the rows of one dataset between two cuts, by units (documents, deals; equal rows
-- without key) and by the spans of days they belong to: what each figure lost or gained by it, and
-- what the unit said then and says now.
-- touches: units of which a row came or went. sides: their rows as they stood at either cut, also
-- those that don't count. valued: figures of a unit in a span at either cut.
with touches as (
{touches}
),
touched as (
    select
        t.unit,
        min(t.event) as first_event,
        max(t.event) as last_event
    from touches as t
    group by t.unit
),
sides as (
{sides}
),
told as (
    select
        s.unit,
        max(s.key) as key,
        max(s.sheet) as sheet,
        max(s.record) as record,
        max(case when s.side = 1 then s.event end) as brought,
        sum(case when s.side = 0 then 1 else 0 end) as had,
        sum(case when s.side = 1 then 1 else 0 end) as has{told}
    from sides as s
    group by s.unit
),
valued as (
{valued}
),
effects as (
    select
        v.unit,
        v.span{effects}
    from valued as v
    group by
        v.unit,
        v.span
),
moved as (
    select
        e.span,
        u.first_event,
        u.last_event,
        case
            when t.had = 0 then 'late'
            when t.has = 0 then 'gone'
            when {states} then 'status'
            when {dates} then 'moved'
            when {amounts} then 'amount'
            else 'changed'
        end as kind,
        t.key,
        t.brought,
        t.sheet,
        t.record{columns}
    from effects as e
    join touched as u on u.unit = e.unit
    join told as t on t.unit = e.unit
    where t.had = 0
       or t.has = 0
       or {differs}
)
