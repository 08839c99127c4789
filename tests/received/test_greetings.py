"""A client may greet with anything: what the recording server saw and wrote is neither lost nor replaced."""

from __future__ import annotations

from itertools import product

import pytest

from headertrace.received.read import read_hop

DATE = "; Tue, 2 Jan 2024 03:04:05 +0100"
# Families that write the greeting before what they saw of the client, or in a comment of its own before that
GREETING_FIRST = {
    "postfix": (
        "from {h} (unknown [192.0.2.10]) by mail.example.net (Postfix) with ESMTP id 3DF29198 "
        "for <ann@example.net>" + DATE
    ),
    "postfix-tls": (
        "from {h} (mx.client.example [192.0.2.10]) (using TLSv1.3 with cipher "
        'TLS_AES_256_GCM_SHA384 (256/256 bits)) (Client CN "mx", Issuer "ca" (verified OK)) by '
        "mail.example.net (Postfix) with ESMTPS id 3DF29198" + DATE
    ),
    "sendmail": (
        "from {h} (mx.client.example [192.0.2.10]) by mail.example.net (8.15.2/8.15.2) with "
        "ESMTP id u8PDq1Zk012345" + DATE
    ),
    "sendmail-plain": (
        "from {h} ([192.0.2.10]) by mail.example.net (8.15.2/8.15.2) with ESMTP id u8PDq1Zk012345" + DATE
    ),
    "qmail": (
        "from mx.client.example (HELO {h}) (192.0.2.10) by mail.example.net with SMTP; 2 Jan "
        "2024 03:04:05 -0000"
    ),
    "qmail-user": (
        "from unknown (HELO {h}) (ann@192.0.2.10) by mail.example.net with SMTP; 2 Jan 2024 03:04:05 -0000"
    ),
    "yahoo": (
        "from 192.0.2.10  (EHLO {h}) (192.0.2.10) by mta1.mail.yahoo.com with SMTP; Tue, 02 Jan "
        "2024 03:04:05 +0000"
    ),
    "ironport": (
        "from mx.client.example (HELO {h}) ([192.0.2.10]) by mail.example.net with "
        "ESMTP/TLS/ECDHE-RSA-AES256-GCM-SHA384; 02 Jan 2024 03:04:05 +0100"
    ),
    "exchange": (
        "from {h} (192.0.2.10) by EX01.example.net (198.51.100.7) with Microsoft SMTP Server "
        "(version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.1.2507.35 via "
        "Frontend Transport" + DATE
    ),
    "smtpsvc": ("from {h} ([192.0.2.10]) by mail.example.net with Microsoft SMTPSVC(6.0.3790.4675)" + DATE),
    "google": (
        "from {h} (mx.client.example. [192.0.2.10]) by mx.google.com with ESMTPS id "
        "ab12si345edb.67.2024.01.02.03.04.05 for <ann@example.net> (version=TLS1_3 "
        "cipher=TLS_AES_256_GCM_SHA384 bits=256/256)" + DATE
    ),
    "courier": (
        "from {h} (mx.client.example [::ffff:192.0.2.10]) by mail.example.net with ESMTP id "
        "00000000000568FF.000000006B01C5EC.00002BC9" + DATE
    ),
    "opensmtpd": (
        "from {h} (mx.client.example [192.0.2.10]) by mail.example.net (OpenSMTPD) with ESMTPS "
        "id ab12cd34 (TLSv1.3:TLS_AES_256_GCM_SHA384:256:NO)" + DATE
    ),
    "haraka": (
        "from {h} (mx.client.example [192.0.2.10]) by mail.example.net (Haraka/3.0.2) with "
        "ESMTPS id 1B2C3D4E-5F60-4711-8123-0123456789AB.1 envelope-from <bob@client.example>" + DATE
    ),
    "domino": (
        "from {h} ([192.0.2.10]) by mail.example.net (Lotus Domino Release 9.0.1) with ESMTP id "
        "2024010203040500-12" + DATE
    ),
    "powermta": (
        "from {h} (192.0.2.10) by mail.example.net (PowerMTA v4.5) id h01234567890 for "
        "<ann@example.net>" + DATE
    ),
    "mdaemon": (
        "from {h} ([192.0.2.10]) by mail.example.net (MDaemon PRO v9.0.1) with ESMTP id "
        "md50000050056.msg" + DATE
    ),
    "intermail": (
        "from {h} ([192.0.2.10]) by mail.example.net (InterMail vM.8.01) with ESMTP id "
        "<20240102030405.ABCD1234.mail.example.net@mx>" + DATE
    ),
    "mercury": (
        "from {h} (192.0.2.10) by mail.example.net (Mercury/32 v4.01a) with ESMTP ID MG0072A1" + DATE
    ),
    "generic": ("from {h} ([192.0.2.10]) by mail.example.net with ESMTP id 12AB" + DATE),
    "stalwart": (
        "from {h} (mx.client.example [192.0.2.10]) (using TLSv1.3 with cipher "
        "TLS13_AES_256_GCM_SHA384) by mail.example.net (Stalwart SMTP) with ESMTPS id 3A1B" + DATE
    ),
    "messagelabs": (
        "from unknown (HELO {h}) (192.0.2.10) by server-1.tower-1.messagelabs.com with "
        "DHE-RSA-AES256-SHA encrypted SMTP; 2 Jan 2024 03:04:05 -0000"
    ),
    "qpsmtpd": (
        "from mx.client.example (HELO {h}) (192.0.2.10) by mail.example.net (qpsmtpd/0.94) with "
        "ESMTP; Tue, 02 Jan 2024 03:04:05 +0100"
    ),
    "hmail": ("from {h} (mx.client.example [192.0.2.10]) by mail.example.net with ESMTPA " + DATE),
    "xmail": (
        "from {h} ([192.0.2.10]:4711) by mail.example.net with [XMail 1.20 ESMTP Server] id "
        "<S72E> for <ann@example.net> from <bob@client.example>" + DATE
    ),
    "aol": (
        "from {h} (mx.client.example [192.0.2.10]) by rly-xa01.mx.aol.com (v98.10) with ESMTP id "
        "MAILRELAYINXA11-1" + DATE
    ),
    "obtuse": (
        'from pc.client.example(192.0.2.10), claiming to be "{h}" via SMTP by mail.example.net, id '
        "smtpdAAAa12345; Tue Jan  2 03:04:05 2001"
    ),
    "wp-smtpd": (
        "from pc.client.example (HELO {h}) (bob@example.net@[192.0.2.10]) (envelope-sender "
        "<bob@client.example>) by smtp.example.net (WP-SMTPD) with SMTP for <ann@example.net>; 2 Jan "
        "2024 03:04:05 -0000"
    ),
    "james": (
        "from mx.client.example (EHLO {h}) ([192.0.2.10]) by mail.example.net (JAMES SMTP Server ) "
        "with ESMTP ID 1234567 for <ann@example.net>" + DATE
    ),
    "maddy": (
        "from {h} (mx.client.example [192.0.2.10]) by mail.example.net (envelope-sender "
        "<bob@client.example>) with ESMTPS id 1a2b3c4d" + DATE
    ),
    "kumomta": (
        "from {h} (192.0.2.10) by mail.example.net (KumoMTA 198.51.100.7) with ESMTP id aabb for "
        "<ann@example.net>" + DATE
    ),
    "mailmarshal": (
        "from {h} (Not Verified[192.0.2.10]) by mail.example.net with Trustwave SEG (v7,5,8,10121) id "
        "<B5dcded370000>" + DATE
    ),
    "coremail": (
        "from {h} (unknown [192.0.2.10]) by smtp8 (Coremail) with SMTP id AQAAfwBnb29kZm9y--.12345S2" + DATE
    ),
    "courier-ident": (
        "from {h} (IDENT: root, mx.client.example [::ffff:192.0.2.10]) by mail.example.net with esmtp id "
        "00000000000568FF.000000006B01C5EC.00002BC9" + DATE
    ),
    "imail": "from {h} [192.0.2.10] by mail.example.net with ESMTP (SMTPD32-8.15) id A1234567" + DATE,
    "argosoft": (
        "from {h} [192.0.2.10] by mail.example.net (ArGoSoft Mail Server Pro for WinNT/2000/XP, Version 1.8 "
        "(1.8.9.5))" + DATE
    ),
    "exim-3": (
        "from mx.client.example ({h}) [192.0.2.10] by mail.example.net with smtp (Exim 3.36 #1 (Debian)) id "
        "19VSrQ-0004sw-00" + DATE
    ),
    "zimbra": (
        "from mta1.example.net (LHLO {h}) (192.0.2.10) by mbox1.example.net with LMTP; Tue, 2 Jan 2024 "
        "03:04:05 +0100 (CET)"
    ),
    "trex": "from {h} ([UNAVAILABLE]. [192.0.2.10]) by 100.64.0.9 (trex/6.7.1)" + DATE,
    "emwac": (
        "from {h} (unverified [192.0.2.10]) by mail.example.net (EMWAC SMTPRS 0.83) with SMTP id "
        "<B0000012345@mail.example.net>" + DATE
    ),
    "stalwart-network": (
        "from {h} (mx.client.example [192.0.2.10] (AS64496 Example AS, DE)) by mail.example.net "
        "(Stalwart SMTP) with ESMTPSA id 3A1B2C3D" + DATE
    ),
    "sendgrid": (
        "from {h} (unknown [192.0.2.10]) by geopod-ismtpd-12 (SG) with ESMTP id AbCdEfGhIjKlMnOpQrStUv "
        "Tue, 02 Jan 2024 03:04:05.123 +0000 (UTC)"
    ),
    "fortimail": (
        "from {h} (mx.client.example [192.0.2.10]) (user=bob@example.net mech=PLAIN bits=0) by "
        "mail.example.net with ESMTP id 002ABCD1012345-002ABCD3012345" + DATE
    ),
    "critical-path": (
        "from {h} (192.0.2.10) by mail.example.net (7.0.030.2) (authenticated as bob) id 4AFF12345678" + DATE
    ),
    "axigen": (
        "from {h} (192.0.2.10) by mail.example.net (Axigen) with (ECDHE-RSA-AES256-GCM-SHA384 encrypted) "
        "ESMTPSA id 1A2B3C" + DATE
    ),
    "sun": (
        "from {h} ([192.0.2.10]) by ms1.example.net (Oracle Communications Messaging Server 8.1.0 64bit "
        "(built May 26 2020)) with ESMTPS id <0KABC@ms1.example.net>" + DATE
    ),
    "proofpoint": (
        "from {h} (mx.client.example [192.0.2.10]) by mx0a-00123456.pphosted.com (PPS) with ESMTPS id "
        "3vabcdef12-1 (version=TLSv1.2 cipher=ECDHE-RSA-AES256-GCM-SHA384 bits=256 verify=NOT)" + DATE
    ),
    "mimecast": (
        "from {h} (mx.client.example [192.0.2.10]) by relay.mimecast.com with ESMTP with STARTTLS "
        "(version=TLSv1.3, cipher=TLS_AES_256_GCM_SHA384) id de-mta-1-AbCd-2" + DATE
    ),
}
# Families that write the address before the greeting
ADDRESS_FIRST = {
    "exim": (
        "from [192.0.2.10] (helo={h}) by mail.example.net with esmtp (Exim 4.96) id 1rKabC-0001Xy-2z" + DATE
    ),
    "exim-rdns": (
        "from mx.client.example ([192.0.2.10] helo={h}) by mail.example.net with esmtp (Exim "
        "4.96) (envelope-from <bob@client.example>) id 1rKabC-0001Xy-2z" + DATE
    ),
    "exim-port": (
        "from mx.client.example ([192.0.2.10]:4711 helo={h}) by mail.example.net with esmtp "
        "(Exim 4.96) id 1rKabC-0001Xy-2z" + DATE
    ),
    "communigate": (
        "from [192.0.2.10] (HELO {h}) by mail.example.net (CommuniGate Pro SMTP 6.1) with ESMTP id 123" + DATE
    ),
    "zmailer": (
        'from mx.client.example ([192.0.2.10]:49152 "EHLO {h}") by mail.example.net with ESMTP '
        "id S1234567AbAbC" + DATE
    ),
    "momentum": (
        "from [192.0.2.10] ([192.0.2.10:49152] helo={h}) by mail.example.net (envelope-from "
        "<bob@client.example>) (ecelerity 4.2 r(Core:4.2)) with ESMTP id AA/BB-12345-ABCDEF01" + DATE
    ),
    "communigate-account": (
        "from [192.0.2.10] (account bob@example.net HELO {h}) by mail.example.net (CommuniGate Pro SMTP "
        "6.2.14) with ESMTPSA id 123456" + DATE
    ),
    "idea": (
        "from mx.client.example (192.0.2.10) (HELO {h}) by mail.example.net (198.51.100.7) with SMTP "
        "(IdeaSmtpServer 5.0.0) id fee5e5920b2b0229" + DATE
    ),
    "smap": (
        "from mx.client.example(192.0.2.10, HELO {h}) by mail.example.net via smap (V1.3) id xma012345" + DATE
    ),
    "mxlogic": (
        "from unknown [192.0.2.10] (EHLO {h}) by p01.example.net(mxl_mta-6.3.0-0) with ESMTP id 1a2b "
        "(envelope-from <bob@client.example>)" + DATE
    ),
    "qsmtpd": (
        "from mx.client.example ([::ffff:192.0.2.10]:55060 HELO {h}) by mail.example.net (Qsmtpd 0.36) "
        "with (X-AES256-SHA encrypted) ESMTPS for <ann@example.net>" + DATE
    ),
}
FORMS = {**GREETING_FIRST, **ADDRESS_FIRST}
SPOKEN = (
    "x",
    "[10.0.0.1]",
    "10.0.0.1",
    "(",
    ")",
    "((",
    "))",
    "(z",
    "z)",
    "(y [10.0.0.1])",
    "([10.0.0.1])",
    "(10.0.0.1)",
    '"',
    '"a b"',
    "<",
    ">",
    "<10.0.0.1>",
    "\\",
    "\\(",
    "\\)",
    ";",
    ",",
    "by evil.example",
    "from evil.example",
    "with SMTP",
    "id 99",
    "for <a@b.example>",
    "via evil",
    "; Mon, 1 Jan 2001 00:00:00 +0000",
    "helo=z",
    "HELO z",
    "EHLO",
    "ident=root",
    "(HELO z)",
    "(helo=z)",
    "(may be forged)",
    "(authenticated)",
    "(Authenticated sender: root)",
    "(envelope-from <>)",
    "unknown",
    "root@10.0.0.1",
    "[IPv6:::1]",
    "::1",
    "]",
    "[",
    "[10.0.0.1](z",
    "[[10.0.0.1",
    "Received:",
    "localhost (localhost [127.0.0.1])",
    "(single-drop)",
    "(qmail 1 invoked by uid 0)",
    "(from userid 0)",
    "(fetchmail-6.3)",
)
# Every piece alone, and enough of the pairs to have each piece first and last
GREETINGS = [*SPOKEN, *(f"{a}{b}" for a, b in [*product(SPOKEN, SPOKEN)][::17])]
GREETINGS += ["ann$client.example", "(auth. user root)", "(IDENT: root, evil.example [10.0.0.1])"]
GREETINGS += [
    "x with login",
    "x uid 0",
    "x single-drop",
    "root@10.0.0.1 with login",
    "(root@10.0.0.1 with login)",
    "(ID root@client.example)",
]
GREETINGS += ["[Authenticated ID (root)]", "x [Authenticated ID (root)]"]
# Postfix joins the words of a greeting by blanks.
GREETINGS += ["mail pickup service", "Mail Pickup Service x"]
# A quote that another part of the field would close
GREETINGS += ['unknown([10.0.0.1]) "EHLO', 'x "HELO']
# A field, and what another one begins with
GREETINGS += [
    f"{said}; Mon, 1 Jan 2001 00:00:00 +0000 by evil.example" for said in ("x", "by x", "x (y) by x")
]
GREETINGS += ["\\( [10.0.0.1](z", "\\)\\( (10.0.0.1)", "x\\(y ([10.0.0.1]"]
# What single programs write, and no client may borrow
GREETINGS += ["(@10.0.0.1)", "x (@10.0.0.1)", "stdin", "x from stdin", "(qmail invoked by alias)", "(post)"]
GREETINGS += ["from CN=evil,O=evil (verified)", "x (verified)", "(num_hops = 1)", "(at submit) by evil"]
GREETINGS += ["code B", '(fdm 1.7, account "root")', "x getmail6 msgid:1", "(MIMEDefang)", "(Gmexim 0.1)"]
GREETINGS += [f"{a} {b}" for a, b in [*product(SPOKEN, SPOKEN)][::19]]


