import Conversation
import Message

/// A line of the header is no field.
struct MsgHeaderSyntax: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.header-syntax",
        title: Words("A line of the header is no field", ja: "ヘッダーにフィールドでない行がある"),
        severity: .error,
        side: .message,
        clause: "RFC 5322 §2.2; RFC 5322 §4.5",
        means: Words(
            """
            A header is made of lines `Name: value` and of lines that go on with the one before, which \
            begin with a blank. At any other line most programs stop and take the rest of the header for \
            text: subject, sender and MIME type are lost, and the reader sees them in the body.
            """,
            ja: """
                ヘッダーは `名前: 値` の行と、その続きである空白で始まる行からなります。それ以外の行があると、多\
                くのソフトはそこでヘッダーが終わったと見なします。以降の件名や差出人、MIME の種別は失われ、本文\
                に表示されます。
                """),
        remedy: Words(
            """
            Let the program write a colon right behind each name, use printable ASCII without blanks in \
            names, and begin a line that goes on with a blank.
            """,
            ja: """
                名前の直後にコロンを書き、名前には空白を含まない印字可能な ASCII だけを使い、続きの行は空白で始\
                めるようにしてください。
                """),
        violating: SampleMail.submitted(SampleMail.mail(more: ["X-Note to myself", "X-Mailer: Example 1.0"])),
        conforming: SampleMail.submitted(SampleMail.mail(more: ["X-Note: to", "\tmyself", "X-Mailer: Example 1.0"])),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    private static let kinds: Set<MessageDefect.Kind> = [
        .lineWithoutColon, .badFieldName, .continuationFirst, .blankBeforeColon,
    ]

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard let found = message.defects(Self.kinds) else { return nil }
        // Old programs did so, and RFC 5322 §4.5 lets them be read.
        let isObsolete = found.first.kind == .blankBeforeColon
        // A line that mailbox files have is told as such.
        if found.count == 1, MsgMboxLine.isMboxLine(found.first) { return nil }
        let line = Quote.of(found.first.detail)
        let what: Words =
            switch found.first.kind {
            case .lineWithoutColon:
                Words("The line \(line) of the header has no colon.", ja: "ヘッダーの行 \(line) にコロンがありません。")
            case .badFieldName:
                Words(
                    """
                    The line \(line) of the header has a blank or another byte in its name that no name may have.
                    """, ja: "ヘッダーの行 \(line) の名前に、空白など使えないバイトがあります。")
            case .continuationFirst:
                Words(
                    """
                    The header begins with \(line), which goes on with a line that is not there.
                    """, ja: "ヘッダーが、続きの行である \(line) から始まっています。")
            default:
                Words("Blanks stand between the name \(line) and its colon.", ja: "フィールド名 \(line) とコロンの間に空白があります。")
            }
        return finding(
            message, at: found.first.range, more: found.more, in: session, severity: isObsolete ? .warning : .error,
            means: Words(
                """
                \(what.en) Programs may stop there and show the rest of the header as text.
                """,
                ja: """
                    \(what.ja)ここでヘッダーが終わったと見なされ、残りが本文に表示されることがあります。
                    """))
    }
}
