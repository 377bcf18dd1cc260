import Conversation

/// The server refuses since the name behind EHLO does not belong to the client's address.
struct SMTPServerHELOIPReject: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.helo-ip-reject",
        title: Words(
            "The server refuses because the EHLO name does not match the address",
            ja: "EHLO の名前と IP アドレスの不一致を理由に拒否している"),
        severity: .note,
        side: .server,
        clause: "RFC 5321 §4.1.4",
        means: Words(
            """
            A server may check whether the name behind EHLO belongs to the client's address, but must not refuse mail \
            because it does not: behind NAT, with several addresses, or on the move it often cannot.
            """,
            ja: """
                サーバーは EHLO の名前がクライアントの IP アドレスに対応するかを調べてもかまいませんが、それだけを理由にメールを\
                拒否してはなりません。NAT の内側や複数のアドレスを持つホストでは、一致しないことがよくあります。
                """),
        remedy: Words(
            "Turn that check off, or let it count as one sign of spam among others.",
            ja: "この検査をやめるか、迷惑メール判定の材料の一つにとどめてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 550 EHLO name does not match your IP address
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 550 no mail from your network
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp])

    private var order = SMTPReplyOrder()

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard order.holds(exchange, in: session), let reply = exchange.replies.last, reply.refuses,
            ["EHLO", "HELO", "MAIL", "RCPT", "DATA", "."].contains(exchange.verb), reply.says(["helo", "ehlo"]),
            reply.says(["not match", "n't match", "mismatch"]), reply.says([" ip", "address", "dns", "ptr"])
        else { return nil }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                The server answered \(exchange.spokenName.en) with \(Quote.of(reply)): it goes by the client's name \
                and address.
                """,
                ja: """
                    \(exchange.spokenName.ja)に対してサーバーは \(Quote.of(reply)) と応答し、クライアントの名前と IP アドレスの\
                    不一致を理由に拒否しています。
                    """))
    }
}
