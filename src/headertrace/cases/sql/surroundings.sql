-- What else comes from the address behind a relay, or into it from public addresses.
create or replace temporary {relation} surroundings as
select
    c.kind,
    c.case_key,
    count(distinct s.content_key) as messages,
    count(distinct s.helo) as helos,
    count(distinct case when s.named_server then s.content_key end) as from_servers
from candidates as c join sightings as s
    on s.relay_key = c.relay_key
    and (c.kind = 'gateway' and s.side = 'hidden' and s.client_ip = c.client_ip
        or c.kind = 'open' and s.side = 'public' and not s.login)
where not s.suspect and not s.strange
group by c.kind, c.case_key
