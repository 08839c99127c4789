-- The numbers of every possible case that two suspicious messages, or many strangers, or a crowd, speak for.
create or replace temporary {relation} candidates as
select
    kind,
    case_key,
    count(distinct content_key) as messages,
    count(distinct case when suspect then content_key end) as suspects,
    count(distinct case when suspect then message end) as suspect_copies,
    count(distinct case when strange then content_key end) as strangers,
    count(distinct case when own_sender then content_key end) as own_senders,
    count(distinct case when foreign_sender then content_key end) as foreign_senders,
    count(distinct case when strange or suspect or kind = 'crowd' then helo end) as helos,
    count(distinct case when not own_sender then from_domain end) as domains,
    count(distinct date_zone) as zones,
    count(distinct client_network) as networks,
    count(distinct case when not nameless then coalesce(relay_site, relay_key) end) as sites,
    count(distinct case when not given_away and not nameless then coalesce(relay_site, relay_key) end) as lasting_sites,
    count(distinct case when given_away then content_key end) as given_away,
    count(distinct case when other_hand then content_key end) as other_hands,
    -- A message without an id of its own shares no habit with others; no zone (-1) is a habit, too.
    count(distinct coalesce(id_shape, content_key)) as id_shapes,
    count(distinct coalesce(date_zone, -1)) as zone_habits,
    count(distinct coalesce(reply_address, from_address, '')) as mailboxes,
    count(distinct case when server_sender then content_key end) as server_senders,
    count(distinct login_user) as accounts,
    count(distinct case when login_user is not null then content_key end) as named_logins,
    count(distinct relay_network) as exits,
    count(distinct case when marks_logins then content_key end) as marked,
    count(distinct case when not marks_logins then content_key end) as unmarked,
    count(distinct case when own_recipient = false then content_key end) as foreign_recipients,
    count(distinct case when client_gateway then content_key end) as gateways,
    count(distinct case when outside then content_key end) as outside,
    count(distinct case when judged_misuse then content_key end) as judged,
    count(distinct case when reply_elsewhere = 1 then content_key end) as reply_elsewhere,
    count(distinct case when no_to = 1 then content_key end) as no_to,
    count(distinct case when helo_of_strangers = 1 then content_key end) as helo_of_strangers,
    count(distinct case when lure = 1 then content_key end) as lures,
    count(distinct case when queued = 1 then content_key end) as queued,
    min(seen) as first_seen,
    max(seen) as last_seen,
    count(distinct case when inner_ip is not null and side = 'public' then content_key end) as handed_on,
    min(inner_ip) as inner_ip,
    min(client_ip) as client_ip,
    min(relay_key) as relay_key,
    min(relay) as relay,
    min(relay_site) as relay_site,
    min(relay_ip) as relay_ip,
    min(relay_family) as relay_family
from members join sightings using (message)
group by kind, case_key
having count(distinct case when suspect then message end) >= 2
    or count(distinct case when strange then content_key end) >= 3
    or kind = 'crowd' and count(distinct content_key) >= 4
