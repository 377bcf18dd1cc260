import Conversation

/// The client says a command that is longer than servers need to take.
struct SMTPClientCommandTooLong: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.command-too-long",
        title: Words("A command is longer than servers must take", ja: "コマンド行が長すぎます"),
        severity: .warning,
        side: .client,
        clause: "RFC 5321 §4.5.3.1.4",
        means: Words(
            """
            A server must take a command line of 512 octets with its CR LF, and more where an extension that \
            it offers says so. It may answer 500 to a longer one.
            """,
            ja: """
                サーバーが受け付けなければならないコマンド行は、CR LF を含めて 512 オクテットまでです（サーバー\
                が提供する拡張によって増えます）。それより長い行には 500 を返すことがあります。
                """),
        remedy: Words(
            "Let the client keep its commands short, and send each recipient in a RCPT of its own.",
            ja: "コマンドを短く保ち、宛先は一つずつ別々の RCPT で送るようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: NOOP xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: NOOP xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    /// With CR LF.
    static let octets = 512
    /// RFC 4954 §4.
    static let octetsOfAUTH = 12_288

    /// By how much extensions that a server offers lengthen MAIL and RCPT: RFC 1870 §3, RFC 4954 §3, RFC 6531 §3.1,
    /// RFC 3030 §3, RFC 8689 §2. Of 8BITMIME RFC 6152 does not say it; those of DSN (RFC 3461) are generous: what its
    /// parameters can come to.
    private static let increments: [(keyword: String, mail: Int, rcpt: Int)] = [
        ("SIZE", 26, 0), ("8BITMIME", 17, 0), ("AUTH", 500, 0), ("SMTPUTF8", 10, 0), ("BINARYMIME", 16, 0),
        ("REQUIRETLS", 11, 0), ("DSN", 128, 528),
    ]

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        // What stands in clear where TLS should begin is a matter of that.
        guard exchange.length > Self.octets, !session.hasGap, session.inCrossing.client == nil else { return nil }
        var limit = exchange.verb == "AUTH" ? Self.octetsOfAUTH : Self.octets
        if exchange.verb == "MAIL" || exchange.verb == "RCPT" {
            for extra in Self.increments where session.smtp.offers(extra.keyword) {
                limit += exchange.verb == "MAIL" ? extra.mail : extra.rcpt
            }
        }
        guard exchange.length > limit else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The client's \(exchange.verb.isEmpty ? "line" : exchange.verb) has \(exchange.length) octets, \
                and a server need take \(limit) here only.
                """,
                ja: """
                    クライアントの\(exchange.verb.isEmpty ? "行" : " \(exchange.verb) ")は \(exchange.length) オ\
                    クテットあります。ここでサーバーが受け付けなければならないのは \(limit) オクテットまでです。
                    """))
    }
}
