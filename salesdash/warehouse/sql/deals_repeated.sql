-- Whether some deal has several rows, which then are told apart by their places.
select
    count(*) as deals
from (
    select
        r.deal
    from {relation} as r
    where r.deal is not null
    group by r.deal
    having count(*) > 1
) as repeated
