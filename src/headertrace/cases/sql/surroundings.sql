-- What else comes from the address behind a relay, or into it from public addresses; and how many names among the
-- suspicious messages never write plain mail of the organisation's own.
create or replace temporary {relation} surroundings as
with near as (
    select
        c.kind,
        c.case_key,
        s.content_key,
        s.helo,
        s.named_server or (s.side = 'hidden' and s.from_server) as from_server,
        s.suspect or s.strange as odd,
        s.own_sender and not s.suspect and s.signs = s.helo_of_strangers as plain
    from candidates as c join sightings as s
        on s.relay_key = c.relay_key
        and (c.kind = 'gateway' and s.side = 'hidden' and s.client_ip = c.client_ip
            or c.kind = 'open' and s.side = 'public' and not s.login)
),
own_names as (
    select distinct kind, case_key, helo as own_name from near where plain and helo is not null
)
select
    n.kind,
    n.case_key,
    count(distinct case when not n.odd then n.content_key end) as messages,
    count(distinct case when not n.odd then n.helo end) as helos,
    count(distinct case when not n.odd and n.from_server then n.content_key end) as from_servers,
    count(distinct case when n.plain then n.content_key end) as plain,
    count(distinct case when n.odd and o.own_name is null then n.helo end) as strange_names
from near as n left join own_names as o on o.kind = n.kind and o.case_key = n.case_key and o.own_name = n.helo
group by n.kind, n.case_key
