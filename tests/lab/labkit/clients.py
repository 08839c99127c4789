"""Mail clients: the command line by which each hands a letter over."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from .letters import Letter
from .variants import PASSWORD

USER = "info"
CLIENT_TIMEOUT = 25  # seconds: an appliance that waits for its relay


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What a client must know: the letter, its file, the server and how to greet it."""

    letter: Letter
    file: str
    host: str
    port: int
    helo: str
    mail_from: str
    recipients: tuple[str, ...]
    auth: bool
    tls: bool

    @property
    def literal(self) -> str:
        """The server's address as it stands in a URL."""
        return f"[{self.host}]" if ":" in self.host else self.host


def swaks(job: Handover) -> list[str]:
    """Return swaks' command line."""
    protocol = "SMTP" if job.letter.verb == "HELO" and not (job.auth or job.tls) else "ESMTP"
    words = [
        "swaks",
        "--server",
        job.host,
        "--port",
        str(job.port),
        "--protocol",
        protocol,
        "--helo",
        job.helo,
    ]
    words += ["--from", job.mail_from or "<>", "--to", ",".join(job.recipients), "--data", f"@{job.file}"]
    words += ["-6"] if ":" in job.host else []
    words += ["--auth", "PLAIN", "--auth-user", USER, "--auth-password", PASSWORD] if job.auth else []
    return [*words, "-tls"] if job.tls else words


def msmtp(job: Handover) -> list[str]:
    """Return msmtp's command line; it reads the letter from standard input."""
    words = [
        "msmtp",
        f"--host={job.host}",
        f"--port={job.port}",
        f"--domain={job.helo}",
        f"--from={job.mail_from}",
    ]
    words += [f"--timeout={CLIENT_TIMEOUT}", "--set-date-header=off", "--set-from-header=off"]
    words += ["--tls=on", "--tls-starttls=on", "--tls-certcheck=off"] if job.tls else ["--tls=off"]
    words += (
        ["--auth=plain", f"--user={USER}", f"--passwordeval=echo {PASSWORD}"] if job.auth else ["--auth=off"]
    )
    return ["sh", "-c", 'file=$1; shift; exec "$@" < "$file"', "-", job.file, *words, "--", *job.recipients]


def python(job: Handover) -> list[str]:
    """Return the command line of a small program around smtplib."""
    secret = (USER, PASSWORD) if job.auth else ("", "")
    verb = "EHLO" if job.auth or job.tls else job.letter.verb
    options = {"host": job.host, "port": job.port, "helo": job.helo, "verb": verb, "file": job.file}
    options |= {"user": secret[0], "password": secret[1], "tls": job.tls}
    options |= {"mail_from": job.mail_from, "recipients": job.recipients}
    return ["python3", "/srv/python_client.py", json.dumps(options)]


def curl(job: Handover) -> list[str]:
    """Return curl's command line; the HELO is its URL's path."""
    url = f"smtp://{job.literal}:{job.port}/{quote(job.helo, safe='')}"
    words = ["curl", "-sS", "-g", "-m", str(CLIENT_TIMEOUT), "--url", url, "--mail-from", job.mail_from]
    words += [word for rcpt in job.recipients for word in ("--mail-rcpt", rcpt)]
    words += ["--user", f"{USER}:{PASSWORD}", "--login-options", "AUTH=PLAIN"] if job.auth else []
    words += ["--ssl-reqd", "-k"] if job.tls else []
    return [*words, "-T", job.file]


def s_nail(job: Handover) -> list[str]:
    """Return s-nail's command line; it writes Date, Message-ID and User-Agent itself."""
    letter = job.letter
    login = f"{USER}:{PASSWORD}@" if job.auth else ""
    settings = {"v15-compat": "yes", "mta": f"smtp://{login}{job.literal}:{job.port}", "hostname": job.helo}
    settings |= {
        "from": f"{letter.sender_name} <{letter.sender}>",
        "sendwait": "",
        "smtp-auth": "plain" if job.auth else "none",
    }
    settings |= {"smtp-use-starttls": "", "tls-verify": "ignore"} if job.tls else {}
    settings |= {"reply-to": letter.reply_to} if letter.reply_to else {}
    words = [
        word for name, value in settings.items() for word in ("-S", f"{name}={value}" if value else name)
    ]
    zone = f"UTC{-(letter.zone or 0) / 60:+g}"
    script = 'zone=$1; body=$2; shift 2; TZ=$zone exec "$@" < "$body"'
    command = [
        "s-nail",
        "-:/",
        "-S",
        "nosave",
        "-r",
        job.mail_from,
        "-s",
        letter.subject,
        *words,
        *job.recipients,
    ]
    return ["sh", "-c", script, "-", zone, f"{job.file}.body", *command]


def webform(job: Handover) -> list[str]:
    """Return the command line of a visitor who fills in the contact form."""
    letter = job.letter
    form = {"from": f"{letter.sender_name} <{letter.sender}>", "reply_to": letter.reply_to or ""}
    form |= {"to": ",".join(job.recipients), "subject": letter.subject, "body": letter.body}
    form |= {"mail_from": job.mail_from or letter.sender}
    words = [word for name, value in form.items() for word in ("--data-urlencode", f"{name}={value}")]
    return ["curl", "-sS", "--fail", "-m", str(CLIENT_TIMEOUT), *words, f"http://{job.host}/form.php"]


def pickup(job: Handover) -> list[str]:
    """Return the command line of a program on the mail server itself."""
    sendmail = 'file=$1; shift; [ -d /etc/postfix-relay ] && set -- -C /etc/postfix-relay "$@"; '
    sendmail += 'exec setpriv --reuid=1000 --regid=1000 --init-groups /usr/sbin/sendmail "$@" < "$file"'
    sender = ["-f", job.mail_from] if job.mail_from else []
    return ["sh", "-c", sendmail, "-", job.file, *sender, *job.recipients]


COMMANDS: dict[str, Callable[[Handover], list[str]]] = {
    "swaks": swaks,
    "msmtp": msmtp,
    "python": python,
    "curl": curl,
    "s-nail": s_nail,
    "webform": webform,
    "pickup": pickup,
}


def able(letter: Letter, *, special: bool) -> str:
    """Return the letter's own client, or Python where that one cannot do what is asked for.

    ``special``: a ready header, a second sender or an IPv6 address, none of which s-nail takes.
    """
    wants_raw_text = letter.null_sender or letter.zone is None or not letter.named_recipient
    if letter.client == "s-nail" and (special or wants_raw_text):
        return "python"
    if letter.client == "msmtp" and letter.null_sender:
        return "python"
    return letter.client
