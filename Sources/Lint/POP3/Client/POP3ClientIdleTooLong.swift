import Conversation

/// The client says nothing for so long that the server may go, and it goes.
struct POP3ClientIdleTooLong: Rule {
    static let hears: RuleEvents = [.utterance, .ended]
    static let about = RuleDescription(
        id: "pop3.client.idle-too-long",
        title: Words("The client is idle until the server hangs up", ja: "サーバーが切断するまでクライアントが何も送らない"),
        severity: .note,
        side: .client,
        clause: "RFC 1939 §3",
        means: Words(
            """
            After ten minutes without a command a server may close the connection. What the client had marked with \
            DELE is not deleted then, and the mailbox was locked all the time.
            """,
            ja: """
                コマンドのないまま 10 分が過ぎると、サーバーは接続を閉じることができます。DELE で印を付けたメールは削除され\
                ず、その間メールボックスはロックされたままです。
                """),
        remedy: Words(
            """
            Let the client say QUIT as soon as it has its mail, and log in again for the next look; NOOP keeps a \
            session open while it is at work.
            """,
            ja: """
                クライアントはメールを受信したらすぐに QUIT を送り、次に確認するときにログインし直してください。処理中に接続を\
                保つには NOOP を使います。
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
            wait: 601
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
            wait: 300
            C: NOOP
            S: +OK
            wait: 301
            C: QUIT
            S: +OK bye
            end: server-closed
            """,
        dialects: [.pop3])

    /// Nanoseconds.
    private static let second: Int64 = 1_000_000_000
    /// A few less than the 600 of the clause: the clocks of the two begin at different moments.
    private static let limit = 595 * second

    /// When something was said last that was no farewell.
    private var active: Timestamp?
    private var farewell: Timestamp?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        if line.direction == .server, line.kind == .reply, pop3.asked == nil, pop3.greeting != nil {
            farewell = line.at
        } else {
            active = line.until
            farewell = nil
        }
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        guard let active, session.end == .closed(first: .server) || session.end == .reset(by: .server),
            pop3.isLoggedIn, !pop3.hasQuit, !pop3.wasCutOff, !session.hasGap
        else { return nil }
        let idle = (farewell ?? session.last).since(active)
        guard idle >= Self.limit else { return nil }
        let seconds = idle / Self.second
        let marked = pop3.deleted.count
        let lost =
            marked == 0
            ? Words("", ja: "")
            : Words(
                " What it had marked as deleted (\(marked)) is kept.", ja: "削除の印を付けた \(marked) 通は削除されません。")
        return finding(
            at: Place(at: session.last), in: session,
            means: Words(
                """
                The client had said nothing for \(seconds) seconds when the server closed the connection, as it may \
                after 600.\(lost.en)
                """,
                ja: """
                    クライアントが \(seconds) 秒間何も送らなかったため、サーバーは接続を閉じました。600 秒を過ぎれば認められる動\
                    作です。\(lost.ja)
                    """))
    }
}