@pytest.mark.parametrize("form", FORMS)
def test_the_server_s_own_words_are_read_whatever_the_client_said(form: str) -> None:
    plain = read_hop(FORMS[form].replace("{h}", "client.example"))
    wrong = []
    for greeting in GREETINGS:
        hop = read_hop(FORMS[form].replace("{h}", greeting))
        if (hop.ip, hop.by, hop.date) != (plain.ip, plain.by, plain.date):
            wrong.append((greeting, hop.ip, hop.by))
    assert str(plain.ip) == "192.0.2.10"
    assert not wrong


@pytest.mark.parametrize("form", FORMS)
def test_a_greeting_tells_no_login_and_no_reason_to_skip_the_hop(form: str) -> None:
    plain = read_hop(FORMS[form].replace("{h}", "client.example"))
    for greeting in GREETINGS:
        hop = read_hop(FORMS[form].replace("{h}", greeting))
        assert (hop.auth, hop.envelope_from) == (plain.auth, plain.envelope_from), greeting
        assert hop.network, greeting


def test_a_path_that_a_greeting_opens_hides_no_login() -> None:
    hop = read_hop(FORMS["fortimail"].replace("{h}", '<"'))
    assert hop.auth is not None
    assert hop.auth.user == "bob@example.net"


# One name is both the greeting and the looked-up name there.
BOTH = {"critical-path", "exim-3"}
NAMING = [
    "x EHLO",
    "x HELO z",
    "x helo=z",
    "x LHLO z",
    "x ] evil.example",
    "x ] unknown",
    "x] may be forged",
    "root@10.0.0.1 [",
]
# A name in a comment that no server closes
OPENING = ["(evil.example", "x (evil.example", "x (HELO evil.example"]
# qmail and its heirs tell greetings so; a server that nobody knows may be one of them.
MARKING = ["x (HELO z)", "x(helo=z)", "(helo=z)"]
MARKING_FAMILIES = {"qmail", "qmail-user", "yahoo", "ironport", "messagelabs", "qpsmtpd", "james", "wp-smtpd"}


