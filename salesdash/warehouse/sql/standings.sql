-- Members of one dimension by their size: those with the {keep} largest sizes one by one, with all
-- that tie for the last of these places, all others in one row.
-- place: 1, 2 ... of the sizes, equal ones share it; 0 of the others.
-- ranks: places among named members with a sum; nth: the same, but each has its own.
select
    kept.place,
    kept.member,
    cast(count(*) as bigint) as members,
    sum(kept.now_value) as now_value,
    sum(kept.then_value) as then_value,
    min(case when kept.has_now then kept.now_rank end) as now_rank,
    min(case when kept.has_then then kept.then_rank end) as then_rank,
    min(kept.up_to) as up_to,
    count(case when kept.is_named then 1 end) as named,
    count(case when kept.has_now then 1 end) as having,
    sum(case when kept.has_now then kept.now_value end) as had,
    sum(case when kept.has_now and kept.nth <= {ten} then kept.now_value end) as ten,
    sum(case when kept.has_now and kept.nth <= kept.fifth then kept.now_value end) as fifth,
    min(case when kept.all_share >= {most} then kept.nth end) as most_of_all,
    min(case when kept.named_share >= {most} then kept.nth end) as most_of_named,
    count(case when kept.is_blank then 1 end) as blanks
from (
    select
        placed.*,
        case when placed.size_rank <= {keep} then placed.size_rank else 0 end as place,
        case when placed.size_rank <= {keep} then placed.member_name end as member,
        case
            when placed.has_now and placed.all_sum > 0
            then cast(placed.named_up_to as double) / cast(placed.all_sum as double)
        end as all_share,
        case
            when placed.has_now and placed.named_sum > 0
            then cast(placed.named_up_to as double) / cast(placed.named_sum as double)
        end as named_share,
        case
            when placed.named_count < 3 then 1
            else round({top_share} * placed.named_count)
        end as fifth
    from (
        select
            ranked.*,
            rank() over (order by {size} desc nulls last) as size_rank
        from (
            select
                summed.*,
                rank() over (partition by summed.has_now order by summed.now_sum desc) as now_rank,
                rank() over (
                    partition by summed.has_then order by summed.then_sum desc
                ) as then_rank,
                row_number() over (
                    partition by summed.has_now
                    order by summed.now_sum desc, summed.member_name
                ) as nth,
                sum(summed.now_sum) over (
                    order by summed.now_sum desc, summed.member_name nulls last
                    rows between unbounded preceding and current row
                ) as up_to,
                sum(summed.now_sum) over (
                    partition by summed.has_now
                    order by summed.now_sum desc, summed.member_name
                    rows between unbounded preceding and current row
                ) as named_up_to,
                sum(summed.now_sum) over () as all_sum,
                sum(summed.now_sum) over (partition by summed.has_now) as named_sum,
                count(*) over (partition by summed.has_now) as named_count
            from (
                select
                    paired.member as member_name,
                    paired.now_value,
                    paired.then_value,
                    coalesce(paired.now_value, 0) as now_sum,
                    coalesce(paired.then_value, 0) as then_sum,
                    coalesce(paired.member, '') <> '' and coalesce(paired.now_value, 0) <> 0
                    as has_now,
                    coalesce(paired.member, '') <> '' and coalesce(paired.then_value, 0) <> 0
                    as has_then,
                    coalesce(paired.member, '') <> '' as is_named,
                    (paired.now_rows > 0 and paired.now_value is null)
                    or (paired.then_rows > 0 and paired.then_value is null) as is_blank
                from (
{paired}
                ) as paired
            ) as summed
        ) as ranked
    ) as placed
) as kept
group by
    kept.place,
    kept.member
order by
    kept.place,
    kept.member
