"""What tls_source.py and tls_sink.py share: the words they say, and a connection that becomes TLS.

Both are programs of their own, and cheap: one write and one read for each turn of the dialogue, nothing parsed that
need not be."""
import os
import socket
import ssl
import sys
import traceback

SIZE = 16384       # a TLS record holds no more

ENVELOPE = b"MAIL FROM:<a@bench.example>\r\nRCPT TO:<b@bench.example>\r\nDATA\r\n"
OK, GO_AHEAD, BYE = b"250 2.0.0 Ok\r\n", b"354 End data with <CR><LF>.<CR><LF>\r\n", b"221 2.0.0 Bye\r\n"
ENVELOPE_REPLIES = OK + OK + GO_AHEAD
END_OF_MESSAGE = b"\r\n.\r\n"


def context(purpose):
    """TLS 1.3 and nothing older."""
    made = ssl.SSLContext(purpose)
    made.minimum_version = ssl.TLSVersion.TLSv1_3
    return made


def fork(work):
    """A child that does this work and ends; its process id."""
    child = os.fork()
    if child:
        return child
    try:
        work()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    os._exit(1)


class Channel:
    """`read(SIZE)` gives what is there, b"" at the end; `write(data)` writes all of it, at most SIZE bytes."""

    def __init__(self, connection):
        # A small write may follow another, as after a handshake: it must not wait for an acknowledgement.
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connection = connection
        self.read = connection.recv
        self.write = connection.sendall

    def start_tls(self, settings, **options):
        self.connection = settings.wrap_socket(self.connection, **options)
        # recv and send of an SSLSocket ask for flags, buffers and errors first; these are what they call in the end.
        # The socket blocks, so that a write of one record writes all of it.
        self.read = self.connection._sslobj.read
        self.write = self.connection._sslobj.write

    def close(self):
        """Say so inside TLS, hear the same from the peer, and close."""
        try:
            self.connection.unwrap()
        except (OSError, ValueError):
            pass               # the peer closed first
        self.connection.close()
