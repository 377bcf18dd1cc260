import Conversation
import Wire

/// A message passes in clear.
struct TLSMailClear: Rule {
    static let hears: RuleEvents = [.messageBegan]
    static let about = RuleDescription(
        id: "tls.mail-clear",
        title: Words("A message passes in clear", ja: "メールが平文で送られている"),
        severity: .note,
        side: .client,
        clause: "RFC 8314 §3; RFC 3207 §6",
        means: Words(
            """
            Whoever carries the bytes can read the message, and change it. Between servers that is still met with; \
            between a user and his server it need not be.
            """,
            ja: """
                データを運ぶ者は、このメールを読み、書き換えることができます。サーバー間ではまだ見られますが、利用者\
                と自分のサーバーの間では避けられます。
                """),
        remedy: Words(
            "Turn on TLS in the client, and at the server where it offers none.",
            ja: """
                クライアントで TLS を有効にしてください。サーバーが提示していない場合は、サーバー側でも有効にしま\
                す。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.com>
            S: 250 ok
            C: DATA
            S: 354 go
            C: Date: Mon, 05 Jan 2026 10:00:00 +0000
            C: From: alice@example.com
            C: To: bob@example.com
            C: Subject: hello
            C: Message-ID: <1@example.com>
            C: 
            C: hello
            C: .
            S: 250 ok
            C: QUIT
            S: 221 mx.example.com
            end: client-closed
            """,
        conforming: """
            protocol: smtp
            tls server start=implicit
            tls client start=implicit
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.com>
            S: 250 ok
            C: DATA
            S: 354 go
            C: Date: Mon, 05 Jan 2026 10:00:00 +0000
            C: From: alice@example.com
            C: To: bob@example.com
            C: Subject: hello
            C: Message-ID: <1@example.com>
            C: 
            C: hello
            C: .
            S: 250 ok
            C: QUIT
            S: 221 mx.example.com
            end: client-closed
            """,
        dialects: [.smtp, .pop3, .imap])

    mutating func messageBegan(_ message: MessageStart, in session: SessionSoFar) -> Finding? {
        guard session.isExposed, !session.hasGap else { return nil }
        let who = message.direction.speakerName
        return finding(
            at: Place(at: message.at), in: session,
            means: Words(
                "The \(who[.en]) sent a message outside TLS. Anybody on the way can read it.",
                ja: "\(who[.ja])は TLS の外でメールを送りました。経路上の誰でも読むことができます。"))
    }
}
