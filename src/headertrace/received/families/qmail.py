"""qmail, netqmail and patches.

`from rdns (HELO helo) (ident@ip) by host with SMTP; 1 Jan 2024 00:00:00 -0000`, and notes of its
own processes.
"""

from __future__ import annotations

from headertrace.received.families.family import BareName, Family

QMAIL = Family(
    name="qmail",
    software=r"qmail(?:-\S+)?(?:\s.*)?|netqmail\S*",
    lead=r"(?:[\w+-]+|wp-smtpd \S+) \d+ (?:messnum \d+ )?invoked .*|qmail invoked .*"
    r"|indimail-mta queue \d+|ofmipd .*",
    # qmail-smtpd writes no id and knows no zone; its address stands without brackets.
    shape=r"(?:E?SMTPS?A?|QM[QT]P) - -0000 \)(?: noday)?",
    remarks=(
        ("ofmipd", r"(?<=\()ofmipd(?= [^\s()]{2,45}+\))"),
        ("qmail", r"wp-smtpd \S++ \d++ invoked [^()]{1,80}+"),
        # s/qmail
        (
            "tls-detail",
            r"de/crypted with (?P<version>[\w.]{1,12}+): (?P<cipher>[\w-]{1,80}+) "
            r"\[(?P<bits>\d{1,5}+/\d{1,5}+)\](?: DN=\S{1,255}+)?+",
        ),
        # GMX' tells no process
        ("qmail", r"indimail-mta queue \d++|(?:qmail )?+invoked (?:by|from|for) [^()]{1,80}+(?=\))", "in qm"),
    ),
    bare_name=BareName.BOTH,
)
