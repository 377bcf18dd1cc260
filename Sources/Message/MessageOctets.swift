import Wire

/// What can be said of a message's bytes without understanding them, counted as they pass, at the same cost for each
/// however long the message or a line of it is.
///
/// Offsets are bytes from the start of the message as on the wire, where a dot that stuffs a line counts; the counts of
/// octets leave such dots out (RFC 5321 §4.5.2).
///
/// Eight bytes are looked at together; a single one is only where it could mean something: the first of a line, a
/// control character, and what follows CR or a dot at the start of a line.
public struct MessageOctets: Sendable, Equatable {
    /// Some bytes, how many there are, and where the first of them stands.
    public struct Found: Sendable, Equatable {
        public var count: UInt64 = 0
        public var first: UInt64?

        public init() {}

        mutating func add(_ offset: UInt64, count: UInt64 = 1) {
            self.count += count
            if first == nil { first = offset }
        }
    }

    /// All octets, line ends included.
    public private(set) var count: UInt64 = 0
    /// Line ends: CRLF, and LF alone.
    public private(set) var lines: UInt64 = 0
    /// Dots that were taken off the beginnings of lines.
    public private(set) var stuffedDots: UInt64 = 0
    /// Lines that begin with a dot that is none of those (RFC 5321 §4.5.2 asks for another before it).
    public private(set) var unstuffedDots = Found()
    /// Octets above 127.
    public private(set) var eightBit = Found()
    public private(set) var nul = Found()
    /// CR that no LF follows.
    public private(set) var bareCR = Found()
    /// LF that no CR precedes.
    public private(set) var bareLF = Found()
    /// A dot alone on a line whose ends are not both CRLF: `LF . LF`, `LF . CRLF`, `CRLF . LF`, `CR . CR`.
    public private(set) var laxEnd = Found()
    /// Lines of more than 998 octets without their end (RFC 5322 §2.1.1).
    public private(set) var over998 = Found()
    /// Lines of more than 78.
    public private(set) var over78 = Found()
    /// Octets of the longest line without its end.
    public private(set) var longestLine: UInt64 = 0
    /// The last octet ended a line; true for no octets at all.
    public private(set) var endsLine = true
    /// The last line is an empty one.
    public private(set) var endsEmptyLine = false

    private let dotStuffed: Bool
    /// Bytes seen, as on the wire.
    public private(set) var wireCount: UInt64 = 0
    private var line: UInt64 = 0
    private var lineStart: UInt64 = 0
    private var place = Place.start
    /// How the line before this one ended; a message begins behind a CRLF.
    private var before = End.crlf
    private var dot = Dot.none
    private var dotStart: UInt64 = 0

    private enum End { case crlf, lf, cr }

    private enum Place {
        case start
        /// Behind a dot at the start of a line that may be one that stuffs it.
        case behindDot
        case behindCR
        case middle
    }

    /// What the line is so far, if that is nothing but a dot.
    private enum Dot { case none, dot, dotCR }

    public init(dotStuffed: Bool) {
        self.dotStuffed = dotStuffed
    }

    public mutating func received(_ bytes: Span<UInt8>) {
        bytes.withUnsafeBufferPointer { received($0) }
    }

    private mutating func received(_ bytes: UnsafeBufferPointer<UInt8>) {
        let count = bytes.count
        var index = 0
        while index < count {
            guard place == .middle, dot == .none else {
                received(bytes[index])
                index += 1
                continue
            }
            index = skipText(bytes, from: index)
            guard index < count else { return }
            if bytes[index] == Byte.cr, index + 1 < count, bytes[index + 1] == Byte.lf {
                wireCount += 2
                self.count += 2
                endLine(.crlf)
                index += 2
            } else {
                received(bytes[index])
                index += 1
            }
        }
    }

    /// Passes over bytes that are no control characters.
    private mutating func skipText(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let index = ByteScan.text(bytes, from: start) { at, count in
            eightBit.add(wireCount + UInt64(at - start), count: count)
        }
        if index > start {
            let passed = UInt64(index - start)
            wireCount += passed
            count += passed
            line += passed
            endsLine = false
        }
        return index
    }

    private mutating func received(_ byte: UInt8) {
        let offset = wireCount
        wireCount += 1
        switch place {
        case .start:
            lineStart = offset
            if byte == Byte.dot {
                dot = .dot
                dotStart = offset
                place = dotStuffed ? .behindDot : .middle
                if dotStuffed { return }
                count(byte, at: offset)
                return
            }
            place = .middle
        case .behindDot:
            place = .middle
            if byte == Byte.dot {
                stuffedDots += 1
                count(byte, at: offset)
                return
            }
            unstuffedDots.add(offset - 1)
            count(Byte.dot, at: offset - 1)
        case .behindCR:
            if byte != Byte.lf, bareCRFound(at: offset - 1, before: byte) {
                count(byte, at: offset)
                return
            }
        case .middle: break
        }
        switch byte {
        case Byte.lf: break
        case Byte.cr: dot = dot == .dot ? .dotCR : .none
        default: dot = .none
        }
        count(byte, at: offset)
    }

    private mutating func count(_ byte: UInt8, at offset: UInt64) {
        count += 1
        switch byte {
        case Byte.lf where place == .behindCR:
            line -= 1
            endLine(.crlf)
        case Byte.lf:
            bareLF.add(offset)
            endLine(.lf)
        default:
            if byte == 0 { nul.add(offset) } else if byte >= 0x80 { eightBit.add(offset) }
            if byte == Byte.cr { place = .behindCR }
            line += 1
            endsLine = false
        }
    }

    /// - Returns: true where a dot follows that may stand alone for whoever takes CR for the end of a line.
    private mutating func bareCRFound(at offset: UInt64, before byte: UInt8) -> Bool {
        place = .middle
        bareCR.add(offset)
        if dot == .dotCR, before == .cr { laxEnd.add(dotStart) }
        before = .cr
        dot = byte == Byte.dot ? .dot : .none
        dotStart = offset + 1
        return dot == .dot
    }

    private mutating func endLine(_ end: End) {
        lines += 1
        if dot != .none, !(before == .crlf && end == .crlf) { laxEnd.add(dotStart) }
        if line > 998 { over998.add(lineStart) }
        if line > 78 { over78.add(lineStart) }
        longestLine = max(longestLine, line)
        endsEmptyLine = line == 0
        endsLine = true
        line = 0
        before = end
        place = .start
        dot = .none
    }
}
