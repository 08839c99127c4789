-- Which message belongs to which possible case: one relay, one fingerprint, one client network, one campaign.
create or replace temporary {relation} members as
select
    case when login then 'account' when side = 'hidden' then 'gateway' else 'open' end as kind,
    relay_key as case_key,
    message
from sightings
where suspect or strange
union all
select 'fingerprint', helo || ' | ' || coalesce(mailer, '-') || ' | ' || coalesce(id_shape, '-'), message
from sightings
where suspect and helo is not null
union all
select 'network', client_network, message
from sightings
where suspect and side = 'public'
union all
select 'campaign', template, message
from sightings
where suspect and template is not null
