"""Who writes Received fields how: one small file for each kind of software, an explicit tuple."""

from __future__ import annotations

from headertrace.received.families.amavis import AMAVIS
from headertrace.received.families.amazon_ses import AMAZON_SES
from headertrace.received.families.aol import AOL
from headertrace.received.families.barracuda import BARRACUDA
from headertrace.received.families.clearswift import CLEARSWIFT
from headertrace.received.families.communigate import COMMUNIGATE
from headertrace.received.families.coremail import COREMAIL
from headertrace.received.families.courier import COURIER
from headertrace.received.families.critical_path import CRITICAL_PATH
from headertrace.received.families.cyrus import CYRUS
from headertrace.received.families.domino import DOMINO
from headertrace.received.families.dovecot import DOVECOT
from headertrace.received.families.exchange import EXCHANGE
from headertrace.received.families.exchange_imc import EXCHANGE_IMC
from headertrace.received.families.exim import EXIM
from headertrace.received.families.family import Family
from headertrace.received.families.fastmail import FASTMAIL
from headertrace.received.families.fetchmail import FETCHMAIL
from headertrace.received.families.fortimail import FORTIMAIL
from headertrace.received.families.gmx import GMX
from headertrace.received.families.google import GOOGLE
from headertrace.received.families.groupwise import GROUPWISE
from headertrace.received.families.halon import HALON
from headertrace.received.families.haraka import HARAKA
from headertrace.received.families.hmailserver import HMAILSERVER
from headertrace.received.families.ibm import IBM
from headertrace.received.families.icewarp import ICEWARP
from headertrace.received.families.intermail import INTERMAIL
from headertrace.received.families.ironport import IRONPORT
from headertrace.received.families.kerio import KERIO
from headertrace.received.families.kumomta import KUMOMTA
from headertrace.received.families.list_managers import LIST_MANAGERS
from headertrace.received.families.mail_ru import MAIL_RU
from headertrace.received.families.mailchimp import MAILCHIMP
from headertrace.received.families.mailenable import MAILENABLE
from headertrace.received.families.mailgun import MAILGUN
from headertrace.received.families.mdaemon import MDAEMON
from headertrace.received.families.mercury import MERCURY
from headertrace.received.families.messagelabs import MESSAGELABS
from headertrace.received.families.mimecast import MIMECAST
from headertrace.received.families.momentum import MOMENTUM
from headertrace.received.families.null_clients import NULL_CLIENTS
from headertrace.received.families.opensmtpd import OPENSMTPD
from headertrace.received.families.pgp import PMG_UNIVERSAL
from headertrace.received.families.postfix import POSTFIX
from headertrace.received.families.powermta import POWERMTA
from headertrace.received.families.proofpoint import PROOFPOINT
from headertrace.received.families.proton import PROTON
from headertrace.received.families.proxmox import PROXMOX
from headertrace.received.families.qmail import QMAIL
from headertrace.received.families.qmail_ldap import QMAIL_LDAP
from headertrace.received.families.qmail_scanner import QMAIL_SCANNER
from headertrace.received.families.qpsmtpd import QPSMTPD
from headertrace.received.families.self_named import SELF_NAMED
from headertrace.received.families.sendgrid import SENDGRID
from headertrace.received.families.sendmail import SENDMAIL
from headertrace.received.families.smtpsvc import SMTPSVC
from headertrace.received.families.sophos import SOPHOS
from headertrace.received.families.sparkpost import SPARKPOST
from headertrace.received.families.stalwart import STALWART
from headertrace.received.families.sun import SUN, SUN_WEBMAIL
from headertrace.received.families.symantec import SYMANTEC
from headertrace.received.families.tencent import TENCENT
from headertrace.received.families.trend_micro import TREND_MICRO
from headertrace.received.families.webmail import WEBMAIL
from headertrace.received.families.xmail import XMAIL
from headertrace.received.families.yahoo import YAHOO, YAHOO_FRONTEND
from headertrace.received.families.yandex import YANDEX
from headertrace.received.families.zimbra import ZIMBRA
from headertrace.received.families.zmailer import ZMAILER
from headertrace.received.families.zoho import ZOHO
from headertrace.received.families.zonemta import ZONEMTA

# Order matters only where two marks could match: the more particular one comes first.
FAMILIES: tuple[Family, ...] = (
    POSTFIX,
    EXCHANGE_IMC,
    CRITICAL_PATH,
    SENDMAIL,
    EXIM,
    QMAIL_LDAP,
    QMAIL_SCANNER,
    QMAIL,
    QPSMTPD,
    EXCHANGE,
    SMTPSVC,
    GOOGLE,
    YAHOO,
    YAHOO_FRONTEND,
    AMAZON_SES,
    SENDGRID,
    MAILGUN,
    MOMENTUM,
    POWERMTA,
    MIMECAST,
    PROOFPOINT,
    BARRACUDA,
    IRONPORT,
    FORTIMAIL,
    SYMANTEC,
    MESSAGELABS,
    TREND_MICRO,
    SOPHOS,
    KERIO,
    MDAEMON,
    ICEWARP,
    COMMUNIGATE,
    DOMINO,
    IBM,
    GROUPWISE,
    ZIMBRA,
    COURIER,
    OPENSMTPD,
    HARAKA,
    STALWART,
    KUMOMTA,
    HALON,
    CYRUS,
    DOVECOT,
    AMAVIS,
    FETCHMAIL,
    *LIST_MANAGERS,
    ZMAILER,
    COREMAIL,
    TENCENT,
    ZOHO,
    YANDEX,
    MAIL_RU,
    FASTMAIL,
    GMX,
    XMAIL,
    HMAILSERVER,
    MAILENABLE,
    SUN,
    SUN_WEBMAIL,
    INTERMAIL,
    AOL,
    WEBMAIL,
    MERCURY,
    PROXMOX,
    PMG_UNIVERSAL,
    CLEARSWIFT,
    NULL_CLIENTS,
    PROTON,
    MAILCHIMP,
    SPARKPOST,
    ZONEMTA,
    *SELF_NAMED,
)
