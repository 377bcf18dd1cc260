import Conversation
import Wire

/// Some recipients were accepted and some were not, and the client sends to none of them.
struct SMTPClientAbandonsAccepted: Rule {
    static let hears: RuleEvents = [.exchange, .ended]
    static let about = RuleDescription(
        id: "smtp.client.abandons-accepted",
        title: Words(
            "The client gives up on recipients that were accepted", ja: "受け付けられた宛先にも送らずにやめています"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §4.5.3.1.10; RFC 5321 §3.3",
        means: Words(
            """
            Each RCPT is answered for itself: what is refused for one recipient says nothing of the others. A server \
            that takes no more recipients in this transaction says so with 452, and the client sends to those that \
            were accepted, and to the rest in the next transaction. A client that gives up all of it delivers to \
            nobody, and does the same again at the next try.
            """,
            ja: """
                RCPT には宛先ごとに応答があり、一つが拒否されてもほかの宛先には関係ありません。一つのトランザクションでこ\
                れ以上受け付けない場合、サーバーは 452 を返します。クライアントは受け付けられた宛先にまず送り、残りは次の\
                トランザクションで送ります。すべてをやめてしまうと誰にも届かず、再試行しても同じことになります。
                """),
        remedy: Words(
            """
            Let the client go on with DATA where at least one recipient was accepted, try those refused with 4yz \
            again later, and report those refused with 5yz to its user.
            """,
            ja: """
                一つでも宛先が受け付けられたら DATA に進み、4yz で拒否された宛先は後で再試行し、5yz で拒否された宛先は利用\
                者に知らせるようにしてください。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: RCPT TO:<carol@example.net>
            S: 450 4.2.1 mailbox busy, try again later
            C: RSET
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: RCPT TO:<carol@example.net>
            S: 450 4.2.1 mailbox busy, try again later
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: Hello.
            C: .
            S: 250 queued
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    private var last: Place?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.length > 0 else { return nil }
        last = Place(commandOf: exchange, in: session)
        guard exchange.verb == "RSET" || exchange.verb == "QUIT", let last else { return nil }
        return found(at: last, Words("said \(exchange.verb)", ja: "\(exchange.verb) を送り"), in: session)
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard session.clientLeft, let last else { return nil }
        return found(at: last, Words("closed the connection", ja: "接続を閉じ"), in: session)
    }

    private func found(at place: Place, _ how: Words, in session: SessionSoFar) -> Finding? {
        guard session.followsSMTP, let transaction = session.smtp.transaction, transaction.accepted > 0,
            // Of a message that was begun other rules tell.
            !transaction.hasChunk, !transaction.isDataRefused, session.smtp.lastVerb == "RCPT",
            let refused = transaction.lastRefused, let reply = refused.replies.last,
            // With no sender a server only asks whether an address exists.
            transaction.mail.command.contains(UInt8(ascii: "@"))
        else { return nil }
        let isCount = reply.isAboutTooManyRecipients || reply.says(["4.5.3"])
        let accepted = "\(transaction.accepted)"
        return finding(
            at: place, in: session, severity: isCount ? .error : .warning,
            means: Words(
                """
                The server had accepted \(accepted) recipient\(transaction.accepted == 1 ? "" : "s") and refused \
                \(transaction.refused), the last with \(Quote.of(reply)), and the client \(how.en) without DATA: \
                nobody gets the message. \(isCount
                    ? "It could have sent to those accepted, and to the others in another transaction."
                    : "Those accepted could have been sent to.")
                """,
                ja: """
                    サーバーは宛先 \(accepted) 件を受け付け、\(transaction.refused) 件を拒否しました(最後は \
                    \(Quote.of(reply)))。クライアントは DATA に進まずに\(how.ja)、メッセージは誰にも届きませんでした。\
                    \(isCount
                        ? "受け付けられた宛先に送り、残りを別のトランザクションで送ることができました。"
                        : "受け付けられた宛先には送ることができました。")
                    """))
    }
}
