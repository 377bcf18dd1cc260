import Conversation
import Message

/// More than is read.
struct MsgBeyondLimits: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.beyond-limits",
        title: Words("The message has more parts or fields than programs read", ja: "パートやフィールドが多すぎる"),
        severity: .note,
        side: .message,
        clause: "RFC 2046 §5.1; RFC 5322 §2.2",
        means: Words(
            """
            No RFC limits how deep parts are nested or how many fields a header has, and every program \
            does. What is beyond its limits a filter does not look into, and a reader does not show. \
            mailtee has judged what came before.
            """,
            ja: """
                パートの入れ子の深さやフィールドの数に RFC の上限はありませんが、どのソフトにも限度があります。\
                限度を超えた部分はフィルターに検査されず、表示もされません。mailtee はその手前までを調べました。
                """),
        remedy: Words(
            "Send less in one message, as an archive file or in several messages.",
            ja: """
                アーカイブファイルにまとめるか、複数のメッセージに分けて送ってください。
                """),
        violating: SampleMail.submitted(nested(MessageLimits.depth + 1)),
        conforming: SampleMail.submitted(nested(3)),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    /// A multipart in a multipart, and so on.
    private static func nested(_ depth: Int) -> [String] {
        var body = ["--b0"]
        for level in 1...depth { body += ["Content-Type: multipart/mixed; boundary=b\(level)", "", "--b\(level)"] }
        body += ["", "See you on Friday."] + (0...depth).reversed().map { "--b\($0)--" }
        return SampleMail.mail(type: "multipart/mixed; boundary=b0", body: body)
    }

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        let read = message.read
        guard let found = message.defects([.tooDeep, .tooManyParts, .headerBeyondLimit]) else { return nil }
        let what: Words =
            switch found.first.kind {
            case .tooDeep:
                Words(
                    """
                    Parts stand within parts to a depth of \(MessageLimits.depth) and more.
                    """, ja: "パートの入れ子が \(MessageLimits.depth) 段を超えています。")
            case .tooManyParts:
                Words(
                    """
                    The message has more than \(MessageLimits.parts) parts; \(read.partsBeyond) were not read.
                    """,
                    ja: """
                        パートが \(MessageLimits.parts) 個を超えています。\(read.partsBeyond) 個は読んでいません。
                        """)
            default:
                Words(
                    """
                    The header is bigger than is kept; \(read.fieldsBeyond) fields were not read.
                    """,
                    ja: """
                        ヘッダーが大きすぎます。\(read.fieldsBeyond) 個のフィールドは読んでいません。
                        """)
            }
        return finding(message, at: found.first.range, in: session, means: what)
    }
}
