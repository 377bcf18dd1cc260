import Conversation
import Wire

/// A server asks for the user name that it was told with the command.
struct SMTPServerAuthNameAgain: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "smtp.server.auth-name-again",
        title: Words("The server asks for a user name that it was told", ja: "すでに伝えられたユーザー名をサーバーが再び求めている"),
        severity: .error,
        side: .server,
        clause: "RFC 4954 §4",
        means: Words(
            """
            With AUTH LOGIN a client may give the user name with the command, as its initial response. A server that \
            asks for the name all the same gets the password in its place, and the login fails.
            """,
            ja: """
                AUTH LOGIN では、クライアントは初期応答としてユーザー名をコマンドと一緒に送れます。それでも名前を尋ねる\
                サーバーには、名前の代わりにパスワードが渡り、ログインに失敗します。
                """),
        remedy: Words(
            """
            The server has to take the initial response for the answer to its first question. Until it does, let the \
            client send AUTH LOGIN alone, or use AUTH PLAIN.
            """,
            ja: """
                サーバーは初期応答を最初の質問への答えとして扱う必要があります。直るまでは、クライアントに AUTH LOGIN だけを\
                送らせるか、AUTH PLAIN を使ってください。
                """),
        violating: """
            protocol: smtp
            tls server start=implicit
            tls client start=implicit
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 AUTH LOGIN
            C: AUTH LOGIN «YWxpY2U=»
            S: 334 VXNlcm5hbWU6
            C: «c2VjcmV0»
            S: 334 UGFzc3dvcmQ6
            C: *
            S: 501 5.7.0 cancelled
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            tls server start=implicit
            tls client start=implicit
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 AUTH LOGIN
            C: AUTH LOGIN «YWxpY2U=»
            S: 334 UGFzc3dvcmQ6
            C: «c2VjcmV0»
            S: 235 2.7.0 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    /// The client has just said AUTH LOGIN with an initial response.
    private var gaveName = false

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server else {
            gaveName =
                session.command?.verb == "AUTH" && session.command?.arguments.count == 2
                && session.command?.arguments.first.map { ASCII.equal($0, "LOGIN") } == true
            return nil
        }
        guard gaveName else { return nil }
        gaveName = false
        guard line.kind == .challenge, line.bytes.count <= 64, let text = Base64.decode(line.bytes.dropFirst(4)),
            ASCII.uppercased(text).hasPrefix("USER")
        else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The client gave its user name with AUTH LOGIN, and the server asked for it with \(Quote.of(line)), which \
                means \(Quote.of(text)). The password then goes where the name belongs.
                """,
                ja: """
                    クライアントは AUTH LOGIN と一緒にユーザー名を送りましたが、サーバーは \(Quote.of(line))(\(Quote.of(text)))\
                    と名前を尋ねました。パスワードが名前の位置に渡ってしまいます。
                    """))
    }
}
