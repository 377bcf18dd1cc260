import Conversation
import Wire

/// A challenge is not `334`, a space, and base64.
struct SMTPServer334Form: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "smtp.server.334-form",
        title: Words(
            "A challenge is not 334, a space and base64", ja: "チャレンジが「334、空白、Base64」の形式ではない"),
        severity: .error,
        side: .server,
        clause: "RFC 4954 §4",
        means: Words(
            """
            In a login the server says `334`, a space, and what it has to say in base64; nothing behind the space \
            where that is empty. A client decodes it, and where it cannot the login fails.
            """,
            ja: """
                認証の途中でサーバーは `334` と空白に続けて Base64 を送り、内容が空なら空白までを送ります。クライアントは\
                これを復号するので、できなければログインは失敗します。
                """),
        remedy: Words(
            "Encode challenges in base64, padded, on one line; say an empty one as `334 ` with the space.",
            ja: """
                チャレンジは Base64 でパディングも付けて 1 行に書き、空のチャレンジは空白を付けた `334 ` にしてください。
                """),
        violating: """
            protocol: smtp
            tls server start=implicit
            tls client start=implicit
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 AUTH LOGIN
            C: AUTH LOGIN
            S: 334 Username:
            C: «YWxpY2U=»
            S: 334 UGFzc3dvcmQ6
            C: «c2VjcmV0»
            S: 235 welcome
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            tls server start=implicit
            tls client start=implicit
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 AUTH LOGIN
            C: AUTH LOGIN
            S: 334 VXNlcm5hbWU6
            C: «YWxpY2U=»
            S: 334 UGFzc3dvcmQ6
            C: «c2VjcmV0»
            S: 235 welcome
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp])

    private var isAuthenticating = false

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        if let command = session.command {
            isAuthenticating = command.verb == "AUTH"
            return nil
        }
        guard isAuthenticating, line.direction == .server else { return nil }
        guard line.kind == .challenge else {
            isAuthenticating = false
            return nil
        }
        // Of a line that is not kept whole, and of several, nothing can be said.
        guard line.isReply(in: session), line.dropped == 0, !line.isContinued else { return nil }
        let text = line.bytes.dropFirst(3)
        if text.isEmpty {
            return finding(
                at: Place(line), in: session,
                means: Words(
                    "The server said \(Quote.of(line)) alone: behind it a space is missing, and some clients do not go on.",
                    ja: """
                        サーバーは \(Quote.of(line)) だけを送りました。後に必要な空白がなく、先へ進まないクライアントがあります。
                        """))
        }
        guard text.first == Byte.space, Base64.decode(text.dropFirst()) == nil else { return nil }
        // As Exchange asks for NTLM and GSSAPI; their clients do not read it.
        let isKnown = text.suffix(10).lazy.map(\.lowercased).elementsEqual(" supported".utf8)
        return finding(
            at: Place(line), in: session, severity: isKnown ? .note : nil,
            means: Words(
                "The server said \(Quote.of(line)), and what stands behind the code is not base64.",
                ja: "サーバーは \(Quote.of(line)) と言いましたが、コードの後が Base64 ではありません。"))
    }
}
