import Conversation
import Message
import Wire

/// Text outside ASCII stands raw in the header.
struct MsgHeaderRawJIS: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.header-raw-jis",
        title: Words("A header field has raw text outside ASCII", ja: "ヘッダーに符号化されていない非 ASCII の文字がある"),
        severity: .error,
        side: .message,
        clause: "RFC 5322 §2.2; RFC 2047 §1; RFC 6532 §3",
        means: Words(
            """
            A header has printable ASCII only; other letters stand in encoded words such as \
            `=?ISO-2022-JP?B?…?=`. Raw UTF-8 is allowed where the client says SMTPUTF8. Raw bytes of \
            another charset name no charset, and escape sequences of ISO-2022-JP hide brackets and quotes: \
            subject and names show as garbage, and addresses are taken apart wrongly.
            """,
            ja: """
                ヘッダーには印字可能な ASCII だけを書き、ほかの文字は `=?ISO-2022-JP?B?…?=` のような encoded-wor\
                d にします。生の UTF-8 は SMTPUTF8 を指定したときだけ使えます。ほかの文字セットの生のバイトには\
                文字セットの指定がなく、ISO-2022-JP のエスケープシーケンスには括弧や引用符のバイトが紛れ込むため、\
                件名や名前が文字化けし、アドレスも誤って解釈されます。
                """),
        remedy: Words(
            """
            Encode text in header fields by RFC 2047, with the charset that it is in.
            """,
            ja: """
                ヘッダーの文字は RFC 2047 に従い、実際の文字セットで符号化してください。
                """),
        violating: SampleMail.submitted(SampleMail.mail(subject: "Caf\\xE9 on Friday?"), parameters: " BODY=8BITMIME"),
        conforming: SampleMail.submitted(
            SampleMail.mail(subject: "Caf\\xC3\\xA9 on Friday?"), parameters: " BODY=8BITMIME SMTPUTF8"),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard let found = message.defects([.eightBitHeader, .escapeInHeader]) else { return nil }
        var worst: (severity: Severity, field: HeaderField)?
        var count: UInt64 = 0
        for part in message.read.parts where message.isOwn(part.index) {
            guard found.first.part <= part.index else { continue }
            for field in part.fields {
                guard let severity = Self.severity(field, message, session) else { continue }
                count += 1
                if let worst, worst.severity >= severity { continue }
                worst = (severity, field)
            }
        }
        guard let worst else { return nil }
        return finding(
            message, at: worst.field.range, more: count - 1, in: session, severity: worst.severity,
            means: Self.what(worst.field))
    }

    /// nil: nothing is raw in it, or what is may be.
    private static func severity(_ field: HeaderField, _ message: HeardMessage, _ session: SessionSoFar) -> Severity? {
        var isEightBit = false
        var isEscaped = false
        for byte in field.value {
            if byte >= 0x80 { isEightBit = true }
            if byte == Byte.escape { isEscaped = true }
        }
        if isEscaped { return isEightBit ? .error : .warning }
        guard isEightBit else { return nil }
        guard field.value.isUTF8 || field.bytesBeyond > 0 else { return .error }
        // Elsewhere nothing says that the message may not be one of RFC 6532.
        guard message.road(in: session).isSMTP, let transaction = session.smtp.transaction else { return nil }
        return transaction.parameter("SMTPUTF8") == nil ? .error : nil
    }

    private static func what(_ field: HeaderField) -> Words {
        let name = field.nameQuote
        if field.value.contains(Byte.escape) {
            return Words(
                """
                The field \(name) has escape sequences as they are: \(field.quote). Readers may show them as \
                garbage.
                """,
                ja: """
                    フィールド \(name) にエスケープシーケンスがそのまま含まれています: \(field.quote)。文字化けして\
                    表示されることがあります。
                    """)
        }
        if field.value.isUTF8 {
            return Words(
                """
                The field \(name) has raw UTF-8, and the client did not say SMTPUTF8: \(field.quote).
                """,
                ja: """
                    フィールド \(name) に生の UTF-8 がありますが、クライアントは SMTPUTF8 を指定していません: \
                    \(field.quote)。
                    """)
        }
        guard let guess = CharsetGuess(field.value).likeliest?.charset.preferredName else {
            return Words(
                """
                The field \(name) has raw bytes above 127 that are not UTF-8: \(field.quote).
                """,
                ja: """
                    フィールド \(name) に、UTF-8 でもない 127 を超える生のバイトがあります: \(field.quote)。
                    """)
        }
        return Words(
            """
            The field \(name) has raw bytes above 127 that look like \(guess): \(field.quote).
            """,
            ja: """
                フィールド \(name) に、\(guess) と思われる 127 を超える生のバイトがあります: \(field.quote)。
                """)
    }
}
