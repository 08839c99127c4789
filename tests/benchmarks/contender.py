"""One program in a process of its own: `python -m tests.benchmarks.contender NAME FOLDER`.

Reads every file of the folder into memory, then goes over all of them ``ROUNDS`` times. Prints as JSON the
CPU seconds of the first round and of the quickest, how many messages failed, what importing took, and the
largest resident size in bytes.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.measure import largest_resident

Read = Callable[[bytes], object]
ROUNDS = 3


def splitter() -> Read:
    from email.parser import BytesHeaderParser

    parser = BytesHeaderParser()
    return lambda message: parser.parsebytes(message).get_all("Received")


def mail_parser() -> Read:
    import mailparser

    return lambda message: mailparser.parse_from_bytes(message).received


def eml_parser() -> Read:
    import logging

    from eml_parser import EmlParser

    logging.disable()
    parser = EmlParser()
    return lambda message: parser.decode_email_bytes(message)["header"].get("received")


def reader() -> Read:
    from headertrace import read_trace

    return read_trace


def judge() -> Read:
    from headertrace import examine, read_trace

    return lambda message: examine(read_trace(message))


CONTENDERS: dict[str, tuple[Callable[[], Read], str]] = {
    "email.parser": (splitter, ""),
    "mail-parser": (mail_parser, "mail-parser"),
    "eml_parser": (eml_parser, "eml_parser"),
    "headertrace reads": (reader, "headertrace"),
    "headertrace judges": (judge, "headertrace"),
}


def run(read: Read, messages: list[bytes]) -> tuple[float, int]:
    """The CPU seconds that all messages took, and how many of them made the program raise."""
    failed = 0
    start = time.process_time()
    for message in messages:
        try:
            read(message)
        except Exception:  # a peer's failure is counted, and costs it nothing
            failed += 1
    return time.process_time() - start, failed


def main(name: str, folder: str) -> None:
    make, distribution = CONTENDERS[name]
    messages = [path.read_bytes() for path in sorted(Path(folder).iterdir())]
    before = time.process_time()
    read = make()
    imported = time.process_time() - before
    rounds = [run(read, messages) for _ in range(ROUNDS)]
    told = {
        "version": version(distribution) if distribution else sys.version.split()[0],
        "first": rounds[0][0],
        "seconds": min(seconds for seconds, _ in rounds),
        "failed": rounds[0][1],
        "imported": imported,
        "memory": largest_resident(),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:3])
