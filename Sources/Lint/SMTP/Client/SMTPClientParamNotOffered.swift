import Conversation
import Wire

/// The client uses a parameter of MAIL or RCPT that the server has not offered.
struct SMTPClientParamNotOffered: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.param-not-offered",
        title: Words(
            "MAIL or RCPT has a parameter that the server does not offer",
            ja: "サーバーが提供していないパラメータを使っています"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §4.1.1.3; RFC 5321 §4.1.1.11",
        means: Words(
            """
            A parameter of MAIL or RCPT belongs to an extension, and may be sent only where the server \
            listed that in its answer to EHLO. A server that does not know it answers 555, and takes no \
            mail.
            """,
            ja: """
                MAIL や RCPT のパラメータは拡張機能に属し、サーバーが EHLO の応答で通知した場合にだけ使えます。\
                知らないパラメータに対してサーバーは 555 を返し、メールを受け取りません。
                """),
        remedy: Words(
            "Let the client use what the last EHLO listed, and do without the rest.",
            ja: "直前の EHLO で通知されたものだけを使い、ほかは使わないようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 PIPELINING
            C: MAIL FROM:<alice@example.com> SIZE=1000
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 SIZE 1000000
            C: MAIL FROM:<alice@example.com> SIZE=1000
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    /// By which keyword a server offers them.
    private static let extensions = [
        "SIZE": "SIZE", "SMTPUTF8": "SMTPUTF8", "AUTH": "AUTH", "RET": "DSN", "ENVID": "DSN", "NOTIFY": "DSN",
        "ORCPT": "DSN", "REQUIRETLS": "REQUIRETLS", "MT-PRIORITY": "MT-PRIORITY", "HOLDFOR": "FUTURERELEASE",
        "HOLDUNTIL": "FUTURERELEASE", "BY": "DELIVERBY", "CONPERM": "CONPERM", "CONNEG": "CONNEG", "MTRK": "MTRK",
        "RRVS": "RRVS", "SOLICIT": "NO-SOLICITING", "TRANSID": "CHECKPOINT", "ALT-ADDRESS": "UTF8SMTP",
    ]

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard session.smtp.hello == .ehlo, session.followsSMTP, session.smtp.listing != nil,
            let command = SMTPPathCommand(exchange)
        else { return nil }
        for (name, value) in command.named {
            guard let missing = Self.missing(name, value, in: session) else {
                guard Self.isForeign(name, in: session) else { continue }
                return foreign(name, exchange, in: session)
            }
            return finding(
                at: Place(commandOf: exchange, in: session), in: session,
                means: Words(
                    """
                    The client said \(Quote.of(exchange.command)). \(Quote.of(Array(name.utf8))) belongs to the \
                    extension \(missing), which the server did not list in its answer to \
                    \(session.dialect.hello).
                    """,
                    ja: """
                        クライアントは \(Quote.of(exchange.command)) を送りました。\(Quote.of(Array(name.utf8))) \
                        は拡張機能 \(missing) のもので、サーバーは \(session.dialect.hello) の応答でこれを通知して\
                        いません。
                        """))
        }
        return nil
    }

    /// No extension that is known has it, nor does the server list one of its name.
    private static func isForeign(_ name: String, in session: SessionSoFar) -> Bool {
        // Of a value without its name another rule tells; what is private begins with X (RFC 5321 §4.1.5).
        guard name != "BODY", extensions[name] == nil, !["7BIT", "8BITMIME", "BINARYMIME"].contains(name),
            !name.hasPrefix("X"), !session.smtp.offers(name), let first = name.utf8.first
        else { return false }
        return (first.isLetter || first.isDigit)
            && name.utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == Byte.hyphen }
    }

    private func foreign(_ name: String, _ exchange: Exchange, in session: SessionSoFar) -> Finding {
        finding(
            at: Place(commandOf: exchange, in: session), in: session, severity: .warning,
            means: Words(
                """
                The client said \(Quote.of(exchange.command)). \(Quote.of(Array(name.utf8))) is a parameter of no \
                extension that is known, and the server listed none of this name.
                """,
                ja: """
                    クライアントは \(Quote.of(exchange.command)) を送りました。\(Quote.of(Array(name.utf8))) は既知の\
                    どの拡張機能のパラメータでもなく、サーバーもその名前の拡張機能を通知していません。
                    """))
    }

    private static func missing(_ name: String, _ value: String, in session: SessionSoFar) -> String? {
        let keyword: String
        if name == "BODY" {
            keyword = value == "BINARYMIME" ? "BINARYMIME" : "8BITMIME"
            if value == "7BIT", session.smtp.offers("BINARYMIME") { return nil }
        } else {
            guard let known = extensions[name] else { return nil }
            keyword = known
        }
        return session.smtp.offers(keyword) ? nil : keyword
    }
}
