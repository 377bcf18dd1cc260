import Conversation

/// The client speaks before the server has greeted it.
struct SMTPClientPregreet: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    static let about = RuleDescription(
        id: "smtp.client.pregreet",
        title: Words("The client speaks before the greeting", ja: "サーバーの挨拶を待たずに話し始めています"),
        severity: .warning,
        side: .client,
        clause: "RFC 5321 §4.3.1",
        means: Words(
            """
            The client is to wait until the server has greeted it with 220. Programs that send unwanted mail \
            do not wait, and servers know them by it: some greet late on purpose, and refuse whoever has \
            spoken before.
            """,
            ja: """
                クライアントはサーバーが 220 で挨拶するまで待つことになっています。迷惑メールを送るプログラム\
                は待たないことが多く、わざと挨拶を遅らせて、先に話し始めた相手を拒否するサーバーがあります。
                """),
        remedy: Words(
            "Let the client read the greeting to the end of its last line before it says EHLO.",
            ja: "EHLO を送る前に、挨拶を最後の行の終わりまで読むようにしてください。"),
        violating: """
            protocol: smtp
            C: EHLO client.example.com
            S: 220 mx.example.com ESMTP
            S: 250 mx.example.com
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    private var early: Utterance?
    private var isOver = false
    /// A line of the greeting was heard that is not its last; before what the client said early, too.
    private var isBegun = false
    private var isBegunBefore = false

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        if !isOver, line.direction == .server, line.isContinued { isBegun = true }
        guard !isOver, line.direction == .client, line.kind == .command else { return nil }
        isOver = true
        let isEarly = session.smtp.greeting.map { line.at < $0.at } ?? true
        // Where a record begins with STARTTLS, the 220 that follows is no greeting; a handshake is a matter of the port.
        if isEarly, session.command?.verb != "STARTTLS", SMTPVerbs.begins(line.bytes, in: session) {
            early = line
            isBegunBefore = isBegun
        }
        return nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let early, exchange.length > 0 else { return nil }
        self.early = nil
        let isFollowed = session.followsSMTP || session.smtp.greeting?.isPositive == false && !session.hasGap
        guard isFollowed, !exchange.offersEarlyPipelining else { return nil }
        if isBegunBefore {
            return finding(
                at: Place(early), in: session,
                means: Words(
                    """
                    The client said \(Quote.of(early)) in the middle of the server's greeting, which has more than one \
                    line: it took the first for all. Servers greet so to find out who does not wait, and refuse him later.
                    """,
                    ja: """
                        クライアントは、複数行の挨拶の途中で \(Quote.of(early)) と話し始めました。最初の行をすべてだと思っています。\
                        待たない相手を見分けるためにこう挨拶し、後で拒否するサーバーがあります。
                        """))
        }
        return finding(
            at: Place(early), in: session,
            means: Words(
                """
                The client said \(Quote.of(early)) before the server had greeted it. Servers that watch for this \
                take it for a sender of unwanted mail.
                """,
                ja: """
                    クライアントは、サーバーが挨拶する前に \(Quote.of(early)) と話し始めました。これを監視している\
                    サーバーからは迷惑メールの送信者とみなされます。
                    """))
    }
}
