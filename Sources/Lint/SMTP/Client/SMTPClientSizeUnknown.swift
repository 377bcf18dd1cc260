import Conversation
import Wire

/// It announces minus one, or the greatest number there is, as the size of its message.
struct SMTPClientSizeUnknown: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.size-unknown",
        title: Words("The client announces a size that it does not know", ja: "未知の大きさを SIZE で宣言している"),
        severity: .error,
        side: .client,
        clause: "RFC 1870 §5, §6.1",
        means: Words(
            """
            SIZE is the client's estimate of the message's octets. A number that is -1 written without its sign, or the \
            greatest that fits, says that the program did not know; the server refuses a message of that size, however \
            small it is.
            """,
            ja: """
                SIZE はメッセージの大きさの見積もりです。符号なしで書かれた -1 や最大の整数は、プログラムが大きさを知らないことを示し\
                ます。実際は小さくても、サーバーはその大きさを理由に拒否します。
                """),
        remedy: Words(
            "Let the client leave SIZE out where it does not know, or count before it sends.",
            ja: "大きさが分からないときは SIZE を省くか、送信前に数えてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 SIZE 10240000
            C: MAIL FROM:<alice@example.com> SIZE=4294967295
            S: 552 too big
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 SIZE 10240000
            C: MAIL FROM:<alice@example.com> SIZE=42949672
            S: 552 too big
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp],
        explains: [SMTPClientSizeOverLimit.self])

    /// Of 32 and 64 bits, signed and not.
    private static let numbers: Set<String> = [
        "2147483647", "4294967295", "9223372036854775807", "18446744073709551615",
    ]

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.verb == "MAIL", session.followsSMTP,
            let parameters = SMTPPathCommand(exchange)?.parameters.map({ ASCII.uppercased($0) }),
            let size = parameters.first(where: { $0.hasPrefix("SIZE=") })?.dropFirst(5),
            Self.numbers.contains(String(size))
        else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The client announced SIZE=\(size), which is what a program writes that does not know the size.
                """,
                ja: "クライアントは SIZE=\(size) と宣言しました。大きさを知らないプログラムが書く数です。"))
    }
}