@pytest.mark.parametrize("form", sorted(FORMS.keys() - BOTH - {"generic"}))
def test_a_greeting_tells_no_name_that_the_server_looked_up(form: str) -> None:
    plain = read_hop(FORMS[form].replace("{h}", "client.example"))
    marking = [] if form in {*ADDRESS_FIRST, *MARKING_FAMILIES} else MARKING
    opening = OPENING if form in GREETING_FIRST else []
    for greeting in (*NAMING, *opening, *marking):
        hop = read_hop(FORMS[form].replace("{h}", greeting))
        assert hop.rdns in (plain.rdns, None), greeting
        assert hop.rdns_status == plain.rdns_status, greeting


def test_a_name_behind_a_parenthesis_that_nothing_closes_is_a_client_s() -> None:
    hop = read_hop(f"from (evil.example [192.0.2.10] by mail.example.net with ESMTP (SMTPD-9.23) id A1{DATE}")
    assert (str(hop.ip), hop.rdns) == ("192.0.2.10", None)


# What a server may greet with, one word
WORDS = ["authenticated", "auth=PLAIN", "user=root", "[10.0.0.1]", "10.0.0.1", "[IPv6:::1]", "single-drop"]
WORDS += ["unknown", "verified", "ident=root", "root@10.0.0.1", "(x", "x)", "[10.0.0.1]:25", "port=25", "tls"]


