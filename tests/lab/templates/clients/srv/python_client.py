"""Send one letter as a small Python program does; the options stand in JSON on the command line."""

import json
import smtplib
import ssl
import sys


def send(letter: dict) -> None:
    relay = smtplib.SMTP(letter["host"], letter["port"], local_hostname=letter["helo"], timeout=25)
    (relay.helo if letter["verb"] == "HELO" else relay.ehlo)(letter["helo"])
    if letter["tls"]:
        relay.starttls(context=ssl._create_unverified_context())
        relay.ehlo(letter["helo"])
    if letter["user"]:
        relay.login(letter["user"], letter["password"])
    with open(letter["file"], "rb") as file:
        refused = relay.sendmail(letter["mail_from"], letter["recipients"], file.read())
    relay.quit()
    sys.exit(f"refused: {refused}" if refused else 0)


send(json.loads(sys.argv[1]))
