import Wire

/// Names of hosts and address literals (RFC 5321 §4.1.2, §4.1.3).
enum SMTPDomain {
    /// RFC 5321 §4.5.3.1.2.
    static let length = 255
    /// RFC 1035 §2.3.4.
    static let label = 63

    /// What keeps `name` from being a domain name; nil where nothing does.
    /// - Parameter isUTF8: octets above 127 may stand in it (RFC 6531 §3.3).
    static func flaw(_ name: ArraySlice<UInt8>, isUTF8: Bool = false) -> Words? {
        guard !name.isEmpty else { return Words("it is empty", ja: "空です") }
        guard name.count <= length else {
            return Words("it is longer than \(length) octets", ja: "\(length) オクテットを超えています")
        }
        for part in name.split(separator: Byte.dot, omittingEmptySubsequences: false) {
            guard let first = part.first, let last = part.last else {
                return Words(
                    "there is nothing before, between or behind its dots", ja: "ドットの前後または間が空になっています")
            }
            guard part.count <= label || isUTF8 else {
                return Words("one of its labels is longer than \(label) octets", ja: "\(label) オクテットを超えるラベルがあります")
            }
            guard first != Byte.hyphen, last != Byte.hyphen else {
                return Words("one of its labels begins or ends with a hyphen", ja: "ラベルの先頭または末尾がハイフンです")
            }
            if let foreign = part.first(where: { !isLDH($0) && !(isUTF8 && $0 >= 0x80) }) {
                return Words(
                    "it contains \(Quote.of([foreign])), and a domain name has letters, digits and hyphens only",
                    ja: "\(Quote.of([foreign])) が含まれていますが、ドメイン名に使えるのは英数字とハイフンだけです")
            }
        }
        return nil
    }

    private static func isLDH(_ byte: UInt8) -> Bool { byte.isLetter || byte.isDigit || byte == Byte.hyphen }

    /// It is `1.2.3.4`.
    static func isIPv4(_ text: ArraySlice<UInt8>) -> Bool {
        let parts = text.split(separator: Byte.dot, maxSplits: 4, omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in part.count <= 3 && (ASCII.number(part).map { $0 <= 255 } ?? false) }
    }

    /// It is an IPv6 address as in RFC 4291 §2.2.
    static func isIPv6(_ text: ArraySlice<UInt8>) -> Bool {
        text.count <= 45 && text.contains(Byte.colon) && AddressText.bytes(text.text) != nil
    }

    /// What keeps `text`, which begins with `[`, from being an address literal; nil where nothing does.
    static func literalFlaw(_ text: ArraySlice<UInt8>) -> Words? {
        guard text.count > 2, text.last == UInt8(ascii: "]") else {
            return Words("it has no closing bracket, or nothing in its brackets", ja: "閉じ括弧がないか、括弧の中が空です")
        }
        let inside = text.dropFirst().dropLast()
        if isIPv4(inside) { return nil }
        if ASCII.equal(inside.prefix(5), "IPV6:") {
            return isIPv6(inside.dropFirst(5))
                ? nil : Words("what follows `IPv6:` is no IPv6 address", ja: "`IPv6:` の後が IPv6 アドレスではありません")
        }
        if isIPv6(inside) {
            return Words("an IPv6 address needs the tag `IPv6:` before it", ja: "IPv6 アドレスの前には `IPv6:` が必要です")
        }
        return Words(
            "it is neither an IPv4 address nor `IPv6:` with an IPv6 address",
            ja: "IPv4 アドレスでも、`IPv6:` と IPv6 アドレスの組でもありません")
    }
}
