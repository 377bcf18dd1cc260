"""A scripted SMTP server that accepts everything, without one surprise."""

from __future__ import annotations

import base64
import socket

from .script import receive_command, receive_line

REPLIES = {
    b"EHLO": b"250-scripted\r\n250-8BITMIME\r\n250-PIPELINING\r\n250 AUTH PLAIN LOGIN CRAM-MD5 XOAUTH2 SCRAM-SHA-256\r\n",
    b"HELO": b"250 scripted\r\n",
    b"MAIL": b"250 2.1.0 Sender ok\r\n",
    b"RCPT": b"250 2.1.5 Recipient ok\r\n",
    b"RSET": b"250 2.0.0 Reset\r\n",
    b"NOOP": b"250 2.0.0 Ok\r\n",
    b"DATA": b"354 Go ahead\r\n",
    b"QUIT": b"221 2.0.0 Bye\r\n",
}

AUTH_CHALLENGES: dict[bytes, list[bytes]] = {
    b"PLAIN": [b""],
    b"LOGIN": [b"Username:", b"Password:"],
    b"CRAM-MD5": [b"<1896.697170952@scripted>"],
    b"XOAUTH2": [b""],
    b"SCRAM-SHA-256": [b"r=clientnonceservernonce,s=c2FsdA==,i=4096", b"v=c2VydmVyIHNpZ25hdHVyZQ=="],
}
"""What the server asks in each mechanism when the client sends no initial response. With one, the first is left out,
except in SCRAM and CRAM-MD5, where the challenge is more than an invitation."""


def serve_smtp(peer: socket.socket) -> None:
    """One session, until QUIT or until the client has gone."""
    peer.sendall(b"220 scripted ESMTP\r\n")
    while line := receive_command(peer):
        verb = line[:4].upper()
        if verb == b"AUTH":
            authenticate(peer, line)
            continue
        peer.sendall(REPLIES.get(verb, b"500 5.5.1 What?\r\n"))
        if verb == b"QUIT":
            return
        if verb == b"DATA":
            while receive_line(peer) != b".\r\n":
                pass
            peer.sendall(b"250 2.0.0 Accepted\r\n")


def authenticate(peer: socket.socket, line: bytes) -> None:
    words = line.split()
    mechanism = words[1].upper()
    challenges = AUTH_CHALLENGES[mechanism]
    if len(words) > 2 and mechanism != b"SCRAM-SHA-256":
        challenges = challenges[1:]
    for challenge in challenges:
        peer.sendall(b"334 " + base64.b64encode(challenge) + b"\r\n")
        receive_line(peer)
    peer.sendall(b"235 2.7.0 Authenticated\r\n")
