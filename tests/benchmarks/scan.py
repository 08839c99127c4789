"""Rate and memory of a long scan: ``python -m tests.benchmarks.scan --messages 1000000``.

The messages come through a pipe: those of all corpora again and again, with other ids each time, or made-up
ones where there are no corpora. Prints, for each tenth of the input, messages a second of wall time and the
largest resident memory of the reader and of each worker; at the end what all of them took of the processor.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import IO

from pyarrow.parquet import read_metadata

from tests.corpus.mailboxes import POSTMARK, message
from tests.data import DATA, header_sections

PADDING = b"".join(b"X-Padding-%d: %s\n" % (number, b"x" * 60) for number in range(30))
MESSAGE_ID = re.compile(rb"\n(message-id:[ \t]*+<)", re.I)


def endless() -> Iterator[bytes]:
    """Give header sections without end: real ones, or made-up ones of 2.7 KB."""
    corpora = sorted(path.name.partition(".")[0] for path in (DATA / "corpus").glob("*.jsonl.xz"))
    for number in count():
        for name in corpora:
            for section in header_sections(name):
                yield MESSAGE_ID.sub(rb"\n\g<1>%d." % number, section, count=1)
        if not corpora:
            yield message(number).partition(b"\n\n")[0] + b"\n" + PADDING + b"\n"


def feed(pipe: IO[bytes], messages: int) -> None:
    """Write an mbox of so many messages."""
    with pipe:
        for section in islice(endless(), messages):
            pipe.write(POSTMARK + section + b"body\n\n")


def resident(pid: int) -> int:
    """Resident memory of a process in MiB; 0 once it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    line = next((line for line in status.splitlines() if line.startswith("VmHWM")), "VmHWM: 0 kB")
    return int(line.split()[1]) // 1024


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def main() -> None:
    """Scan and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--messages", type=int, default=100_000)
    options.add_argument("--workers", type=int, default=2)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        command = [sys.executable, "-m", "headertrace", "scan", "-", "-o", str(out), "--quiet"]
        start = time.monotonic()
        scan = subprocess.Popen([*command, "--workers", str(given.workers)], stdin=subprocess.PIPE)
        assert scan.stdin is not None
        threading.Thread(target=feed, args=(scan.stdin, given.messages), daemon=True).start()
        watch(scan, out, given.messages, start)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{(used.ru_utime + used.ru_stime) / given.messages * 1e6:.0f} µs of CPU a message")


def watch(scan: subprocess.Popen[bytes], out: Path, total: int, start: float) -> None:
    """Print a line whenever another tenth of the input is done, and at the end."""
    tenth = 1
    peak: dict[int, int] = {}
    rows: dict[Path, int] = {}
    while scan.poll() is None:
        time.sleep(0.2)
        for pid in (scan.pid, *children(scan.pid)):
            peak[pid] = max(peak.get(pid, 0), resident(pid))
        new = set((out / "messages").glob("*.parquet")) - rows.keys()
        rows |= {shard: read_metadata(shard).num_rows for shard in new}
        done = sum(rows.values())
        if done * 10 >= tenth * total:
            print(
                f"{done} messages, {done / (time.monotonic() - start):.0f}/s, MiB {[*peak.values()]}",
                flush=True,
            )
            tenth = done * 10 // total + 1
    print(f"all {total}: {total / (time.monotonic() - start):.0f}/s, peak MiB {[*peak.values()]}")


if __name__ == "__main__":
    main()
