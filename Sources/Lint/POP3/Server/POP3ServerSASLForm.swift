import Conversation
import Wire

/// A step of an authentication in the wrong form.
struct POP3ServerSASLForm: Rule {
    static let hears: RuleEvents = [.utterance, .exchange, .ended]
    static let about = RuleDescription(
        id: "pop3.server.sasl-form",
        title: Words("A challenge is not `+ ` and base64", ja: "認証のチャレンジが「+ 」と base64 になっていない"),
        severity: .error,
        side: .server,
        clause: "RFC 5034 §4",
        means: Words(
            """
            In an authentication the server says `+`, a space, and its challenge in base64, which may be \
            empty. +OK means that the user is logged in. A strict client stops at anything else; one \
            that is not may say its password where it is taken for a command.
            """,
            ja: """
                認証の途中でサーバーが送るのは `+`、空白、base64 のチャレンジ (空でもよい) です。+OK はログイン完了を意味します。厳密なクライアントはほかの形では認証\
                を中止し、そうでないクライアントはパスワードをコマンドと解釈される場所で送ってしまうことがあります。
                """),
        remedy: Words(
            """
            Let the server say `+ ` and base64, or `+ ` alone where the mechanism has no challenge.
            """,
            ja: """
                サーバーは `+ ` に続けて base64 を、チャレンジのない認証方式では `+ ` だけを送ってください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: AUTH PLAIN
            S: + go ahead, please
            C: «AGFsaWNlAHNlY3JldA==»
            S: +OK logged in
            C: QUIT
            S: +OK bye
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: AUTH LOGIN
            S: + VXNlcm5hbWU6
            C: «YWxpY2U=»
            S: + UGFzc3dvcmQ6
            C: «c2VjcmV0»
            S: +OK logged in
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    /// A plus without the space, until the client goes on: nearly each does.
    private var plus: Utterance?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        if line.direction == .client { plus = nil }
        guard line.direction == .server, line.end != .none, session.followsPOP3, let asked = session.pop3.asked,
            asked.verb == "AUTH", asked.arguments > 0, session.pop3.listing == nil, session.pop3.greeting != nil
        else { return nil }
        switch line.kind {
        case .challenge:
            let challenge = line.bytes.dropFirst()
            if challenge.isEmpty { plus = line }
            guard line.dropped == 0, !challenge.isEmpty, !challenge.contains(Byte.cr),
                challenge.first != Byte.space || Base64.decode(challenge.dropFirst()) == nil
            else { return nil }
            return finding(
                at: Place(line), in: session,
                means: Words(
                    """
                    In the authentication the server said \(Quote.of(line)), which is not `+`, one space and \
                    base64.
                    """,
                    ja: """
                        認証の途中でサーバーは \(Quote.of(line)) を送りましたが、`+`、空白 1 個、base64 の形ではありません。
                        """))
        case .line:
            return finding(
                at: Place(line), in: session,
                means: Words(
                    """
                    In the authentication the server said \(Quote.of(line)), which is neither a challenge, with \
                    `+` and a space before it, nor an answer.
                    """,
                    ja: """
                        認証の途中でサーバーは \(Quote.of(line)) を送りましたが、`+` と空白で始まるチャレンジでも応答でもありません。
                        """))
        default: return nil
        }
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.verb == "AUTH", session.followsPOP3, exchange.replies.count == 1,
            let reply = exchange.replies.last, reply.code == "+OK", session.pop3.asked(exchange)?.arguments == 1
        else { return nil }
        let said = Quote.command(of: exchange)
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                The server answered \(said) with \(Quote.of(reply)) at once, before the client had said \
                anything to prove who it is. +OK means that it is logged in.
                """,
                ja: """
                    クライアントが身元を示す前に、サーバーは \(said) に \(Quote.of(reply)) と応答しました。+OK はログインの完了を意味します。
                    """))
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard let plus, !session.hasGap, session.end == .closed(first: .client) || session.end == .reset(by: .client)
        else { return nil }
        return finding(
            at: Place(plus), in: session, severity: .warning,
            means: Words(
                """
                In the authentication the server said \(Quote.of(plus)) without the space that belongs behind it, and \
                the client, which may look for both, said nothing more.
                """,
                ja: """
                    認証の途中でサーバーは後に続くべき空白なしで \(Quote.of(plus)) を送り、その後クライアントは何も送りませんで\
                    した。空白まで確認するクライアントには通じません。
                    """))
    }
}
