import Conversation

/// It offers PIPELINING and answers none of the commands that came together.
struct SMTPServerRepliesHeld: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.replies-held",
        title: Words("The server keeps its replies to pipelined commands back", ja: "まとめて届いたコマンドへの応答を送っていない"),
        severity: .error,
        side: .server,
        clause: "RFC 2920 §3.2",
        means: Words(
            """
            A server that offers PIPELINING may collect its replies and has to send them as soon as there is nothing more \
            to read. One that waits for more commands waits for ever: the client waits for the replies.
            """,
            ja: """
                PIPELINING を示すサーバーは応答をまとめてもかまいませんが、読むものがなくなったらすぐに送らなければなりません。次のコ\
                マンドを待つと、応答を待つクライアントと互いに待ち続けます。
                """),
        remedy: Words(
            "Let the server send what it has whenever its input is empty; until then, do not pipeline to it.",
            ja: "入力が空になったら、ためた応答を送ってください。直るまではパイプライン化を避けてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 PIPELINING
            C: MAIL FROM:<alice@example.com>
            C: RCPT TO:<bob@example.net>
            wait: 120
            end: client-closed
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 PIPELINING
            C: MAIL FROM:<alice@example.com>
            C: RCPT TO:<bob@example.net>
            wait: 120
            S: 250 ok
            S: 250 ok
            C: QUIT
            S: 221 bye
            end: client-closed
            """,
        dialects: [.smtp, .lmtp],
        explains: [SMTPClientShortTimeout.self], besides: ["smtp.server.no-reply", "smtp.client.no-quit"])

    /// Nanoseconds without a word, at least: less is a slow server.
    private static let patience: Int64 = 60_000_000_000

    /// The first command that was never answered.
    private var first: (place: Place, said: String, at: Timestamp)?
    private var isTold = false

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.length > 0, session.end != nil else { return nil }
        guard exchange.replies.isEmpty, ["MAIL", "RCPT"].contains(exchange.verb) else {
            isTold = true
            return nil
        }
        guard let first else {
            first = (Place(commandOf: exchange, in: session), Quote.of(exchange.command), exchange.asked)
            return nil
        }
        let seconds = session.last.since(exchange.asked) / 1_000_000_000
        guard !isTold, session.followsSMTP, session.smtp.offers("PIPELINING"), exchange.verb == "RCPT",
            session.last.since(exchange.asked) >= Self.patience
        else { return nil }
        isTold = true
        return finding(
            at: first.place, in: session,
            means: Words(
                """
                The server offers PIPELINING, and the client said \(first.said) and more in one go. The server answered \
                nothing for \(seconds) seconds. It keeps its replies for itself until something else comes, it seems.
                """,
                ja: """
                    サーバーは PIPELINING を示し、クライアントは \(first.said) などをまとめて送りました。サーバーは \(seconds) 秒間何も\
                    応答していません。次のものが来るまで応答をためているようです。
                    """))
    }
}
