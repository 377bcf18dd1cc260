import Conversation
import Wire

/// The text follows the code at once.
struct SMTPServerNoSpaceAfterCode: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "smtp.server.no-space-after-code",
        title: Words(
            "There is no space between the reply code and its text", ja: "応答コードと文の間に空白がない"),
        severity: .warning,
        side: .server,
        clause: "RFC 5321 §4.2",
        means: Words(
            """
            Behind the three digits stands a space, or a hyphen where more lines follow. Clients that look for one of \
            the two do not take such a line for a reply.
            """,
            ja: """
                3 桁の数字の後には空白を、続きの行があるときはハイフンを置きます。そのどちらかを探すクライアントは、\
                この行を応答とみなしません。
                """),
        remedy: Words(
            "Put one space between the code and the text.", ja: "コードと文の間に空白を一つ入れてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: NOOP
            S: 250fine
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: NOOP
            S: 250 fine
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp])

    private var lines = ReplyLines()

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard lines.isReply(line, in: session), !session.hasGap, line.bytes.count > 3, line.replyCode != nil,
            ![Byte.space, Byte.hyphen, Byte.cr].contains(line.bytes[3])
        else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                "The server said \(Quote.of(line)): behind the code stands neither a space nor a hyphen.",
                ja: "サーバーは \(Quote.of(line)) と言いました。コードの直後に空白もハイフンもありません。"))
    }
}
