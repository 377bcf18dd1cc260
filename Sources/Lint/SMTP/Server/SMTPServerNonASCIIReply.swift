import Conversation
import Wire

/// There is something else than printable ASCII in a reply.
struct SMTPServerNonASCIIReply: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "smtp.server.non-ascii-reply",
        title: Words(
            "A reply has octets in it that are not printable ASCII", ja: "応答に印字可能な ASCII 以外の文字がある"),
        severity: .warning,
        side: .server,
        clause: "RFC 5321 §4.2; RFC 6531 §3.7.4",
        means: Words(
            """
            The text of a reply is of HT, space and printable ASCII. Nothing says in which charset other octets are, \
            so logs and bounces that quote the reply show garbage, and control characters upset terminals.
            """,
            ja: """
                応答の文に使えるのは HT と空白と印字可能な ASCII だけです。それ以外は文字コードが分からないため、応答を引用した\
                ログやエラーメールが文字化けし、制御文字は端末の表示を乱します。
                """),
        remedy: Words(
            """
            Write replies in ASCII. UTF-8 may only go to a client that said SMTPUTF8 with its MAIL, VRFY or EXPN.
            """,
            ja: """
                応答は ASCII で書いてください。UTF-8 を使えるのは、MAIL、VRFY、EXPN で SMTPUTF8 を指定したクライアントに\
                対してだけです。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: NOOP
            S: 250 \\xC3\\xA7a va
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
    private var wantsUTF8 = false
    private var isHello = false

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        let isReply = lines.isReply(line, in: session)
        if let command = session.command {
            isHello = command.verb == "EHLO" || command.verb == "LHLO"
            if !wantsUTF8, ["MAIL", "VRFY", "EXPN"].contains(command.verb) {
                wantsUTF8 = command.arguments.contains { ASCII.equal($0, "SMTPUTF8") }
            }
            return nil
        }
        guard isReply, line.kind == .reply else { return nil }
        // What the server says to greet may have control characters (RFC 5321 §4.1.1.1).
        let isGreeting = isHello
        isHello = false
        guard let odd = line.bytes.first(where: { !Self.isPlain($0) }) else { return nil }
        let isHigh = line.bytes.contains { $0 >= 0x80 }
        if isGreeting, !isHigh { return nil }
        if wantsUTF8, isHigh, String(validating: line.bytes, as: UTF8.self) != nil { return nil }
        let octet = (odd < 16 ? "0x0" : "0x") + String(odd, radix: 16, uppercase: true)
        return finding(
            at: Place(line), in: session,
            means: Words(
                "The server said \(Quote.of(line)). The octet \(octet) has no place in the text of a reply.",
                ja: "サーバーは \(Quote.of(line)) と言いました。オクテット \(octet) は応答の文に使えません。"))
    }

    /// A lone CR is another rule's.
    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x20...0x7E).contains(byte) || byte == Byte.tab || byte == Byte.cr
    }
}
