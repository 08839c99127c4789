"""Mail.ru: Exim's form by `smtpNN.i.mail.ru with esmtpa`; webmail hops `by e.mail.ru with HTTP`."""

from __future__ import annotations

from headertrace.received.families.family import BareName, Family

MAIL_RU = Family(
    name="mail-ru",
    domains=("mail.ru",),
    bare_name=BareName.BOTH,
    address_first=True,
)
