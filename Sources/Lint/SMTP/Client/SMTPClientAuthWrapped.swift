import Conversation

/// It breaks the base64 of its login into lines, as in the body of a mail.
struct SMTPClientAuthWrapped: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "smtp.client.auth-wrapped",
        title: Words("The client breaks its base64 into several lines", ja: "認証の base64 を複数行に折り返している"),
        severity: .error,
        side: .client,
        clause: "RFC 4954 §4; RFC 4648 §3.1",
        means: Words(
            """
            A step of a login is one line, however long it is. The server takes what stands before the line end for all of \
            it, so that user or password is cut, and the rest for a command.
            """,
            ja: """
                認証の一段階は、どれほど長くても 1 行です。サーバーは行末までをすべてとみなすので、ユーザー名やパスワードが途中で切れ、\
                残りはコマンドとして扱われます。
                """),
        remedy: Words(
            "Let the client encode without line ends; many libraries break base64 after 76 characters unless told not to.",
            ja: "改行なしで符号化してください。多くのライブラリは、指定しないと base64 を 76 文字ごとに折り返します。"),
        violating: """
            protocol: smtp
            tls server start=implicit
            tls client start=implicit
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 AUTH PLAIN
            C: AUTH PLAIN «AHdhcmVud2lydHNjaGFmdEBleGFtcGxlLmNvbQBI»
            C: «ZXJic3QyMDI2»
            S: 535 authentication failed
            S: 500 command not recognized
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
            S: 250 AUTH PLAIN
            C: AUTH PLAIN «AHdhcmVud2lydHNjaGFmdEBleGFtcGxlLmNvbQBIZXJic3QyMDI2»
            S: 235 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp],
        explains: [
            SMTPClientUnknownVerb.self, SMTPClientPipeliningNotOffered.self, SMTPClientPipeliningWrongMember.self,
            SMTPClientBareLF.self,
        ])

    /// Characters: no encoder breaks its lines earlier.
    private static let shortest = 60

    /// The last line was AUTH with its response, or a step of it: where it stands, how long it was.
    private var before: (place: Place, length: Int)?
    /// The server has spoken since.
    private var isAnswered = false

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client else {
            isAnswered = true
            return nil
        }
        let (before, wasAnswered) = (before, isAnswered)
        isAnswered = false
        self.before =
            switch line.kind {
            case .response: (Place(line), line.bytes.count)
            case .command where session.command?.verb == "AUTH" && line.secretFrom != nil:
                (Place(line), line.bytes.count - (line.secretFrom ?? 0))
            default: nil
            }
        guard let before, session.followsSMTP else { return nil }
        // What the machine holds for a secret though it is no AUTH goes on with one. A step behind a step that nobody has
        // answered does where that is as long as a line of base64 is.
        let goesOn =
            line.kind == .response
            ? !wasAnswered && before.length >= Self.shortest && before.length % 4 == 0
            : self.before == nil && line.secretFrom != nil
        guard goesOn else { return nil }
        return finding(
            at: before.place, in: session,
            means: Words(
                """
                The client's login ended its line after \(before.length) characters, and the line behind it is no command: \
                \(line.bytes.count) characters that go on with it, it seems. The server saw only the first part.
                """,
                ja: """
                    クライアントの認証データは \(before.length) 文字で行が終わり、次の行はコマンドではなく、続きと思われる \
                    \(line.bytes.count) 文字です。サーバーが受け取ったのは前半だけです。
                    """))
    }
}
