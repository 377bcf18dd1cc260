import Conversation
import Wire

/// The client gives an address that means something on one host only.
struct SMTPClientLocalAlias: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.local-alias",
        title: Words(
            "The address in MAIL or RCPT has no full domain",
            ja: "MAIL/RCPT のアドレスに完全なドメインがありません"),
        severity: .warning,
        side: .client,
        clause: "RFC 5321 §2.3.5",
        means: Words(
            """
            An address without a domain, or with a name that has no dot, means something on one host or in \
            one office only. Another server refuses it, or takes it for a user of its own, and the mail \
            comes to somebody else.
            """,
            ja: """
                ドメインのないアドレスや、ドットのない名前が付いたアドレスは、特定のホストや社内でしか通じま\
                せん。ほかのサーバーには拒否されるか、そのサーバー自身の利用者とみなされて別の人に届きます。
                """),
        remedy: Words(
            """
            Let the client add the full domain before it sends the address; nicknames are to be looked up in \
            the client.
            """,
            ja: """
                クライアントで完全なドメインを補ってから送るようにし、ニックネームはクライアント側でアドレス\
                に変換してください。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob>
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<Postmaster>
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp], repeats: true)

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let command = SMTPPathCommand(exchange) else { return nil }
        switch SMTPPath(command.path) {
        case .name(let name):
            guard !ASCII.equal(name, "POSTMASTER") else { return nil }
            return finding(
                at: Place(commandOf: exchange, in: session), in: session,
                means: Words(
                    """
                    The client said \(Quote.of(exchange.command)). The address \(Quote.of(Array(name))) has no \
                    domain: only the host that knows this name can deliver to it\
                    \(name.contains(Byte.dot) ? ", unless an @ is missing in it" : "").
                    """,
                    ja: """
                        クライアントは \(Quote.of(exchange.command)) を送りました。アドレス \
                        \(Quote.of(Array(name))) にはドメインがなく、この名前を知っているホストでしか配送できま\
                        せん\(name.contains(Byte.dot) ? "（@ が抜けているのかもしれません）" : "")。
                        """))
        case .mailbox(_, let domain, _):
            guard domain.first != UInt8(ascii: "["), !domain.contains(Byte.dot), domain.allSatisfy({ $0 < 0x80 }) else {
                return nil
            }
            return finding(
                at: Place(commandOf: exchange, in: session), in: session,
                means: Words(
                    """
                    The client said \(Quote.of(exchange.command)). The domain \(Quote.of(Array(domain))) has no \
                    dot: other servers cannot find it.
                    """,
                    ja: """
                        クライアントは \(Quote.of(exchange.command)) を送りました。ドメイン \
                        \(Quote.of(Array(domain))) にはドットがなく、ほかのサーバーからは見つけられません。
                        """))
        case .null, .malformed: return nil
        }
    }
}
