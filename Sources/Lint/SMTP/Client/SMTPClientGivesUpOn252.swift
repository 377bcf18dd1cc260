import Conversation
import Wire

/// The client takes a yes of the second kind for a no.
struct SMTPClientGivesUpOn252: Rule {
    static let hears: RuleEvents = [.exchange, .messageBegan, .ended]
    static let about = RuleDescription(
        id: "smtp.client.gives-up-on-252",
        title: Words("The client takes 251 or 252 for a refusal", ja: "251 や 252 を拒否とみなしています"),
        severity: .warning,
        side: .client,
        clause: "RFC 5321 §3.5.3; RFC 5321 §7.3",
        means: Words(
            """
            All replies that begin with 2 say yes. 252 says that the server will not tell whether the mailbox exists, \
            and takes the mail for it; 251 that it takes the mail and passes it on. Most servers answer VRFY with 252 \
            whatever the address, so as to tell spammers nothing. A client that asks before it sends, and waits for \
            250, never sends anything.
            """,
            ja: """
                2 で始まる応答はすべて肯定です。252 は、メールボックスの有無は答えないがメールは受け取るという意味で、251 は\
                受け取って転送するという意味です。ほとんどのサーバーは、迷惑メール業者に何も教えないために、どのアドレスの \
                VRFY にも 252 を返します。250 だけを待つクライアントはメールを送れません。
                """),
        remedy: Words(
            "Do without VRFY, which tells nothing any more, and take every reply that begins with 2 for a yes.",
            ja: "もはや役に立たない VRFY は使わず、2 で始まる応答はすべて肯定とみなすようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 VRFY
            C: VRFY bob@example.com
            S: 252 2.0.0 bob@example.com
            C: QUIT
            S: 221 bye
            end: client-closed
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 VRFY
            C: VRFY bob@example.com
            S: 252 2.0.0 bob@example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.com>
            S: 250 ok
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: Hello.
            C: .
            S: 250 queued
            C: QUIT
            S: 221 bye
            end: client-closed
            """,
        dialects: [.smtp, .lmtp])

    private var answered: (command: String, reply: String, place: Place)?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.length > 0, let reply = exchange.replies.last else { return nil }
        switch exchange.verb {
        case "VRFY", "RCPT":
            let isUnsure = reply.code == "252" || reply.code == "251"
            answered =
                isUnsure
                ? (Quote.of(exchange.command), Quote.of(reply), Place(commandOf: exchange, in: session)) : nil
        case "QUIT", "RSET", "NOOP": break
        default: answered = nil
        }
        return nil
    }

    mutating func messageBegan(_ message: MessageStart, in session: SessionSoFar) -> Finding? {
        answered = nil
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard let answered, session.followsSMTP, session.smtp.delivered == 0 else { return nil }
        switch session.end {
        case .closed, .reset(by: .client): break
        case .reset, .unreachable, .stopped, .failed, .brokenOff, nil: return nil
        }
        return finding(
            at: answered.place, in: session,
            means: Words(
                """
                The server answered \(answered.command) with \(answered.reply), which is a yes: it takes mail for this \
                address. The client sent none, and left.
                """,
                ja: """
                    サーバーは \(answered.command) に \(answered.reply) と答えました。これは、この宛先のメールを受け取るとい\
                    う肯定の応答です。しかしクライアントは何も送らずに去りました。
                    """))
    }
}
