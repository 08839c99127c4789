"""``docs/margin-of-error.md``: how often the judge is wrong, and how that was measured."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from importlib.resources import files

from headertrace.verdict.calibration.corpora import Sample
from headertrace.verdict.calibration.laboratory import LabResult
from headertrace.verdict.calibration.measured import Measured
from headertrace.verdict.calibration.measures import (
    Reach,
    by_relay,
    confusion,
    curve,
    held_out_scores,
    opinion_of,
    period_of,
    way_accuracy,
)
from headertrace.verdict.calibration.pages import confusion_rows, period_name, reach_rows, rule_text, table
from headertrace.verdict.judge import UNIT, WHOLE_STORIES
from headertrace.vocabulary import Confidence

RATES = (1000, 2000, 4000, 5000, 10000, 20000)
REACH_HEAD = ("one alarm in", "relays, client hidden", "relays, client shown", "alarms on the innocent")
# Alarms of these classes were right after all; doubtful ones count as false.
RIGHT = ("leaked scam", "leaked spam")
SURE = (Confidence.LIKELY, Confidence.ESTABLISHED)


def margin_page(measured: Measured, lab: tuple[LabResult, ...]) -> str:
    """Return the document."""
    return (
        "\n\n".join(
            (
                *_introduction(measured),
                *_recall(measured),
                *_alarms(measured),
                *_ways(measured),
                *_laboratory(lab),
                CASES,
                LIMITS,
            )
        )
        + "\n"
    )


def _introduction(measured: Measured) -> Iterable[str]:
    first = min(sample.year for sample in measured.abused if sample.year)
    yield "# Margin of error"
    yield (
        "Written by `python -m headertrace.verdict.calibrate` over the labelled corpora; nothing here is "
        "typed by hand but the classes of alarms."
    )
    yield (
        f"{len(measured.innocent):,} presumed innocent messages: public list archives of 2019 to 2025 "
        "without what the labels call spam or unsure, SpamAssassin's ham of 2002, picked innocent ones with "
        f"failed look-ups. {len(measured.abused)} labelled misuses of {_relays(measured.abused)} relays, "
        f"from {first} on. *Presumed* is the word: the archives hold leaked scams, which the labels do not "
        "cover and which count as alarms until read."
    )
    yield "## How the amounts are made"
    yield rule_text()


def _relays(samples: Iterable[Sample]) -> int:
    return len(by_relay(samples, lambda _: True))


def _recall(measured: Measured) -> Iterable[str]:
    yield "## Recall against alarms"
    yield (
        "A relay is found when half of its messages are called misuse. All with the picked signs masked "
        "(greeting `User`, program names): what is left is what works on the next hijacker. Scores are by "
        "amounts that were fitted without the relay and without the innocent messages of the fold (five "
        "folds)."
    )
    yield table(REACH_HEAD, reach_rows(curve(measured.abused, measured.innocent, measured.scores, RATES)))
    yield (
        "By amounts that were fitted without the years in question (rows are periods held out, at one "
        "alarm in 5,000 of the rest):"
    )
    yield table(("held out", *REACH_HEAD[1:]), reach_rows(_by_period(measured)))
    yield "The amounts in use, at the threshold in use:"
    yield table(("messages", *REACH_HEAD[1:]), reach_rows(measured.in_use))
    yield table(
        (
            "of the picked corpus' confirmed relay abuse",
            "misuse likely",
            "open relay listed",
            "open relay likely",
        ),
        measured.picked,
    )


def _by_period(measured: Measured) -> Iterable[tuple[str, Reach]]:
    scores = held_out_scores(measured.abused, measured.innocent, period_of)
    for number in sorted({period_of(sample) for sample in measured.abused}):
        abused = [sample for sample in measured.abused if period_of(sample) == number]
        ((_, reach),) = curve(abused, measured.innocent, scores, (5000,))
        yield period_name(number), reach


def adjudicated() -> dict[str, str]:
    """Return the classes that a reader gave to alarms, by the messages' hashed ids."""
    text = files("headertrace.verdict.calibration").joinpath("adjudicated.toml").read_text("utf-8")
    return {key: str(value) for key, value in tomllib.loads(text)["alarms"].items()}


