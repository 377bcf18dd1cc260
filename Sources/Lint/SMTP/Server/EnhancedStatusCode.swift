import Wire

/// `2.1.0`, with which the text of a reply begins where the server announced ENHANCEDSTATUSCODES (RFC 2034 §4).
struct EnhancedStatusCode: Sendable, Equatable {
    let parts: [ArraySlice<UInt8>]

    /// - Returns: nil where the text does not begin with three numbers of at most three digits.
    init?(_ text: [UInt8]) {
        let word = text.prefix(12).prefix { !$0.isBlank }
        parts = word.split(separator: Byte.dot, omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ (1...3).contains($0.count) && $0.allSatisfy(\.isDigit) }) else {
            return nil
        }
    }

    /// 2, 4, 5: success, a failure that may pass, one that will not (RFC 3463 §3).
    var isOfKnownClass: Bool { parts[0].count == 1 && [0x32, 0x34, 0x35].contains(parts[0].first) }

    func isOfClass(of code: String) -> Bool { Array(parts[0]) == Array(code.utf8.prefix(1)) }

    /// A number with a zero before it (RFC 3463 §2).
    var hasLeadingZero: Bool { parts.contains { $0.count > 1 && $0.first == 0x30 } }
}
