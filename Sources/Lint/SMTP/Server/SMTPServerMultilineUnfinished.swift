import Conversation

/// A reply of several lines has no last one.
struct SMTPServerMultilineUnfinished: Rule {
    static let hears: RuleEvents = [.utterance, .lost, .agreedOnTLS, .handshake, .ended]
    static let about = RuleDescription(
        id: "smtp.server.multiline-unfinished",
        title: Words("A reply of several lines never ends", ja: "複数行の応答が終わっていない"),
        severity: .error,
        side: .server,
        clause: "RFC 5321 §4.2.1",
        means: Words(
            """
            A hyphen behind the code says that more lines of this reply follow; the last line has a space there. \
            Without it the client goes on waiting, and in the end hangs up.
            """,
            ja: """
                コードの直後のハイフンは「この応答には続きの行がある」という意味で、最後の行では空白にします。最後の行が\
                来ないとクライアントは待ち続け、やがて接続を切ります。
                """),
        remedy: Words(
            "Write a space, not a hyphen, between the code and the text of the last line of each reply.",
            ja: "応答の最後の行では、コードの後にハイフンではなく空白を置いてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250-SIZE 10240000
            end: server-closed
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 SIZE 10240000
            C: QUIT
            S: 221 mx.example.com closing
            end: server-closed
            """,
        dialects: [.smtp, .lmtp],
        explains: [SMTPServerNoReply.self, SMTPServerClosesWithout421.self, SMTPServerIdleCut.self])

    private var open = OpenReply()

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard let before = open.hear(line, in: session), before.isInterrupted else { return nil }
        return finding(
            at: Place(before.line), in: session,
            means: Words(
                """
                The server's line \(Quote.of(before.line)) promised more of the reply; what it said next is another one: \
                \(Quote.of(line)). A client waits for the rest until then.
                """,
                ja: """
                    サーバーの行 \(Quote.of(before.line)) は応答に続きがあることを示していますが、次に言ったのは別の応答 \
                    \(Quote.of(line)) でした。クライアントはそれまで続きを待ちます。
                    """))
    }

    mutating func agreedOnTLS(at time: Timestamp, in session: SessionSoFar) -> Finding? {
        open.reset()
        return nil
    }

    mutating func handshake(_ facts: TLSFacts, at time: Timestamp, in session: SessionSoFar) -> Finding? {
        open.reset()
        return nil
    }

    mutating func lost(_ direction: Direction, count: UInt64, at time: Timestamp, in session: SessionSoFar) -> Finding?
    {
        open.reset()
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard let line = open.line, !session.hasGap, session.wasEndedByPeer else { return nil }
        // Who hangs up in the middle of a reply does not know how it ends.
        let seconds = session.last.since(line.until) / 1_000_000_000
        guard session.wasEndedByServer || seconds >= Self.patience else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The last that the server said is \(Quote.of(line)), which promises more of the same reply. The \
                session ended without it.
                """,
                ja: """
                    サーバーの最後の行 \(Quote.of(line)) は応答に続きがあることを示していますが、続きのないままセッションが\
                    終わりました。
                    """))
    }

    /// Seconds. Between two lines of one reply no server takes so long.
    private static let patience: Int64 = 60
}
