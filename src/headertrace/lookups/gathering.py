"""Facts about the hops of a chain, or about addresses and domains, from the DNS and from databases."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TypeVar, cast

from headertrace.facts import Facts, ListingFact, ReverseFact
from headertrace.lookups.answer import RecordType
from headertrace.lookups.askable import why_not_name
from headertrace.lookups.client import DnsClient
from headertrace.lookups.dns import system_resolvers
from headertrace.lookups.health import rewriting_resolver
from headertrace.lookups.inquiry import Inquiry, inquire, names_in
from headertrace.lookups.listings import Manner, Pair, ask_lists, pair_up, why_not_asked
from headertrace.lookups.lists import choose_lists
from headertrace.lookups.names import Found, Wanted, addresses_of, look_up, reverse_names
from headertrace.lookups.network import read_networks
from headertrace.lookups.options import DEFAULT, Options, blaming
from headertrace.lookups.resolver import Resolver, read_resolver
from headertrace.received.hop import Address
from headertrace.trace.trace import Trace

Subject = str | Address | Trace
Subjects = Subject | Iterable[Subject]
Result = TypeVar("Result")


def gather(subjects: Subjects, options: Options = DEFAULT) -> Facts:
    """Return what can be found out about a chain's public hops, or about addresses and domains.

    Also from within a running event loop, as in a notebook; for a file that is no database, a text
    that is no resolver or no list, a ValueError; a TypeError for what nothing can be asked about.
    """
    return run_sync(gather_async(subjects, options))


async def gather_async(subjects: Subjects, options: Options = DEFAULT) -> Facts:
    """Return the same as ``gather``, within the caller's event loop."""
    if not isinstance(options, Options):
        raise TypeError(f"not Options: {type(options).__name__}")
    each = _subjects(subjects)
    inquiries = inquire(each)
    refused = {one.subject: why for one in inquiries if (why := why_not_asked(one, options.documentation))}
    askable = [one for one in inquiries if one.subject not in refused]
    wanted = [one for one in _wanted(each, askable) if options.names and _may_ask(one, options)]
    addresses = _addresses(askable) if options.reverse else ()
    with blaming("lists"):
        lists = choose_lists(options.lists)
    with blaming("databases"):
        networks = read_networks(_addresses(inquiries), options.databases)
    pairs = pair_up(inquiries, lists, documentation=options.documentation)
    listings, found, reverse = await _ask(pairs, wanted, addresses, options)
    return Facts(
        gathered=datetime.now(UTC),
        reverse=reverse,
        listings=listings,
        networks=networks,
        unanswered={**{key: why for key, why in refused.items() if key not in listings}, **_open(found)},
        **_names(found),
    )


def _subjects(subjects: Subjects) -> tuple[Subject, ...]:
    """Return what is asked about, one or several; ``TypeError`` for what nothing can be asked about."""
    several = not isinstance(subjects, Subject | bytes | Mapping) and isinstance(subjects, Iterable)
    each = tuple(cast("Iterable[Subject]", subjects)) if several else (cast("Subject", subjects),)
    for one in each:
        if not isinstance(one, Subject):
            raise TypeError(f"neither an address, a name nor a Trace: {type(one).__name__}")
    return each


async def _ask(
    pairs: Sequence[Pair], wanted: Sequence[Wanted], addresses: Sequence[Address], options: Options
) -> tuple[dict[str, tuple[ListingFact, ...]], Found, dict[str, ReverseFact]]:
    """Return what lists, names and reverse names say, all of it asked in one window."""
    something = pairs or wanted or addresses
    async with DnsClient(_resolvers(options), patience=options.patience, within=options.within) as client:
        rewriting = await rewriting_resolver(client) if options.probe and something else None
        return await asyncio.gather(
            ask_lists(client, pairs, Manner(options.probe, options.reasons, rewriting)),
            look_up(client, wanted, rewriting),
            reverse_names(client, addresses, rewriting),
        )


def _addresses(inquiries: Iterable[Inquiry]) -> tuple[Address, ...]:
    return tuple(one.address for one in inquiries if one.address is not None)


def _resolvers(options: Options) -> tuple[Resolver, ...]:
    if not options.resolvers:
        return tuple(map(read_resolver, system_resolvers()))
    with blaming("resolvers"):
        return tuple(map(read_resolver, options.resolvers))


def _wanted(subjects: Iterable[Subject], askable: Iterable[Inquiry]) -> Iterator[Wanted]:
    for subject in subjects:
        if isinstance(subject, Trace):
            yield from names_in(subject)
    for one in askable:
        if one.address is None:
            for rdtype in (RecordType.A, RecordType.AAAA, RecordType.MX, RecordType.TXT):
                yield one.subject, rdtype


def _may_ask(wanted: Wanted, options: Options) -> bool:
    return why_not_name(wanted[0], documentation=options.documentation) is None


def _names(found: Found) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return what was found about names, as Facts hold it."""
    hosts = {name for name, rdtype in found.records if rdtype in (RecordType.A, RecordType.AAAA)}
    addresses = {name: addresses_of(name, found.records) for name in hosts}
    failed = {name for name, _ in found.unanswered}
    return {
        "addresses": {name: known for name, known in addresses.items() if known or name not in failed},
        "mail_exchangers": _of_type(found, RecordType.MX),
        "texts": _of_type(found, RecordType.TXT),
    }


def _of_type(found: Found, wanted: RecordType) -> dict[str, tuple[str, ...]]:
    return {name: records for (name, rdtype), records in found.records.items() if rdtype is wanted}


def _open(found: Found) -> dict[str, str]:
    return {f"{rdtype} {name}": reason for (name, rdtype), reason in found.unanswered.items()}


def run_sync(work: Coroutine[None, None, Result]) -> Result:
    """Return what ``work`` comes to; in a thread of its own where this one already runs an event loop."""
    if not _in_event_loop():
        return _run(work)
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(_run, work).result()


def _in_event_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _run(work: Coroutine[None, None, Result]) -> Result:
    # Windows' default loop cannot watch a socket for reading, this one can everywhere.
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        return runner.run(work)
