"""What one field taught may not be told of another that the rules read otherwise."""

from __future__ import annotations

import pytest

from headertrace.received import fast
from tests.test_fast_path import differences

DATE = "; Mon, 1 Jan 2024 00:00:00 +0000"
LONG = "a" * 200 + "." + "b" * 53
# Why, and two fields: each is read after the other one; DATE, LONG and BLANK stand for texts.
PAIRS = r"""
# two addresses split
  from a.example ([192.0.2.1]) by mx.example (Foo) with ESMTP (mx [192.0.2.3]) (Bar) id 1DATE
  from a.example ([192.0.2.1]) by mx.example (Foo) (mx [192.0.2.3]) with ESMTP (Bar) id 1DATE
# software behind FOR
  by mx.example with ESMTP id 1 (TLS1.2) for <a@b> (Strange Words)DATE
  by mx.example with ESMTP id 1 (TLS1.2) (Strange Words) for <a@b>DATE
# software behind VIA
  by mx.example with ESMTP via HTTP for <a@b> (Strange Words)DATE
  by mx.example with ESMTP via HTTP (Strange Words)DATE
# for Unknown
  by mx.example with ESMTP id 1 for <a@b>DATE
  by mx.example with ESMTP id 1 for UnknownDATE
# for dots
  by mx.example with ESMTP id 1 for <a@b>DATE
  by mx.example with ESMTP id 1 for <...>DATE
# for Multiple
  by mx.example with ESMTP id 1 for <a@b>DATE
  by mx.example with ESMTP id 1 for <Multiple-Recipients>DATE
# for Recipients
  by mx.example with ESMTP id 1 for <a@b>DATE
  by mx.example with ESMTP id 1 for RecipientsDATE
# ident case
  from a (u@b.example [192.0.2.1]) by mx.example with ESMTP id 1DATE
  from a (ident:u@b.example [192.0.2.1]) by mx.example with ESMTP id 1DATE
# ident semicolon
  from a (u@b.example [192.0.2.1]) by mx.example with ESMTP id 1DATE
  from a (;u@b.example [192.0.2.1]) by mx.example with ESMTP id 1DATE
# ident v6 tag
  from a (u@b.example [2001:db8::1]) by mx.example with ESMTP id 1DATE
  from a (u@b.example [IPv6:2001:db8::1]) by mx.example with ESMTP id 1DATE
# verified compare
  from [192.0.2.1] ([192.0.2.9]) (using TLSv1.2 with cipher A verified) by mx.example (Postfix)DATE
  from [192.0.2.9] ([192.0.2.9]) (using TLSv1.2 with cipher A verified) by mx.example (Postfix)DATE
# bare long
  from 192.0.2.1 ([192.0.2.9] helo=x) by mx.example with ESMTP id 1DATE
  from 1234.5.6.7 ([192.0.2.9] helo=x) by mx.example with ESMTP id 1DATE
# own name addr
  by mx.example (mx.example [192.0.2.9]) with ESMTP id 1DATE
  by mx.example (192.0.2.1 [192.0.2.9]) with ESMTP id 1DATE
# a scanner's name, with and without a dot
  from a.example (mx. [192.0.2.9]) by mx.example with ESMTP id 1DATE
  from a.example (sweep. [192.0.2.9]) by mx.example with ESMTP id 1DATE
# a second address of the server that is none
  by 192.0.2.1 (mx.example [192.0.2.9]) with ESMTP id 1DATE
  by 192.0.2.1 (mx.example [999.1.1.1]) with ESMTP id 1DATE
# own name cipher
  by mx.example (mx.example [192.0.2.9]) with ESMTP id 1DATE
  by mx.example (AES-SHA.example [192.0.2.9]) with ESMTP id 1DATE
# own name tls_
  by mx.example (mx.example [192.0.2.9]) with ESMTP id 1DATE
  by mx.example (tls_abc.example [192.0.2.9]) with ESMTP id 1DATE
# bracket
  from a (HELO b) (192.0.2.1) by mx.example with SMTP; 1 Jan 2024 00:00:00 -0000
  from a (HELO b) (192.0.2.1]) by mx.example with SMTP; 1 Jan 2024 00:00:00 -0000
# id gt
  by mx.example with ESMTP id 1DATE
  by mx.example with ESMTP id 1>DATE
# id ]for
  by mx.example with ESMTP id 1DATE
  by mx.example with ESMTP id 1]forDATE
# id for[
  by mx.example with ESMTP id 1DATE
  by mx.example with ESMTP id for[1]DATE
# for ]by
  by mx.example with ESMTP id 1 for aDATE
  by mx.example with ESMTP id 1 for a]idDATE
# for by[
  by mx.example with ESMTP id 1 for aDATE
  by mx.example with ESMTP id 1 for via[1]DATE
# with for
  by mx.example with for id 1DATE
  by mx.example with for id 1 for <a@b>DATE
# via for
  by mx.example via forDATE
  by mx.example via for for <a@b>DATE
# zone comment
  from a (HELO b) (192.0.2.1) by mx.example with SMTP; 1 Jan 2024 00:00:00 -0000
  from a (HELO b) (192.0.2.1) by mx.example with SMTP; 1 Jan 2024 00:00:00 -0000 (UTC)
# zone comment2
  from a ([192.0.2.1]) by mx.example with SMTP; 1 Jan 2024 00:00:00 +0100
  from a ([192.0.2.1]) by mx.example with SMTP; 1 Jan 2024 00:00:00 +0100 (CET)
# zone BY
  by mx.example with ESMTP id 1; Mon, 1 Jan 2024 00:00:00 GMT
  by mx.example with ESMTP id 1; Mon, 1 Jan 2024 00:00:00 BYBLANK
# id date
  by mx.example (Postfix) with ESMTP id 1 Mon, 1 Jan 2024 00:00:00 +0000
  by mx.example (Postfix) with ESMTP id 2024-01-02T03:04:05 Mon, 1 Jan 2024 00:00:00 +0000
# for Mon
  by mx.example (Postfix) with ESMTP id 1 for a 1 Jan 2024 00:00:00 +0000
  by mx.example (Postfix) with ESMTP id 1 for Mon 1 Jan 2024 00:00:00 +0000
# id Mon
  by mx.example (Postfix) with ESMTP id 1 1 Jan 2024 00:00:00 +0000
  by mx.example (Postfix) with ESMTP id Mon 1 Jan 2024 00:00:00 +0000
# two uids
  by mx.example (Postfix) (uid 5) (uid 6) id 1DATE
  by mx.example (Postfix) (uid 5) (from userid 7) id 1DATE
# via http
  from [192.0.2.1] by mx.example (Postfix) (authenticated) with ESMTP id 1DATE
  from [192.0.2.1] by mx.example (Postfix) (via HTTP) with ESMTP id 1DATE
# certificate
  from a (b [192.0.2.9]) (No client certificate requested, TLSv1.2) by mx.example (Postfix)DATE
  from a (b [192.0.2.9]) (No client certificate requested(TLSv1.2)) by mx.example (Postfix)DATE
# lone tls
  (TLSv1.2); 1 Jan 2024 00:00:00 -0000
  (TLSv1.3); 1 Jan 2024 00:00:00 -0000
# lone auth
  (authenticated user=u1); 1 Jan 2024 00:00:00 -0000
  (authenticated user=u2); 1 Jan 2024 00:00:00 -0000
# lone ofmipd
  (ofmipd 999.0.2.1); 1 Jan 2024 00:00:00 -0000
  (ofmipd 192.0.2.1); 1 Jan 2024 00:00:00 -0000
# lone ssl
  (SSLv4); 1 Jan 2024 00:00:00 -0000
  (SSLv3); 1 Jan 2024 00:00:00 -0000
# lone month
  (Haraka outbound); 1 Jan 2024 00:00:00 -0000
  (Haraka outbound); 1 Xyz 2024 00:00:00 -0000
# lone brackets
  (from uid[33]); 1 Jan 2024 00:00:00 -0000
  (from uid 33); 1 Jan 2024 00:00:00 -0000
# lone client
  (qmail 1 invoked from network[192.0.2.1/a.example]); 1 Jan 2024 00:00:00 -0000
  (qmail 1 invoked from network[192.0.2.1/by uid 0]); 1 Jan 2024 00:00:00 -0000
  (qmail 1 invoked by uid[192.0.2.1/a.example]); 1 Jan 2024 00:00:00 -0000
# a process of the server's own
  from a.example ([192.0.2.1]) by mx.example (iPlanet Messaging Server 5.1) with ESMTP id 1DATE
  from hold-daemon ([192.0.2.1]) by mx.example (iPlanet Messaging Server 5.1) with ESMTP id 1DATE
# a spooler
  from a.example by mx.example (Mercury 1.44)DATE
  from SpoolDir by mx.example (Mercury 1.44)DATE
# a server without a name
  from a.example ([192.0.2.1]) by mx.example with SMTPDATE
  from a.example ([192.0.2.1]) by 0 with SMTPDATE
  from a.example ([192.0.2.1]) by 3221225985 with SMTPDATE
# a server's full name
  from a.example ([192.0.2.1]) by mx.example. (8.12.5/8.12.5) with ESMTP id 1DATE
  from a.example ([192.0.2.1]) by mx.example (8.12.5/8.12.5) with ESMTP id 1DATE
  from a.example ([192.0.2.1]) by mx.example.. (8.12.5/8.12.5) with ESMTP id 1DATE
# dot254
  from a (b. [192.0.2.9]) by mx.example (Postfix)DATE
  from a (LONG. [192.0.2.9]) by mx.example (Postfix)DATE
# long ident
  from a (u@LONGa [192.0.2.9]) by mx.example (Postfix)DATE
  from a (AES-SHA@LONGa [192.0.2.9]) by mx.example (Postfix)DATE
"""
CASES = [case.strip().split("\n  ") for case in PAIRS.split("# ")[1:]]


@pytest.mark.parametrize("fields", [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_neither_field_misleads_the_other(fields: list[str]) -> None:
    texts = [
        field.replace("DATE", DATE).replace("LONG", LONG).replace("BLANK", " ").encode() for field in fields
    ]
    for taught in (texts, texts[::-1]):
        fast._plans.clear()
        assert not any(map(differences, taught))
