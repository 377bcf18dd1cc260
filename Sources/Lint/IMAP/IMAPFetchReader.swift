import Conversation
import Wire

/// Reads what FETCH tells of a message, item by item, piece by piece: `* 3 FETCH (UID 7 BODY[] {300}`, `)`
/// (RFC 9051 §7.5.2). Looks at each byte once.
struct IMAPFetchReader: Sendable {
    enum Value: Sendable, Equatable {
        case atom([UInt8])
        case quoted
        case literal(UInt64)
        case list
    }

    enum Flaw: Sendable {
        /// No parenthesis opens it.
        case notOpened
        /// It ends within parentheses, or within a quoted string.
        case notClosed
        case quoteNotClosed
        /// Something stands right behind a quoted string: a quote in it was not escaped.
        case behindQuote
        /// Something stands behind the parenthesis that closes it.
        case behindEnd
        /// An item has no value, or no name.
        case noValue
        /// No blank between the name and the value.
        case noBlank
    }

    struct Response: Sendable {
        var number: UInt64
        /// The first of its lines.
        var place: Place
        var items: [(name: String, value: Value)] = []
        var flaw: Flaw?
        /// What the items tell of the form of the message, piece by piece as its literals part it.
        var structures: [(name: String, pieces: [[UInt8]])] = []
        /// Not all of it could be read.
        var isCut = false

        func value(of name: String) -> Value? { items.first { $0.name == name }?.value }

        /// The number that `name` has for its value; nil where it has none.
        func number(of name: String) -> UInt64? {
            guard case .atom(let digits)? = value(of: name) else { return nil }
            return ASCII.number(digits)
        }
    }

    private enum Limits {
        static let items = 64
        static let name = 96
        static let atom = 40
        /// Bytes of one that tells of the form of a message.
        static let structure = 16_384
    }

    private enum Spot: Sendable {
        case outside
        case between
        case name(inSection: Bool, isQuoted: Bool)
        case behindName
        case atom
        case quoted
        case list(depth: Int, isQuoted: Bool)
        case end
    }

    /// They tell of the form of a message (RFC 9051 §7.5.2).
    private static let structured: Set<String> = ["BODY", "BODYSTRUCTURE", "ENVELOPE"]

    private let keepsStructures: Bool
    /// The one that is being told.
    private var structure: [[UInt8]]?
    private var structureCount = 0

    private var response: Response?
    private var place = Spot.outside
    private var name: [UInt8] = []
    private var atom: [UInt8] = []
    private var isEscaped = false
    /// The last byte closed a quoted string in a list.
    private var isBehindQuote = false

    init(keepsStructures: Bool = false) { self.keepsStructures = keepsStructures }

    /// - Returns: a response once its last piece is here.
    mutating func take(_ line: Utterance, _ piece: IMAPPieces.Piece) -> Response? {
        switch piece {
        case .literal: return nil
        case .unknown:
            response = nil
            return nil
        case .start:
            response = nil
            guard let data = IMAPData(line), let number = data.number, data.is("FETCH") else { return nil }
            response = Response(number: number, place: Place(line))
            place = .outside
            isBehindQuote = false
            read(data.rest)
        case .more:
            guard response != nil else { return nil }
            read(line.bytes[...])
        }
        guard line.end != .none else {
            response = nil
            return nil
        }
        if line.dropped > 0 {
            response?.isCut = true
        } else if let literal = IMAPLiteralMark(endOf: line.bytes) {
            passLiteral(literal)
            return nil
        } else {
            finish()
        }
        defer { response = nil }
        return response
    }

    private mutating func read(_ bytes: ArraySlice<UInt8>) {
        for byte in bytes { read(byte) }
    }

    private mutating func read(_ byte: UInt8) {
        switch place {
        case .outside:
            if byte.isBlank { return }
            if byte != UInt8(ascii: "(") { flaw(.notOpened) }
            place = .between
        case .between:
            if byte.isBlank { return }
            if byte == UInt8(ascii: ")") {
                place = .end
            } else {
                name = [byte]
                place = .name(inSection: false, isQuoted: false)
            }
        case .name(let inSection, let isQuoted): readName(byte, inSection, isQuoted)
        case .behindName: beginValue(byte)
        case .atom:
            if byte == UInt8(ascii: ")") || byte.isBlank {
                end(.atom(atom))
                if byte == UInt8(ascii: ")") { place = .end }
            } else if atom.count < Limits.atom {
                atom.append(byte)
            }
        case .quoted:
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == Byte.quote {
                end(.quoted)
            }
        case .list(let depth, let isQuoted): readList(byte, depth, isQuoted)
        case .end: if !byte.isBlank { flaw(.behindEnd) }
        }
    }

