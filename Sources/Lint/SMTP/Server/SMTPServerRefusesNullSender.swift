import Conversation
import Wire

/// The server does not take a message without a sender.
struct SMTPServerRefusesNullSender: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.refuses-null-sender",
        title: Words("The server refuses the empty sender", ja: "空の送信者を拒否している"),
        severity: .error,
        side: .server,
        clause: "RFC 5321 §4.5.5; RFC 5321 §3.6.3",
        means: Words(
            """
            Reports that a message could not be delivered, and receipts, have no sender (`MAIL FROM:<>`), so that \
            nobody answers a report with a report. A server that refuses them keeps its users from hearing that their \
            mail has not arrived, and servers that check addresses by asking take theirs for bad.
            """,
            ja: """
                配送エラーの通知や受領通知には送信者がありません(`MAIL FROM:<>`)。通知に対してさらに通知が返されるのを防ぐ\
                ためです。これを拒否すると、利用者は自分のメールが届かなかったことを知ることができず、アドレスを問い合わせて\
                確かめるサーバーからは、無効なアドレスとみなされます。
                """),
        remedy: Words(
            "Let the server take `MAIL FROM:<>` from anybody who may send mail to its users.",
            ja: "利用者にメールを送れる相手からの `MAIL FROM:<>` はすべて受け付けてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<>
            S: 501 empty sender not allowed
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<>
            S: 250 fine
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp])

    private var order = SMTPReplyOrder()
    /// The last that was accepted is `MAIL FROM:<>`.
    private var isEmpty = false

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        let holds = order.holds(exchange, in: session)
        guard let reply = exchange.replies.last else { return nil }
        switch exchange.verb {
        case "MAIL":
            let isNull = Self.isNull(exchange)
            isEmpty = isNull && reply.isPositive
            guard isNull, !reply.isPositive else { return nil }
        case "RCPT":
            guard isEmpty, reply.isAboutNoSender else { return nil }
        default: return nil
        }
        // Who is logged in, and who should be, sends in the name of an account (RFC 6409 §6.1).
        guard holds, !order.isOver, reply.code.first == "5", !session.smtp.isAuthenticated, session.smtp.hello != .none,
            !["503", "530", "535", "538", "552", "555"].contains(reply.code), !reply.isAboutTheClient,
            reply.isAboutNoSender || !session.smtp.offers("AUTH") && ["501", "500", "553"].contains(reply.code)
        else { return nil }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                The server refused \(Quote.of(exchange.command)) with \(Quote.of(reply)). It was sent with the empty \
                sender that reports and receipts have, and which every server has to take.
                """,
                ja: """
                    サーバーは \(Quote.of(exchange.command)) を \(Quote.of(reply)) で拒否しました。通知や受領通知に使われる空の\
                    送信者は、どのサーバーも受け付けなければなりません。
                    """))
    }

    private static func isNull(_ exchange: Exchange) -> Bool {
        guard let command = SMTPPathCommand(exchange), command.form == .bracketed, !command.isJoined else {
            return false
        }
        return command.path.isEmpty
    }
}

extension Reply {
    fileprivate var isAboutNoSender: Bool {
        says([
            "null sender", "empty sender", "null reverse", "empty envelope", "empty from", "<>", "null return",
            "no sender",
        ])
    }

    /// It has reasons of its own to refuse this client, whatever the sender.
    fileprivate var isAboutTheClient: Bool {
        says([
            "auth", "log in", "login", "relay", "tls", "spam", "block", "list", "spf", "helo", "ehlo", "reverse dns",
            "ptr", "policy", "reputation", "access denied", "param", "size", "too ", "rcpt first", "syntax error in",
        ])
    }
}
