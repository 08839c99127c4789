-- What else comes from the inner addresses of the possible gateways, the innocent mail included.
create or replace temporary {relation} surroundings as
select
    s.relay_key as case_key,
    s.client_ip as inner_address,
    count(distinct s.content_key) as messages,
    count(distinct case when s.strange or s.suspect then s.content_key end) as strangers,
    count(distinct case when s.strange or s.suspect then s.helo end) as stranger_helos,
    count(distinct case when (s.strange or s.suspect) and not s.own_sender then s.from_domain end) as stranger_domains,
    count(distinct case when s.strange or s.suspect then s.date_zone end) as stranger_zones,
    count(distinct case when s.own_sender then s.content_key end) as own_senders,
    count(distinct case when s.own_sender then s.helo end) as own_helos,
    count(distinct case when s.login then s.content_key end) as logins,
    max(case when s.client_gateway then 1 else 0 end) as gateway_like
from sightings as s join candidates as c on c.kind = 'gateway' and c.case_key = s.relay_key
where s.side = 'hidden' and s.client_ip is not null
group by s.relay_key, s.client_ip