    private mutating func readName(_ byte: UInt8, _ inSection: Bool, _ isQuoted: Bool) {
        switch byte {
        case Byte.quote where inSection: place = .name(inSection: true, isQuoted: !isQuoted)
        case UInt8(ascii: "[") where !inSection: place = .name(inSection: true, isQuoted: false)
        case UInt8(ascii: "]") where !isQuoted: place = .name(inSection: false, isQuoted: false)
        case Byte.space where !inSection, Byte.tab where !inSection:
            place = .behindName
            return
        case UInt8(ascii: ")") where !inSection:
            flaw(.noValue)
            place = .end
            return
        case UInt8(ascii: "(") where !inSection, UInt8(ascii: "{") where !inSection, Byte.quote:
            flaw(.noBlank)
            return beginValue(byte)
        default: break
        }
        if name.count < Limits.name { name.append(byte) }
    }

    private mutating func beginValue(_ byte: UInt8) {
        switch byte {
        case Byte.space, Byte.tab: return
        case UInt8(ascii: "("):
            place = .list(depth: 1, isQuoted: false)
            structure = keepsStructures && Self.structured.contains(ASCII.uppercased(name)) ? [[byte]] : nil
            structureCount = 1
        case Byte.quote:
            isEscaped = false
            place = .quoted
        case UInt8(ascii: ")"):
            flaw(.noValue)
            place = .end
        default:
            atom = [byte]
            place = .atom
        }
    }

    private mutating func readList(_ byte: UInt8, _ depth: Int, _ isQuoted: Bool) {
        keep(byte)
        if isQuoted {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == Byte.quote {
                place = .list(depth: depth, isQuoted: false)
                isBehindQuote = true
            }
            return
        }
        if isBehindQuote {
            isBehindQuote = false
            if !byte.isBlank, byte != UInt8(ascii: ")") { flaw(.behindQuote) }
        }
        switch byte {
        case Byte.quote:
            isEscaped = false
            place = .list(depth: depth, isQuoted: true)
        case UInt8(ascii: "("): place = .list(depth: depth + 1, isQuoted: false)
        case UInt8(ascii: ")"):
            if depth == 1 { end(.list) } else { place = .list(depth: depth - 1, isQuoted: false) }
        default: break
        }
    }

    private mutating func keep(_ byte: UInt8) {
        guard let last = structure?.indices.last else { return }
        structureCount += 1
        if structureCount <= Limits.structure { structure?[last].append(byte) } else { structure = nil }
    }

    private mutating func end(_ value: Value) {
        place = .between
        defer { structure = nil }
        guard response.map({ $0.items.count < Limits.items }) == true else { return }
        if let structure { response?.structures.append((ASCII.uppercased(name), structure)) }
        response?.items.append((ASCII.uppercased(name), value))
    }

    /// The piece ended with the announcement of a literal.
    private mutating func passLiteral(_ literal: IMAPLiteralMark) {
        switch place {
        case .atom: end(.literal(literal.size))
        case .name(let inSection, _): place = .name(inSection: inSection, isQuoted: false)
        case .list(let depth, _):
            place = .list(depth: depth, isQuoted: false)
            structure?.append([])
        case .outside, .between, .behindName, .quoted, .end: break
        }
    }

    private mutating func finish() {
        switch place {
        case .end: break
        case .outside: flaw(.notOpened)
        case .quoted, .list(_, isQuoted: true): flaw(.quoteNotClosed)
        case .atom:
            end(.atom(atom))
            flaw(.notClosed)
        case .between, .behindName, .name, .list: flaw(.notClosed)
        }
    }

    /// The first says it all.
    private mutating func flaw(_ flaw: Flaw) {
        if response?.flaw == nil { response?.flaw = flaw }
    }
}
