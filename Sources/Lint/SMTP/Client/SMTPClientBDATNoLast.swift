import Conversation

/// The chunks of a message are sent and none of them says that it is the last.
struct SMTPClientBDATNoLast: Rule {
    static let hears: RuleEvents = [.exchange, .ended]
    static let about = RuleDescription(
        id: "smtp.client.bdat-no-last",
        title: Words("No chunk of the message is the last", ja: "LAST の付いた BDAT がありません"),
        severity: .error,
        side: .client,
        clause: "RFC 3030 §2",
        means: Words(
            """
            The message ends with the chunk that says LAST, be it empty (`BDAT 0 LAST`). Until then the server waits \
            for more, though it says 250 to each chunk; what is left unfinished is thrown away with QUIT, RSET or the \
            end of the connection, and the mail is lost.
            """,
            ja: """
                メッセージは LAST の付いたチャンクで終わります(空の `BDAT 0 LAST` でもかまいません)。それまでは各チャンクに \
                250 と答えていても、サーバーは続きを待っています。QUIT、RSET、切断で未完のメッセージは捨てられ、メールは失われます。
                """),
        remedy: Words(
            "Let the client say LAST behind the size of the last chunk.",
            ja: "最後のチャンクの BDAT に LAST を付けさせてください。"),
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
            C: BDAT 18
            C: Subject: hello
            C: 
            S: 250 18 octets
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
            C: BDAT 18 LAST
            C: Subject: hello
            C: 
            S: 250 18 octets
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    /// The last chunk that was taken and was not the last.
    private var open: Place?
    private var chunks = 0

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard !session.hasGap else { return nil }
        switch exchange.verb {
        case "BDAT":
            let isTaken = exchange.replies.last?.isPositive == true
            chunks = isTaken && !exchange.endsChunks ? chunks + 1 : 0
            open = chunks > 0 ? Place(commandOf: exchange, in: session) : nil
            return nil
        case "QUIT", "MAIL":
            // A client that takes it back says RSET.
            guard let open, exchange.length > 0 else { return nil }
            return told(open, "\(exchange.verb)", in: session)
        case "RSET", "EHLO", "HELO", "DATA": open = nil
        default: break
        }
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard let open, !session.hasGap, session.last.since(open.at) >= 5_000_000_000 else { return nil }
        return told(open, nil, in: session)
    }

    private func told(_ place: Place, _ verb: String?, in session: SessionSoFar) -> Finding {
        let what = verb.map { "said \($0)" } ?? "said nothing more"
        let whatJapanese = verb.map { "\($0) を送りました" } ?? "何も送りませんでした"
        return finding(
            at: place, in: session,
            means: Words(
                """
                The client sent \(chunks == 1 ? "one chunk" : "\(chunks) chunks") by BDAT, none of them with LAST, \
                and \(what). For the server the message never ended.
                """,
                ja: """
                    クライアントは BDAT でチャンクを \(chunks) 個送りましたが、どれにも LAST がなく、その後 \(whatJapanese)。\
                    サーバーにとってメッセージは終わっていません。
                    """))
    }
}
