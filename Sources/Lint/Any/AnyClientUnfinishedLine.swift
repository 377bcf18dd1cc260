import Conversation

/// The client's last bytes have no line end, and it waits for an answer.
struct AnyClientUnfinishedLine: Rule {
    static let hears: RuleEvents = [.utterance, .messageBytes, .ended]
    static let about = RuleDescription(
        id: "any.client-unfinished-line",
        title: Words("The client's last line has no line end", ja: "クライアントの最後の行に行末がない"),
        severity: .error,
        side: .client,
        clause: Clause(smtp: "RFC 5321 §2.3.8", pop3: "RFC 1939 §3", imap: "RFC 9051 §2.2"),
        means: Words(
            """
            A line ends with CR LF, and before these are there it is no command. The server waits for the rest of it, \
            and the client for an answer, until one of the two gives up.
            """,
            ja: """
                行は CR LF で終わり、それが届くまでコマンドになりません。サーバーは行の残りを、クライアントは応答を待ち、\
                どちらかがあきらめるまで止まります。
                """),
        remedy: Words(
            """
            Let the client send CR LF behind each command, the last one too, and behind each step of a login; then \
            look whether what it wrote last is flushed.
            """,
            ja: """
                クライアントは最後のコマンドや認証の応答も含め、すべての行の後に CR LF を送ってください。書き込んだものが\
                バッファーに残っていないかも確認してください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: CAPA
            S: -ERR unknown command
            C: QUIT\\c
            wait: 30
            end: client-closed
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: CAPA
            S: -ERR unknown command
            C: QUIT
            wait: 3
            S: +OK bye
            end: client-closed
            """,
        explains: [
            AnyNoAnswer.self, SMTPServerIdleCut.self, POP3ServerAutologoutShort.self, IMAPServerAutologout.self,
            SMTPClientNoQuit.self, POP3ClientNoQUIT.self, POP3ClientDELENoQUIT.self, IMAPClientNoLogout.self,
        ])

    private var last = UnfinishedLine(.client)
    private var hasServerSpoken = false

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        last.hear(line, in: session)
        if line.direction == .server { hasServerSpoken = true }
        return nil
    }

    mutating func messageBytes(
        _ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at time: Timestamp, in session: SessionSoFar
    ) -> Finding? {
        last.hear(bytesFrom: direction, at: time)
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        // Who is not greeted does not wait for the end of a line.
        guard hasServerSpoken, let found = last.found(in: session), let end = session.end else { return nil }
        let what =
            found.endsWithCR
            ? Words(
                "end with CR alone, and the LF that belongs to it does not follow", ja: "は CR だけで終わり、続くはずの LF がありません")
            : Words("have no line end (CR LF) behind them", ja: "の後に行末 (CR LF) がありません")
        let until =
            found.givesUp.map { Words("the server gave up with \(Quote.of($0))", ja: "サーバーが \(Quote.of($0)) と告げる") }
            ?? end.untilWords
        return finding(
            at: Place(found.line), in: session,
            means: Words(
                """
                The last bytes of the client, \(found.quote), \(what.en). For the server that line is not over, and \
                it does nothing yet: both waited \(found.seconds) seconds for each other, until \(until.en).
                """,
                ja: """
                    クライアントの最後のバイト列 \(found.quote) \(what.ja)。サーバーにとって行はまだ終わっておらず、何も\
                    実行されません。\(until.ja)まで、双方が \(found.seconds) 秒間待ち合っていました。
                    """))
    }
}
