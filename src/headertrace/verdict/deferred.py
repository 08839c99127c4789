"""Findings and hypotheses that are worded when somebody looks at them.

A scan decides about millions of messages and looks at few of them. So ``examine`` decides at once, and
leaves to these classes what only a reader needs: where in the text the evidence stands, and what speaks
for which story.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

from headertrace.received.hop import Hop
from headertrace.signatures.scene import Scene
from headertrace.signatures.signature import Signature
from headertrace.trace.trace import Trace
from headertrace.verdict.examination import Evidence, Examination, Finding
from headertrace.vocabulary import Confidence

Wording = Callable[[], dict[str, object]]


class DeferredFinding(Finding):
    """A Finding whose evidence is located when first asked for."""

    __slots__ = ("_scene", "_signature")
    _scene: Scene
    _signature: Signature

    def __getattr__(self, name: str) -> object:
        """Locate what nobody has looked at yet; slots that are set never come here."""
        if name not in ("hop", "evidence"):
            raise _absent(self, Finding, name)
        evidence = _locate(self._signature, self._scene)
        _fill(self, {"evidence": evidence, "hop": hop_of(evidence)})
        return getattr(self, name)

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (Finding, _values(self, Finding))


WORDED = frozenset(("source", "findings", "hypotheses", "verdict", "not_examined", "failures"))


class DeferredExamination(Examination):
    """An Examination whose findings and hypotheses are worded when first asked for."""

    __slots__ = ("_wording",)
    _wording: Wording

    def __getattr__(self, name: str) -> object:
        """Word what nobody has looked at yet; slots that are set never come here."""
        if name not in WORDED:
            raise _absent(self, Examination, name)
        _fill(self, self._wording())
        return getattr(self, name)

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (Examination, _values(self, Examination))


def deferred_finding(signature: Signature, scene: Scene, weight: float) -> Finding:
    """Return a Finding of a signature that fired."""
    finding = object.__new__(DeferredFinding)
    known = {"id": signature.id, "name": signature.name, "summary": signature.summary, "weight": weight}
    _fill(finding, known | {"_scene": scene, "_signature": signature})
    return finding


def deferred_examination(wording: Wording, trace: Trace, misuse: Confidence | None) -> Examination:
    """Return an Examination that knows its answer, and how to word the rest."""
    examination = object.__new__(DeferredExamination)
    _set_trace(examination, trace)
    _set_misuse(examination, misuse)
    _set_wording(examination, wording)
    return examination


# The slots' own setters: a frozen dataclass allows no other way, and one of these is made for every message.
_set_trace = vars(Examination)["trace"].__set__
_set_misuse = vars(Examination)["misuse"].__set__
_set_wording = vars(DeferredExamination)["_wording"].__set__


def hop_of(evidence: tuple[Evidence, ...]) -> Hop | None:
    """Return the first hop on which evidence rests."""
    return next((item.source for item in evidence if isinstance(item.source, Hop)), None)


def _absent(owner: object, kind: type, name: str) -> AttributeError:
    """Return the error that Python itself would raise, with the name of the class that callers know."""
    return AttributeError(f"{kind.__name__!r} object has no attribute {name!r}", name=name, obj=owner)


def _locate(signature: Signature, scene: Scene) -> tuple[Evidence, ...]:
    try:
        return signature.find(scene)
    except Exception:
        return ()


def _fill(target: object, values: dict[str, object]) -> None:
    for name, value in values.items():
        object.__setattr__(target, name, value)


def _values(source: object, kind: type) -> dict[str, object]:
    return {field.name: getattr(source, field.name) for field in fields(kind)}


def _rebuild(kind: type, values: dict[str, object]) -> object:
    return kind(**values)
