import Wire

extension IMAPMachine {
    /// What a line with names of mailboxes means, where they are in modified UTF-7 (RFC 3501 §5.1.3); nil where they are
    /// what they look like.
    func decodedNames(_ line: [UInt8]) -> String? {
        hasUTF8Names ? nil : ModifiedUTF7.decodeShifts(in: line)
    }
}
