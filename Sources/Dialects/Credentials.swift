import Wire

/// The words after which a line holds a secret, in all the protocols that speak in lines. Each machine asks, also where
/// its own protocol does not have the word: a mailer set to the wrong port says its password all the same.
enum Credentials {
    /// A SASL mechanism's name is at most 20 of A–Z, 0–9, `-`, `_` (RFC 4422 §3.1); in ManageSieve it stands in quotes.
    static let mechanismLength = 22
    /// No word before a secret is longer: the longest are a header's name and an IMAP command's tag.
    static let wordLength = 64

    /// False for a line that is surely without: a look at its first word. `secretStart` gives nil for such a line.
    static func mayStand(in bytes: Span<UInt8>, _ line: Range<Int>) -> Bool {
        guard line.count > 4 else { return false }
        // Behind a CR that is not the line's end another line may begin, see `secretStart`.
        if let cr = bytes.extracting(line).firstIndex(of: Byte.cr), cr < line.count - 1 { return true }
        let first = bytes[line.lowerBound]
        if first.isBlank { return true }
        guard mayBegin(first) else { return false }
        for index in line.prefix(wordLength + 2) where bytes[index].isBlank { return true }
        return false
    }

    /// A word, or a tag of IMAP's, of which `.` is one that people like to type.
    static func mayBegin(_ byte: UInt8) -> Bool {
        byte > Byte.space && byte < 0x7F
    }

    /// The byte at which a secret begins in the line that starts with `line`, nil where none has begun. Depends, for
    /// each byte, on the bytes up to it alone.
    static func secretStart(in line: borrowing LineBuffer) -> Int? {
        if let start = secretStart(in: line.bytes) { return start }
        // For a peer that ends its lines with CR alone the next one begins here.
        let bytes = line.bytes
        guard let cr = bytes.firstIndex(of: Byte.cr), cr + 5 < bytes.count else { return nil }
        var start = cr + 1
        for index in start...bytes.count where index == bytes.count || bytes[index] == Byte.cr {
            if index - start > 4, let secret = secretStart(in: Array(bytes[start..<index])) { return start + secret }
            start = index + 1
        }
        return nil
    }

    private static func secretStart(in bytes: [UInt8]) -> Int? {
        guard bytes.count > 4, let first = bytes.first, first.isBlank || mayBegin(first) else { return nil }
        var words = Words(bytes)
        guard let verb = words.next() else { return nil }
        if ASCII.equal(verb, "PASS") { return words.rest }
        if ASCII.equal(verb, "AUTH") || ASCII.equal(verb, "AUTHENTICATE") { return afterMechanism(&words) }
        if ASCII.equal(verb, "APOP") { return words.next() == nil ? nil : words.rest }
        if ASCII.equal(verb, "AUTHORIZATION:") || ASCII.equal(verb, "PROXY-AUTHORIZATION:")
            || ASCII.equal(verb, "COOKIE:") || ASCII.equal(verb, "SET-COOKIE:")
        {
            return words.rest
        }
        guard let second = words.next() else { return nil }
        if ASCII.equal(verb, "AUTHINFO") {
            return ASCII.equal(second, "SASL")
                ? afterMechanism(&words)
                : ASCII.equal(second, "USER") ? nil : words.rest
        }
        if ASCII.equal(second, "LOGIN") { return words.rest }
        if ASCII.equal(second, "AUTHENTICATE") { return afterMechanism(&words) }
        return nil
    }

    private static func afterMechanism(_ words: inout Words) -> Int? {
        guard let start = words.restSkippingBlanks else { return nil }
        let bytes = words.bytes
        var index = start
        while index < bytes.count, !bytes[index].isBlank {
            let byte = bytes[index]
            // CR may be the line's end; what follows it will tell. So may the CR after a CR.
            if byte == Byte.cr, bytes[index...].allSatisfy({ $0 == Byte.cr }) { return nil }
            // What does not look like a mechanism may be the secret itself, said without one.
            if !fitsMechanism(byte) || index - start >= mechanismLength { return index }
            index += 1
        }
        guard index < bytes.count else { return nil }
        return index + 1
    }

    /// Where it shows that the line is no command: at the first byte that goes on no verb; nil where it may be one. What
    /// stands there instead, behind a login, belongs to the login.
    static func noCommand(_ line: [UInt8], verbs: [[UInt8]]) -> Int? {
        var index = 0
        while index < line.count, !line[index].isBlank, line[index] != Byte.cr {
            let isVerb = verbs.contains { verb in
                index < verb.count && (0...index).allSatisfy { line[$0].uppercased == verb[$0] }
            }
            if !isVerb { return index }
            index += 1
        }
        return nil
    }

    static func fitsMechanism(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte == Byte.hyphen || byte == UInt8(ascii: "_") || byte == Byte.quote
    }

    /// Walks over the words of a line.
    private struct Words {
        let bytes: [UInt8]
        private var index = 0

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
        }

        /// The next word; nil where it has not ended yet.
        mutating func next() -> ArraySlice<UInt8>? {
            while index < bytes.count, bytes[index].isBlank { index += 1 }
            let start = index
            while index < bytes.count, index - start <= wordLength, !bytes[index].isBlank { index += 1 }
            guard index < bytes.count, bytes[index].isBlank else { return nil }
            return bytes[start..<index]
        }

        /// Just after the one blank that ended the last word.
        var rest: Int { index + 1 }

        var restSkippingBlanks: Int? {
            var start = index
            while start < bytes.count, bytes[start].isBlank { start += 1 }
            return start < bytes.count ? start : nil
        }
    }
}
