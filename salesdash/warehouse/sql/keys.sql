-- Distinct keys (documents, customers ...) by their history: bit i of a word says that the key was
-- seen in segment i. A window counts the histories that touch it, so no key is counted twice.
-- bit_or over BIGINT has this name in Spark, ClickHouse and PostgreSQL too.
select
    {groups}
    {words}
    count(*) as keys
from (
    select
        {groups}
        {collected}
        key_value
    from (
        select
            {members}
            {bits}
            {key} as key_value
        from (
{scope}
        ) as scoped
        where {day} is not null
          and {limits}
    ) as lines
    where key_value is not null
    group by
        {groups}
        key_value
) as histories
group by
    {groups}
    {words_only}
