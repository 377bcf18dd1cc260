import Conversation

/// The server announced enhanced status codes and sends none.
struct SMTPServerEnhancedMissing: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.enhanced-missing",
        title: Words(
            "ENHANCEDSTATUSCODES is offered, and a reply has no such code",
            ja: "ENHANCEDSTATUSCODES を提供しながら拡張コードのない応答がある"),
        severity: .warning,
        side: .server,
        clause: "RFC 2034 §3, §4",
        means: Words(
            """
            A server that offers ENHANCEDSTATUSCODES begins the text of each 2yz, 4yz and 5yz with one, such as \
            `2.1.0`, on all lines; only the greeting and the answers to EHLO and HELO have none. Clients that rely on \
            it cannot tell from such a reply why mail failed.
            """,
            ja: """
                ENHANCEDSTATUSCODES を提供するサーバーは、2yz、4yz、5yz の応答のすべての行を `2.1.0` のような拡張コードで\
                始めます。例外は挨拶と、EHLO と HELO への応答だけです。拡張コードがないと、それを頼りにするクライアントは失敗の\
                理由を判断できません。
                """),
        remedy: Words(
            """
            Put a code of RFC 3463 before the text, also in replies that filters and scripts make; or stop offering \
            ENHANCEDSTATUSCODES.
            """,
            ja: """
                フィルターやスクリプトの応答も含めて、文の前に RFC 3463 のコードを付けてください。付けられなければ \
                ENHANCEDSTATUSCODES の提供をやめてください。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 ENHANCEDSTATUSCODES
            C: NOOP
            S: 250 fine
            C: QUIT
            S: 221 2.0.0 closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 ENHANCEDSTATUSCODES
            C: NOOP
            S: 250 2.0.0 fine
            C: QUIT
            S: 221 2.0.0 closing
            """,
        dialects: [.smtp, .lmtp])

    private var order = SMTPReplyOrder()

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard order.holds(exchange, in: session), session.smtp.offers("ENHANCEDSTATUSCODES"),
            !exchange.isUnasked, !Verbs.hello.contains(exchange.verb), let reply = exchange.replies.last,
            SMTPReplyCodes.isWellFormed(reply.code.utf8), reply.code.first != "3",
            let line = reply.lines.first(where: { EnhancedStatusCode($0) == nil })
        else { return nil }
        let said = Quote.of(Array("\(reply.code) ".utf8) + line)
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                The server listed ENHANCEDSTATUSCODES, and its answer to \(exchange.spokenName.en) has a line without \
                one: \(said).
                """,
                ja: """
                    サーバーは ENHANCEDSTATUSCODES を挙げましたが、\(exchange.spokenName.ja)への応答に拡張コードのない行 \(said) \
                    があります。
                    """))
    }
}
