import Wire

/// The identifier of a message: `<left@right>` (RFC 5322 §3.6.4).
public struct MessageID: Sendable, Hashable {
    public var left: [UInt8]
    /// Empty where there is no `@`.
    public var right: [UInt8]
    /// Where it stands in the field's value, angle brackets included.
    public var range: Range<Int>

    /// `left@right`, without angle brackets, as it is compared with others.
    public var bytes: [UInt8] { right.isEmpty ? left : left + [0x40] + right }
}

public enum MessageIDOddity: String, Sendable, CaseIterable {
    /// Something that is no identifier in angle brackets: an identifier without them, or the words that RFC 5322 §4.5.4
    /// allows in obsolete In-Reply-To and References.
    case text
    /// No `@`, or nothing before or behind it.
    case noAt
    /// Blanks or comments within the angle brackets.
    case blank
    /// A character that can't be there without quotes, a second `@` included.
    case badCharacter
    case misplacedDot
    case unclosedAngle
    /// Commas between identifiers.
    case comma
    /// Octets above 127.
    case eightBit
    /// More identifiers than are read.
    case tooMany
}

/// The identifiers in Message-ID, In-Reply-To, References and their like.
public struct MessageIDList: Sendable, Equatable {
    public private(set) var identifiers: [MessageID] = []
    public private(set) var oddities: [Oddity<MessageIDOddity>] = []

    /// - Parameter value: of the field, unfolded.
    public init(_ value: [UInt8]) {
        var cursor = HeaderCursor(value)
        while true {
            cursor.skipComments()
            guard let byte = cursor.peek else { break }
            let start = cursor.index
            if byte == Byte.less {
                guard identifiers.count < MessageLimits.identifiers else {
                    note(.tooMany, start..<value.count)
                    break
                }
                identifiers.append(identifier(&cursor))
            } else if byte == 0x2C {
                cursor.index += 1
                note(.comma, start..<cursor.index)
            } else if byte == Byte.quote {
                _ = cursor.takeQuoted()
                note(.text, start..<cursor.index)
            } else {
                _ = cursor.take { $0 != Byte.less && $0 != Byte.quote && $0 != 0x28 && $0 != 0x2C && !$0.isBlank }
                if cursor.index == start { cursor.index += 1 }
                note(.text, start..<cursor.index)
            }
        }
    }

    public func has(_ kind: MessageIDOddity) -> Bool { oddities.contains { $0.kind == kind } }

    private mutating func note(_ kind: MessageIDOddity, _ range: Range<Int>) {
        if oddities.count < MessageLimits.oddities { oddities.append(Oddity(kind, range)) }
    }

    private mutating func identifier(_ cursor: inout HeaderCursor) -> MessageID {
        let start = cursor.index
        cursor.index += 1
        var parts: [[UInt8]] = [[]]
        var isLiteral = false
        var hasBlank = false
        var hasBad = false
        var isClosed = false
        while let byte = cursor.peek {
            if byte == Byte.less { break }
            if byte == Byte.quote, parts.last?.isEmpty ?? false {
                let (content, _) = cursor.takeQuoted()
                parts[parts.count - 1] += content
                continue
            }
            cursor.index += 1
            if byte == Byte.greater {
                isClosed = true
                break
            }
            if byte == 0x40, !isLiteral, parts.count < 2 {
                parts.append([])
                continue
            }
            if byte == 0x5B, parts.count == 2, parts[1].isEmpty { isLiteral = true }
            if byte.isBlank { hasBlank = true }
            if !isLiteral, !byte.isBlank, !byte.isAtomText, byte != Byte.dot { hasBad = true }
            if byte == 0x5D { isLiteral = false }
            if !byte.isBlank { parts[parts.count - 1].append(byte) }
        }
        let range = start..<cursor.index
        let id = MessageID(left: parts[0], right: parts.count > 1 ? parts[1] : [], range: range)
        if !isClosed { note(.unclosedAngle, range) }
        if id.left.isEmpty || id.right.isEmpty { note(.noAt, range) }
        if hasBlank { note(.blank, range) }
        if hasBad { note(.badCharacter, range) }
        if id.bytes.contains(where: { $0 >= 0x80 }) { note(.eightBit, range) }
        if id.left.hasMisplacedDot || id.right.hasMisplacedDot { note(.misplacedDot, range) }
        return id
    }
}

extension Array where Element == UInt8 {
    /// Dots at an end or next to each other.
    var hasMisplacedDot: Bool {
        first == Byte.dot || last == Byte.dot
            || indices.dropFirst().contains { self[$0] == Byte.dot && self[$0 - 1] == Byte.dot }
    }
}
