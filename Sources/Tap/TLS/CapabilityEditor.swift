import Conversation
import Wire

/// Takes the offer of TLS out of what a server says it can do, or puts it in, on the way to the client. Lines that may
/// have to be changed wait until they are whole; all else passes at once.
struct CapabilityEditor {
    enum Edit: Sendable {
        case remove
        case add
    }

    /// What the client waits for an answer to.
    enum Answer {
        /// EHLO or LHLO: lines `250-KEYWORD`, the last `250 KEYWORD` (RFC 5321 §4.1.1.1).
        case extensions
        /// CAPA: a line a capability, up to the dot (RFC 2449 §5).
        case listing
        /// An IMAP server may say its capabilities at any time: `* CAPABILITY …` and `[CAPABILITY …]` (RFC 9051 §7.2.2).
        case atAnyTime
        case other
    }

    /// A longer line is not changed.
    private static let longest = 8_192

    let edit: Edit
    private let keyword: String
    private var line: [UInt8] = []
    /// The line before, which is the last one if the one that waits is taken out.
    private var held: [UInt8]?
    /// The offer was taken out, or put in.
    private(set) var hasEdited = false

    init(_ edit: Edit, _ dialect: DialectName) {
        self.edit = edit
        keyword = dialect == .pop3 ? "STLS" : "STARTTLS"
    }

    /// Takes one piece of what the server says, which ends where a line does or where the server has paused.
    /// - Returns: what the client is to be told.
    mutating func pass(_ bytes: some Sequence<UInt8>, answering answer: Answer) -> [UInt8] {
        var output: [UInt8] = []
        for byte in bytes {
            line.append(byte)
            if byte == Byte.lf {
                output += whole(answer)
            } else if line.count > Self.longest {
                output += release()
            }
        }
        if case .other = answer { output += release() }
        return output
    }

    /// What waits, unchanged.
    mutating func release() -> [UInt8] {
        defer {
            line = []
            held = nil
        }
        return (held ?? []) + line
    }

    private mutating func whole(_ answer: Answer) -> [UInt8] {
        let whole = line
        line = []
        switch answer {
        case .extensions: return reply(whole)
        case .listing: return listed(whole)
        case .atAnyTime: return capability(whole)
        case .other: return release() + whole
        }
    }

    private mutating func reply(_ whole: [UInt8]) -> [UInt8] {
        let isLast = whole.count < 4 || whole[3] != Byte.hyphen
        let isOffer = isKeyword(whole.dropFirst(4))
        let isPositive = whole.first == UInt8(ascii: "2")
        if edit == .remove, isOffer, isPositive {
            hasEdited = true
            guard isLast, var before = held else { return [] }
            before[3] = Byte.space
            held = nil
            return before
        }
        if isOffer { hasEdited = true }
        var output = held ?? []
        held = nil
        guard isLast else {
            held = whole
            return output
        }
        var last = whole
        if edit == .add, isPositive, !hasEdited {
            hasEdited = true
            if last.count > 3, last[3] == Byte.space { last[3] = Byte.hyphen }
            last += Array("250 \(keyword)\r\n".utf8)
        }
        output += last
        return output
    }

    private mutating func listed(_ whole: [UInt8]) -> [UInt8] {
        let isOffer = isKeyword(whole[...])
        if isOffer { hasEdited = true }
        if edit == .remove { return isOffer ? [] : whole }
        let isEnd = whole.first == Byte.dot && whole.count <= 3
        guard isEnd, !hasEdited else { return whole }
        hasEdited = true
        return Array("\(keyword)\r\n".utf8) + whole
    }

    private mutating func capability(_ whole: [UInt8]) -> [UInt8] {
        let mark = Array("CAPABILITY ".utf8)
        let upper = whole.map(\.uppercased)
        let start = whole.indices.first { upper[$0...].starts(with: mark) }.map { $0 + mark.count }
        guard let start,
            let end = whole[start...].firstIndex(where: { $0 == UInt8(ascii: "]") || $0 == Byte.cr || $0 == Byte.lf })
        else { return whole }
        var words = ASCII.words(whole[start..<end])
        let isOffered = words.contains { ASCII.equal($0, "STARTTLS") }
        if isOffered { hasEdited = true }
        switch (edit, isOffered) {
        case (.remove, true): words.removeAll { ASCII.equal($0, "STARTTLS") }
        case (.add, false):
            hasEdited = true
            words.append(Array("STARTTLS".utf8)[...])
        case (.remove, false), (.add, true): return whole
        }
        return Array(whole[..<start]) + Array(words.joined(separator: [Byte.space])) + Array(whole[end...])
    }

    private func isKeyword(_ bytes: some Sequence<UInt8>) -> Bool {
        let word = bytes.prefix { !$0.isBlank && $0 != Byte.cr && $0 != Byte.lf }
        return ASCII.uppercased(word) == keyword
    }
}
