import Conversation
import Message
import Wire

extension Rule {
    /// A finding about some bytes of a message.
    /// - Parameter more: how many others like it there are in this message.
    func finding(
        _ message: HeardMessage, at range: Range<UInt64>, more: UInt64 = 0, in session: SessionSoFar,
        severity: Severity? = nil, clause: String? = nil, means: Words
    ) -> Finding {
        finding(
            at: message.place(range.lowerBound, Int(clamping: range.upperBound - range.lowerBound)), in: session,
            severity: severity, clause: clause, means: means.andMore(more))
    }

    /// A finding about the message's header.
    func finding(
        aboutHeaderOf message: HeardMessage, in session: SessionSoFar, severity: Severity? = nil, means: Words
    ) -> Finding {
        finding(message, at: message.read.root.header, in: session, severity: severity, means: means)
    }
}

extension Words {
    func andMore(_ more: UInt64) -> Words {
        switch more {
        case 0: self
        case 1:
            Words("\(en) There is one more of this kind in the message.", ja: "\(ja)このメッセージには同種のものがほかに 1 件あります。")
        default:
            Words(
                "\(en) There are \(more) more of this kind in the message.",
                ja: "\(ja)このメッセージには同種のものがほかに \(more) 件あります。")
        }
    }
}

extension HeaderField {
    /// As it stands in a sentence.
    var quote: String { Quote.of(name + [Byte.colon] + value.prefix(LintLimits.quoted + 1)) }
    var nameQuote: String { Quote.of(name) }
}

extension ReadMessage {
    /// `part 3 (text/html)`; the message itself where it is that.
    func title(of part: Int) -> Words {
        guard part > 0, parts.indices.contains(part) else { return Words("the message", ja: "メッセージ") }
        let type = Picture.of(text: String("\(parts[part].type)/\(parts[part].subtype)".prefix(LintLimits.quoted)))
        return Words("part \(part) (\(type))", ja: "\(part) 番目のパート(\(type))")
    }
}

extension Array where Element == UInt8 {
    var isUTF8: Bool { String(validating: self, as: UTF8.self) != nil }
    var lowercasedASCII: [UInt8] { map(\.lowercased) }
}
