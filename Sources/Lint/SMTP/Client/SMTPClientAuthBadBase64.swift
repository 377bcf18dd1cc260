import Conversation

/// The client says a step of its login that is no base64.
struct SMTPClientAuthBadBase64: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "smtp.client.auth-bad-base64",
        title: Words("A step of the login is no base64", ja: "認証の応答が base64 になっていません"),
        severity: .error,
        side: .client,
        clause: "RFC 4954 §4; RFC 4648 §4",
        means: Words(
            """
            Each step of a login is said in base64, padded with `=` to a multiple of four characters. A \
            server must refuse anything else with 501. An empty first response is said as `=`, or else it \
            looks as if there was none.
            """,
            ja: """
                認証の各応答は、長さが 4 の倍数になるよう `=` で埋めた base64 で送ります。それ以外のものをサー\
                バは 501 で拒否しなければなりません。空の初期応答は `=` と書きます。そうしないと応答がないよ\
                うに見えます。
                """),
        remedy: Words(
            """
            Let the client encode each step as RFC 4648 §4 has it, with its padding, without line breaks, \
            and with nothing behind it.
            """,
            ja: """
                各応答を RFC 4648 §4 のとおり、埋め文字を付け、改行を入れず、後ろに何も付けずに符号化してく\
                ださい。
                """),
        violating: """
            protocol: smtp
            tls server start=implicit verification=verified
            tls client start=implicit
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 AUTH PLAIN
            C: AUTH PLAIN «AGFsaWNlAHNlY3JldA»
            S: 501 5.5.2 what?
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
            C: AUTH PLAIN «AGFsaWNlAHNlY3JldA==»
            S: 235 in
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        // What it says is masked; how long it is can be seen, and of what is left to see only a mistake could be told.
        guard line.direction == .client, line.end != .none, let start = line.secretFrom, session.followsSMTP else {
            return nil
        }
        let isInitial = line.kind == .command
        guard isInitial ? session.command?.verb == "AUTH" : line.kind == .response else { return nil }
        if isInitial, session.command?.arguments.count != 2 { return nil }
        let length = line.bytes.count + line.dropped - start
        guard length % 4 != 0, !(isInitial && length == 1) else { return nil }
        return finding(
            at: Place(line), in: session,
            means: isInitial
                ? Words(
                    """
                    The response that the client put behind AUTH is no base64: its length is not a multiple of \
                    four.
                    """,
                    ja: "クライアントが AUTH に付けた初期応答は、長さが 4 の倍数でないため base64 ではありません。")
                : Words(
                    """
                    The client answered the server's challenge with what is no base64: its length is not a \
                    multiple of four.
                    """,
                    ja: """
                        サーバーの問いかけに対するクライアントの応答は、長さが 4 の倍数でないため base64 ではあり\
                        ません。
                        """))
    }
}
