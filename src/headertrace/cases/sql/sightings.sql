-- One row for each message that a relay let out, with the signs by which a stranger's mail is known.
-- The same text runs in DuckDB and in Spark; {{micros}} is the engine's name for microseconds since 1970,
-- {{relation}} what it keeps results in: a table, or a view that it remembers itself.
create or replace temporary {relation} sightings as
with signed as (
    select
        *,
        case when array_contains(traits, 'REPLY_FOREIGN') then 1 else 0 end as reply_elsewhere,
        case when array_contains(traits, 'REPLY_FREE') then 1 else 0 end as reply_free,
        case when array_contains(traits, 'TO_MISSING') or array_contains(traits, 'TO_HIDDEN')
            then 1 else 0 end as no_to,
        case when array_contains(traits, 'HELO_CONSTANT') or array_contains(traits, 'HELO_HIRED_DESKTOP')
                or array_contains(traits, 'HELO_RANDOM') or array_contains(traits, 'HELO_GARBLED')
                or array_contains(traits, 'HELO_BIG_PROVIDER')
            then 1 else 0 end as helo_of_strangers,
        case when array_contains(traits, 'SUBJECT_LURES') or array_contains(traits, 'SUBJECT_SHOUTS')
                or array_contains(traits, 'FROM_TITLE')
            then 1 else 0 end as lure,
        case when array_contains(traits, 'SLOW') or array_contains(traits, 'BACKWARDS')
            then 1 else 0 end as queued,
        -- What a stranger's mail hardly ever shows: an answer, a patch, the relay's own recipient.
        array_contains(traits, 'CONVERSATION') or array_contains(traits, 'PATCH')
            or array_contains(traits, 'OWN_RECIPIENT') or array_contains(traits, 'REPORT')
            or array_contains(traits, 'ESP') or array_contains(traits, 'SCRIPT') as innocent,
        -- Filters for hire and mailbox providers take strangers' mail in for others: their servers are not open.
        client_kind = 'public' and not login
            and (array_contains(traits, 'FILTER_SERVICE') or array_contains(traits, 'PROVIDER_SERVER')) as by_trade,
        -- A machine of the site or of a platform, or a webmail session: the client is known to the relay.
        ((array_contains(traits, 'HELO_SERVICE_NODE') or array_contains(traits, 'HELO_CONTAINER'))
                and not client_gateway)
            or (client_kind <> 'public' and array_contains(traits, 'WEBMAIL')) as housed,
        -- A public client that bears such a name is a server: a customer of the relay, or its origin.
        array_contains(traits, 'HELO_QUALIFIED') and not array_contains(traits, 'HELO_BIG_PROVIDER') as proper_name,
        array_contains(traits, 'FOREIGN_FROM') as foreign_sender,
        case when client_kind = 'public' then 'public' else 'hidden' end as side,
        -- Names that the site's own machines do not bear: the client comes from outside.
        client_helo_public or array_contains(traits, 'HELO_CONSTANT')
            or array_contains(traits, 'HELO_HIRED_DESKTOP') or array_contains(traits, 'HELO_RANDOM')
            or array_contains(traits, 'HELO_GARBLED') or array_contains(traits, 'HELO_BIG_PROVIDER')
            as outside_helo,
        -- Names that one machine bears: no constant of a program, no provider's name, no address that every home uses.
        client_helo_public or (
            (array_contains(traits, 'HELO_QUALIFIED') or array_contains(traits, 'HELO_UNQUALIFIED')
                or array_contains(traits, 'HELO_INNER_SUFFIX'))
            and not array_contains(traits, 'HELO_CONSTANT') and not array_contains(traits, 'HELO_GARBLED')
            and not array_contains(traits, 'HELO_BIG_PROVIDER')
        ) as helo_of_one,
        -- The machine that let it out is of another house than those that the way names: the way may be invented.
        array_contains(traits, 'OTHER_HAND') as other_hand,
        -- Where a client logged in, hosting providers let their customers' servers' mail out so.
        array_contains(traits, 'OTHER_HAND') and not login as nameless,
        -- Freenom gave domains below these away until 2023: servers of an hour, nearly always the writer's own.
        coalesce(split_part(relay_site, '.', -1) in ('tk', 'ml', 'ga', 'cf', 'gq'), false) as given_away,
        -- A sender of the server itself, not of its organisation's domain: whoever runs the server made that account.
        coalesce(relay <> relay_site and (from_domain = relay or from_domain like '%.' || relay), false) as server_sender,
        -- Four words or more: shorter subjects repeat without a common writer.
        length(subject) - length(replace(subject, ' ', '')) >= 3 as subject_tells
    from messages
    where relay_key is not null and not destination and client_kind in ('public', 'private', 'own24')
        -- What was put into a mailbox of the house that took it in was let out to nobody.
        and not (relay_ip is null and coalesce(own_recipient, true) and array_contains(traits, 'STORED')
            and not array_contains(traits, 'LIST'))
),
counted as (
    select
        *,
        reply_elsewhere + reply_free + no_to + helo_of_strangers + lure + queued as signs,
        client_kind = 'public' and proper_name as named_server,
        -- A server that calls itself by an address: many have the same inner one. What only an invented way may name
        -- is not accused: the machine that let the message out is, whoever's it is.
        case when lower(relay) = upper(relay) or nameless then coalesce(relay_ip, relay_key)
            else relay_key end as server_key,
        {micros}(received) as seen
    from signed
)
select
    message, source_path, source_offset, message_id, content_key,
    server_key as relay_key, relay, case when nameless then null else relay_site end as relay_site, nameless, other_hand,
    given_away, relay_ip, relay_network, relay_family, marks_logins, side,
    -- Exchange hands mail on within itself: that is no filter in front.
    case when relay_family = 'exchange' then null else inner_ip end as inner_ip,
    client_ip, client_network, client_gateway, lower(client_helo) as helo, helo_of_one,
    from_domain, from_address, reply_address, envelope_recipients, date_zone, mailer, template, subject_tells,
    -- An id that the relay wrote is no habit of the writer's.
    case when lower(message_id) like '%@' || relay || '>%' then null else id_shape end as id_shape,
    login, login_user, own_sender, server_sender, own_recipient, foreign_sender,
    outside_helo or (side = 'hidden' and client_gateway and client_kind = 'private') as outside,
    reply_elsewhere, no_to, helo_of_strangers, lure, queued, signs, seen,
    coalesce(misuse in ('likely', 'established'), false) as judged_misuse,
    innocent or housed as innocent,
    by_trade,
    named_server,
    -- Another house's server, as far as its name tells.
    proper_name and not own_sender and coalesce(lower(client_helo) not like '%' || relay_site, true) as from_server,
    -- Mail of a stranger by its own signs; three of six are found in no innocent mail of the corpora.
    not innocent and not housed and not named_server
        and (signs >= 3 or (signs >= 2 and coalesce(misuse in ('likely', 'established'), false))) as suspect,
    -- Mail that is not the site's own, and odd: counted where many of them show who sits behind an address.
    not innocent and not housed and not named_server and not own_sender and signs >= 1 as strange,
    -- Mail that only writer and machine show to be none of the site's: a crowd of them shows who sits behind an address.
    not innocent and not housed and not login and foreign_sender and side = 'hidden'
        and not array_contains(traits, 'REWRITTEN_RECIPIENT')
        and (array_contains(traits, 'HELO_UNQUALIFIED') or client_helo_public) as stray
from counted
