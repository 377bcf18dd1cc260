import Conversation
import Message
import Wire

/// The boundary of a multipart.
struct MsgBoundary: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.boundary",
        title: Words("The parts of a multipart are not marked as they have to be", ja: "multipart の境界が正しくない"),
        severity: .error,
        side: .message,
        clause: "RFC 2046 §5.1.1; RFC 2045 §5.1",
        means: Words(
            """
            A multipart names in `boundary` the line that stands before each of its parts, of at most 70 \
            characters, and once more with two hyphens behind the last. Where name and lines do not fit \
            readers find no parts or the wrong ones: text and attachments vanish or run into each other.
            """,
            ja: """
                multipart は、各パートの前に置く行を `boundary` で(70 文字以内で)示し、最後のパートの後には末尾\
                にハイフン二つを付けた行を置きます。名前と行が合わないとパートを見分けられず、本文や添付ファイル\
                が消えたり混ざったりします。
                """),
        remedy: Words(
            """
            Let a MIME library write the parts: `boundary="…"` in quotes, `--…` before each part and \
            `--…--` behind the last.
            """,
            ja: """
                MIME ライブラリに任せてください。`boundary="…"` を引用符で囲み、各パートの前に `--…`、最後に `--\
                …--` を置きます。
                """),
        violating: SampleMail.submitted(
            SampleMail.mail(type: "multipart/mixed; boundary=frontier", body: ["--frontier", "", "See you on Friday."])),
        conforming: SampleMail.submitted(
            SampleMail.mail(
                type: "multipart/mixed; boundary=frontier",
                body: ["--frontier", "", "See you on Friday.", "--frontier--"])),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    private static let grave: Set<MessageDefect.Kind> = [
        .boundaryMissing, .boundaryAbsent, .boundaryNotClosed, .boundaryTooLong,
    ]

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        let grave = message.defects(Self.grave)
        guard let found = grave ?? message.defects([.boundaryBadByte, .boundaryUnquoted]) else { return nil }
        // It is there, on a line that was not folded well: that line is told of.
        if found.first.kind == .boundaryMissing,
            message.defects([.noEmptyLine, .lineWithoutColon])?.first.detail.isBoundaryParameter == true
        {
            return nil
        }
        let line = Quote.of(found.first.detail)
        let what: Words =
            switch found.first.kind {
            case .boundaryMissing:
                Words(
                    """
                    A multipart has no boundary: its Content-Type is \(line). Where its parts begin cannot be told.
                    """,
                    ja: """
                        multipart に boundary がありません(Content-Type は \(line))。パートの始まりが分かりません。
                        """)
            case .boundaryAbsent:
                Words(
                    """
                    The boundary of a multipart is \(line), and no line of its body is that. It has no parts.
                    """,
                    ja: """
                        multipart の boundary は \(line) ですが、本文にその行がありません。パートが一つもないことになり\
                        ます。
                        """)
            case .boundaryNotClosed:
                Words(
                    """
                    The multipart with the boundary \(line) is not closed: the line with two hyphens behind it is \
                    missing. Whether something was cut off cannot be told.
                    """,
                    ja: """
                        boundary が \(line) の multipart が閉じられていません。末尾にハイフン二つを付けた行がなく、途中\
                        で切れたのかどうか分かりません。
                        """)
            case .boundaryTooLong:
                Words("The boundary \(line) is longer than 70 characters.", ja: "boundary の \(line) は 70 文字を超えています。")
            case .boundaryUnquoted:
                Words(
                    """
                    The boundary \(line) has characters for which it needs quotes, and has none.
                    """,
                    ja: """
                        boundary の \(line) には引用符が必要な文字がありますが、引用符がありません。
                        """)
            default:
                Words(
                    """
                    The boundary \(line) has a character that no boundary may have, or ends with a blank.
                    """, ja: "boundary の \(line) に使えない文字があるか、末尾が空白です。")
            }
        return finding(
            message, at: found.first.range, more: found.more, in: session,
            severity: grave == nil ? .warning : .error, means: what)
    }
}

extension Array where Element == UInt8 {
    fileprivate var isBoundaryParameter: Bool {
        ASCII.equal(drop { $0.isBlank }.prefix(9), "BOUNDARY=")
    }
}
