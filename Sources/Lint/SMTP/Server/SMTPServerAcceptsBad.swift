import Conversation
import Wire

/// The server accepts a command that is not as it should be.
struct SMTPServerAcceptsBad: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.accepts-bad",
        title: Words("The server accepts a malformed command", ja: "サーバーが形式の正しくないコマンドを受け付けている"),
        severity: .note,
        side: .server,
        clause: "RFC 5321 §3.3, §4.1.1",
        means: Words(
            """
            The server is lenient, as many are on purpose. It hides the client's mistake, which comes to light with \
            the first server that is strict.
            """,
            ja: """
                サーバーが寛大に受け付けています。意図的にそうしているサーバーは多いのですが、クライアントの誤りが隠れ、\
                厳格なサーバーに接続したときに初めて表面化します。
                """),
        remedy: Words(
            "Mend the client. A server for tests had better refuse such commands with 501.",
            ja: "クライアントを直してください。テスト用のサーバーなら、このようなコマンドは 501 で拒否するのがよいでしょう。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM: <alice@example.com>
            S: 250 fine
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM: <alice@example.com>
            S: 501 no space there
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp],
        besides: ["smtp.client.mail-from-space"])

    private var order = SMTPReplyOrder()

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard order.holds(exchange, in: session), let reply = exchange.replies.last, reply.isPositive,
            let flaw = Self.flaw(exchange)
        else { return nil }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                The client said \(Quote.of(exchange.command)), where \(flaw.en), and the server answered \
                \(Quote.of(reply)).
                """,
                ja: """
                    クライアントの \(Quote.of(exchange.command)) は\(flaw.ja)が、サーバーは \(Quote.of(reply)) と応答しました。
                    """))
    }

    private static func flaw(_ exchange: Exchange) -> Words? {
        let command = exchange.command
        switch exchange.verb {
        case "MAIL", "RCPT":
            guard let colon = command.firstIndex(of: Byte.colon), colon > command.startIndex else { return nil }
            let behind = command[(colon + 1)...]
            if command[colon - 1].isBlank || behind.first?.isBlank == true {
                return Words("a space stands beside the colon", ja: "コロンの前後に空白があります")
            }
            guard let first = behind.first, first != Byte.less else { return nil }
            return Words("the address is not in angle brackets", ja: "アドレスが <> で囲まれていません")
        case "DATA", "RSET", "QUIT":
            guard ASCII.words(command[...]).count > 1 else { return nil }
            return Words("no argument may stand", ja: "引数を取れないコマンドに引数があります")
        default: return nil
        }
    }
}
