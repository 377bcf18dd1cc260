import Conversation
import Wire

/// The code of a reply is none of those that are written for the command.
struct SMTPServerCodeForPhase: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.code-for-phase",
        title: Words("The reply code is not one for this command", ja: "応答コードがこのコマンドのものではない"),
        severity: .warning,
        side: .server,
        clause: "RFC 5321 §4.3.2",
        means: Words(
            """
            For each command it is written with which codes a server agrees. Clients that follow RFC 5321 look at the \
            first digit only and go on; others compare the whole code and take the reply for a failure. Whoever reads \
            the log is misled.
            """,
            ja: """
                コマンドごとに、成功を表す応答コードが決まっています。RFC 5321 に従うクライアントは 1 桁目だけを見て先へ\
                進みますが、コード全体を比べて失敗とみなすものもあります。ログを読む人も誤解します。
                """),
        remedy: Words(
            "Let the server answer with the code that RFC 5321 §4.3.2 lists for the command.",
            ja: "RFC 5321 §4.3.2 でそのコマンドに挙げられているコードを返してください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 220 fine
            C: RSET
            S: 250 fine
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 fine
            C: RSET
            S: 250 fine
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp])

    private var order = SMTPReplyOrder()

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard order.holds(exchange, in: session), let reply = exchange.replies.last,
            SMTPReplyCodes.isWellFormed(reply.code.utf8)
        else { return nil }
        if reply.refuses {
            guard !SMTPReplyCodes.isKnownFailure(reply.code) else { return nil }
            return finding(
                at: Place(reply, exchange: session.exchange), in: session, severity: .note,
                means: Words(
                    """
                    The server answered \(Quote.of(reply)). No document says what \(reply.code) means; clients go by \
                    its first digit.
                    """,
                    ja: """
                        サーバーは \(Quote.of(reply)) と応答しました。\(reply.code) の意味を定めた文書はなく、クライアントは \
                        1 桁目で判断します。
                        """))
        }
        guard let row = SMTPReplyCodes.row(exchange.verb), !SMTPServerWrongClass.isWrong(reply, for: row) else {
            return nil
        }
        // To these whole rules are given.
        guard row.verb != "QUIT", row.verb != "RSET" else { return nil }
        guard !row.success.contains(reply.code), !row.intermediate.contains(reply.code) else { return nil }
        let name = exchange.spokenName
        return finding(
            at: Place(reply, exchange: session.exchange), in: session, clause: row.clause,
            means: Words(
                """
                The server answered \(name.en) with \(Quote.of(reply)); the code for that is \(row.positive). A \
                client that compares whole codes takes this for a failure.
                """,
                ja: """
                    \(name.ja)に対してサーバーは \(Quote.of(reply)) と応答しましたが、正しいコードは \(row.positive) \
                    です。コード全体を比べるクライアントは失敗とみなします。
                    """))
    }
}

extension Exchange {
    /// The command, as a sentence names it.
    var spokenName: Words {
        switch verb {
        case ".": Words("the end of the message", ja: "メッセージの終わり")
        case "": Words("a command", ja: "コマンド")
        default: Words(verb, ja: "\(verb) ")
        }
    }
}
