import Capture
import Fuzzing
import Wire

/// A segment, see `SegmentScript`: however it is read, the packets are the same, and what they stand for can be followed.
@main enum FuzzCapture {
    static func main() {
        fuzz(check) { input in
            let script = SegmentScript(input)
            return "\(script.bytes.count) bytes, read once at \(script.cut): \(Picture.of(script.bytes))"
        }
    }

    private static func check(_ input: [UInt8]) throws(Violation) {
        guard let file = MemoryFile() else { throw Violation("no memory file can be had") }
        let script = SegmentScript(input)
        file.append(script.bytes[...])
        let whole = try packets(of: file, size: script.bytes.count)
        try expectSameFromEach(whole, in: file)
        try expectSameAsItGrows(whole, script)
        try expectSameCopied(whole)
        try Sessions.follow(whole)
    }

    private static func packets(of file: MemoryFile, size: Int) throws(Violation) -> [CapturedPacket] {
        guard var reader = PcapngReader(path: file.path) else { throw Violation("the segment cannot be opened") }
        reader.isComplete = true
        var packets: [CapturedPacket] = []
        while let packet = reader.next() {
            if let last = packets.last, packet.position <= last.position {
                throw Violation("a packet at \(packet.position) after one at \(last.position)")
            }
            // The block's own fields take 32 bytes, a comment's four.
            let least = 32 + packet.data.count + (packet.comment.map { $0.count + 4 } ?? 0)
            guard packet.position + least <= reader.position, reader.position <= size else {
                throw Violation("a packet at \(packet.position) goes on past \(reader.position) of \(size)")
            }
            packets.append(packet)
        }
        // Less than the head of a block may be left.
        guard size - reader.position < 12 else { throw Violation("read to \(reader.position) of \(size)") }
        guard (0...size).contains(reader.damaged) else { throw Violation("\(reader.damaged) of \(size) damaged") }
        return packets
    }

    /// From any block on.
    private static func expectSameFromEach(_ whole: [CapturedPacket], in file: MemoryFile) throws(Violation) {
        for (index, packet) in whole.enumerated().suffix(8) {
            guard var reader = PcapngReader(path: file.path, from: packet.position) else { continue }
            reader.isComplete = true
            var packets: [CapturedPacket] = []
            while let packet = reader.next() { packets.append(packet) }
            try expectSame(packets, Array(whole[index...]), "read from \(packet.position)")
        }
    }

    /// While it grows.
    private static func expectSameAsItGrows(_ whole: [CapturedPacket], _ script: SegmentScript) throws(Violation) {
        guard let file = MemoryFile(), var reader = PcapngReader(path: file.path) else { return }
        var packets: [CapturedPacket] = []
        for part in [script.bytes[..<script.cut], script.bytes[script.cut...]] {
            file.append(part)
            while let packet = reader.next() { packets.append(packet) }
        }
        reader.isComplete = true
        while let packet = reader.next() { packets.append(packet) }
        try expectSame(packets, whole, "read as it grew at \(script.cut)")
    }

    /// What is handed on.
    private static func expectSameCopied(_ whole: [CapturedPacket]) throws(Violation) {
        guard let file = MemoryFile() else { return }
        let copy = SegmentCopy()
        file.append(copy.head()[...])
        for packet in whole { file.append(copy.block(of: packet)[...]) }
        guard var reader = PcapngReader(path: file.path) else { return }
        var packets: [CapturedPacket] = []
        while var packet = reader.next() {
            if packets.count < whole.count { packet.position = whole[packets.count].position }
            packets.append(packet)
        }
        try expectSame(packets, whole, "copied")
    }

    private static func expectSame(
        _ packets: [CapturedPacket], _ whole: [CapturedPacket], _ name: String
    ) throws(Violation) {
        let isSame = packets.elementsEqual(whole) {
            $0.position == $1.position && $0.nanoseconds == $1.nanoseconds && $0.comment == $1.comment
                && $0.data == $1.data
        }
        guard isSame else {
            throw Violation("\(name), packets at \(packets.map(\.position)) and not at \(whole.map(\.position))")
        }
    }
}
