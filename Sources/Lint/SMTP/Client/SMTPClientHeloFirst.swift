import Conversation

/// The client says HELO, and never tried EHLO.
struct SMTPClientHeloFirst: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.helo-first",
        title: Words("The client says HELO without having tried EHLO", ja: "EHLO を試さずに HELO を使っています"),
        severity: .note,
        side: .client,
        clause: "RFC 5321 §3.2; RFC 5321 §4.1.1.1",
        means: Words(
            """
            HELO is the hello of 1982. It is legal, but the server then tells nothing of what it can do: no \
            TLS, no login, no limit of size, no 8-bit text can be had.
            """,
            ja: """
                HELO は 1982 年からの古い挨拶です。今も使えますが、サーバーの機能が通知されないため、TLS、認証、\
                サイズの上限、8 ビットの本文などを利用できません。
                """),
        remedy: Words(
            "Let the client say EHLO first, and HELO only where the server refuses that.",
            ja: "最初に EHLO を送り、サーバーが拒否した場合にだけ HELO を使うようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: HELO client.example.com
            S: 250 mx.example.com
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 502 what?
            C: HELO client.example.com
            S: 250 mx.example.com
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.verb == "HELO", !session.smtp.triedEHLO, session.followsSMTP else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The client said \(Quote.of(exchange.command)) and had not tried EHLO. It uses no extension of \
                this session.
                """,
                ja: """
                    クライアントは EHLO を試さずに \(Quote.of(exchange.command)) を送りました。このセッションで\
                    は拡張機能を一切利用できません。
                    """))
    }
}
