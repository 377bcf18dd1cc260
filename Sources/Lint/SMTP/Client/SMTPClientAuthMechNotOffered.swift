import Conversation
import Wire

/// The client logs in by a mechanism that the server has not offered.
struct SMTPClientAuthMechNotOffered: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.auth-mech-not-offered",
        title: Words(
            "The client uses a mechanism of login that is not offered",
            ja: "サーバーが提供していない認証方式を使っています"),
        severity: .error,
        side: .client,
        clause: "RFC 4954 §3; RFC 4954 §4",
        means: Words(
            """
            A server lists the mechanisms that it knows behind AUTH in its answer to EHLO. It answers 504 to \
            any other, and a client that tries PLAIN where it is not listed has said its password for \
            nothing.
            """,
            ja: """
                サーバーは EHLO の応答の AUTH の後に、利用できる認証方式を並べます。それ以外には 504 を返しま\
                す。並んでいない PLAIN を試すクライアントは、パスワードを無駄に送ってしまうことになります。
                """),
        remedy: Words(
            "Let the client choose from the server's list, and tell the user where it knows none of them.",
            ja: "サーバーの一覧から選び、使えるものがない場合は利用者に知らせるようにしてください。"),
        violating: """
            protocol: smtp
            tls server start=implicit verification=verified
            tls client start=implicit
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 AUTH SCRAM-SHA-256
            C: AUTH CRAM-MD5
            S: 504 5.5.4 what?
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            tls server start=implicit verification=verified
            tls client start=implicit
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 AUTH SCRAM-SHA-256
            C: AUTH SCRAM-SHA-256
            S: 504 5.5.4 not today
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.verb == "AUTH", session.followsSMTP, session.smtp.hello == .ehlo, session.smtp.offers("AUTH"),
            let offered = session.smtp.listing?.arguments(of: "AUTH")
        else { return nil }
        let words = ASCII.words(exchange.command[...])
        let list = Quote.of(Array(offered.joined(separator: " ").utf8))
        guard words.count > 1 else {
            return finding(
                at: Place(commandOf: exchange, in: session), in: session,
                means: Words(
                    "The client said AUTH without a mechanism; the server offers \(list).",
                    ja: """
                        クライアントは認証方式を付けずに AUTH を送りました。サーバーが提供しているのは \(list) で\
                        す。
                        """))
        }
        guard !offered.contains(ASCII.uppercased(words[1])) else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                "The client said AUTH \(Quote.of(Array(words[1]))), and the server offers \(list).",
                ja: """
                    クライアントは AUTH \(Quote.of(Array(words[1]))) を送りましたが、サーバーが提供しているのは \
                    \(list) です。
                    """))
    }
}
