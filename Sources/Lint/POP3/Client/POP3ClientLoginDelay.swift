import Conversation
import Wire

/// The server says that the client logs in again too soon.
struct POP3ClientLoginDelay: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "pop3.client.login-delay",
        title: Words("The client logs in again too soon", ja: "再ログインの間隔が短すぎる"),
        severity: .warning,
        side: .client,
        clause: "RFC 2449 §6.5, §8.1.1",
        means: Words(
            """
            The server wants some time to pass between logins, and refuses the one that comes too soon. \
            A client that takes this for a wrong password asks its user for one in vain.
            """,
            ja: """
                サーバーはログインの間隔を空けるよう求めており、早すぎるログインを拒否します。これをパスワードの誤りと見なすクライアントは、利用者に無駄な再入力を求めます。
                """),
        remedy: Words(
            """
            Set the client to look for mail less often: LOGIN-DELAY in the answer to CAPA tells the \
            seconds.
            """,
            ja: """
                メールを確認する間隔を長くしてください。必要な秒数は CAPA の応答の LOGIN-DELAY で分かります。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: -ERR [LOGIN-DELAY] wait five minutes
            C: QUIT
            S: +OK bye
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: -ERR [IN-USE] another session is open
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard POP3Verbs.login.contains(exchange.verb), !session.hasGap, let reply = exchange.replies.last,
            reply.code == "-ERR", reply.responseCode?.name == "LOGIN-DELAY"
        else { return nil }
        let listed = session.pop3.capabilities?.arguments(of: "LOGIN-DELAY").first.map { Picture.of(text: $0) }
        let en = listed.map { " The server listed LOGIN-DELAY \($0)." } ?? ""
        let ja = listed.map { "サーバーの機能一覧では LOGIN-DELAY \($0) です。" } ?? ""
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The client's \(exchange.verb) was answered \(Quote.of(reply)): its last login is too short a \
                time ago.\(en)
                """,
                ja: """
                    クライアントの \(exchange.verb) に \(Quote.of(reply)) と応答がありました。前回のログインからの時間が短すぎます。\(ja)
                    """))
    }
}