@pytest.mark.parametrize("word", WORDS)
def test_one_word_behind_the_address_is_all_greeting(word: str) -> None:
    hop = read_hop(f"from [192.0.2.10] ({word}) by mail.example.net (chasquid) with ESMTP id a1{DATE}")
    assert (str(hop.ip), hop.helo, hop.by) == ("192.0.2.10", word, "mail.example.net")
    assert (hop.rdns, hop.rdns_status, hop.ident, hop.port) == (None, "not-stated", None, None)
    assert (hop.auth, hop.tls, hop.network) == (None, None, True)


GLUED = {
    "alibaba": "from {h}(mailfrom:bob@client.example fp:SMTPD_--- ip:192.0.2.10) by smtp.aliyun-inc.com",
    "exchange-5": "from {h} - 192.0.2.10 by mail01 with Microsoft SMTPSVC(5.5.1775.675.6)",
    "amazon": "from {h} [192.0.2.10:22602] by smtpin.example.net with esmtp (Farcaster) id 1",
}


@pytest.mark.parametrize("form", GLUED)
@pytest.mark.parametrize("greeting", ["x]by", "mapi by", ">by", "x by evil.example"])
def test_a_keyword_in_the_greeting_hides_no_address(form: str, greeting: str) -> None:
    plain, hop = (read_hop(GLUED[form].replace("{h}", said) + DATE) for said in ("client.example", greeting))
    assert (hop.ip, hop.by, hop.network) == (plain.ip, plain.by, True)
    assert str(hop.ip) == "192.0.2.10"


