import Conversation

/// A line of a reply ends in LF alone.
struct SMTPServerBareLF: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "smtp.server.bare-lf",
        title: Words(
            "The server ends a line of a reply with LF alone", ja: "サーバーが応答の行を LF だけで終えている"),
        severity: .error,
        side: .server,
        clause: "RFC 5321 §2.3.8",
        means: Words(
            """
            Lines end in CR LF and in nothing else. A client that keeps to this goes on waiting for the end of the \
            line, and the session hangs until it gives up.
            """,
            ja: """
                行末は必ず CR LF です。仕様どおりに行末を待つクライアントは応答が終わったと判断できず、タイムアウトまで\
                止まってしまいます。
                """),
        remedy: Words(
            "Let the server write CR LF at the end of each line, also where a script or a library makes the text.",
            ja: "サーバーが書くすべての行の終わりを CR LF にしてください。スクリプトやライブラリーが作る文も同じです。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com\\x0A\\c
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp])

    private var lines = ReplyLines()

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard lines.isReply(line, in: session), line.end == .lf else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The server's line \(Quote.of(line)) ends in LF without CR before it. A client that waits for CR LF \
                does not see the end of it.
                """,
                ja: """
                    サーバーの行 \(Quote.of(line)) は CR なしの LF で終わっています。CR LF を待つクライアントには行の終わりが\
                    見えません。
                    """))
    }
}
