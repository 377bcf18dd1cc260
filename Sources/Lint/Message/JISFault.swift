import Message
import Wire

/// What is wrong with the escape sequences of a text in ISO-2022-JP.
struct JISFault {
    var part: Part
    var fault: ISO2022Walk.Fault
    /// The line of the text in which that stands.
    var line: [UInt8]
    /// How many others like it there are.
    var more: UInt64

    /// Where that stands in the message, or the text if it is encoded.
    var place: Range<UInt64> { part.body }

    /// The first fault of a message's own texts that is asked for.
    /// - Parameters:
    ///   - hasEscapes: texts with ESC are looked at, or else those without.
    ///   - isWanted: is told as well whether the text goes on behind what is known of it.
    static func first(
        of message: HeardMessage, hasEscapes: Bool = true, _ isWanted: (ISO2022Walk.Fault, Bool) -> Bool
    ) -> JISFault? {
        var first: JISFault?
        var count: UInt64 = 0
        for part in message.ownTexts where part.isISO2022JP && part.text.contains(Byte.escape) == hasEscapes {
            let isCut = part.isTextCut || !message.read.isComplete
            let text = isCut ? part.wholeText : part.text
            let variants = part.isRFC1468
            for fault in ISO2022Walk(text).faults where (variants || !fault.isOfVariant) && isWanted(fault, isCut) {
                count += 1
                if first == nil {
                    first = JISFault(part: part, fault: fault, line: line(around: fault.range, in: text), more: 0)
                }
            }
        }
        first?.more = count > 0 ? count - 1 : 0
        return first
    }

    private static func line(around range: Range<Int>, in text: [UInt8]) -> [UInt8] {
        let at = min(range.lowerBound, text.count)
        let start = text[..<at].lastIndex(of: Byte.lf).map { $0 + 1 } ?? 0
        let end = text[at...].firstIndex { $0 == Byte.lf || $0 == Byte.cr } ?? text.count
        return Array(text[start..<max(start, end)].prefix(200))
    }
}

extension ISO2022Walk.Fault {
    /// Right in the charsets that came of ISO-2022-JP.
    fileprivate var isOfVariant: Bool {
        switch kind {
        case .halfWidthKana, .notInISO2022JP: true
        default: false
        }
    }
}

extension Part {
    /// The charset is ISO-2022-JP or one that came of it.
    var isISO2022JP: Bool {
        guard let name = charset.map({ Charset($0).name }) else { return false }
        return name.hasPrefix("iso-2022-jp") || name == "csiso2022jp"
    }

    /// It is that of RFC 1468 itself.
    var isRFC1468: Bool {
        guard let name = charset.map({ Charset($0).name }) else { return false }
        return name == "iso-2022-jp" || name == "csiso2022jp"
    }

    /// `ESC $`, as each text in ISO-2022-JP has it.
    var hasJISEscapes: Bool {
        let bytes = text.span
        var index = 0
        while let at = bytes.firstIndex(of: Byte.escape, from: index) {
            if at + 1 < bytes.count, bytes[at + 1] == 0x24 { return true }
            index = at + 1
        }
        return false
    }

    /// The text up to its last line end, where what is known of it may end in the middle of a character.
    var wholeText: [UInt8] {
        guard let end = text.lastIndex(of: Byte.lf) else { return isTextCut ? [] : text }
        return isTextCut ? Array(text[...end]) : text
    }
}
