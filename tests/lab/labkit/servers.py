"""The servers: which root, which machine, which clock, how started and what mark they leave."""

from __future__ import annotations

from dataclasses import dataclass

GATEWAY_ZONE = "Europe/Moscow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One server program on one machine.

    ``template`` is its folder of configuration; ``postfix_instance`` names one of the Postfixes that
    share a root; ``stamp`` is a pattern that only its Received field matches.
    """

    name: str
    root: str
    machine: str
    hostname: str
    zone: str
    command: str
    prepare: tuple[str, ...] = ()
    ports: tuple[int, ...] = (25,)
    stamp: str = ""
    template: str | None = None
    postfix_instance: str | None = None


def _postfix(name: str, machine: str, hostname: str, zone: str) -> Server:
    command = f"exec postfix -c /etc/postfix-{name} start-fg"
    return Server(
        name=name,
        root="postfix",
        machine=machine,
        hostname=hostname,
        zone=zone,
        command=command,
        stamp=rf"by {hostname} \(Postfix\)",
        postfix_instance=name,
    )


def _by(hostname: str, mark: str) -> str:
    return rf"by {hostname}\s+{mark}"


SENDMAIL_PREPARE = (
    "ln -sf /usr/share/zoneinfo/Asia/Taipei /etc/localtime",
    "cd /etc/mail && m4 lab.mc > sendmail.cf && makemap hash labaccess < labaccess",
    "cd /etc/mail && makemap hash labvirtual < labvirtual",
    "printf 'postmaster: root\\n' > /etc/mail/aliases",
    "mkdir -p /var/run/sendmail/mta && /usr/libexec/sendmail/sendmail -bi -oA/etc/mail/aliases",
    "echo Winter2013 | saslpasswd2 -c -p -u mail.corp.example info && chmod 644 /etc/sasldb2",
    "chmod 600 /etc/ssl/lab/lab.key",
)
COURIER_PREPARE = (
    "ln -sf /usr/share/zoneinfo/America/Bogota /etc/localtime",
    "cat /etc/ssl/lab/lab.key /etc/ssl/lab/lab.crt > /etc/courier/esmtpd.pem",
    """sed -i 's/^authmodulelist=.*/authmodulelist="authuserdb"/' /etc/courier/authdaemonrc""",
    "chown -R courier:courier /etc/courier && chmod 600 /etc/courier/esmtpd.pem",
    "chown root:root /etc/courier/userdb && chmod 700 /etc/courier/userdb && makeuserdb",
    "makesmtpaccess && makeacceptmailfor && makealiases",
)

RELAYS: dict[str, Server] = {
    server.name: server
    for server in (
        Server(
            name="postfix",
            root="postfix",
            machine="relay",
            hostname="mail.corp.example",
            zone="Europe/Moscow",
            command="exec postfix -c /etc/postfix-relay start-fg",
            ports=(25, 587, 2525),
            stamp=r"by mail\.corp\.example \(Postfix",
            postfix_instance="relay",
        ),
        Server(
            name="exim",
            root="exim",
            machine="relay",
            hostname="mail.corp.example",
            zone="America/Sao_Paulo",
            command="rm -f /run/exim4/exim.pid; exec exim4 -bdf -q5s",
            prepare=("chmod 644 /etc/ssl/lab/lab.key",),
            ports=(25, 587, 2525),
            stamp=_by(r"mail\.corp\.example", r"with \S+\s+(?:\(TLS\S+\)[^(]*)?\(Exim 4"),
            template="exim",
        ),
        Server(
            name="sendmail",
            root="sendmail",
            machine="relay",
            hostname="mail.corp.example",
            zone="Asia/Taipei",
            command="exec /usr/libexec/sendmail/sendmail -L sm-mta -bD -q5s",
            prepare=SENDMAIL_PREPARE,
            ports=(25, 587),
            stamp=_by(r"mail\.corp\.example", r"\(8\.17"),
            template="sendmail",
        ),
        Server(
            name="opensmtpd",
            root="opensmtpd",
            machine="relay",
            hostname="mail.corp.example",
            zone="Asia/Kolkata",
            command="chmod 600 /etc/smtpd.conf; exec smtpd -d",
            ports=(25, 587),
            stamp=_by(r"mail\.corp\.example", r"\(OpenSMTPD\)"),
            template="opensmtpd",
        ),
        Server(
            name="courier",
            root="courier",
            machine="relay",
            hostname="mail.corp.example",
            zone="America/Bogota",
            command="exec sh /srv/start.sh",
            prepare=COURIER_PREPARE,
            ports=(25, 587),
            stamp=_by(r"mail\.corp\.example", r"with \S+\s+id [0-9A-F]{16}\."),
            template="courier",
        ),
        Server(
            name="haraka",
            root="haraka",
            machine="relay",
            hostname="mail.corp.example",
            zone="Asia/Dubai",
            command="cd /opt/haraka; exec node node_modules/Haraka/bin/haraka -c /opt/relay",
            prepare=(
                "mkdir -p /opt/relay/queue",
                "cp /etc/ssl/lab/lab.key /opt/relay/config/tls_key.pem",
                "cp /etc/ssl/lab/lab.crt /opt/relay/config/tls_cert.pem",
            ),
            ports=(25, 587, 2525),
            stamp=_by(r"mail\.corp\.example", r"\(Haraka"),
            template="haraka",
        ),
    )
}

GATEWAYS: dict[str, Server] = {
    server.name: server
    for server in (
        _postfix("postfixgw", "postfixgw", "gw.corp.example", GATEWAY_ZONE),
        Server(
            name="harakagw",
            root="haraka",
            machine="harakagw",
            hostname="gw.corp.example",
            zone=GATEWAY_ZONE,
            command="cd /opt/haraka; exec node node_modules/Haraka/bin/haraka -c /opt/gw",
            prepare=("mkdir -p /opt/gw/queue",),
            stamp=_by(r"gw\.corp\.example", r"\(Haraka"),
            template="harakagw",
        ),
        Server(
            name="eximgw",
            root="qpsmtpd",
            machine="eximgw",
            hostname="gw.corp.example",
            zone=GATEWAY_ZONE,
            command="exec exim4 -bdf -q5s",
            stamp=_by(r"gw\.corp\.example", r"with \S+\s+\(Exim 4"),
            template="eximgw",
        ),
        Server(
            name="qpsmtpdgw",
            root="qpsmtpd",
            machine="qpsmtpdgw",
            hostname="gw.corp.example",
            zone=GATEWAY_ZONE,
            command="export QPSMTPD_CONFIG=/etc/qpsmtpd; exec qpsmtpd-forkserver -u qpsmtpd -l 192.168.1.15 -p 25",
            prepare=("mkdir -p /var/spool/qpsmtpd /run/qpsmtpd; chown -R qpsmtpd /var/spool/qpsmtpd /run/qpsmtpd",),
            stamp=_by(r"gw\.corp\.example", r"\(qpsmtpd"),
            template="qpsmtpdgw",
        ),
        Server(
            name="amavisgw",
            root="amavis",
            machine="amavisgw",
            hostname="gw.corp.example",
            zone=GATEWAY_ZONE,
            command="exec amavisd foreground",
            stamp=r"by localhost \(gw\.corp\.example",
            template="amavisgw",
        ),
        Server(
            name="nginx",
            root="tools",
            machine="nginx",
            hostname="gw.corp.example",
            zone=GATEWAY_ZONE,
            command="exec nginx -c /etc/nginx/lab.conf",
            template="nginx",
        ),
        Server(
            name="spampd",
            root="tools",
            machine="spampd",
            hostname="gw.corp.example",
            zone=GATEWAY_ZONE,
            command="exec sh /srv/spampd.sh",
            prepare=(
                # SpamAssassin 4.0.1 unlinks a tainted path under perl -T and dies.
                "sed -i 's/  unlink(\\$file);/  unlink(Mail::SpamAssassin::Util::untaint_file_path($file));/'"
                " /usr/share/perl5/Mail/SpamAssassin.pm",
            ),
            template="spampd",
        ),
        Server(
            name="aiosmtpd",
            root="tools",
            machine="aiosmtpd",
            hostname="gw.corp.example",
            zone=GATEWAY_ZONE,
            command="exec python3 /srv/aiosmtpd_gateway.py",
            template="aiosmtpd",
        ),
    )
}

WORLD: tuple[Server, ...] = (
    _postfix("mx", "mx", "mx.victim.example", "Europe/Helsinki"),
    _postfix("mx2", "mx2", "mx2.victim.example", "Europe/Helsinki"),
    _postfix("partner", "partner", "mail.partner.example", "America/New_York"),
    _postfix("fwd", "fwd", "fwd.alumni.example", "Europe/London"),
    _postfix("list", "list", "lists.list.example", "America/Los_Angeles"),
    _postfix("smarthost", "smarthost", "smtp.provider.example", "Europe/Berlin"),
    Server(
        name="mailman",
        root="mailman",
        machine="list",
        hostname="lists.list.example",
        zone="America/Los_Angeles",
        command="exec sh /srv/mailman.sh",
        ports=(8024,),
        template="mailman",
    ),
    Server(
        name="dovecot",
        root="dovecot",
        machine="dovecot",
        hostname="mail.corp.example",
        zone="Europe/Moscow",
        command="exec dovecot -F -c /etc/dovecot/lab.conf",
        ports=(587,),
        template="dovecot",
    ),
    Server(
        name="haproxy",
        root="tools",
        machine="fw",
        hostname="fw.corp.example",
        zone="UTC",
        command="exec haproxy -db -f /etc/haproxy/lab.cfg",
        ports=(),
        template="haproxy",
    ),
)

NAMESERVER = Server(
    name="unbound",
    root="tools",
    machine="inet",
    hostname="ns.lab.example",
    zone="UTC",
    command="exec unbound -c /etc/unbound/lab.conf",
    ports=(53,),
    template="unbound",
)

# PHP's contact form runs on the mail server itself, so Postfix must let its user submit.
WEBFORM = Server(
    name="webform",
    root="postfix",
    machine="relay",
    hostname="mail.corp.example",
    zone="Europe/Moscow",
    command="exec setpriv --reuid=1000 --regid=1000 --init-groups php -S 0.0.0.0:80 -t /srv"
    " -d mail.add_x_header=1 -d sendmail_path='/usr/sbin/sendmail -C /etc/postfix-relay -t -i'",
    prepare=("echo alternate_config_directories=/etc/postfix-relay > /etc/postfix/main.cf",),
    ports=(80,),
    template="webform",
)
