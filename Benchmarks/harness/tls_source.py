"""Sends messages through TLS. Says on standard output, as JSON, the seconds it took, its CPU seconds, and the bytes it
said in each connection, in clear and inside TLS."""
import argparse
import json
import os
import resource
import socket
import ssl
import sys
import time

from tls_channel import BYE, END_OF_MESSAGE, ENVELOPE, ENVELOPE_REPLIES, OK, SIZE, Channel, context, fork

EHLO, STARTTLS, QUIT = b"EHLO bench.example\r\n", b"STARTTLS\r\n", b"QUIT\r\n"


def main():
    options = arguments()
    trust = context(ssl.PROTOCOL_TLS_CLIENT)       # which verifies certificate and name
    trust.load_verify_locations(options.authority)
    message = message_of(options.length)
    began = time.perf_counter()
    children = [fork(lambda: send(options, share, trust, message)) for share in shares(options) if share]
    failed = sum(os.waitpid(child, 0)[1] != 0 for child in children)
    seconds = time.perf_counter() - began
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps({"seconds": seconds, "cpu": usage.ru_utime + usage.ru_stime, "said": said(options, message)}))
    return 1 if failed else 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("authority", help="PEM file to verify the server with")
    parser.add_argument("--host", default="localhost", help="the name the server's certificate must have")
    parser.add_argument("--starttls", action="store_true", help="begin in clear")
    parser.add_argument("--parallel", type=int, default=4, help="so many processes, each with a connection at a time")
    parser.add_argument("--connections", type=int, default=4, help="so many in all")
    parser.add_argument("--messages", type=int, default=1, help="so many on each connection")
    parser.add_argument("--length", type=int, default=2000, help="bytes in each message")
    return parser.parse_args()


def shares(options):
    """How many connections each process makes."""
    each, more = divmod(options.connections, options.parallel)
    return [each + (number < more) for number in range(options.parallel)]


def message_of(length):
    """`length` bytes in lines of 72, and the dot that ends them."""
    header = b"From: a@bench.example\r\nTo: b@bench.example\r\nSubject: bench\r\n\r\n"
    line = b"x" * 70 + b"\r\n"
    text = (header + line * (length // len(line) + 1))[:length - 2]
    # A cut between CR and LF would leave one of them alone.
    return text.rstrip(b"\r\n").ljust(length - 2, b"x") + END_OF_MESSAGE


def said(options, message):
    """Bytes from this side in one connection."""
    words = [EHLO, *[STARTTLS, EHLO] * options.starttls, *[ENVELOPE, message] * options.messages, QUIT]
    return sum(map(len, words))


def send(options, connections, trust, message):
    for _ in range(connections):
        channel = connect(options, trust)
        read, write = channel.read, channel.write
        for _ in range(options.messages):
            write(ENVELOPE)
            expect(read, ENVELOPE_REPLIES)
            write(message)
            expect(read, OK)
        write(QUIT)
        expect(read, BYE)
        channel.close()


def connect(options, trust):
    """A connection inside TLS that has greeted."""
    channel = Channel(socket.create_connection(("127.0.0.1", options.port)))
    if options.starttls:
        reply(channel)
        say(channel, EHLO)
        say(channel, STARTTLS)
    channel.start_tls(trust, server_hostname=options.host)
    if not options.starttls:
        reply(channel)
    say(channel, EHLO)
    return channel


def say(channel, command):
    channel.write(command)
    reply(channel)


def reply(channel):
    """One reply, of one or more lines, that must not be an error."""
    got = b""
    while not (got.endswith(b"\r\n") and got.splitlines()[-1][3:4] == b" "):
        more = channel.read(SIZE)
        if not more or (got + more)[:1] != b"2":
            raise ConnectionError(f"not a good reply: {got + more!r}")
        got += more


def expect(read, wanted):
    got = read(SIZE)
    while got != wanted:
        more = read(SIZE) if wanted.startswith(got) else b""
        if not more:
            raise ConnectionError(f"{wanted!r} expected, not {got!r}")
        got += more


if __name__ == "__main__":
    sys.exit(main())
