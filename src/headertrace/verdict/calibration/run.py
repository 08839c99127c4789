"""The steps of a calibration, in their order."""

from __future__ import annotations

from pathlib import Path

from headertrace.signatures.catalogue import CATALOGUE
from headertrace.verdict.calibration.corpora import read_samples
from headertrace.verdict.calibration.laboratory import read_laboratory
from headertrace.verdict.calibration.margin import margin_page
from headertrace.verdict.calibration.measured import Measured, measure, to_toml
from headertrace.verdict.calibration.measures import likelihood_ratio
from headertrace.verdict.calibration.pages import signatures_page


def calibrate(data: Path, *, docs: Path, weights: Path, every: int = 1) -> Measured:
    """Return what was measured, after writing the weights and the two documents."""
    measured = measure(tuple(read_samples(data / "corpus", every)))
    weights.write_text(to_toml(measured.amounts, measured.ways), "utf-8")
    ratios = {each.id: likelihood_ratio(each, measured.abused, measured.innocent) for each in CATALOGUE}
    lab = tuple(read_laboratory(data / "lab" / "messages", measured.weights))
    docs.mkdir(exist_ok=True)
    (docs / "signatures.md").write_text(signatures_page(ratios, measured.amounts.misuse), "utf-8")
    (docs / "margin-of-error.md").write_text(margin_page(measured, lab), "utf-8")
    return measured
