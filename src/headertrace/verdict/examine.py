"""A trace becomes an examination."""

from __future__ import annotations

from headertrace.facts import Facts
from headertrace.trace.trace import Trace
from headertrace.verdict.examination import Examination, Hypothesis, Source
from headertrace.vocabulary import Confidence, Scenario

PRIVATE_STORIES = (Scenario.INTERNAL_SUBMISSION, Scenario.OPEN_RELAY_NAT)


def examine(trace: Trace, facts: Facts | None = None) -> Examination:
    """Return the judgement of one trace; it never asks a network."""
    inside = trace.origin is not None and trace.origin.hidden
    stories = PRIVATE_STORIES if inside else (Scenario.UNDETERMINED,)
    rest = tuple(name for name in Scenario if name not in stories)
    listed = tuple(
        Hypothesis(scenario=name, score=-float(rank), confidence=Confidence.POSSIBLE)
        for rank, name in enumerate(stories)
    )
    ranked = listed + tuple(Hypothesis(scenario=name, score=-10.0) for name in rest)
    return Examination(
        trace=trace, source=Source(), findings=(), not_examined=(), hypotheses=ranked, verdict=ranked[0]
    )
