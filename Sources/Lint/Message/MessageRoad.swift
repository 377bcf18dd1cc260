import Conversation
import Message

/// Where a message is on its way, which says what may be asked of it.
enum MessageRoad: Sendable {
    /// Its author's program hands it in: no server has carried it yet (RFC 6409).
    case submitted
    /// From one server to the next, or to the mailbox.
    case relayed
    /// Out of a mailbox, after its journey.
    case fetched
    /// In a mailbox without a journey: a draft, a copy of what was sent.
    case kept
    /// Who carries it was not heard.
    case alone

    /// It is judged as what came out of its author's program, not as what servers added on the way.
    var isFresh: Bool { self == .submitted || self == .kept || self == .alone }
    /// An SMTP or LMTP client says it now.
    var isSMTP: Bool { self == .submitted || self == .relayed }
}

extension HeardMessage {
    func road(in session: SessionSoFar) -> MessageRoad {
        switch session.dialect {
        case .lmtp: return .relayed
        case .smtp:
            guard let sender = start.envelope.sender else { return .alone }
            // With no sender it is a report that a server made (RFC 5321 §4.5.5).
            return sender.isEmpty || read.field("RECEIVED") != nil ? .relayed : .submitted
        case .pop3, .imap:
            return direction == .server && read.field("RECEIVED") != nil ? .fetched : .kept
        case .http, .nntp, .ftp, .sieve, .irc, .plain: return .alone
        }
    }

    /// All of its header was heard, and this field is not in it. Where lines of the header are taken for its body, what
    /// is missing may be among them.
    func lacks(_ name: StaticString) -> Bool {
        guard read.hasHeader, read.isComplete, read.fieldsBeyond == 0, read.field(name) == nil else { return false }
        return read.fields.isEmpty || !read.defects.contains { $0.part == 0 && $0.kind == .noEmptyLine }
    }

    /// It is a message, its header, or a body that belongs to a header heard before: no section that was taken out of it
    /// and may be anything.
    var isText: Bool { read.hasHeader || start.completesHeader }

    /// Something in it goes as it is, line ends or not (RFC 2045 §2.9).
    var hasBinaryPart: Bool { read.parts.contains { $0.transferEncoding == .binary } }

    /// The part was made with this message, and is none of a message that it carries, such as one that is returned cut.
    func isOwn(_ part: Int) -> Bool {
        var index = part
        while read.parts.indices.contains(index), let parent = read.parts[index].parent, parent < index {
            guard read.parts.indices.contains(parent), !read.parts[parent].isMessage else { return false }
            index = parent
        }
        return true
    }

    /// Its own parts that hold text for people, as it was before it was encoded for the way: what a damaged encoding makes
    /// of it tells nothing of the text.
    var ownTexts: [Part] {
        guard read.hasHeader else { return [] }
        return read.parts.filter { part in
            guard part.type == "text", !part.text.isEmpty, isOwn(part.index) else { return false }
            guard part.transferEncoding.isEncoded else { return true }
            return !read.defects.contains { $0.part == part.index && Self.damages.contains($0.kind) }
        }
    }

    private static let damages: Set<MessageDefect.Kind> = [
        .base64ForeignByte, .base64PadInside, .base64Length, .quotedPrintableEscape,
    ]

    /// Defects of these kinds in the message's own parts.
    func defects(_ kinds: Set<MessageDefect.Kind>) -> FoundDefects? {
        guard read.hasHeader, !read.defects.isEmpty else { return nil }
        var first: MessageDefect?
        var count: UInt64 = 0
        for defect in read.defects where kinds.contains(defect.kind) && isOwn(defect.part) {
            first = first ?? defect
            count = count &+ defect.count
        }
        return first.map { FoundDefects(first: $0, count: count) }
    }
}

/// The first of some defects of a message, and how often they were seen in all.
struct FoundDefects {
    var first: MessageDefect
    var count: UInt64

    var more: UInt64 { count > 0 ? count - 1 : 0 }
}
