"""Filters and small gateways that name themselves behind BY."""

from __future__ import annotations

from headertrace.received.families.family import Family

RSPAMD_PROXIES = Family(
    name="filters",
    software=(
        r"Vircom.*|F-Secure.*|MailGate.*|MessageWall.*|ASSP.*|WebShield.*|Forcepoint.*|TRITON.*|"
        r"Aruba.*|Axigen.*|ArGoSoft.*|Scalix.*|Post\.Office.*|EMWAC.*|SurgeMail.*|SmarterMail.*|"
        r"WP-SMTPD|IdeaSmtpServer.*|Rockliffe.*|NetIQ.*|SonicWALL.*|WatchGuard.*|Postini.*|EUCPMTA|"
        r"RichMail.*|KnoxPortal.*|SkyGuard.*|trex.*|Websense.*|SMTPD32.*|IMail.*|bulk_mailer.*|"
        r"Outbound Mail Relay|EZweb Mail"
    ),
    protocol=r"SMTP \(IdeaSmtpServer.*",
    remarks=(("scanner", r"AVG SMTP [\d.]++ \[[^\[\]]{0,60}+\]"),),
)
