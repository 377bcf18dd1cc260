/// The name of a session: thirteen characters that sort by the moment of its start, nine of them milliseconds since
/// 2020, four that tell apart what started in the same millisecond, in this process or in another.
///
/// The alphabet is Crockford's base 32: lower case, without `i`, `l`, `o`, `u`.
public struct SessionID: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let text: String

    public var description: String { text }

    /// - Returns: nil unless `text` is a whole id.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == Self.length, text.utf8.allSatisfy({ Self.alphabet.contains($0) }) else { return nil }
        self.text = String(text)
    }

    public init(started: Timestamp, discriminator: UInt32) {
        let epoch: Int64 = 1_577_836_800_000
        var value = UInt64(clamping: started.nanoseconds / 1_000_000 - epoch) << 20 | UInt64(discriminator & 0xFFFFF)
        var digits: [UInt8] = []
        for _ in 0..<Self.length {
            digits.append(Self.alphabet[Int(value & 31)])
            value >>= 5
        }
        text = String(decoding: digits.reversed(), as: UTF8.self)
    }

    public static func < (a: SessionID, b: SessionID) -> Bool { a.text < b.text }

    public static let length = 13
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
}
