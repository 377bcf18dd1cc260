import Conversation
import Wire

/// The server does not know a command that each has to know.
struct SMTPServerRequiredVerbMissing: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.required-verb-missing",
        title: Words("The server does not know a required command", ja: "必須のコマンドを実装していない"),
        severity: .error,
        side: .server,
        clause: "RFC 5321 §4.5.1, §4.3.2",
        means: Words(
            """
            Each server knows EHLO, HELO, MAIL, RCPT, DATA, RSET, NOOP, QUIT and VRFY. 500 and 502 say that it does \
            not know a command, or does nothing for it; clients that rely on these commands fail.
            """,
            ja: """
                どのサーバーも EHLO、HELO、MAIL、RCPT、DATA、RSET、NOOP、QUIT、VRFY を実装しなければなりません。500 と \
                502 は「知らない」または「実装していない」という意味で、これらを前提とするクライアントは失敗します。
                """),
        remedy: Words(
            "Let the server do the command; NOOP and RSET cost nothing, and VRFY may be answered with 252 always.",
            ja: "コマンドを実装してください。NOOP と RSET は簡単で、VRFY には常に 252 を返してもかまいません。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: NOOP
            S: 502 not implemented
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: EXPN staff
            S: 502 not implemented
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp])

    private var order = SMTPReplyOrder()

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard order.holds(exchange, in: session), !order.isOver, let reply = exchange.replies.last,
            reply.code == "500" || reply.code == "502", Self.isInPlace(exchange, reply, in: session),
            exchange.isUnderstandable, !reply.isAboutSomethingElse
        else { return nil }
        let isLMTP = session.dialect == .lmtp
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            // Servers from before 1993 do not know EHLO, and clients do without (RFC 5321 §3.2).
            severity: exchange.verb == "VRFY" || exchange.verb == "EHLO" ? .warning : nil,
            clause: isLMTP && exchange.verb == "LHLO" ? "RFC 2033 §4.1" : nil,
            means: Words(
                """
                The server answered \(Quote.of(exchange.command)) with \(Quote.of(reply)), yet each server has to know \
                \(exchange.verb).
                """,
                ja: """
                    サーバーは \(Quote.of(exchange.command)) に \(Quote.of(reply)) と応答しましたが、\(exchange.verb) は\
                    すべてのサーバーに必須のコマンドです。
                    """))
    }

    /// The command is one of these, is whole, and is said where it may be.
    private static func isInPlace(_ exchange: Exchange, _ reply: Reply, in session: SessionSoFar) -> Bool {
        switch exchange.verb {
        case "EHLO", "HELO":
            // An LMTP server must not know them (RFC 2033 §4.1).
            session.dialect == .smtp && ASCII.words(exchange.command[...]).count == 2
        case "LHLO": session.dialect == .lmtp && session.smtp.greeting?.text.uppercased().contains("LMTP") == true
        case "MAIL": exchange.phase == "ready" && exchange.command.dropFirst(4).starts(with: " FROM:<".utf8)
        case "RCPT":
            (exchange.phase == "mail" || exchange.phase == "recipient")
                && exchange.command.dropFirst(4).starts(with: " TO:<".utf8)
        case "DATA": exchange.phase == "recipient" && exchange.command.count == 4
        case "RSET", "NOOP", "QUIT": exchange.command.count == 4
        // 502 says that the operator turned it off (RFC 5321 §3.5.3, §4.3.2).
        case "VRFY": reply.code == "500" && session.dialect == .smtp
        default: false
        }
    }
}