def test_words_behind_an_empty_greeting_are_the_client_s() -> None:
    hop = read_hop(f"from 192.0.2.10 (EHLO (envelope-from <>) [10.0.0.1]) by 10.253.60.1 with SMTP{DATE}")
    assert str(hop.ip) == "192.0.2.10"


@pytest.mark.parametrize("greeting", ["single-drop", "uid 0", "(qmail 1 invoked by uid 0)", "(single-drop)"])
def test_a_greeting_gives_no_reason_to_skip_a_hop_of_a_server_that_nobody_knows(greeting: str) -> None:
    assert read_hop(f"from [192.0.2.10] (x {greeting}) by mail.example.net with ESMTP id 1{DATE}").network


LOOKED_UP = (
    "from client.example ({n} [192.0.2.10]) by mail.example.net (Postfix) with ESMTP id 12AB" + DATE,
    "from client.example ({n}. [192.0.2.10]) by mx.google.com with ESMTPS id ab12si345edb.67.2024" + DATE,
)
NAMES = ["single-drop", "multi-drop-1", "dhe-rsa-aes256-sha", "tls_aes_128", "authenticated", "verified"]
NAMES += ["user=root", "auth=PLAIN", "authenticated=x", "10.0.0.1=x", "avp=x", "clear=x", "cipher=x", "uid=0"]


