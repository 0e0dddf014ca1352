"""A mail server that says what a test tells it to, over real SMTP: sign-in, STARTTLS or TLS, and the ways in which real servers refuse.

`with MailServer() as server:` starts it on a free local port. What it takes is in `server.letters`, parsed. `server.answers` says what it
answers to a command instead of yes: `{"RCPT": "550 no such user"}`. `silent`: it never says a word.
"""

from __future__ import annotations

import base64
import socketserver
import ssl
import threading
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any


class MailServer:
    """The server. `user` and `password` are what it takes at a sign-in; `certificate`: with STARTTLS, or (`tls`) TLS from the start."""

    def __init__(self, *, user: str = "", password: str = "", certificate: Path | None = None, tls: bool = False) -> None:
        self.user, self.password = user, password
        self.letters: list[EmailMessage] = []
        self.receivers: list[str] = []
        self.answers: dict[str, str] = {}
        self.silent = False
        self.connections = 0
        self.closing = threading.Event()
        self.context: ssl.SSLContext | None = None
        if certificate is not None:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(certificate)
        self.tls = tls
        self._server = _Server(self)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    def __enter__(self) -> MailServer:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, mail: MailServer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.mail = mail

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is no news."""


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert isinstance(self.server, _Server)
        mail = self.mail = self.server.mail
        mail.connections += 1
        if mail.silent:
            mail.closing.wait(30)
            return
        if mail.tls:
            self._encrypt()
        self._say(mail.answers.get("CONNECT", "220 test"))
        while line := self.rfile.readline():
            command, _, rest = line.decode().strip().partition(" ")
            if not self._do(command.upper(), rest):
                return

    def _do(self, command: str, rest: str) -> bool:
        """Answer a command; whether there may be another."""
        refused = self.mail.answers.get(command)
        if refused is not None:
            self._say(refused)
        elif command == "EHLO":
            self._say("250-test", *(["250-STARTTLS"] if self.mail.context and not self.mail.tls else []), "250-AUTH PLAIN", "250 8BITMIME")
        elif command == "STARTTLS":
            self._say("220 go on")
            self._encrypt()
        elif command == "AUTH":
            self._sign_in(rest)
        elif command == "RCPT":
            self.mail.receivers.append(rest.partition(":")[2].strip("<>"))
            self._say("250 ok")
        elif command == "DATA":
            self._take()
        else:
            self._say("221 bye" if command == "QUIT" else "250 ok")
        return command != "QUIT"

    def _sign_in(self, rest: str) -> None:
        _, _, given = rest.partition(" ")
        _, user, password = base64.b64decode(given).decode().split("\0")
        right = (user, password) == (self.mail.user, self.mail.password)
        self._say("235 welcome" if right else "535 wrong")

    def _take(self) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            # A line that is a dot ends the letter; one of the text that begins with a dot has got another.
            lines.append(line[1:] if line.startswith(b"..") else line)
        found: Any = message_from_bytes(b"".join(lines), policy=default)
        self.mail.letters.append(found)
        self._say("250 taken")

    def _encrypt(self) -> None:
        assert self.mail.context is not None
        self.connection = self.mail.context.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)  # type: ignore[assignment]

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())
