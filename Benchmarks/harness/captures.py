"""A capture as tcpdump would make it on a busy mail server: many SMTP sessions, interleaved."""
import random
import struct

MAGIC_NANOSECONDS = 0xA1B23C4D
LINKTYPE_ETHERNET = 1
SEGMENT = 1448
HEADS = 14 + 20 + 20       # of Ethernet, IPv4 and TCP before what is said
SYN, ACK, PSH, FIN = 0x02, 0x10, 0x08, 0x01


def write(path, size, at_once=200, messages=4, message_size=60_000, seed=1997):
    """Writes sessions until the file has `size` bytes; `at_once` of them go on at a time.
    Returns how many sessions, messages and packets it has, and how many bytes clients and servers say in it."""
    chance = random.Random(seed)
    body = _body(message_size)
    with open(path, "wb", buffering=1 << 20) as file:
        file.write(struct.pack("<IHHiIII", MAGIC_NANOSECONDS, 2, 4, 0, 0, 262144, LINKTYPE_ETHERNET))
        written, packets, number, now = 24, 0, 0, 1_700_000_000 * 10**9
        open_sessions = []
        while written < size or open_sessions:
            while written < size and len(open_sessions) < at_once:
                open_sessions.append(_session(number, messages, body))
                number += 1
            place = chance.randrange(len(open_sessions))
            for _ in range(chance.randrange(1, 12)):
                frame = next(open_sessions[place], None)
                if frame is None:
                    open_sessions[place] = open_sessions[-1]
                    open_sessions.pop()
                    break
                now += 2_000
                head = struct.pack("<IIII", now // 10**9, now % 10**9, len(frame), len(frame))
                file.write(head)
                file.write(frame)
                written += 16 + len(frame)
                packets += 1
    said = {side: count * number for side, count in _said(messages, body).items()}
    return {"sessions": number, "messages": number * messages, "packets": packets, "said": said}


def _body(size):
    line = b"The quick brown fox jumps over the lazy dog and then goes on to the end.\r\n"
    head = b"From: <a@example.org>\r\nTo: <b@example.net>\r\nSubject: a capture\r\nMessage-ID: <x@example.org>\r\n\r\n"
    return head + line * (size // len(line)) + b".\r\n"


def _said(messages, body):
    """Bytes that each side says in a session; every session is alike."""
    said = {"client": 0, "server": 0}
    for frame in _session(0, messages, body):
        source_port, = struct.unpack_from(">H", frame, 34)
        said["server" if source_port == 25 else "client"] += len(frame) - HEADS
    return said


def _session(number, messages, body):
    """The frames of one session, in their order."""
    flow = _Flow(number)
    yield flow.frame(0, SYN)
    yield flow.frame(1, SYN | ACK)
    yield flow.frame(0, ACK)
    yield from flow.say(1, b"220 mx.example.net ESMTP\r\n")
    yield from flow.say(0, b"EHLO client.example.org\r\n")
    yield from flow.say(1, b"250-mx.example.net\r\n250-PIPELINING\r\n250 8BITMIME\r\n")
    for _ in range(messages):
        for command, reply in ((b"MAIL FROM:<a@example.org>\r\n", b"250 2.1.0 Ok\r\n"),
                               (b"RCPT TO:<b@example.net>\r\n", b"250 2.1.5 Ok\r\n"),
                               (b"DATA\r\n", b"354 End data with <CR><LF>.<CR><LF>\r\n"),
                               (body, b"250 2.0.0 Ok: queued\r\n")):
            yield from flow.say(0, command)
            yield from flow.say(1, reply)
    yield from flow.say(0, b"QUIT\r\n")
    yield from flow.say(1, b"221 2.0.0 Bye\r\n")
    yield flow.frame(1, FIN | ACK)
    yield flow.frame(0, FIN | ACK)
    yield flow.frame(1, ACK)


class _Flow:
    def __init__(self, number):
        client = bytes([10, number >> 16 & 255, number >> 8 & 255, number & 255])
        server, port = bytes([192, 0, 2, 25]), 1024 + number % 60_000
        self.ends = [(client, port, server, 25), (server, 25, client, port)]
        self.sequence = [number * 7919 & 0xFFFFFFFF, number * 104729 & 0xFFFFFFFF]

    def say(self, side, text):
        for start in range(0, len(text), SEGMENT):
            part = text[start:start + SEGMENT]
            yield self.frame(side, ACK | PSH, part)
            if start // SEGMENT % 2:
                yield self.frame(1 - side, ACK)

    def frame(self, side, flags, data=b""):
        source, source_port, target, target_port = self.ends[side]
        acknowledged = self.sequence[1 - side] if flags & ACK else 0
        frame = b"".join((
            b"\x02\0\0\0\0\1\x02\0\0\0\0\2\x08\0",
            struct.pack(">BBHHHBBH4s4s", 0x45, 0, 40 + len(data), 0, 0x4000, 64, 6, 0, source, target),
            struct.pack(">HHIIBBHHH", source_port, target_port, self.sequence[side], acknowledged, 0x50, flags, 65535,
                        0, 0),
            data))
        self.sequence[side] = self.sequence[side] + len(data) + bool(flags & (SYN | FIN)) & 0xFFFFFFFF
        return frame