@pytest.mark.parametrize("field", LOOKED_UP)
@pytest.mark.parametrize("name", NAMES)
def test_a_looked_up_name_tells_nothing_but_itself(name: str, field: str) -> None:
    """Whoever holds an address chooses its name."""
    hop = read_hop(field.replace("{n}", f"{name}.evil.example"))
    assert (str(hop.ip), hop.rdns, hop.helo) == ("192.0.2.10", f"{name}.evil.example", "client.example")
    assert (hop.auth, hop.tls, hop.ident, hop.network) == (None, None, None, True)


# Where a sender or a recipient stands, whose local part a client may quote (RFC 5321, section 4.1.2)
MAILBOXES = {
    "exim": "from mx.client.example ([192.0.2.10] helo=c.example) by mail.example.net with esmtps "
    "(Exim 4.96) (envelope-from <{m}>) id 1rKabC-0001Xy-2z for ann@example.net",
    "haraka": "from c.example (mx.client.example [192.0.2.10]) by mail.example.net (Haraka/3.0.2) with "
    "ESMTPS id 1B2C3D4E-5F60-4711-8123-0123456789AB.1 envelope-from <{m}>",
    "xmail": "from c.example ([192.0.2.10]:4711) by mail.example.net with [XMail 1.20 ESMTP Server] id "
    "<S72E> for <ann@example.net> from <{m}>",
    "postfix": "from c.example (unknown [192.0.2.10]) by mail.example.net (Postfix) with ESMTP id 3DF29198 "
    "for <{m}>",
}
QUOTED = ["<>(authenticated)", "> (Authenticated sender: root) <", ">) (auth=PLAIN) (<", "> user=root <"]
QUOTED += ["> by evil.example <", ">) by evil.example (<", "> [10.0.0.1] <", "> with ESMTPA <", "x> HELO z ("]
QUOTED += ["]>.(fetchmail-6.3) ", "x>(Postfix) x", f"{'x' * 600}> (Authenticated sender: root) <"]
QUOTED += [">; Mon, 1 Jan 2001 00:00:00 +0000 <", "> (single-drop) <", "(authenticated)", "x with login"]


@pytest.mark.parametrize("form", MAILBOXES)
@pytest.mark.parametrize("local", QUOTED)
def test_a_quoted_mailbox_tells_nothing_but_itself(local: str, form: str) -> None:
    plain, hop = (
        read_hop(MAILBOXES[form].replace("{m}", box) + DATE)
        for box in ("bob@client.example", f'"{local}"@client.example')
    )
    assert (hop.ip, hop.by, hop.rdns, hop.helo) == (plain.ip, plain.by, plain.rdns, plain.helo)
    assert (hop.auth, hop.network, hop.date, hop.family) == (None, True, plain.date, plain.family)
