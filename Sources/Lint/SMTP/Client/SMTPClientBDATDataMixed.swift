import Conversation

/// The client sends one message in two ways.
struct SMTPClientBDATDataMixed: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.bdat-data-mixed",
        title: Words(
            "DATA and BDAT are mixed in one transaction",
            ja: "一つのトランザクションで DATA と BDAT が混在しています"),
        severity: .error,
        side: .client,
        clause: "RFC 3030 §2; RFC 3030 §3",
        means: Words(
            """
            A message is sent with DATA or with BDAT, not with both; after BDAT with LAST it is over; and \
            one that was announced as BINARYMIME is for BDAT alone. A server must answer 503, and the \
            transaction is lost.
            """,
            ja: """
                メッセージは DATA か BDAT のどちらか一方で送ります。LAST の付いた BDAT でメッセージは終わり、\
                BINARYMIME と宣言したものは BDAT でしか送れません。違反するとサーバーは 503 を返し、トランザク\
                ションは失われます。
                """),
        remedy: Words(
            "Let the client choose one way for each message, and say RSET to begin anew.",
            ja: "メッセージごとに一つの方法を選び、やり直すときは RSET を送るようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 CHUNKING
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: BDAT 8
            C: abcdef
            S: 250 ok
            C: DATA
            S: 503 5.5.1 no
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 CHUNKING
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: BDAT 8
            C: abcdef
            S: 250 ok
            C: BDAT 0 LAST
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    /// BDAT LAST was said, and no new transaction was begun since.
    private var isOver = false

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.length > 0 else { return nil }
        let wasOver = isOver
        switch exchange.verb {
        case "BDAT": isOver = exchange.endsChunks
        case "MAIL", "RSET", "EHLO", "HELO", "LHLO": isOver = false
        default: break
        }
        guard session.followsSMTP else { return nil }
        let why: Words
        switch exchange.verb {
        case "DATA" where session.smtp.transaction?.hasChunk == true:
            why = Words("after it had sent a part of the message with BDAT", ja: "メッセージの一部を BDAT で送った後に")
        case "DATA" where session.isBinary:
            why = Words(
                "though its MAIL had said BODY=BINARYMIME, which is for BDAT only",
                ja: "MAIL で BDAT 専用の BODY=BINARYMIME を宣言していたのに")
        case "BDAT" where wasOver:
            why = Words(
                "after it had ended the message with BDAT and LAST",
                ja: "LAST の付いた BDAT でメッセージを終えた後に")
        default: return nil
        }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                "The client said \(Quote.of(exchange.command)) \(why.en).",
                ja: "クライアントは、\(why.ja) \(Quote.of(exchange.command)) を送りました。"))
    }
}
