import Wire

/// The fields whose values are secrets: Authorization and Proxy-Authorization (RFC 9110 §11.6.2, §11.7.2), Cookie and
/// Set-Cookie (RFC 6265 §4). Of a login the scheme stays to be seen, where it is one that is known.
enum HTTPSecrets {
    private static let schemes = ["BASIC ", "BEARER ", "DIGEST ", "DPOP ", "NEGOTIATE ", "NTLM "].map { Array($0.utf8) }
    /// Blanks before a name or its colon that are borne.
    private static let blanks = 16
    private static let longestName = 19

    /// The byte at which a secret begins in the line that starts with `line`, nil where none has begun. Depends, for
    /// each byte, on the bytes up to it alone.
    /// - Parameter continues: the line before belongs to a field whose value is secret.
    static func start(in line: borrowing LineBuffer, continues: Bool) -> Int? {
        guard let first = line.bytes.first else { return nil }
        // The blank makes the line part of the field (RFC 9112 §5.2), in the record as well.
        if continues, first.isBlank { return 1 }
        guard let field = field(line.bytes) else { return nil }
        var start = field.colon + 1
        guard start < line.bytes.count else { return nil }
        if line.bytes[start].isBlank { start += 1 }
        return field.hasScheme ? afterScheme(line.bytes, from: start) : start
    }

    /// True where the line that ended leaves a secret that the next one may go on with.
    static func isOpen(after line: [UInt8], continues: Bool) -> Bool {
        continues && line.first?.isBlank == true || field(line) != nil
    }

    private static func field(_ line: [UInt8]) -> (colon: Int, hasScheme: Bool)? {
        var start = 0
        while start < min(blanks, line.count), line[start].isBlank { start += 1 }
        // Most fields begin with another letter.
        guard start < line.count else { return nil }
        switch line[start].uppercased {
        case UInt8(ascii: "A"), UInt8(ascii: "C"), UInt8(ascii: "P"), UInt8(ascii: "S"): break
        default: return nil
        }
        var end = start
        while end < line.count, end - start <= longestName, HTTPGrammar.isToken(line[end]) { end += 1 }
        var colon = end
        while colon < min(end + blanks, line.count), line[colon].isBlank { colon += 1 }
        guard colon < line.count, line[colon] == Byte.colon else { return nil }
        let name = line[start..<end]
        if ASCII.equal(name, "AUTHORIZATION") || ASCII.equal(name, "PROXY-AUTHORIZATION") { return (colon, true) }
        if ASCII.equal(name, "COOKIE") || ASCII.equal(name, "SET-COOKIE") { return (colon, false) }
        return nil
    }

    /// The first byte that is no part of a known scheme and the blank behind it; nil while it may become one.
    private static func afterScheme(_ line: [UInt8], from start: Int) -> Int? {
        var longest = 0
        for scheme in schemes {
            var count = 0
            while count < scheme.count, start + count < line.count, matches(line[start + count], scheme[count]) {
                count += 1
            }
            if count == scheme.count { return start + count }
            if start + count == line.count { return nil }
            longest = max(longest, count)
        }
        return start + longest
    }

    private static func matches(_ byte: UInt8, _ expected: UInt8) -> Bool {
        expected == Byte.space ? byte.isBlank : byte.uppercased == expected
    }
}

/// Finds the password in a request line as `GET http://user:password@host/ HTTP/1.1` (RFC 3986 §3.2.1), reading each byte
/// once. Before the `@` nobody can tell a password from a port, so that a port there counts as secret as well; Host
/// repeats it.
struct HTTPUserinfo: Sendable {
    private enum Place: Sendable {
        case method
        case scheme
        case colon
        case slash
        case authority
        case user
        case password
        case over
    }

    private var place = Place.method
    private var next = 0
    private var start: Int?
    /// The byte behind the password, once it has ended.
    private var end: Int?

    /// The bytes of the line that are the password, as far as it was said; `length` bytes of the line were.
    func password(in length: Int) -> Range<Int>? {
        start.map { $0..<max($0, end ?? length) }
    }

    mutating func read(_ line: borrowing LineBuffer) {
        guard place != .over else { return }
        while next < line.bytes.count, place != .over {
            take(line.bytes[next])
            next += 1
        }
    }

    private mutating func take(_ byte: UInt8) {
        switch place {
        case .method: if byte.isBlank { place = .scheme }
        case .scheme:
            if byte == Byte.colon {
                place = .colon
            } else if !byte.isBlank, !HTTPGrammar.isToken(byte) {
                place = .over
            }
        case .colon: place = byte == UInt8(ascii: "/") ? .slash : .over
        case .slash: place = byte == UInt8(ascii: "/") ? .authority : .over
        // An IPv6 address, which no user name can be.
        case .authority where byte == UInt8(ascii: "["): place = .over
        case .authority, .user:
            place = .user
            if byte == Byte.colon {
                start = next + 1
                place = .password
            } else if Self.endsUserinfo(byte) {
                place = .over
            }
        case .password:
            if Self.endsUserinfo(byte) {
                end = next
                place = .over
            }
        case .over: break
        }
    }

    private static func endsUserinfo(_ byte: UInt8) -> Bool {
        byte.isBlank || byte == UInt8(ascii: "@") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?")
            || byte == UInt8(ascii: "#")
    }
}
