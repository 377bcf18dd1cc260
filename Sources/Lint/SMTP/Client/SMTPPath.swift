import Wire

/// What stands between the angle brackets of MAIL and RCPT (RFC 5321 §4.1.2).
enum SMTPPath {
    /// `<>`, of what no report is to be sent about.
    case null
    /// A name without a domain.
    case name(ArraySlice<UInt8>)
    case mailbox(local: ArraySlice<UInt8>, domain: ArraySlice<UInt8>, isRouted: Bool)
    case malformed(Words, Severity)

    /// Octets above 127 are taken for letters: whether they may stand there is not a matter of form (RFC 6531 §3.3).
    init(_ path: ArraySlice<UInt8>) {
        if path.isEmpty {
            self = .null
        } else if let flaw = Self.listFlaw(path) ?? Self.nameFlaw(path) {
            self = .malformed(flaw, .error)
        } else if path.contains(where: { $0 < Byte.space || $0 == 0x7F }) {
            self = .error("it has a control character in it", ja: "制御文字が含まれています")
        } else if path.first == UInt8(ascii: "@") {
            self = Self.routed(path)
        } else {
            self = Self.mailbox(path, isRouted: false)
        }
    }

    /// Several addresses in the place of one.
    private static func listFlaw(_ path: ArraySlice<UInt8>) -> Words? {
        guard path.first != UInt8(ascii: "@"), !path.contains(Byte.quote) else { return nil }
        let signs = [UInt8(ascii: ","), UInt8(ascii: ";")]
        guard path.contains(where: signs.contains) else { return nil }
        let parts = path.split(omittingEmptySubsequences: false, whereSeparator: signs.contains)
        let addresses = parts.count { $0.contains(UInt8(ascii: "@")) }
        guard addresses > 1 else { return nil }
        let isComma = path.contains(UInt8(ascii: ","))
        return several(addresses, isComma ? Words("a comma", ja: "コンマ") : Words("a semicolon", ja: "セミコロン"))
    }

    /// - Parameter between: what stands between the addresses.
    static func several(_ count: Int, _ between: Words) -> Words {
        Words(
            """
            these are \(count) addresses with \(between.en) between them, and each recipient needs a RCPT of its own, \
            as a message has one sender only
            """,
            ja: """
                \(between.ja)で区切った \(count) 個のアドレスが書かれていますが、宛先は一つごとに別の RCPT で送らなけ\
                ればなりません。差出人は一つだけです
                """)
    }

    /// A name to be shown, or the scheme of a link, before the address.
    private static func nameFlaw(_ path: ArraySlice<UInt8>) -> Words? {
        if path.contains(Byte.less) {
            return Words(
                "a name to be shown stands in it, and only the address goes between the brackets",
                ja: "表示名が含まれています。山括弧の中に書けるのはアドレスだけです")
        }
        guard ASCII.equal(path.prefix(7), "MAILTO:") else { return nil }
        return Words("the `mailto:` of a link stands before its address", ja: "アドレスの前にリンクの `mailto:` が付いています")
    }

    private static func error(_ en: String, ja: String) -> SMTPPath { .malformed(Words(en, ja: ja), .error) }

    private static func routed(_ path: ArraySlice<UInt8>) -> SMTPPath {
        guard let colon = path.firstIndex(of: Byte.colon) else {
            return error("nothing stands before its @", ja: "@ の前に何もありません")
        }
        for hop in path[..<colon].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            guard hop.first == UInt8(ascii: "@"), domainFlaw(hop.dropFirst()) == nil else {
                return error("its source route is not of the form @a,@b:", ja: "ソースルートが @a,@b: の形になっていません")
            }
        }
        return mailbox(path[(colon + 1)...], isRouted: true)
    }

    private static func mailbox(_ text: ArraySlice<UInt8>, isRouted: Bool) -> SMTPPath {
        let local: ArraySlice<UInt8>
        if text.first == Byte.quote {
            guard let end = endOfQuoted(text) else {
                return error("its quoted string does not end", ja: "引用文字列が閉じられていません")
            }
            local = text[...end]
        } else {
            local = text.prefix { $0 != UInt8(ascii: "@") }
            if let flaw = atomsFlaw(local) { return flaw }
        }
        let rest = text[local.endIndex...]
        guard let sign = rest.first else {
            return isRouted ? error("it has a source route and no domain", ja: "ソースルートがあるのにドメインがありません") : .name(local)
        }
        guard sign == UInt8(ascii: "@") else {
            return error("something stands between its quoted string and the @", ja: "引用文字列と @ の間に余分な文字があります")
        }
        let domain = rest.dropFirst()
        guard !SMTPDomain.isIPv4(domain) else {
            return error(
                "its domain is an IP address, which must stand in square brackets as `[\(domain.text)]`",
                ja: "ドメインの部分が IP アドレスですが、`[\(domain.text)]` のように角括弧で囲まなければなりません")
        }
        guard !domain.contains(UInt8(ascii: "@")) else {
            return error("it has more than one @", ja: "@ が二つ以上あります")
        }
        if domain.count > 1, domain.last == Byte.dot, domainFlaw(domain.dropLast()) == nil {
            return error("it ends in a dot", ja: "末尾にドットがあります")
        }
        if domain.contains(where: { $0.isBlank }) { return error("it has a space in it", ja: "空白が含まれています") }
        if let flaw = domainFlaw(domain) {
            return error("its domain is none: \(flaw.en)", ja: "ドメインの部分が正しくありません（\(flaw.ja)）")
        }
        return .mailbox(local: local, domain: domain, isRouted: isRouted)
    }

    private static func domainFlaw(_ domain: ArraySlice<UInt8>) -> Words? {
        domain.first == UInt8(ascii: "[") ? SMTPDomain.literalFlaw(domain) : SMTPDomain.flaw(domain, isUTF8: true)
    }

    private static func endOfQuoted(_ text: ArraySlice<UInt8>) -> Int? {
        var isEscaped = false
        for index in text.indices.dropFirst() {
            if isEscaped {
                isEscaped = false
            } else if text[index] == UInt8(ascii: "\\") {
                isEscaped = true
            } else if text[index] == Byte.quote {
                return index
            }
        }
        return nil
    }

    private static func atomsFlaw(_ local: ArraySlice<UInt8>) -> SMTPPath? {
        guard !local.isEmpty else { return error("nothing stands before its @", ja: "@ の前に何もありません") }
        if local.contains(where: { $0.isBlank }) {
            return error("it has a space in it", ja: "空白が含まれています")
        }
        if let foreign = local.first(where: { !isAtom($0) && $0 != Byte.dot }) {
            return error(
                "\(Quote.of([foreign])) may not stand before its @ without quotes",
                ja: "@ の前に \(Quote.of([foreign])) を引用符なしで書くことはできません")
        }
        // Addresses of this kind were given out by Japanese carriers, and are in use.
        let atoms = local.split(separator: Byte.dot, omittingEmptySubsequences: false)
        guard atoms.contains(where: { $0.isEmpty }) else { return nil }
        return .malformed(
            Words(
                "its name begins or ends with a dot, or has two in a row, and stands in no quotes",
                ja: "@ の前の部分がドットで始まる、ドットで終わる、またはドットが連続しているのに、引用符で囲まれていません"), .warning)
    }

    /// RFC 5322 §3.2.3, RFC 6531 §3.3.
    private static func isAtom(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte >= 0x80 || special.contains(byte)
    }

    private static let special = Array("!#$%&'*+-/=?^_`{|}~".utf8)
}
