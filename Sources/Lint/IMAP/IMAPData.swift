import Conversation
import Wire

/// A response without a tag: `* 3 EXISTS`, `* LIST (…) …`, `* OK …` (RFC 9051 §7).
struct IMAPData: Sendable {
    /// What stands before the keyword: a message, or how many.
    let number: UInt64?
    /// As it was said.
    let keyword: ArraySlice<UInt8>
    /// What follows the keyword, without the blanks before it.
    let rest: ArraySlice<UInt8>

    /// nil where `line` is none, or goes on with one.
    init?(_ line: Utterance) {
        let bytes = line.bytes
        guard line.direction == .server, line.kind == .reply, bytes.count > 2, bytes[0] == Byte.star, bytes[1].isBlank
        else { return nil }
        var words = bytes[2...].drop { $0.isBlank }
        func next() -> ArraySlice<UInt8> {
            let word = words.prefix { !$0.isBlank }
            words = words[word.endIndex...].drop { $0.isBlank }
            return word
        }
        let first = next()
        number = ASCII.number(first)
        keyword = number == nil ? first : next()
        rest = words
    }

    func `is`(_ name: StaticString) -> Bool { ASCII.equal(keyword, name) }

    /// It has text for people, and no literal.
    var isCondition: Bool {
        self.is("OK") || self.is("NO") || self.is("BAD") || self.is("BYE") || self.is("PREAUTH")
            || self.is("CAPABILITY") || self.is("ENABLED")
    }

    /// What stands in brackets at the beginning of a condition's text, a word each.
    var code: [ArraySlice<UInt8>] { IMAPCode.words(rest) }
}

/// A response code (RFC 9051 §7.1).
enum IMAPCode {
    /// Bytes of one that are looked at: a listing of capabilities is the longest.
    private static let length = 4_096

    /// Those in the code that begins `text`; none where there is no whole one.
    static func words(_ text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        guard text.first == UInt8(ascii: "["),
            let end = text.prefix(length).firstIndex(of: UInt8(ascii: "]"))
        else { return [] }
        return ASCII.words(text[(text.startIndex + 1)..<end])
    }

    static func words(_ reply: Reply?) -> [ArraySlice<UInt8>] {
        reply?.lines.first.map { words($0[...]) } ?? []
    }
}
