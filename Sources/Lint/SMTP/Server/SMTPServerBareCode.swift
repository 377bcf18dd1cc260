import Conversation
import Wire

/// A reply is a code and nothing else.
struct SMTPServerBareCode: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "smtp.server.bare-code",
        title: Words("The server replies with a code and no text", ja: "サーバーの応答がコードだけで文がない"),
        severity: .note,
        side: .server,
        clause: "RFC 5321 §4.2, §4.2.1",
        means: Words(
            """
            Clients must take a bare code. Servers should all the same send a space behind it: old clients look for \
            it, and whoever reads the log has nothing to go by without a text.
            """,
            ja: """
                クライアントはコードだけの応答も受け付けなければなりませんが、サーバーは少なくとも空白を付けるべきです。\
                空白を探す古いクライアントがあり、文がないとログを読む人の手がかりにもなりません。
                """),
        remedy: Words(
            "Send a space and a few words behind the code.", ja: "コードの後に空白と短い説明文を付けてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: NOOP
            S: 250
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
        // An empty challenge has a rule of its own.
        guard lines.isReply(line, in: session), line.kind == .reply, !session.hasGap, line.bytes.count == 3,
            SMTPReplyCodes.isWellFormed(line.bytes)
        else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                "The server's whole line is \(Quote.of(line)). It is legal, and tells nobody why.",
                ja: "サーバーの行は \(Quote.of(line)) だけです。違反ではありませんが、理由が誰にも分かりません。"))
    }
}
