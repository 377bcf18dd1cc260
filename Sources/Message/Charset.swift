import Wire

/// A character set of mail (RFC 2046 §4.1.2, RFC 2978), named by the peer, read by the system's iconv.
///
///     Charset("ISO-2022-JP").decode(body)?.text
public struct Charset: Sendable, Equatable {
    /// As it was written.
    public let label: String
    /// The preferred MIME name in lower case; the label where it is not known.
    public let name: String
    private let reading: CharsetReading?

    public init(_ label: some StringProtocol) {
        self.label = String(label)
        let found = CharsetNames.find(self.label)
        name = found?.preferred ?? self.label
        reading = found?.reading
    }

    /// What a text without a charset is in (RFC 2045 §5.2).
    public static let usASCII = Charset("us-ascii")

    /// The name is one that mail has a charset for. Decoding can still give nil where the system lacks the converter.
    public var isKnown: Bool { reading != nil }

    /// A text as far as it could be read.
    public struct Decoded: Sendable, Equatable {
        /// U+FFFD stands where bytes could not be read.
        public var text: String
        /// Bytes that are no text in this charset, those of an unfinished character among them.
        public var invalidBytes: Int
        /// Bytes at the end that begin a character whose rest is missing. `invalidBytes` counts them too, and one
        /// U+FFFD stands for them, unless it was asked to leave them out.
        public var unfinishedBytes: Int
    }

    /// Reads `bytes` from the initial state of the charset.
    /// - Returns: nil where the charset is not known or its converter is not installed: show the bytes as they are.
    public func decode(_ bytes: some Collection<UInt8>) -> Decoded? {
        guard var decoded = read(Array(bytes)) else { return nil }
        if decoded.unfinishedBytes > 0 {
            decoded.text += "\u{FFFD}"
            decoded.invalidBytes += decoded.unfinishedBytes
        }
        return decoded
    }

    /// The same for a text that goes on: the unfinished character at its end is neither in the text nor counted invalid.
    func decodePiece(_ bytes: [UInt8]) -> Decoded? {
        read(bytes)
    }

    /// What must stand before the next piece of a text so that reading it from the initial state goes on where `bytes`
    /// ended: the last escape sequence, for the sets that have them.
    func state(after bytes: [UInt8]) -> [UInt8] {
        guard case .japanese = reading else { return [] }
        return ISO2022.lastEscape(in: bytes)
    }

    private func read(_ bytes: [UInt8]) -> Decoded? {
        guard let reading else { return nil }
        if isPlain(bytes, reading) {
            return Decoded(text: bytes.text, invalidBytes: 0, unfinishedBytes: 0)
        }
        switch reading {
        case .utf8: return UTF8Text.decode(bytes)
        case .ascii:
            // The eighth bit is wrong here whatever it means; that it is UTF-8 is still worth reading.
            let high = bytes.count { $0 >= 0x80 }
            return Decoded(text: UTF8Text.decode(bytes).text, invalidBytes: high, unfinishedBytes: 0)
        case .iconv(let converters, let doubleByte):
            let width = { (index: Int) -> Int in
                doubleByte && bytes[index] >= 0x80 && index + 1 < bytes.count && bytes[index + 1] >= 0x80 ? 2 : 1
            }
            return Self.best(converters.map { name in { Self.convert(bytes, name, width) } })
        case .japanese(let microsoft): return ISO2022.decodeJapanese(bytes, microsoftFirst: microsoft)
        case .stateful(let name), .wide(let name): return Self.convert(bytes, name) { _ in 1 }
        }
    }

    /// Bytes that mean ASCII in this charset, for which iconv need not be asked.
    private func isPlain(_ bytes: [UInt8], _ reading: CharsetReading) -> Bool {
        switch reading {
        case .utf8, .ascii, .iconv: bytes.allSatisfy { $0 < 0x80 }
        case .japanese: bytes.allSatisfy { $0 < 0x80 && $0 != Byte.escape && $0 != 0x0E }
        case .stateful(let name):
            bytes.allSatisfy { $0 < 0x80 && $0 != Byte.escape && $0 != 0x0E && !($0 == Byte.plus && name == "UTF-7") }
        case .wide: false
        }
    }

    static func convert(_ bytes: [UInt8], _ converter: String, _ width: (Int) -> Int) -> Decoded? {
        guard var converter = IconvConverter(from: converter) else { return nil }
        let result = converter.convert(bytes, width: width)
        return Decoded(text: result.output.text, invalidBytes: result.invalid, unfinishedBytes: result.unfinished)
    }

    /// The first reading that leaves nothing unread, or the one that leaves least.
    static func best(_ readings: [() -> Decoded?]) -> Decoded? {
        var best: Decoded?
        for reading in readings {
            guard let decoded = reading() else { continue }
            if decoded.invalidBytes == 0 { return decoded }
            if let known = best, known.invalidBytes <= decoded.invalidBytes { continue }
            best = decoded
        }
        return best
    }
}

/// UTF-8 (RFC 3629), told apart into what is and what is not.
enum UTF8Text {
    static func isValid(_ bytes: some Collection<UInt8>) -> Bool {
        String(validating: bytes, as: UTF8.self) != nil
    }

    static func decode(_ bytes: [UInt8]) -> Charset.Decoded {
        if let text = String(validating: bytes, as: UTF8.self) {
            return Charset.Decoded(text: text, invalidBytes: 0, unfinishedBytes: 0)
        }
        let unfinished = unfinishedLength(bytes)
        let whole = bytes[..<(bytes.count - unfinished)]
        var text = String.UnicodeScalarView()
        var invalid = 0
        var index = whole.startIndex
        while index < whole.endIndex {
            var iterator = whole[index...].makeIterator()
            var decoder = UTF8()
            if case .scalarValue(let scalar) = decoder.decode(&iterator) {
                text.append(scalar)
                index += UTF8.width(scalar)
            } else {
                // One U+FFFD for each byte: what is wrong can be counted on the screen.
                text.append("\u{FFFD}")
                invalid += 1
                index += 1
            }
        }
        return Charset.Decoded(text: String(text), invalidBytes: invalid, unfinishedBytes: unfinished)
    }

    /// How many bytes at the end begin a character and are right so far.
    private static func unfinishedLength(_ bytes: [UInt8]) -> Int {
        for length in 1...3 where length <= bytes.count {
            let tail = bytes[(bytes.count - length)...]
            guard let first = tail.first else { return 0 }
            if first & 0xC0 == 0x80 { continue }
            let wanted = first >= 0xF0 && first <= 0xF4 ? 4 : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xC2 && first < 0xE0 ? 2 : 0
            guard wanted > length else { return 0 }
            guard let second = tail.dropFirst().first else { return length }
            // Overlong forms, surrogates and what lies beyond U+10FFFF show in the second byte (RFC 3629 §4).
            let allowed: ClosedRange<UInt8> =
                switch first {
                case 0xE0: 0xA0...0xBF
                case 0xED: 0x80...0x9F
                case 0xF0: 0x90...0xBF
                case 0xF4: 0x80...0x8F
                default: 0x80...0xBF
                }
            return allowed.contains(second) ? length : 0
        }
        return 0
    }
}
