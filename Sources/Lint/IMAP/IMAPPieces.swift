import Conversation
import Wire

/// What each line of one peer's is: commands and responses come in pieces where literals stand in them (RFC 9051 §4.3),
/// and a literal that is no message is told line by line as well.
struct IMAPPieces: Sendable {
    enum Piece: Sendable {
        /// It begins a command or a response.
        case start
        /// It goes on with one behind a literal.
        case more
        /// It is in a literal.
        case literal
        /// It stands where nobody can tell.
        case unknown
    }

    /// The literal that the last piece announced.
    private(set) var literal: IMAPLiteralMark?
    /// Where that ends in what the peer says.
    private var literalEnd: UInt64 = 0
    /// The end of the last piece is not known.
    private var isCut = false
    /// What it says cannot be read (RFC 4978).
    var isCompressed = false
    /// It speaks another protocol: TLS, where nobody asked for it.
    private var isForeign = false

    func piece(_ line: Utterance) -> Piece {
        guard !isForeign, !Self.isForeign(line) else { return .unknown }
        switch (line.direction, line.kind) {
        case (.client, .command): return .start
        case (.client, .line) where literal == nil || isCompressed: return .unknown
        case (.client, .line): return line.offset < literalEnd ? .literal : .more
        case (.client, _): return .unknown
        case (.server, .line) where isCut || isCompressed: return .unknown
        case (.server, .line): return literal != nil && line.offset < literalEnd ? .literal : .start
        case (.server, _) where isCut:
            return line.bytes.first == Byte.space || line.bytes.first == UInt8(ascii: ")") ? .more : .start
        case (.server, _): return literal == nil ? .start : .more
        }
    }

    mutating func hear(_ line: Utterance) {
        let piece = piece(line)
        if Self.isForeign(line) { isForeign = true }
        switch piece {
        case .literal: return
        case .unknown where line.kind == .line: return
        case .start, .more, .unknown: break
        }
        literal = nil
        isCut = line.dropped > 0
        guard !isCut, line.end != .none, piece != .unknown, announces(line, piece),
            let mark = IMAPLiteralMark(endOf: line.bytes)
        else { return }
        literal = mark
        let (start, startOverflow) = line.offset.addingReportingOverflow(UInt64(clamping: line.length))
        let (end, endOverflow) = start.addingReportingOverflow(mark.size)
        literalEnd = startOverflow || endOverflow ? .max : end
    }

    private func announces(_ line: Utterance, _ piece: Piece) -> Bool {
        switch line.direction {
        case .client: line.secretFrom == nil
        // What a condition ends with is text for people.
        case .server: piece == .more || IMAPData(line)?.isCondition == false
        }
    }

    /// The type of a record of TLS (RFC 8446 §5.1).
    private static func isForeign(_ line: Utterance) -> Bool {
        line.bytes.first.map { (0x14...0x18).contains($0) } ?? false
    }
}
