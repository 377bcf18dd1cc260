import Conversation
import Wire

/// The client gives a parameter of MAIL or RCPT a value that it cannot have.
struct SMTPClientParamValue: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.param-value",
        title: Words("A parameter of MAIL or RCPT has a wrong value", ja: "MAIL/RCPT のパラメータの値が正しくありません"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §4.1.2",
        means: Words(
            """
            What may stand behind the `=` of a parameter is laid down by the extension that the parameter belongs \
            to, and so is whether it goes with MAIL or with RCPT. A server that finds something else there refuses \
            the command with 501, and with it the sender or the recipient.
            """,
            ja: """
                パラメータの `=` の後に書ける値と、それを MAIL と RCPT のどちらに付けるかは、そのパラメータの属する\
                拡張機能が定めています。それ以外のものがあると、サーバーは 501 でコマンドを拒否し、その差出人や宛先は\
                受け付けられません。
                """),
        remedy: Words(
            "Let the client write the parameter as the RFC of its extension has it, or leave it out.",
            ja: "拡張機能の RFC のとおりにパラメータを書くか、パラメータを付けないようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 DSN
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net> NOTIFY=NEVER,FAILURE
            S: 501 5.5.4 bad NOTIFY
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 DSN
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net> NOTIFY=SUCCESS,FAILURE
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp], repeats: true)

    /// Parameters of one command that are looked at.
    private static let limit = 32

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        // After HELO there are no parameters at all, which is another rule's.
        guard !session.hasGap, session.smtp.hello != .helo, let command = SMTPPathCommand(exchange),
            command.form == .bracketed, !command.isJoined, command.more == 0
        else { return nil }
        var seen: Set<String> = []
        for text in command.parameters.prefix(Self.limit) {
            let parameter = SMTPParameter(text)
            // That it is not offered says enough.
            guard SMTPParameter.isOffered(parameter.name, in: session) else { continue }
            let isTwice = !seen.insert(parameter.name).inserted && SMTPParameter.isKnown(parameter.name)
            let twice = SMTPParameter.Flaw("it stands there twice", ja: "二回指定されています", "RFC 5321 §4.1.1.11")
            guard let flaw = isTwice ? twice : parameter.flaw(isMail: command.isMail) else { continue }
            return finding(
                at: Place(commandOf: exchange, in: session), in: session, clause: flaw.clause,
                means: Words(
                    """
                    In \(Quote.of(exchange.command)) the parameter \(Quote.of(Array(text))) is wrong: \
                    \(flaw.words.en).
                    """,
                    ja: """
                        \(Quote.of(exchange.command)) のパラメータ \(Quote.of(Array(text))) は正しくありません。\
                        \(flaw.words.ja)。
                        """))
        }
        return nil
    }
}
