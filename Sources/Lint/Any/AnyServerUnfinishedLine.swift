import Conversation

/// The server's last bytes have no line end, and the client waits for the rest.
struct AnyServerUnfinishedLine: Rule {
    static let hears: RuleEvents = [.utterance, .messageBytes, .ended]
    static let about = RuleDescription(
        id: "any.server-unfinished-line",
        title: Words("A line of the server's has no line end", ja: "サーバーの行に行末がない"),
        severity: .error,
        side: .server,
        clause: Clause(smtp: "RFC 5321 §2.3.8", pop3: "RFC 1939 §3", imap: "RFC 9051 §2.2"),
        means: Words(
            """
            A line ends with CR LF. A client reads up to that: without it the greeting or the answer is not there \
            for it, however much of it can be seen, and it waits.
            """,
            ja: """
                行は CR LF で終わり、クライアントはそこまで読みます。行末がなければ、あいさつや応答がどれだけ届いていても\
                クライアントにはまだ届いていないのと同じで、待ち続けます。
                """),
        remedy: Words(
            """
            Let the server send CR LF behind each line, its greeting and its challenges too; then look whether \
            what it wrote last is flushed.
            """,
            ja: """
                サーバーはあいさつや認証のチャレンジも含め、すべての行の後に CR LF を送ってください。書き込んだものが\
                バッファーに残っていないかも確認してください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready\\c
            wait: 30
            end: client-closed
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            wait: 30
            end: client-closed
            """,
        explains: [
            AnyNoAnswer.self, POP3ServerMissingBody.self, POP3ServerNoTerminator.self, SMTPServerNoReply.self,
            SMTPServerMultilineUnfinished.self, IMAPServerNoTaggedReply.self,
        ])

    private var last = UnfinishedLine(.server)
    private var said: Utterance?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        last.hear(line, in: session)
        guard line.direction == .server else {
            said = line
            return nil
        }
        // The client went on at last, and what the server says next ends the line.
        guard let said, line.end != .none, line.kind != .line || session.dialect != .imap, session.layer != .agreed,
            !session.hasGap, line.at < said.at, said.at.since(line.at) >= UnfinishedLine.patience, said.at <= line.until
        else { return nil }
        let seconds = said.at.since(line.at) / 1_000_000_000
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The server's line \(Quote.of(line)) was begun, and \(seconds) seconds later, when the client spoke \
                again, its end (CR LF) had not come: two answers stand in one line, and the first was none for the \
                client.
                """,
                ja: """
                    サーバーの行 \(Quote.of(line)) は、書き始めから \(seconds) 秒後にクライアントが次を送った時点でも\
                    行末 (CR LF) がありませんでした。二つの応答が 1 行につながり、最初の応答はクライアントに通じていません。
                    """))
    }

    mutating func messageBytes(
        _ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at time: Timestamp, in session: SessionSoFar
    ) -> Finding? {
        last.hear(bytesFrom: direction, at: time)
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard let found = last.found(in: session), let end = session.end else { return nil }
        let what =
            found.endsWithCR
            ? Words(
                "end with CR alone, and the LF that belongs to it does not follow", ja: "は CR だけで終わり、続くはずの LF がありません")
            : Words("have no line end (CR LF) behind them", ja: "の後に行末 (CR LF) がありません")
        return finding(
            at: Place(found.line), in: session,
            means: Words(
                """
                The last bytes of the server, \(found.quote), \(what.en). For the client that line is not over: it \
                waited \(found.seconds) seconds for the rest, until \(end.untilWords.en).
                """,
                ja: """
                    サーバーの最後のバイト列 \(found.quote) \(what.ja)。クライアントにとって行はまだ終わっておらず、\
                    \(end.untilWords.ja)まで \(found.seconds) 秒間残りを待っていました。
                    """))
    }
}
