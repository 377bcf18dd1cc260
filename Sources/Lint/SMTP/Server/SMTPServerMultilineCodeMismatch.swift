import Conversation

/// The lines of one reply have different codes.
struct SMTPServerMultilineCodeMismatch: Rule {
    static let hears: RuleEvents = [.utterance, .lost, .agreedOnTLS]
    static let about = RuleDescription(
        id: "smtp.server.multiline-code-mismatch",
        title: Words("The lines of one reply have different codes", ja: "一つの応答の中で行ごとにコードが違う"),
        severity: .error,
        side: .server,
        clause: "RFC 5321 §4.2.1",
        means: Words(
            """
            All lines of a reply carry the same code, and a client may go by any of them. Where they differ one client \
            takes the mail for accepted and another for refused.
            """,
            ja: """
                複数行の応答ではすべての行に同じコードを付けます。クライアントはどの行のコードを見てもよいので、食い違うと、\
                受理とみなすクライアントと拒否とみなすクライアントが出てきます。
                """),
        remedy: Words(
            "Let the server write one code on all lines of a reply, also where the text comes from a filter or script.",
            ja: """
                一つの応答のすべての行に同じコードを付けてください。フィルターやスクリプトが作る文でも同じです。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 220 SIZE 10240000
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 SIZE 10240000
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp],
        explains: [SMTPServerCodeForPhase.self])

    private var open = OpenReply()

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard let before = open.hear(line, in: session), !before.isInterrupted else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                After \(Quote.of(before.line)) the same reply went on with \(Quote.of(line)). Which code counts is \
                for each client to guess.
                """,
                ja: """
                    \(Quote.of(before.line)) の後、同じ応答が \(Quote.of(line)) と続きました。どちらのコードが有効かは\
                    クライアントの推測しだいです。
                    """))
    }

    mutating func agreedOnTLS(at time: Timestamp, in session: SessionSoFar) -> Finding? {
        open.reset()
        return nil
    }

    mutating func lost(_ direction: Direction, count: UInt64, at time: Timestamp, in session: SessionSoFar) -> Finding?
    {
        open.reset()
        return nil
    }
}
