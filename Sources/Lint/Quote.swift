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

    private static func cut(_ bytes: ArraySlice<UInt8>) -> String {
        Picture.of(bytes.prefix(LintLimits.quoted)) + (bytes.count > LintLimits.quoted ? "…" : "")
    }
}
