import Conversation

/// The client does not wait for a reply, and the server has not said that it need not.
struct SMTPClientPipeliningNotOffered: Rule {
    static let hears: RuleEvents = [.utterance, .exchange, .messageBegan]
    static let about = RuleDescription(
        id: "smtp.client.pipelining-not-offered",
        title: Words(
            "The client does not wait, and PIPELINING is not offered",
            ja: "PIPELINING のないサーバーで応答を待っていません"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §4.3.1; RFC 2920 §3.1",
        means: Words(
            """
            A client waits for the reply to each command before it says the next one, unless the server \
            lists PIPELINING. A server that does not may throw away what has come too early, and the two get \
            out of step: replies are taken for those of other commands.
            """,
            ja: """
                サーバーが PIPELINING を通知していない限り、クライアントはコマンドごとに応答を待ってから次を送\
                ります。通知していないサーバーは、早く届いたコマンドを捨てることがあり、応答とコマンドの対応が\
                ずれてしまいます。
                """),
        remedy: Words(
            "Let the client wait for each reply where the answer to EHLO does not list PIPELINING.",
            ja: "EHLO の応答に PIPELINING がない場合は、応答を一つずつ待つようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 PIPELINING
            C: MAIL FROM:<alice@example.com>
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    private var haste = SMTPHaste()

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        haste.hear(line, in: session)
        return nil
    }

    mutating func messageBegan(_ message: MessageStart, in session: SessionSoFar) -> Finding? {
        haste.hear(message, in: session)
        return nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let found = haste.hear(exchange, in: session), !found.isOffered else { return nil }
        return finding(
            at: found.place, in: session,
            means: Words(
                """
                The client went on with \(found.next.en) before the server had answered \
                \(Quote.of(Array(found.verb.utf8))), and the server does not offer PIPELINING.
                """,
                ja: """
                    クライアントは、\(Quote.of(Array(found.verb.utf8))) への応答を待たずに\
                    \(found.next.ja == found.next.en ? " \(found.next.ja) " : found.next.ja)を送りましたが、サー\
                    バは PIPELINING を提供していません。
                    """))
    }
}
