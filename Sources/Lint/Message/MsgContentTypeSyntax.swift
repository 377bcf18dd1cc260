import Conversation
import Message

/// A MIME field that cannot be read.
struct MsgContentTypeSyntax: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.content-type-syntax",
        title: Words("A Content-Type or Content-Disposition cannot be read as one", ja: "Content-Type などの書式が正しくない"),
        severity: .warning,
        side: .message,
        clause: "RFC 2045 §5.1; RFC 2045 §5.2; RFC 2183 §2",
        means: Words(
            """
            These fields are a word or two, such as `text/plain`, and parameters `name=value` behind \
            semicolons; a value with blanks or other specials stands in quotes. What is otherwise readers \
            guess at: the part is shown as plain text, or its file gets half a name.
            """,
            ja: """
                これらのフィールドは `text/plain` のような語と、セミコロンで区切った `名前=値` からなり、空白や\
                特殊文字を含む値は引用符で囲みます。そうでないと推測に頼ることになり、ただのテキストとして表示さ\
                れたり、ファイル名が途中で切れたりします。
                """),
        remedy: Words(
            """
            Write `type/subtype`, each parameter as `name="value"`, and a semicolon between them.
            """,
            ja: """
                `type/subtype` と `name="value"` をセミコロンで区切って書いてください。
                """),
        violating: SampleMail.submitted(SampleMail.mail(type: "text; charset=utf-8")),
        conforming: SampleMail.submitted(SampleMail.mail(type: "text/plain; charset=\"utf-8\"; format=flowed")),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard message.read.hasHeader, !message.read.defects.isEmpty else { return nil }
        let found = message.read.defects.filter { defect in
            guard defect.kind == .contentTypeSyntax || defect.kind == .parameterSyntax, message.isOwn(defect.part)
            else {
                return false
            }
            // A boundary without quotes is told by another rule.
            return !message.read.defects.contains {
                $0.kind == .boundaryUnquoted && $0.part == defect.part && defect.count == 1
                    && $0.detail.starts(with: defect.detail)
            }
        }
        guard let first = found.first else { return nil }
        let part = message.read.title(of: first.part)
        let count = found.reduce(UInt64(0)) { $0 &+ $1.count }
        return finding(
            message, at: first.range, more: count &- 1, in: session,
            means: first.kind == .contentTypeSyntax
                ? Words(
                    """
                    The Content-Type of \(part.en) begins with \(Quote.of(first.detail)), which is no \
                    `type/subtype`. It is taken for text/plain.
                    """,
                    ja: """
                        \(part.ja)の Content-Type の先頭 \(Quote.of(first.detail)) は `type/subtype` の形ではありません。\
                        text/plain と見なされます。
                        """)
                : Words(
                    """
                    A field of \(part.en) has \(Quote.of(first.detail)), which is no `name=value`, needs quotes, or \
                    is there twice.
                    """,
                    ja: """
                        \(part.ja)のフィールドにある \(Quote.of(first.detail)) は、`名前=値` の形でないか、引用符が必要\
                        か、重複しています。
                        """))
    }
}
