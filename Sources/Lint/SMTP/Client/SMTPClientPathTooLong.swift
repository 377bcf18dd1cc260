import Conversation

/// The client gives an address that is longer than servers need to take.
struct SMTPClientPathTooLong: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.path-too-long",
        title: Words(
            "The address in MAIL or RCPT is longer than servers must take",
            ja: "MAIL/RCPT のアドレスが長すぎます"),
        severity: .warning,
        side: .client,
        clause: "RFC 5321 §4.5.3.1.1; RFC 5321 §4.5.3.1.2; RFC 5321 §4.5.3.1.3",
        means: Words(
            """
            A server must take a local part of 64 octets, a domain of 255, and a path of 256 with its \
            brackets. It may refuse what is longer.
            """,
            ja: """
                サーバーが受け付けなければならない長さは、ローカルパートが 64 オクテット、ドメインが 255 オク\
                テット、括弧を含むパス全体が 256 オクテットまでです。それより長いものは拒否されることがあり\
                ます。
                """),
        remedy: Words(
            """
            Use a shorter address; programs that put data into a sender's address are to keep the part \
            before the @ to 64 octets.
            """,
            ja: """
                より短いアドレスを使ってください。送信者アドレスに情報を埋め込むプログラムでは、@ の前を 64 \
                オクテット以内に収めてください。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.com>
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.com>
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    /// RFC 5321 §4.5.3.1.1, §4.5.3.1.3; that of a domain is in `SMTPDomain`.
    static let localPart = 64
    static let path = 256

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let command = SMTPPathCommand(exchange), command.path.count > Self.localPart else { return nil }
        var text: Words?
        if case .mailbox(let local, _, _) = SMTPPath(command.path), local.count > Self.localPart {
            text = Words(
                "has \(local.count) octets before its @, and a server need take \(Self.localPart) only",
                ja: """
                    は @ の前が \(local.count) オクテットあります。サーバーが受け付けなければならないのは \
                    \(Self.localPart) オクテットまでです
                    """)
        } else if command.path.count + 2 > Self.path {
            text = Words(
                "has \(command.path.count + 2) octets with its brackets, and a server need take \(Self.path) only",
                ja: """
                    は括弧を含めて \(command.path.count + 2) オクテットあります。サーバーが受け付けなければならな\
                    いのは \(Self.path) オクテットまでです
                    """)
        }
        guard let text else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                "The address in \(Quote.of(exchange.command)) \(text.en).",
                ja: "\(Quote.of(exchange.command)) のアドレス\(text.ja)。"))
    }
}
