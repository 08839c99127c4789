-- The values behind the numbers, the most frequent first; {{unnest}} turns a list into rows.
create or replace temporary {relation} facets as
with told as (
    select m.kind, m.case_key, s.*
    from members as m join sightings as s using (message)
    join candidates as c on c.kind = m.kind and c.case_key = m.case_key
),
valued as (
    select kind, case_key, content_key, 'helo' as facet, helo as facet_value from told
    union all
    select kind, case_key, content_key, 'sender', from_address from told
    union all
    select kind, case_key, content_key, 'zone', cast(date_zone as varchar(20)) from told
    union all
    select kind, case_key, content_key, 'account', login_user from told
    union all
    select kind, case_key, content_key, 'client', client_ip from told
    union all
    select kind, case_key, content_key, 'relay', coalesce(relay_site, relay_key) from told
    union all
    select kind, case_key, content_key, 'recipient', {unnest}(envelope_recipients) from told
    union all
    select kind, case_key, content_key, 'day', cast(cast(floor(seen / 86400000000.0) as bigint) as varchar(20)) from told
),
counted as (
    select kind, case_key, facet, facet_value, count(distinct content_key) as messages
    from valued
    where facet_value is not null
    group by kind, case_key, facet, facet_value
),
ranked as (
    select
        *,
        row_number() over (partition by kind, case_key, facet order by messages desc, facet_value) as place
    from counted
)
select kind, case_key, facet, facet_value, messages from ranked where place <= {most}
