import Wire

/// What a program is to read in a reply: `[NAME arguments]` at the beginning of its text (RFC 9051 §7.1, RFC 2449 §8).
public struct ResponseCode: Sendable, Equatable {
    /// In upper case: `AUTHENTICATIONFAILED`, `CAPABILITY`, `SYS/TEMP`.
    public var name: String
    /// What follows the name, a word each.
    public var arguments: [[UInt8]]
}

extension Reply {
    /// nil where its text does not begin with one.
    public var responseCode: ResponseCode? {
        guard let line = lines.first, line.first == UInt8(ascii: "["), let end = line.firstIndex(of: UInt8(ascii: "]"))
        else { return nil }
        let words = ASCII.words(line[1..<end])
        guard let name = words.first else { return nil }
        return ResponseCode(name: ASCII.uppercased(name), arguments: words.dropFirst().map { Array($0) })
    }
}
