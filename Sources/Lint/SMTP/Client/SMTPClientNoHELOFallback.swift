import Conversation

/// EHLO is refused, and the client does without saying hello at all.
struct SMTPClientNoHELOFallback: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.no-helo-fallback",
        title: Words("EHLO was refused, and the client did not try HELO", ja: "EHLO を拒否された後に HELO を試していません"),
        severity: .warning,
        side: .client,
        clause: "RFC 5321 §3.2; RFC 5321 §4.1.4",
        means: Words(
            """
            Some servers, old or small ones above all, do not know EHLO and say so. Then the client introduces \
            itself by HELO and does without extensions; a client that goes on without, or gives up, could have sent \
            its mail.
            """,
            ja: """
                古いサーバーや小さなサーバーには EHLO を知らないものがあり、そう答えます。クライアントは HELO で名乗り直し、\
                拡張なしで続けることになっています。名乗らずに続けたり、あきらめたりするクライアントは、送れるはずのメールを送れません。
                """),
        remedy: Words(
            "Let the client say HELO where EHLO is answered 500, 502, 504 or 550.",
            ja: "EHLO に 500、502、504、550 が返ったときは、クライアントに HELO を送らせてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com SMTP
            C: EHLO client.example.com
            S: 502 command not implemented
            C: MAIL FROM:<alice@example.com>
            S: 503 say HELO first
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com SMTP
            C: EHLO client.example.com
            S: 502 command not implemented
            C: HELO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp],
        besides: ["smtp.client.no-hello", "smtp.client.ignores-reply", "smtp.server.required-verb-missing"])

    private static let unknown: Set<String> = ["500", "502", "504", "550"]
    private static let goesOn: Set<String> = ["MAIL", "AUTH", "RCPT", "DATA", "QUIT"]

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let refused = session.smtp.refusedHello, refused.verb == "EHLO", session.smtp.lastVerb == "EHLO",
            !session.hasGap, let reply = refused.replies.last, Self.unknown.contains(reply.code),
            // What a server holds against the name, it would hold against it in HELO as well.
            reply.code != "550" || !RefusalMeaning.isAboutName(refused),
            Self.goesOn.contains(exchange.verb)
        else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The server answered EHLO with \(Quote.of(reply)), and the client said \(Quote.of(exchange.command)) \
                instead of HELO.
                """,
                ja: """
                    サーバーは EHLO に \(Quote.of(reply)) と答えましたが、クライアントは HELO ではなく \
                    \(Quote.of(exchange.command)) を送りました。
                    """))
    }
}
