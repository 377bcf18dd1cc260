import Wire

/// The first word of a greeting, or of the answer to EHLO, which is the server's name (RFC 5321 §4.2, §4.1.1.1).
enum ServerName {
    /// By the grammar of RFC 5321 §4.1.2, a dot at the end and `_` let pass: `mx.example.com`, `[192.0.2.1]`.
    static func isName(_ word: ArraySlice<UInt8>) -> Bool {
        guard let first = word.first, let last = word.last else { return false }
        if first == UInt8(ascii: "[") { return last == UInt8(ascii: "]") }
        guard word.count <= 256, !noNames.contains(where: { ASCII.equal(word, $0) }) else { return false }
        let labels = (last == Byte.dot ? word.dropLast() : word).split(
            separator: Byte.dot, omittingEmptySubsequences: false)
        return labels.allSatisfy { label in
            label.first != Byte.hyphen && label.last != Byte.hyphen && !label.isEmpty
                && label.allSatisfy { $0.isLetter || $0.isDigit || $0 == Byte.hyphen || $0 == UInt8(ascii: "_") }
        }
    }

    /// What servers say in its place.
    private static let noNames: [StaticString] = [
        "ESMTP", "SMTP", "LMTP", "WELCOME", "HELLO", "HI", "READY", "OK", "SERVICE",
    ]
}
