"""Stands in for `sendmail -G -i -f SENDER -- RECIPIENT...`: hands the message over to a port of loopback."""

from __future__ import annotations

import re
import smtplib
import sys


def main(port: str, *arguments: str) -> None:
    """Send standard input on as it is; only line ends and leading dots are those of SMTP."""
    sender, recipients = arguments[arguments.index("-f") + 1], arguments[arguments.index("--") + 1 :]
    message = re.sub(rb"(?m)^\.", b"..", sys.stdin.buffer.read()).replace(b"\n", b"\r\n")
    with smtplib.SMTP("127.0.0.1", int(port)) as client:
        client.ehlo("localhost")
        client.mail(sender)
        for recipient in recipients:
            client.rcpt(recipient)
        client.docmd("DATA")
        client.send(message + b".\r\n")
        code, answer = client.getreply()
    if code != 250:
        raise SystemExit(answer.decode("ascii", "replace"))


if __name__ == "__main__":
    main(*sys.argv[1:])
