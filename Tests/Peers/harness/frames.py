"""Conversations as packets, made by hand: the same words captured in many ways."""

from __future__ import annotations

import gzip
import random
import struct
from dataclasses import dataclass, replace

SYN, FIN, RST, PSH, ACK = 2, 1, 4, 8, 16
LINKTYPE_ETHERNET = 1


@dataclass(frozen=True)
class Packet:
    side: int
    sequence: int
    acknowledged: int
    flags: int
    data: bytes = b""

    def frame(self, ports: tuple[int, int]) -> bytes:
        hosts = (bytes([10, 0, 0, 1]), bytes([192, 0, 2, 25]))
        source, target = (0, 1) if self.side == 0 else (1, 0)
        tcp = struct.pack(">HHIIBBHHH", ports[source], ports[target], self.sequence & 0xFFFFFFFF,
                          self.acknowledged & 0xFFFFFFFF, 0x50, self.flags, 65535, 0, 0) + self.data
        ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(tcp), 1, 0x4000, 64, 6, 0, hosts[source], hosts[target])
        return bytes(12) + b"\x08\0" + ip + tcp


def packets(words: list[tuple[int, bytes]], largest: int = 1460, first: tuple[int, int] = (1000, 9000)) -> list[Packet]:
    """Who said what (0 is the client), as the packets that carry it."""
    sequence = list(first)
    made: list[Packet] = []

    def say(side: int, flags: int, data: bytes = b"") -> None:
        made.append(Packet(side, sequence[side], sequence[1 - side] if flags & ACK else 0, flags, data))
        sequence[side] += len(data) + bool(flags & (SYN | FIN))

    say(0, SYN)
    say(1, SYN | ACK)
    say(0, ACK)
    for side, text in words:
        for start in range(0, len(text), largest):
            say(side, PSH | ACK, text[start:start + largest])
        say(1 - side, ACK)
    say(1, FIN | ACK)
    say(0, FIN | ACK)
    say(1, ACK)
    return made


def retransmitted(made: list[Packet], seed: int) -> list[Packet]:
    """Some packets once more, a little later."""
    chance = random.Random(seed)
    again = list(made)
    for packet in chance.sample(made[3:-3], len(made) // 2):
        again.insert(min(len(again), again.index(packet) + chance.randrange(1, 6)), packet)
    return again


def reordered(made: list[Packet], seed: int) -> list[Packet]:
    """Packets that overtake each other; the handshake stays."""
    chance = random.Random(seed)
    moved = list(made)
    for place in range(3, len(moved)):
        other = min(len(moved) - 1, place + chance.randrange(5))
        moved[place], moved[other] = moved[other], moved[place]
    return moved


def overlapping(made: list[Packet], seed: int) -> list[Packet]:
    """Packets that begin with bytes that were sent already."""
    chance = random.Random(seed)
    said = [b"", b""]
    start = [made[0].sequence + 1, made[1].sequence + 1]
    longer = []
    for packet in made:
        if packet.data:
            before = chance.randrange(min(len(said[packet.side]), 30) + 1)
            whole = said[packet.side] + packet.data
            said[packet.side] = whole
            data = whole[len(whole) - len(packet.data) - before:]
            packet = replace(packet, sequence=start[packet.side] + len(whole) - len(data), data=data)
        longer.append(packet)
    return longer


def pcap(made: list[Packet], ports: tuple[int, int] = (40000, 25), packed: bool = False) -> bytes:
    records = b"".join(
        struct.pack("<IIII", 1_700_000_000 + number // 1000, number % 1000 * 1000, len(frame), len(frame)) + frame
        for number, frame in enumerate(packet.frame(ports) for packet in made))
    whole = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, LINKTYPE_ETHERNET) + records
    return gzip.compress(whole) if packed else whole
