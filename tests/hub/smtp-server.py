# SPDX-License-Identifier: GPL-3.0-or-later
"""A real SMTP server (aiosmtpd) for the test of the hub's mail: it prints its port, and keeps each message as FOLDER/N."""
import argparse, os, ssl, sys, threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

parser = argparse.ArgumentParser()
parser.add_argument("folder")
parser.add_argument("--tls", nargs=2, metavar=("CERT", "KEY"))  # STARTTLS, and nothing before it
parser.add_argument("--smtps", action="store_true")             # TLS from the first byte instead
parser.add_argument("--auth", nargs=2, metavar=("USER", "PASSWORD"))
parser.add_argument("--refuse", default="")                     # an address that does not exist here
parser.add_argument("--with", dest="words", default="550 5.1.1 no such person")  # how it says so
parser.add_argument("--refuse-sender", default="")              # with these words, whoever it is
parser.add_argument("--later", type=int, default=0)             # this many are asked to come again
options = parser.parse_args()


class Handler:
    def __init__(self):
        self.n, self.later = 0, options.later

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        if options.refuse_sender:
            return options.refuse_sender
        envelope.mail_from = address
        envelope.mail_options.extend(mail_options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address == options.refuse:
            return options.words
        if self.later > 0:
            self.later -= 1
            return "451 4.7.1 come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        path = os.path.join(options.folder, str(self.n))
        with open(path + ".part", "wb") as f:
            f.write(b"X-Encrypted: %d\nX-User: %s\nX-To: %s\n" % (session.ssl is not None or options.smtps, (session.login_data or b""),
                                                                     ",".join(envelope.rcpt_tos).encode()))
            f.write(envelope.content)
        os.rename(path + ".part", path)
        self.n += 1
        return "250 taken"


class Authenticator:
    def __call__(self, server, session, envelope, mechanism, data):
        right = options.auth and (data.login.decode(), data.password.decode()) == tuple(options.auth)
        if right:
            session.login_data = data.login
        return AuthResult(success=bool(right), handled=False, auth_data=data if right else None)


context = None
if options.tls:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*options.tls)
arguments = dict(hostname="127.0.0.1", port=0)
if options.smtps:
    arguments["ssl_context"] = context
elif context:
    arguments.update(tls_context=context, require_starttls=True)
if options.auth:
    arguments.update(authenticator=Authenticator(), auth_required=True, auth_require_tls=bool(context) and not options.smtps)


class AnyPort(Controller):
    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


controller = AnyPort(Handler(), **arguments)
controller.start()
print(controller.port, flush=True)
sys.stdin.read()  # until the test closes it
controller.stop()
