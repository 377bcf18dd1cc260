import Fuzzing
import Wire

/// What is dot-stuffed ends where it is to end, however it is cut, and is unstuffed equal.
struct DotCheck {
    let message: [UInt8]
    /// Bytes of each piece.
    let pieces: Int

    func check() throws(Violation) {
        let wire = stuffed([message[...]])
        if stuffed(cut(message)) != wire { throw Violation("stuffed otherwise in pieces") }
        for parts in [[wire[...]], cut(wire)] {
            guard end(parts) == wire.count else { throw Violation("the end is not found: \(Picture.of(wire))") }
            let plain = unstuffed(parts)
            guard plain == message || plain == message + [Byte.cr, Byte.lf] else {
                throw Violation("comes back as \(Picture.of(plain))")
            }
        }
        try checkForeign()
    }

    /// What another program stuffed: nothing but the dots may go, and the end.
    private func checkForeign() throws(Violation) {
        let wire = message + [Byte.cr, Byte.lf, Byte.dot, Byte.cr, Byte.lf]
        let whole = end([wire[...]])
        guard let whole, end(cut(wire)) == whole else { throw Violation("the end is elsewhere in pieces") }
        let body = wire[..<whole]
        var expected: [UInt8] = []
        for line in body.dropLast(3).split(after: Byte.lf) {
            expected += line.first == Byte.dot ? line.dropFirst() : line
        }
        for parts in [[body], cut(Array(body))] where unstuffed(parts) != expected {
            throw Violation("\(Picture.of(body)) unstuffed as \(Picture.of(unstuffed(parts)))")
        }
    }

    private func cut(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        stride(from: 0, to: bytes.count, by: pieces).map { bytes[$0..<min($0 + pieces, bytes.count)] }
    }

    private func stuffed(_ parts: [ArraySlice<UInt8>]) -> [UInt8] {
        var stuffing = DotStuffing()
        var output: [UInt8] = []
        for part in parts { stuffing.feed(part.span, into: &output) }
        stuffing.finish(into: &output)
        return output
    }

    private func unstuffed(_ parts: [ArraySlice<UInt8>]) -> [UInt8] {
        var unstuffing = DotUnstuffing()
        var output: [UInt8] = []
        for part in parts { unstuffing.feed(part.span, into: &output) }
        return output
    }

    /// Where the body ends; nil where it goes on.
    private func end(_ parts: [ArraySlice<UInt8>]) -> Int? {
        var scanner = DotEnd()
        var passed = 0
        for part in parts {
            if let end = scanner.scan(part.span, from: 0) { return passed + end }
            passed += part.count
        }
        return nil
    }
}

extension ArraySlice where Element == UInt8 {
    /// The pieces that `byte` ends, the byte included.
    fileprivate func split(after byte: UInt8) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var rest = self
        while let index = rest.firstIndex(of: byte) {
            pieces.append(rest[...index])
            rest = rest[(index + 1)...]
        }
        return rest.isEmpty ? pieces : pieces + [rest]
    }
}
