import Conversation

/// The client does not wait for the reply to a command that must end a group.
struct SMTPClientPipeliningWrongMember: Rule {
    static let hears: RuleEvents = [.utterance, .exchange, .messageBegan]
    static let about = RuleDescription(
        id: "smtp.client.pipelining-wrong-member",
        title: Words(
            "The client does not wait after a command that ends a group",
            ja: "応答を待つべきコマンドの後で待っていません"),
        severity: .error,
        side: .client,
        clause: "RFC 2920 §3.1; RFC 4954 §4",
        means: Words(
            """
            Where PIPELINING is offered a client may say several commands at once, but EHLO, DATA, VRFY, \
            EXPN, NOOP and QUIT, and AUTH where the server has something to ask, must be the last of them: \
            what comes next depends on the reply. A message sent behind DATA without waiting is read as \
            commands where DATA is refused.
            """,
            ja: """
                PIPELINING が使える場合は複数のコマンドをまとめて送れますが、EHLO、DATA、VRFY、EXPN、NOOP、\
                QUIT と、サーバーとのやり取りが必要な AUTH は、まとまりの最後に置かなければなりません。続きが\
                応答によって変わるからです。DATA の応答を待たずに送ったメッセージは、DATA が拒否されるとコマ\
                ンドとして読まれてしまいます。
                """),
        remedy: Words(
            "Let the client wait for the reply to each of these before it says anything more.",
            ja: "これらのコマンドの後では、応答を待ってから次を送るようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 PIPELINING
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: DATA
            C: Subject: hello
            C: 
            C: Hello.
            C: .
            S: 354 go ahead
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 PIPELINING
            C: MAIL FROM:<alice@example.com>
            C: RCPT TO:<bob@example.net>
            C: DATA
            S: 250 ok
            S: 250 ok
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: Hello.
            C: .
            C: QUIT
            S: 250 ok
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    private var haste = SMTPHaste()

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        haste.hear(line, in: session)
        return nil
    }

    mutating func messageBegan(_ message: MessageStart, in session: SessionSoFar) -> Finding? {
        haste.hear(message, in: session)
        return nil
    }

    /// RFC 2920 §3.1; whether AUTH is one depends on its mechanism (RFC 4954 §4).
    private static let last: Set<String> = ["EHLO", "LHLO", "DATA", "VRFY", "EXPN", "TURN", "QUIT", "NOOP"]

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let found = haste.hear(exchange, in: session), found.isOffered,
            Self.last.contains(found.verb) || found.verb == "AUTH" && found.next.en != found.next.ja
        else { return nil }
        return finding(
            at: found.place, in: session,
            means: Words(
                """
                The client went on with \(found.next.en) before the server had answered \(found.verb), after \
                which it has to wait even with PIPELINING.
                """,
                ja: """
                    クライアントは、\(found.verb) への応答を待たずに\
                    \(found.next.ja == found.next.en ? " \(found.next.ja) " : found.next.ja)を送りました。\
                    PIPELINING が使える場合でも、\(found.verb) の後では待たなければなりません。
                    """))
    }
}