def _alarms(measured: Measured) -> Iterable[str]:
    alarms = [s for s in measured.innocent if opinion_of(s, measured.weights).misuse in SURE]
    classes = adjudicated()
    read = sorted((classes.get(each.key, "not read"), each.key) for each in alarms)
    false, total = sum(name not in RIGHT for name, _ in read), len(measured.innocent)
    whole = sum(not WHOLE_STORIES.isdisjoint(each.hits) for each in alarms)
    yield "## Alarms on presumed innocent mail"
    yield (
        f"Misuse, or an open relay, is called likely or established in {len(alarms)} of {total:,} messages "
        f"(one in {total // max(1, len(alarms)):,}). Every one was read. After reading, {false} are false, "
        f"doubtful ones counted as false. {whole} of them show the whole appliance story in one message."
    )
    yield table(("class", "message (hash of its id)"), read)
    relay = sum(_is_open_relay(sample, measured) for sample in measured.innocent)
    yield f"An open relay is the verdict, at any confidence, in {relay} ({relay / total:.3%})."


def _is_open_relay(sample: Sample, measured: Measured) -> bool:
    scores = opinion_of(sample, measured.weights).scores
    return max(scores, key=scores.__getitem__).startswith("open-relay")


def _ways(measured: Measured) -> Iterable[str]:
    as_is = [sample for sample in measured.samples if sample.abused and not sample.masked]
    right, called = way_accuracy(as_is, measured.weights)
    yield "## By which way"
    yield (
        f"One way is called likely at {called} of {_relays(as_is)} relays; it is the labelled one at {right} "
        f"({right / max(1, called):.0%}). Where the server hides logins, or the inner address is no "
        "gateway's, no way is called likely."
    )
    yield (
        "The ways have amounts of their own, from a multinomial ridge regression over the labelled misuses "
        "in which only the ways count that the door leaves open, signs are given, every relay weighs the "
        "same, and what the labels call unclear counts half for a password and half for an open relay. "
        f"Innocent stories, and the appliance, have no labels: each finding moves them by {UNIT:g} bits, a "
        "stated unit and no measurement."
    )
    yield table(
        ("what the labels say", "messages", "verdicts"),
        confusion_rows(confusion([s for s in measured.samples if not s.masked], measured.weights)),
    )


def _laboratory(lab: tuple[LabResult, ...]) -> Iterable[str]:
    if not lab:
        return
    yield "## Laboratory"
    yield (
        "Messages of real servers behind real NAT, whose truth is known. They evaluate and never fit: their "
        "contents were chosen. *Stripped* is without subject and program names."
    )
    yield table(
        ("scenario", "as they are", "stripped"), ((each.scenario, each.as_is, each.stripped) for each in lab)
    )


CASES = """## Cases

What `headertrace cases` makes of all corpora together stands in [a page of its own](cases-margin.md),
written by `python -m tests.cases.margin`: every case by a keyed hash, what its labels say, what a reader
found it to be, how many are wrong, and how many of the relays that the labels know are found."""
LIMITS = """## What this does not show

- The abuse is mostly that of a few advance-fee hijackers. Masking takes away their greeting and program,
  not their way
  of writing: no To, answers to a free mailbox, no conversation. Another trade (malware, phishing with a
  full To) shows less,
  and is found later or not at all.
- The labels cover messages whose client has no public host name. Stolen accounts used from proper mail
  programs are
  in the presumed innocent, and pull amounts down that would speak against them.
- One reader made the labels; doubts are named there. A single relay is one case, however many messages
  it sent.
- A NAT that hides the stranger and an honest office leave the same fields: only the writer tells them
  apart. What has an
  innocent writer's look passes.
- No base rate: a mail flow with more or less abuse than these archives needs its own threshold."""
