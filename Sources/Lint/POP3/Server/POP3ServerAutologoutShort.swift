import Conversation

/// The server hangs up on a client that is idle too soon, or with words.
struct POP3ServerAutologoutShort: Rule {
    static let hears: RuleEvents = [.utterance, .ended]
    static let about = RuleDescription(
        id: "pop3.server.autologout-short",
        title: Words("The server hangs up on an idle client too soon", ja: "無操作のクライアントを早く切断しすぎている"),
        severity: .error,
        side: .server,
        clause: "RFC 1939 §3",
        means: Words(
            """
            A server may hang up on a client that is idle for at least 10 minutes, without a word. \
            Nothing that was marked is deleted then, so that a user who takes a while sees the same \
            messages again; words are taken for the next answer.
            """,
            ja: """
                サーバーが無操作のクライアントを切断してよいのは 10 分以上たってからで、何も送らずに閉じます。切断されると削除の印は無効になるので、少し時間をかけた利用者には同じ\
                メールがまた届きます。切断時の文は次の応答と見なされます。
                """),
        remedy: Words(
            """
            Let the server wait for 10 minutes at least, and then close the connection and say nothing.
            """,
            ja: """
                サーバーの無操作タイムアウトを 10 分以上にし、時間が来たら何も送らずに接続を閉じてください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK logged in
            C: STAT
            S: +OK 0 0
            wait: 120
            end: server-closed
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK logged in
            C: STAT
            S: +OK 0 0
            wait: 601
            end: server-closed
            """,
        dialects: [.pop3])

    /// Nanoseconds.
    private static let second: Int64 = 1_000_000_000
    /// A few less than the 600 of the clause: the clocks of the two begin at different moments.
    private static let least = 595 * second
    /// A server that hangs up sooner does so for other reasons.
    private static let shortest = 10 * second

    private var active: Timestamp?
    /// What the server says unasked when the client is idle.
    private var farewell: Utterance?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        if line.direction == .server, line.kind == .reply, pop3.asked == nil, pop3.greeting != nil,
            !pop3.hasQuit
        {
            farewell = line
        } else if line.direction == .server || farewell == nil {
            // What the client says behind the farewell crossed it on its way.
            active = line.until
            farewell = nil
        }
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        guard let active, session.end == .closed(first: .server) || session.end == .reset(by: .server),
            pop3.isLoggedIn, !pop3.hasQuit || farewell != nil,
            !pop3.wasCutOff || farewell != nil,
            !session.hasGap
        else { return nil }
        let idle = (farewell?.at ?? session.last).since(active)
        guard idle >= Self.shortest else { return nil }
        let seconds = idle / Self.second
        if idle < Self.least {
            let marked = pop3.deleted.count
            let how = Words(
                farewell.map { "closed the connection with \(Quote.of($0))" } ?? "closed the connection without a word",
                ja: farewell.map { "\(Quote.of($0)) と送って接続を閉じました" } ?? "何も言わずに接続を閉じました")
            let lost = Words(
                marked == 0
                    ? ""
                    : " \(marked == 1 ? "The message" : "The \(marked) messages") marked as deleted \(marked == 1 ? "stays" : "stay"), since no QUIT was carried out.",
                ja: marked == 0 ? "" : "QUIT が実行されなかったので、削除の印を付けた \(marked) 通は残ります。")
            return finding(
                at: farewell.map { Place($0) } ?? Place(at: session.last), in: session,
                means: Words(
                    """
                    The client had said nothing for \(seconds) seconds, and the server \(how[.en]); it has to wait \
                    for 600 at least.\(lost[.en])
                    """,
                    ja: """
                        クライアントが \(seconds) 秒間何も送らなかっただけで、サーバーは\(how[.ja])。少なくとも 600 秒は待たなければなり\
                        ません。\(lost[.ja])
                        """))
        }
        guard let farewell else { return nil }
        return finding(
            at: Place(farewell), in: session, severity: .note,
            means: Words(
                """
                The server said \(Quote.of(farewell)) before it closed the connection of an idle client. It \
                is to say nothing: a client takes it for the answer to its next command.
                """,
                ja: """
                    サーバーは無操作のクライアントとの接続を閉じる前に \(Quote.of(farewell)) と送りました。クライアントが次のコマンドへの応答と見なすおそれがあるた\
                    め、何も送らずに閉じるべきです。
                    """))
    }
}
