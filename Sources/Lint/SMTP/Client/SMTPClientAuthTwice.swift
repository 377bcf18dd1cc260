import Conversation

/// The client logs in again after it has logged in.
struct SMTPClientAuthTwice: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.auth-twice",
        title: Words("AUTH is said after a login that succeeded", ja: "認証に成功した後で再び AUTH を送っています"),
        severity: .error,
        side: .client,
        clause: "RFC 4954 §4",
        means: Words(
            """
            After AUTH was answered 235 no other AUTH may follow in the session, and a server must answer \
            503. To be somebody else a client begins a new session.
            """,
            ja: """
                AUTH に 235 が返された後、同じセッションで再び AUTH を送ることはできず、サーバーは 503 を返さ\
                なければなりません。別の利用者として送るには新しいセッションを始めます。
                """),
        remedy: Words("Let the client log in once for each session.", ja: "認証はセッションごとに一度だけ行うようにしてください。"),
        violating: """
            protocol: smtp
            tls server start=implicit verification=verified
            tls client start=implicit
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 AUTH PLAIN
            C: AUTH PLAIN «AGFsaWNlAHNlY3JldA==»
            S: 235 in
            C: AUTH PLAIN «AGFsaWNlAHNlY3JldA==»
            S: 503 5.5.1 already
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
            S: 250 AUTH PLAIN
            C: AUTH PLAIN «AGFsaWNlAHNlY3JldB==»
            S: 535 5.7.8 no
            C: AUTH PLAIN «AGFsaWNlAHNlY3JldA==»
            S: 235 in
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.verb == "AUTH", session.smtp.isAuthenticated, session.followsSMTP else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                "The client said AUTH again after the server had answered 235 to an earlier one.",
                ja: "クライアントは、先の AUTH にサーバーが 235 と答えた後で、もう一度 AUTH を送りました。"))
    }
}
