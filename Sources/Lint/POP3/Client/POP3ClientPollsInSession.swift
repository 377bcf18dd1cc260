import Conversation

/// It looks for new mail in a session in which none can show.
struct POP3ClientPollsInSession: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "pop3.client.polls-in-session",
        title: Words("The client waits for new mail within a session", ja: "セッションを開いたまま新着を待っている"),
        severity: .warning,
        side: .client,
        clause: "RFC 1939 §3, §8",
        means: Words(
            """
            What messages there are is fixed when a session begins: what comes in later shows only in the next one. A \
            client that asks again and again never sees new mail, and keeps the mailbox locked meanwhile.
            """,
            ja: """
                メールの一覧はセッションの開始時に固定され、その後に届いたものは次のセッションでしか見えません。同じセッションで何度尋ね\
                ても新着は現れず、その間メールボックスはロックされたままです。
                """),
        remedy: Words(
            "Let the client QUIT and log in anew each time it looks, every few minutes at most.",
            ja: "確認のたびに QUIT してログインし直してください(数分以上の間隔で)。"),
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
            S: +OK 2 300
            wait: 60
            C: STAT
            S: +OK 2 300
            wait: 60
            C: STAT
            S: +OK 2 300
            C: QUIT
            S: +OK bye
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
            S: +OK 2 300
            wait: 60
            C: NOOP
            S: +OK
            C: STAT
            S: +OK 2 300
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    /// Nanoseconds: who asks again sooner has another reason.
    private static let pause: Int64 = 10_000_000_000

    /// The last STAT, and how many there were after such pauses with nothing but NOOP between.
    private var last: (at: Timestamp, count: Int)?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.verb != "NOOP" else { return nil }
        guard exchange.verb == "STAT", session.followsPOP3, exchange.replies.last?.code == "+OK" else {
            last = nil
            return nil
        }
        let isPolled = last.map { exchange.asked.since($0.at) >= Self.pause } ?? false
        let count = isPolled ? (last?.count ?? 0) + 1 : 1
        last = (exchange.asked, count)
        guard count == 3 else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The client asked for STAT three times, some time apart, and for nothing else between. What it is told \
                cannot change before it logs in anew.
                """,
                ja: """
                    クライアントは間をおいて STAT を 3 回送り、その間ほかのことは何もしていません。ログインし直すまで、答えは変わりませ\
                    ん。
                    """))
    }
}
