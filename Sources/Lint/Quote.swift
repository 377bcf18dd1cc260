import Conversation
import Wire

/// What a peer said, as it stands in a sentence: cut where it is long, control characters as pictures, secrets as
/// `***`.
enum Quote {
    static func of(_ line: Utterance) -> String {
        guard let secret = line.secretFrom else { return of(line.bytes) }
        return "`\(cut(line.bytes.prefix(secret)))***`"
    }

    static func of(_ bytes: [UInt8]) -> String { "`\(cut(bytes[...]))`" }

    static func of(_ reply: Reply) -> String {
        of(Array(reply.code.utf8) + [Byte.space] + (reply.lines.first ?? []))
    }

    /// All its lines as one, since what counts stands often behind the first.
    static func whole(_ reply: Reply) -> String {
        var bytes = Array(reply.code.utf8)
        for line in reply.lines.prefix(4) where bytes.count < LintLimits.quotedReply {
            let text = bytes.count > reply.code.utf8.count ? line.withoutStatusCode : line[...]
            bytes += [Byte.space] + text.prefix(LintLimits.quotedReply)
        }
        let isCut = bytes.count > LintLimits.quotedReply || reply.lines.count > 4
        return "`\(Picture.of(bytes.prefix(LintLimits.quotedReply)))\(isCut ? "…" : "")`"
    }

    private static func cut(_ bytes: ArraySlice<UInt8>) -> String {
        Picture.of(bytes.prefix(LintLimits.quoted)) + (bytes.count > LintLimits.quoted ? "…" : "")
    }
}

extension Array where Element == UInt8 {
    /// Without the enhanced status code (RFC 3463 §2) at its beginning, which each line of a reply repeats.
    fileprivate var withoutStatusCode: ArraySlice<UInt8> {
        let word = prefix { $0 != Byte.space }
        let isCode =
            word.count { $0 == UInt8(ascii: ".") } == 2 && word.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") }
        return isCode ? dropFirst(word.count).drop { $0 == Byte.space } : self[...]
    }
}
