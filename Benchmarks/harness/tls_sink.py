"""Takes messages through TLS and throws them away: enough of an SMTP server for tls_source.py and a relay between."""
import argparse
import os
import signal
import socket
import ssl
import sys
import traceback

from tls_channel import BYE, END_OF_MESSAGE, GO_AHEAD, OK, SIZE, Channel, context, fork

ENDINGS = {signal.SIGTERM, signal.SIGINT}
GREETING = b"220 sink.example ESMTP\r\n"
OFFER = b"250-sink.example\r\n250-PIPELINING\r\n250 8BITMIME\r\n"
OFFER_OF_TLS = b"250-sink.example\r\n250-PIPELINING\r\n250-STARTTLS\r\n250 8BITMIME\r\n"


def main():
    options = arguments()
    identity = context(ssl.PROTOCOL_TLS_SERVER)
    identity.load_cert_chain(options.certificate)
    identity.num_tickets = 0       # no relay shall resume a session where another makes a handshake
    with socket.create_server(("127.0.0.1", options.port), backlog=1024) as listener:
        # Forked once, not for each connection: that would cost as much as the handshake.
        workers = [fork(lambda: work(listener, options.starttls, identity)) for _ in range(options.processes)]
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
        signal.sigwait(ENDINGS)
        for worker in workers:
            os.kill(worker, signal.SIGKILL)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("certificate", help="PEM file with the certificate and its private key")
    parser.add_argument("--starttls", action="store_true", help="begin in clear")
    parser.add_argument("--processes", type=int, default=16, help="so many connections at a time")
    return parser.parse_args()


def work(listener, starttls, identity):
    while True:
        connection, _ = listener.accept()
        try:
            serve(Channel(connection), starttls, identity)
        except OSError:        # of ssl too
            traceback.print_exc()
            sys.stderr.flush()


def serve(channel, starttls, identity):
    if not starttls:
        channel.start_tls(identity, server_side=True)
    channel.write(GREETING)
    rest = b""
    while data := channel.read(SIZE):
        *lines, rest = (rest + data).split(b"\r\n")
        replies = b""
        for line in lines:
            verb = line[:4].upper()
            if verb in (b"MAIL", b"RCPT"):
                replies += OK
            elif verb == b"DATA":
                channel.write(replies + GO_AHEAD)
                read_message(channel.read)
                replies = OK
            elif verb == b"EHLO":
                replies += OFFER_OF_TLS if starttls else OFFER
            elif verb == b"STAR" and starttls:
                channel.write(b"220 2.0.0 Ready\r\n")
                channel.start_tls(identity, server_side=True)
                starttls = False
            elif verb == b"QUIT":
                channel.write(BYE)
                channel.close()
                return
            else:
                replies += b"500 5.5.1 No\r\n"
        if replies:
            channel.write(replies)
    channel.close()


def read_message(read):
    """Up to the dot: nothing comes behind it, since the client waits for the reply."""
    tail = b""
    while tail != END_OF_MESSAGE:
        data = read(SIZE)
        if not data:
            raise ConnectionError("ended within a message")
        tail = (tail + data)[-len(END_OF_MESSAGE):]


if __name__ == "__main__":
    main()
