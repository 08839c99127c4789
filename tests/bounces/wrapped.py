"""One SMTP reply as the bounces of five mail systems report it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

REMOTE, REMOTE_IP = "mx.example.org", "192.0.2.140"
RECIPIENT, SENDER = "user@example.org", "sender@example.net"
RETURNED = f"""Return-Path: <{SENDER}>
Received: from pc.example.net (unknown [10.0.0.9]) by mail.example.net (Postfix) with ESMTP id 4ABC;
 Tue, 17 Dec 2019 20:56:02 +0100
From: {SENDER}
To: {RECIPIENT}
Message-ID: <1@example.net>
Subject: hello
"""
STATUS = f"""Reporting-MTA: dns; mail.example.net
Arrival-Date: Tue, 17 Dec 2019 20:56:02 +0100 (CET)

Final-Recipient: rfc822; {RECIPIENT}
Action: failed
Status: 5.7.1
Remote-MTA: dns; {REMOTE}
Diagnostic-Code: smtp; """


def _report(words: str, diagnostic: str) -> str:
    parts = (
        ("text/plain; charset=us-ascii", words),
        ("message/delivery-status", STATUS + diagnostic),
        ("message/rfc822", RETURNED + "\nhello"),
    )
    body = "".join(f"--B1\nContent-Type: {kind}\n\n{text}\n\n" for kind, text in parts)
    return (
        f"Return-Path: <>\nFrom: MAILER-DAEMON@mail.example.net (Mail Delivery System)\nTo: {SENDER}\n"
        "Subject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B1"\n\n' + body + "--B1--\n"
    )


def postfix(reply: str) -> str:
    """Folded at 76 columns, wherever a blank is; the continuation codes stay inside the line."""
    line = " ".join(reply.split("\n"))
    told = f"<{RECIPIENT}>: host {REMOTE}[{REMOTE_IP}] said: {line} (in reply to RCPT TO command)"
    folded = textwrap.fill(told, 76, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)
    words = f"This is the mail system at host mail.example.net.\n\nI'm sorry.\n\n{folded}\n"
    return _report(words, line)


def sendmail(reply: str) -> str:
    """Only the first line of the reply in the machine's part; all of it in the transcript."""
    first, *_ = lines = reply.split("\n")
    answers = "\n".join(f"<<< {line}" for line in lines)
    words = (
        "   ----- The following addresses had permanent fatal errors -----\n"
        f"<{RECIPIENT}>\n    (reason: {first})\n\n   ----- Transcript of session follows -----\n"
        f"... while talking to {REMOTE}.:\n>>> RCPT To:<{RECIPIENT}>\n{answers}\n"
        "554 5.0.0 Service unavailable\n"
    )
    return _report(words, first)


def exim(reply: str) -> str:
    """No machine's part; each line of the reply indented below the recipient."""
    indented = textwrap.indent(reply, "    ")
    return (
        f"Return-path: <>\nFrom: Mail Delivery System <Mailer-Daemon@mail.example.net>\nTo: {SENDER}\n"
        f"X-Failed-Recipients: {RECIPIENT}\nSubject: Mail delivery failed: returning message to sender\n\n"
        "This message was created automatically by mail delivery software.\n\n"
        "A message that you sent could not be delivered to one or more of its\n"
        "recipients. This is a permanent error. The following address(es) failed:\n\n"
        f"  {RECIPIENT}\n    host {REMOTE} [{REMOTE_IP}]\n"
        f"    SMTP error from remote mail server after RCPT TO:<{RECIPIENT}>:\n{indented}\n\n"
        f"------ This is a copy of the message, including all the headers. ------\n\n{RETURNED}\nhello\n"
    )


def qmail(reply: str) -> str:
    """Only the server's address, the reply in its own lines."""
    return (
        "Received: (qmail 1111 invoked for bounce); 17 Dec 2019 19:56:02 -0000\n"
        f"From: MAILER-DAEMON@mail.example.net\nTo: {SENDER}\nSubject: failure notice\n\n"
        "Hi. This is the qmail-send program at mail.example.net.\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
        "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
        f"<{RECIPIENT}>:\n{REMOTE_IP} does not like recipient.\nRemote host said: {reply}\n"
        f"Giving up on {REMOTE_IP}.\n\n"
        f"--- Below this line is a copy of the message.\n\n{RETURNED}\nhello\n"
    )


def exchange(reply: str) -> str:
    """Advice for people first, the reply in quotes below the server's name."""
    line = " ".join(reply.split("\n"))
    return (
        f"From: postmaster@example.net\nTo: {SENDER}\nSubject: Undeliverable: hello\n\n"
        f"Delivery has failed to these recipients or groups:\n\n{RECIPIENT}\n"
        "Your message wasn't delivered because the recipient's email provider rejected it.\n\n"
        "Diagnostic information for administrators:\n\nGenerating server: ex1.example.net\n\n"
        f"{RECIPIENT}\n{REMOTE}\nRemote Server returned '{line}'\n\nOriginal message headers:\n\n{RETURNED}\n"
    )


SYSTEMS: dict[str, Callable[[str], str]] = {
    "Postfix": postfix,
    "sendmail": sendmail,
    "Exim": exim,
    "qmail": qmail,
    "Exchange": exchange,
}
