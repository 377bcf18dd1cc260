import Conversation
import Message
import Wire

/// An address of the header cannot be read as the grammar has it.
struct MsgAddressSyntax: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.address-syntax",
        title: Words("An address in the header is not written as one", ja: "ヘッダーのアドレスの書式が正しくない"),
        severity: .error,
        side: .message,
        clause: "RFC 5322 §3.4; RFC 5322 §4.4",
        means: Words(
            """
            Addresses are `local-part@domain` or `Name <local-part@domain>`, with commas between them; a \
            name with a comma, an `@` or another special stands in quotes. What is written otherwise each \
            program reads in its own way: names become addresses, replies go wrong or are refused.
            """,
            ja: """
                アドレスは `local-part@domain` または `Name <local-part@domain>` と書き、コンマで区切ります。コ\
                ンマや `@` などの特殊文字を含む名前は引用符で囲みます。そうでないものの解釈はソフトごとに異なり、\
                名前の一部がアドレスと見なされたり、返信が誤った相手に届いたり、拒否されたりします。
                """),
        remedy: Words(
            """
            Put names with specials into quotes, as in `"Doe, John" <john@example.com>`, write full \
            addresses, and one comma between two.
            """,
            ja: """
                特殊文字を含む名前は `"Doe, John" <john@example.com>` のように引用符で囲み、完全なアドレスを書き、\
                間はコンマ一つで区切ってください。
                """),
        violating: SampleMail.submitted(SampleMail.mail(to: "bob@example.net; carol@example.net")),
        conforming: SampleMail.submitted(SampleMail.mail(to: "bob@example.net, carol@example.net")),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    private static let names: [StaticString] = [
        "FROM", "SENDER", "REPLY-TO", "TO", "CC", "BCC", "RESENT-FROM", "RESENT-SENDER", "RESENT-TO", "RESENT-CC",
    ]

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard message.read.hasHeader else { return nil }
        var worst: (severity: Severity, field: HeaderField, oddity: Oddity<AddressOddity>)?
        var count: UInt64 = 0
        for field in message.read.fields where field.bytesBeyond == 0 && !field.value.isEmpty {
            guard Self.names.contains(where: { field.isNamed($0) }) else { continue }
            // Escape sequences and bytes above 127 are told by another rule; specials among them mean nothing.
            guard !field.value.contains(where: { $0 >= 0x80 || $0 == Byte.escape }) else { continue }
            for oddity in AddressList(field.value).oddities {
                guard let severity = Self.severity(oddity.kind) else { continue }
                count += 1
                if let worst, worst.severity >= severity { continue }
                worst = (severity, field, oddity)
            }
        }
        guard let worst else { return nil }
        let range = worst.oddity.range.clamped(to: 0..<worst.field.value.count)
        let place = worst.field.place(of: range)
        let what = Self.what(worst.oddity.kind)
        return finding(
            message, at: place.isEmpty ? worst.field.range : place, more: count - 1, in: session,
            severity: worst.severity,
            means: Words(
                """
                In \(worst.field.quote) \(what.en). How that is read depends on the program.
                """,
                ja: """
                    \(worst.field.quote) には\(what.ja)。どう解釈されるかはソフトによって異なります。
                    """))
    }

    /// nil: others tell of it, or it harms nobody.
    private static func severity(_ kind: AddressOddity) -> Severity? {
        switch kind {
        case .specialInName, .noLocalPart, .emptyAddress, .separator, .strayText, .unclosedQuote, .unclosedComment,
            .unclosedAngle, .unclosedLiteral, .unclosedGroup, .nestedGroup:
            .error
        // What RFC 5322 §4 calls obsolete, names that are completed where the message is handed in, and mailboxes that
        // exist though the grammar has no place for them.
        case .emptyItem, .route, .blankInAddress, .noDomain, .misplacedDot, .badDomain: .warning
        case .dotInName: .note
        case .encodedWordInQuotes, .encodedWordInAddress, .eightBit, .control, .tooMany: nil
        }
    }

    private static func what(_ kind: AddressOddity) -> Words {
        switch kind {
        case .specialInName:
            Words("a name has a special character and does not stand in quotes", ja: "特殊文字を含むのに引用符で囲まれていない名前があります")
        case .noLocalPart: Words("there is nothing before the `@`", ja: "`@` の前が空のアドレスがあります")
        case .emptyAddress: Words("the angle brackets are empty", ja: "中身のない山括弧があります")
        case .separator:
            Words("two addresses are not separated by a comma", ja: "コンマで区切られていないアドレスがあります")
        case .strayText: Words("there is text that belongs to no address", ja: "どのアドレスにも属さない文字列があります")
        case .unclosedQuote: Words("a quote is not closed", ja: "閉じていない引用符があります")
        case .unclosedComment: Words("a parenthesis is not closed", ja: "閉じていない丸括弧があります")
        case .unclosedAngle: Words("an angle bracket is not closed", ja: "閉じていない山括弧があります")
        case .unclosedLiteral: Words("a square bracket is not closed", ja: "閉じていない角括弧があります")
        case .unclosedGroup: Words("a group has no semicolon at its end", ja: "セミコロンで終わっていないグループがあります")
        case .nestedGroup: Words("a group stands within a group", ja: "グループの中にグループがあります")
        case .emptyItem:
            Words("there is nothing between two commas, or behind the last", ja: "コンマの間または最後のコンマの後が空です")
        case .route: Words("there is a route, which is obsolete", ja: "廃止された経路指定があります")
        case .blankInAddress: Words("there are blanks within an address", ja: "アドレスの途中に空白があります")
        case .noDomain: Words("an address has no domain", ja: "ドメインのないアドレスがあります")
        case .misplacedDot:
            Words("dots stand next to each other or at the end of a part", ja: "ピリオドが続いているか、端にあるアドレスがあります")
        case .badDomain: Words("a domain has a character that it cannot have", ja: "ドメインに使えない文字があります")
        case .dotInName:
            Words(
                "a name with a dot does not stand in quotes, which is obsolete",
                ja: """
                    ピリオドを含むのに引用符で囲まれていない名前(廃止された書き方)があります
                    """)
        case .encodedWordInQuotes, .encodedWordInAddress, .eightBit, .control, .tooMany:
            Words("something is not as it should be", ja: "正しくない箇所があります")
        }
    }
}
