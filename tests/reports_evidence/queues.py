"""Queue files as Postfix and Exim write them, about messages that strangers sent through a gateway."""

from __future__ import annotations

GATEWAY = "192.168.1.1"


def received(helo: str, client: str = GATEWAY) -> str:
    return (
        f"Received: from {helo} (unknown [{client}])\n\tby mail.corp.example (Postfix) with ESMTP id 4ABC;\n"
        "\tSat, 21 Nov 2026 10:00:00 +0000 (UTC)\n"
    )


def postcat(name: str, helo: str, sender: str, *, login: str = "", body: str = "hello\n") -> str:
    """One message as ``postcat -q`` shows it."""
    auth = f"named_attribute: sasl_method=LOGIN\nnamed_attribute: sasl_username={login}\n" if login else ""
    return (
        f"*** ENVELOPE RECORDS deferred/{name} ***\n"
        "message_size:             503             200               1               0             503\n"
        "message_arrival_time: Sat Nov 21 10:00:00 2026\ncreate_time: Sat Nov 21 10:00:00 2026\n"
        f"named_attribute: log_client_address={GATEWAY}\nnamed_attribute: client_address={GATEWAY}\n"
        f"named_attribute: helo_name={helo}\n{auth}sender: {sender}\n"
        "original_recipient: one@victim.example\nrecipient: one@victim.example\n"
        "recipient: two@other.example\n"
        f"*** MESSAGE CONTENTS deferred/{name} ***\n"
        f"{received(helo)}From: <{sender}>\nX-Mailer: Microsoft Outlook Express 6.00.2600.0000\n"
        f"Subject: offer\n\n{body}"
        f"*** HEADER EXTRACTED deferred/{name} ***\n*** MESSAGE FILE END deferred/{name} ***\n"
    )


def exim(helo: str, sender: str, *, login: str = "") -> str:
    """One ``-H`` spool file."""
    protocol = "esmtpa" if login else "esmtp"
    trace = (
        f"Received: from [{GATEWAY}] (helo={helo})\n\tby mail.corp.example with {protocol} (Exim 4.96)\n"
        f"\t(envelope-from <{sender}>)\n\tid 1abCDe-000Abc-2D\n\tfor one@victim.example;\n"
        "\tSat, 21 Nov 2026 10:00:00 +0000\n"
    )
    fields = [
        ("P", trace),
        (" ", "Date: Sat, 21 Nov 2026 10:00:00 +0000\n"),
        ("*", "Bcc: hidden@victim.example\n"),
    ]
    fields += [("F", f"From: <{sender}>\n"), (" ", "Subject: offer\n")]
    auth = f"-auth_id {login}\n" if login else ""
    return (
        f"1abCDe-000Abc-2D-H\nDebian-exim 104 109\n<{sender}>\n1795255200 0\n-helo_name {helo}\n"
        f"-host_address {GATEWAY}.51234\n{auth}-interface_address 192.168.1.10.25\n"
        f"-received_protocol {protocol}\n-body_linecount 1\nXX\n2\none@victim.example\ntwo@other.example\n\n"
        + "".join(f"{len(text):03d}{flag} {text}" for flag, text in fields)
    )
