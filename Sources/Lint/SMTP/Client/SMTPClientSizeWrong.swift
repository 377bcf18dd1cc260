import Conversation
import Wire

/// The client announces a smaller message than it sends.
struct SMTPClientSizeWrong: Rule {
    static let hears: RuleEvents = [.exchange, .messageEnded]
    static let about = RuleDescription(
        id: "smtp.client.size-wrong",
        title: Words("The message is larger than its SIZE said", ja: "メッセージが SIZE の宣言より大きくなっています"),
        severity: .warning,
        side: .client,
        clause: "RFC 1870 §5; RFC 1870 §6.3",
        means: Words(
            """
            With SIZE the client tells how large the message will be, each line end counted as two octets, \
            so that a server can refuse it before it is sent. Where more is sent than was told, a server may \
            refuse it at the end, after all the octets have passed.
            """,
            ja: """
                SIZE は、サーバーが送信前に拒否できるように、メッセージの大きさ（改行は 2 オクテットとして数え\
                ます）を知らせるものです。宣言より多く送ると、すべてのデータを送り終えた後で拒否されることが\
                あります。
                """),
        remedy: Words(
            """
            Let the client count the message as it will be sent, with CR LF at each line end, or tell a \
            little more.
            """,
            ja: "改行を CR LF に直した、実際に送る形で大きさを数えるか、少し大きめの値を宣言してください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 SIZE 1000000
            C: MAIL FROM:<alice@example.com> SIZE=10
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: Hello.
            C: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
            C: .
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 SIZE 1000000
            C: MAIL FROM:<alice@example.com> SIZE=200
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: Hello.
            C: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
            C: .
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    private var messages = SMTPMessages()

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        messages.hear(message)
        return nil
    }

    /// By so many octets an estimate may miss; clients that count a line end as one octet miss by one for each line more. No
    /// server refuses mail for that (RFC 1870 §6.3).
    private static let slack: UInt64 = 64

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let message = messages.answered(exchange), session.followsSMTP,
            let size = session.smtp.transaction?.parameter("SIZE").flatMap({ ASCII.number($0.utf8) }),
            message.octets.count > size
        else { return nil }
        let count = message.octets.count
        return finding(
            at: message.place(0, 1), in: session,
            severity: count - size > message.octets.lines + Self.slack ? .warning : .note,
            means: Words(
                "The client announced SIZE=\(size) and sent \(count) octets.",
                ja: "クライアントは SIZE=\(size) と宣言し、\(count) オクテットを送りました。"))
    }
}
