import Conversation
import Message

/// A field that may be there once is there twice.
struct MsgDuplicateField: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.duplicate-field",
        title: Words("A header field is there twice that may be there once", ja: "一度しか書けないフィールドが重複している"),
        severity: .error,
        side: .message,
        clause: "RFC 5322 §3.6; RFC 2045 §3",
        means: Words(
            """
            From, To, Subject, Date, Message-ID and their like may stand in a header once. Of two that \
            differ one program shows the first and another the last, which lets a message pass a filter as \
            one thing and be read as another; signatures (DKIM) can break as well.
            """,
            ja: """
                From、To、Subject、Date、Message-ID などはヘッダーに一度しか書けません。二つあると、最初を使うプ\
                ログラムと最後を使うプログラムがあり、フィルターが見たものと読者が見るものが食い違います。DKIM \
                署名が無効になることもあります。
                """),
        remedy: Words(
            """
            Write each of these fields once; several addresses stand in one To or Cc, with commas between \
            them.
            """,
            ja: """
                これらのフィールドはそれぞれ一度だけ書いてください。複数の宛先は一つの To や Cc にコンマで区切っ\
                て書きます。
                """),
        violating: SampleMail.submitted(SampleMail.mail(more: ["Subject: Minutes, second try"])),
        conforming: SampleMail.submitted(SampleMail.mail(more: ["Comments: first", "Comments: second"])),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    /// With what the present grammar allows once (RFC 5322 §3.6), and the MIME fields.
    private static let single: [StaticString] = [
        "FROM", "TO", "CC", "BCC", "SUBJECT", "DATE", "MESSAGE-ID", "SENDER", "REPLY-TO", "IN-REPLY-TO", "REFERENCES",
        "MIME-VERSION", "CONTENT-TYPE", "CONTENT-TRANSFER-ENCODING",
    ]
    private static let firstOfMIME = 11

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard message.read.hasHeader else { return nil }
        var firsts = [HeaderField?](repeating: nil, count: Self.single.count)
        var found: (index: Int, first: HeaderField, second: HeaderField)?
        var count: UInt64 = 0
        for field in message.read.fields {
            guard let index = Self.single.firstIndex(where: { field.isNamed($0) }) else { continue }
            if let first = firsts[index] {
                count += 1
                if found == nil || index < Self.firstOfMIME && (found?.index ?? 0) >= Self.firstOfMIME {
                    found = (index, first, field)
                }
            } else {
                firsts[index] = field
            }
        }
        guard let found else { return nil }
        return finding(
            message, at: found.second.range, more: count - 1, in: session,
            severity: found.index < Self.firstOfMIME ? .error : .warning,
            means: Words(
                """
                The header has \(found.first.quote) and, a second time, \(found.second.quote). Which of them \
                counts depends on who reads.
                """,
                ja: """
                    ヘッダーに \(found.first.quote) があり、さらに \(found.second.quote) があります。どちらが有効に\
                    なるかは読み手のソフトによって異なります。
                    """))
    }
}
