"""A trace becomes an examination."""

from __future__ import annotations

from headertrace.facts import Facts
from headertrace.signatures import trait
from headertrace.signatures.chain import ends_at_entry, read_chain
from headertrace.signatures.mailboxes import first_value
from headertrace.signatures.names import greeting_traits
from headertrace.signatures.scene import Scene, describe, read_fields, read_scene, read_way, scene_of
from headertrace.signatures.signature import Signature
from headertrace.trace.trace import Trace
from headertrace.verdict.deferred import deferred_examination, deferred_finding
from headertrace.verdict.examination import Examination, Finding, Hypothesis, Relay, Source
from headertrace.verdict.judge import Opinion, judge
from headertrace.verdict.observe import observe
from headertrace.verdict.stories import HIDDEN, MISUSES, STORIES, remedies_for
from headertrace.verdict.triage import settled
from headertrace.verdict.weights import Weights, load_weights
from headertrace.vocabulary import Scenario

# Stories in which somebody else's address stands in the client's place.
MASKED = (Scenario.OPEN_RELAY_NAT, Scenario.OPEN_RELAY_APPLIANCE)
FULL_NAME = trait.HELO_QUALIFIED | trait.HELO_INNER_SUFFIX
BEGUN_THERE = trait.DIRECT | trait.BEGUN_AT_CLIENT


def examine(trace: Trace, facts: Facts | None = None) -> Examination:
    """Return the judgement of one trace; it never asks a network. ``TypeError`` for what is no Trace."""
    if not isinstance(trace, Trace):
        raise TypeError(f"not a Trace: {type(trace).__name__} (read_trace makes one of a message)")
    if facts is not None and not isinstance(facts, Facts):
        raise TypeError(f"not Facts: {type(facts).__name__}")
    chain = read_chain(trace)
    if ends_at_entry(chain):
        # No server let it out, so none was misused.
        return deferred_examination(lambda: _word(read_scene(trace, facts)), trace, None)
    weights, way, fields = load_weights(), read_way(chain), read_fields(trace)
    found = settled(way, fields, weights) or _decide(scene_of(trace, way, fields, facts), weights)
    return deferred_examination(lambda: _word(scene_of(trace, way, fields, facts)), trace, found.misuse)


def _decide(scene: Scene, weights: Weights) -> Opinion:
    return judge(scene.traits, observe(scene).hits, weights)


def _word(deciding: Scene) -> dict[str, object]:
    """Return what a reader needs besides the answer."""
    opinion = _decide(deciding, load_weights())
    scene = describe(deciding)
    seen = observe(scene, whole=True)
    hits = seen.hits
    amounts = load_weights().misuse
    findings = tuple([deferred_finding(hit, scene, amounts.get(hit.id, 0.0)) for hit in hits])
    relay = _sender(scene) if scene.traits & BEGUN_THERE == BEGUN_THERE else _relay(scene)
    order = sorted(opinion.scores, key=opinion.scores.__getitem__, reverse=True)
    pairs = tuple(zip(hits, findings, strict=True))
    hypotheses = tuple([_hypothesis(scenario, scene, opinion, pairs, relay) for scenario in order])
    return {
        "source": _source(scene.trace),
        "not_examined": seen.not_examined,
        "failures": seen.failures,
        "findings": tuple(sorted(findings, key=lambda finding: finding.id)),
        "hypotheses": hypotheses,
        "verdict": hypotheses[0],
    }


def _source(trace: Trace) -> Source:
    value = first_value(trace.section, "message-id")
    return Source(message_id=value.decode("latin-1").strip() if value else None)


def _hypothesis(
    scenario: Scenario,
    scene: Scene,
    opinion: Opinion,
    pairs: tuple[tuple[Signature, Finding], ...],
    relay: Relay | None,
) -> Hypothesis:
    if scenario not in opinion.listed:
        return Hypothesis(scenario=scenario, score=opinion.scores[scenario])
    sides = [(finding, _side(scenario, signature)) for signature, finding in pairs]
    entry = scene.chain.entry
    return Hypothesis(
        scenario=scenario,
        score=opinion.scores[scenario],
        confidence=opinion.listed[scenario],
        supporting=tuple([finding for finding, side in sides if side > 0]),
        opposing=tuple([finding for finding, side in sides if side < 0]),
        refuted_by=STORIES[scenario].refuted_by,
        remedies=remedies_for(scenario, entry.family if entry else ""),
        relay=relay if scenario is not Scenario.DIRECT_TO_MX else None,
        notes=(HIDDEN,) if scenario in MASKED and _is_hidden(scene.traits) else (),
    )


def _is_hidden(traits: int) -> bool:
    """Return whether the address that shows is no stranger's, but what stands in his place."""
    return bool(traits & trait.OWN_ADDRESS) or not traits & trait.CLIENT_PUBLIC


def _side(scenario: Scenario, signature: Signature) -> int:
    """Return whether a hit speaks for (+1) or against (-1) a story, directly or through misuse itself."""
    return signature.bears.get(scenario, 0) or (signature.misuse if scenario in MISUSES else 0)


def _sender(scene: Scene) -> Relay:
    """Return the client's server, which had the message first and handed it to the recipient's own."""
    entry = scene.entry
    return Relay(ip=entry.ip, name=_lower(entry.rdns or entry.helo), hop=entry)


def _relay(scene: Scene) -> Relay | None:
    """Return the server that let the message out, with the address by which the outside knows it."""
    entry, left = scene.chain.entry, scene.chain.exit
    if entry is None:
        return None
    if left is None:
        return Relay(ip=entry.by_ip, name=_lower(entry.by), hop=entry)
    outside, inside = (left.helo, left.rdns), (entry.by,)
    # Where another machine took the message in, that one's name is not the relay's; and where another house's
    # let it out, only what the next server saw of that one is no claim.
    seen = scene.chain.inner is not None or scene.traits & trait.OTHER_HAND
    names = outside + inside if seen else inside + outside
    return Relay(ip=left.ip, name=_lower(_full_name(names)), hop=left)


def _full_name(names: tuple[str | None, ...]) -> str | None:
    """Return the first full name, or else the first."""
    told = [name for name in names if name]
    return next((name for name in told if greeting_traits(name) & FULL_NAME), told[0] if told else None)


def _lower(name: str | None) -> str | None:
    return name.lower() if name else None
