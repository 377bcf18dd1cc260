import Conversation
import Message

/// A parameter that is not encoded by RFC 2231.
struct MsgParam2231: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.param-2231",
        title: Words("A name of a file is not encoded as parameters are", ja: "ファイル名の符号化がパラメーターの規則に合わない"),
        severity: .warning,
        side: .message,
        clause: "RFC 2231 §3; RFC 2231 §4; RFC 2047 §5",
        means: Words(
            """
            A file name outside ASCII is written as `filename*=utf-8''%E8%AD%B0…`, in numbered pieces where \
            it is long. An encoded word `=?utf-8?B?…?=` is forbidden there, though many write it; readers \
            that go by the RFC show it as it stands. Where a piece or the charset is missing the name is \
            cut or garbled.
            """,
            ja: """
                ASCII 以外のファイル名は `filename*=utf-8''%E8%AD%B0…` のように書き、長い場合は番号を付けて分割\
                します。`=?utf-8?B?…?=` の形は(よく使われますが)禁じられており、RFC に忠実なソフトではそのまま表\
                示されます。断片や charset が欠けると名前が切れたり化けたりします。
                """),
        remedy: Words(
            """
            Write the name by RFC 2231, and beside it a plain `filename="…"` in ASCII for old readers.
            """,
            ja: """
                RFC 2231 に従って書き、古いソフトのために ASCII だけの `filename="…"` を併記してください。
                """),
        violating: SampleMail.submitted(
            SampleMail.mail(more: ["Content-Disposition: attachment; filename=\"=?utf-8?B?6K2w5LqL6Yyy?=.txt\""])),
        conforming: SampleMail.submitted(
            SampleMail.mail(more: ["Content-Disposition: attachment; filename*=utf-8''%E8%AD%B0.txt"])),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard let found = message.defects([.parameterGap, .parameterWithoutCharset, .encodedWordInParameter]) else {
            return nil
        }
        let value = Quote.of(found.first.detail)
        let what: Words =
            switch found.first.kind {
            case .parameterGap:
                Words(
                    "A piece is missing before \(value). What follows it is lost.",
                    ja: "\(value) の前の断片が欠けています。以降は失われます。")
            case .parameterWithoutCharset:
                Words(
                    "\(value) is percent-encoded and does not say in which charset.",
                    ja: "\(value) は % で符号化されていますが、文字セットの指定がありません。")
            default:
                Words(
                    """
                    \(value) is an encoded word, which a parameter may not have. Some readers show it as it stands.
                    """,
                    ja: """
                        \(value) はパラメーターに使えない encoded-word です。そのまま表示するソフトがあります。
                        """)
            }
        return finding(message, at: found.first.range, more: found.more, in: session, means: what)
    }
}
