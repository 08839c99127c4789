-- Which message belongs to which possible case: an address behind a relay, a relay, a crowd behind one, a fingerprint, a client's address (of
-- IPv6 the /64 that one place has), a mailbox to which answers go, a subject that one program wrote in one time zone.
create or replace temporary {relation} members as
select
    case when login then 'account' when side = 'hidden' then 'gateway' else 'open' end as kind,
    case when side = 'hidden' and not login then relay_key || ' > ' || client_ip else relay_key end as case_key,
    message
from sightings
where (suspect or strange) and not by_trade
union all
select 'crowd', relay_key || ' > ' || client_ip, message
from sightings
where stray
union all
select 'fingerprint', helo || ' | ' || coalesce(mailer, '-') || ' | ' || coalesce(cast(date_zone as varchar(20)), '-'), message
from sightings
where suspect and helo_of_one and helo is not null
union all
select 'address', case when client_ip like '%:%' then client_network else client_ip end, message
from sightings
where suspect and side = 'public'
union all
select 'mailbox', reply_address, message
from sightings
where suspect and reply_elsewhere = 1 and reply_address is not null
union all
select 'subject', template || ' | ' || coalesce(mailer, '-') || ' | ' || coalesce(cast(date_zone as varchar(20)), '-'), message
from sightings
where suspect and subject_tells and template is not null
