/// JSON text (RFC 8259), written with its keys in the order given and read with bounded depth. Small on purpose: session
/// facts stand in packet comments and are written once a session, where Foundation's coders would cost more than the
/// session itself.
public enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([Member])

    public struct Member: Sendable, Equatable {
        public var key: String
        public var value: JSON
        public init(_ key: String, _ value: JSON) {
            self.key = key
            self.value = value
        }
    }

    /// An object of the members whose value is not nil.
    public static func members(_ members: KeyValuePairs<String, JSON?>) -> JSON {
        .object(members.compactMap { key, value in value.map { Member(key, $0) } })
    }

    public static func int(_ value: some BinaryInteger) -> JSON { .integer(Int64(clamping: value)) }

    public subscript(key: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    public var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    public var integer: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    public var array: [JSON]? {
        if case .array(let value) = self { value } else { nil }
    }
}

// MARK: - Writing

extension JSON {
    /// One line, no spaces; control characters and U+2028/2029 escaped, so that it is safe in a terminal and a script.
    public var text: String {
        var output: [UInt8] = []
        write(to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    public func write(to output: inout [UInt8]) {
        switch self {
        case .null: output += "null".utf8
        case .bool(let value): output += (value ? "true" : "false").utf8
        case .integer(let value): output += String(value).utf8
        case .number(let value): output += (value.isFinite ? "\(value)" : "null").utf8
        case .string(let value): Self.write(value, to: &output)
        case .array(let values):
            output.append(0x5B)
            for (index, value) in values.enumerated() {
                if index > 0 { output.append(0x2C) }
                value.write(to: &output)
            }
            output.append(0x5D)
        case .object(let members):
            output.append(0x7B)
            for (index, member) in members.enumerated() {
                if index > 0 { output.append(0x2C) }
                Self.write(member.key, to: &output)
                output.append(0x3A)
                member.value.write(to: &output)
            }
            output.append(0x7D)
        }
    }

    private static func write(_ string: String, to output: inout [UInt8]) {
        output.append(Byte.quote)
        for scalar in string.unicodeScalars {
            switch scalar.value {
            case 0x22: output += [0x5C, 0x22]
            case 0x5C: output += [0x5C, 0x5C]
            case 0x0A: output += [0x5C, 0x6E]
            case 0x0D: output += [0x5C, 0x72]
            case 0x09: output += [0x5C, 0x74]
            case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029:
                let digits = String(scalar.value, radix: 16)
                output += [0x5C, 0x75]
                output += String(repeating: "0", count: 4 - digits.count).utf8
                output += digits.utf8
            default: output += String(scalar).utf8
            }
        }
        output.append(Byte.quote)
    }
}

// MARK: - Reading

extension JSON {
    /// The deepest nesting that `parse` follows; deeper text is refused.
    public static let maximumDepth = 32

    /// - Returns: nil where `text` is not one JSON value.
    public static func parse(_ text: some Sequence<UInt8>) -> JSON? {
        var reader = Reader(bytes: Array(text))
        guard let value = reader.value(depth: 0) else { return nil }
        reader.skipBlanks()
        return reader.index == reader.bytes.count ? value : nil
    }

    private struct Reader {
        let bytes: [UInt8]
        var index = 0

        mutating func skipBlanks() {
            while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
        }

        mutating func take(_ byte: UInt8) -> Bool {
            skipBlanks()
            guard index < bytes.count, bytes[index] == byte else { return false }
            index += 1
            return true
        }

        mutating func word(_ word: StaticString, _ value: JSON) -> JSON? {
            let end = index + word.utf8CodeUnitCount
            guard end <= bytes.count else { return nil }
            let matches = word.withUTF8Buffer { $0.elementsEqual(bytes[index..<end]) }
            guard matches else { return nil }
            index = end
            return value
        }

        mutating func value(depth: Int) -> JSON? {
            guard depth < JSON.maximumDepth else { return nil }
            skipBlanks()
            guard index < bytes.count else { return nil }
            switch bytes[index] {
            case 0x7B: return object(depth: depth)
            case 0x5B: return array(depth: depth)
            case 0x22: return string().map(JSON.string)
            case 0x74: return word("true", .bool(true))
            case 0x66: return word("false", .bool(false))
            case 0x6E: return word("null", .null)
            default: return number()
            }
        }

        mutating func object(depth: Int) -> JSON? {
            index += 1
            var members: [Member] = []
            if take(0x7D) { return .object([]) }
            repeat {
                skipBlanks()
                guard index < bytes.count, bytes[index] == Byte.quote, let key = string(), take(0x3A),
                    let value = value(depth: depth + 1)
                else { return nil }
                members.append(Member(key, value))
            } while take(0x2C)
            return take(0x7D) ? .object(members) : nil
        }

        mutating func array(depth: Int) -> JSON? {
            index += 1
            var values: [JSON] = []
            if take(0x5D) { return .array([]) }
            repeat {
                guard let value = value(depth: depth + 1) else { return nil }
                values.append(value)
            } while take(0x2C)
            return take(0x5D) ? .array(values) : nil
        }

        mutating func number() -> JSON? {
            let start = index
            while index < bytes.count, bytes[index].isDigit || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(bytes[index]) {
                index += 1
            }
            let text = String(decoding: bytes[start..<index], as: UTF8.self)
            if let value = Int64(text) { return .integer(value) }
            // What is past the range of a double would be written as null.
            return Double(text).flatMap { $0.isFinite ? .number($0) : nil }
        }

        mutating func string() -> String? {
            index += 1
            var output: [UInt8] = []
            while index < bytes.count {
                let byte = bytes[index]
                index += 1
                switch byte {
                case Byte.quote: return String(decoding: output, as: UTF8.self)
                case 0x5C:
                    guard let scalar = escape() else { return nil }
                    output += String(scalar).utf8
                default: output.append(byte)
                }
            }
            return nil
        }

        mutating func escape() -> Unicode.Scalar? {
            guard index < bytes.count else { return nil }
            let byte = bytes[index]
            index += 1
            switch byte {
            case 0x22, 0x5C, 0x2F: return Unicode.Scalar(byte)
            case 0x62: return "\u{08}"
            case 0x66: return "\u{0C}"
            case 0x6E: return "\n"
            case 0x72: return "\r"
            case 0x74: return "\t"
            case 0x75:
                guard let first = hexadecimal() else { return nil }
                guard 0xD800...0xDBFF ~= first else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
                guard index + 2 <= bytes.count, bytes[index] == 0x5C, bytes[index + 1] == 0x75 else {
                    return "\u{FFFD}"
                }
                index += 2
                guard let second = hexadecimal(), 0xDC00...0xDFFF ~= second else { return "\u{FFFD}" }
                return Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)) ?? "\u{FFFD}"
            default: return nil
            }
        }

        mutating func hexadecimal() -> UInt32? {
            guard index + 4 <= bytes.count else { return nil }
            let value = UInt32(String(decoding: bytes[index..<(index + 4)], as: UTF8.self), radix: 16)
            index += 4
            return value
        }
    }
}
