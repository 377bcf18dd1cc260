"""A scripted POP3 server with one message that accepts any login."""

from __future__ import annotations

import base64
import socket

from .script import receive_command, receive_line

MESSAGE = b"Subject: one\r\n\r\nbody\r\n"
REPLIES = {
    b"CAPA": b"+OK\r\nUSER\r\nUIDL\r\nSASL PLAIN LOGIN CRAM-MD5\r\n.\r\n",
    b"STAT": b"+OK 1 %d\r\n" % len(MESSAGE),
    b"RETR": b"+OK %d octets\r\n%s.\r\n" % (len(MESSAGE), MESSAGE),
    b"UIDL": b"+OK\r\n1 one\r\n.\r\n",
    b"LIST": b"+OK\r\n1 %d\r\n.\r\n" % len(MESSAGE),
}


def serve_pop3(peer: socket.socket) -> None:
    peer.sendall(b"+OK scripted <1896.697170952@scripted>\r\n")
    while line := receive_command(peer):
        verb = line[:4].upper()
        if verb == b"AUTH" and len(line.split()) == 2:
            challenge = b"<1.2@scripted>" if b"CRAM" in line.upper() else b""
            peer.sendall(b"+ " + base64.b64encode(challenge) + b"\r\n")
            receive_line(peer)
        peer.sendall(REPLIES.get(verb, b"+OK\r\n"))
        if verb == b"QUIT":
            return
