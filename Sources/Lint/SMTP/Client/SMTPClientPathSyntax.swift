import Conversation
import Wire

/// The client gives an address that is none.
struct SMTPClientPathSyntax: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.path-syntax",
        title: Words("The address in MAIL or RCPT is malformed", ja: "MAIL/RCPT のアドレスの形が正しくありません"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §4.1.2",
        means: Words(
            """
            Between the angle brackets stands an address of the form local-part@domain; MAIL may have `<>`, \
            RCPT may have `<postmaster>`. A name to be shown does not belong there, nor do spaces. Servers \
            refuse such an address, or send the mail where nobody wanted it.
            """,
            ja: """
                山括弧の中には local-part@domain の形のアドレスを書きます。MAIL では `<>`、RCPT では `<postmaster>` \
                も使えます。表示名や空白は入れられません。このようなアドレスはサーバーに拒否されるか、意図しな\
                い宛先に届きます。
                """),
        remedy: Words(
            "Check the address where the user gives it, and send what stands in `<` and `>` only.",
            ja: "利用者が入力した時点でアドレスを検査し、`<` と `>` の中の部分だけを送るようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@work@example.net>
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
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp], repeats: true)

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let command = SMTPPathCommand(exchange), let (flaw, severity) = Self.flaw(command) else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session, severity: severity,
            means: Words(
                "The client said \(Quote.of(exchange.command)), which is malformed: \(flaw.en).",
                ja: """
                    クライアントは \(Quote.of(exchange.command)) を送りましたが、形が正しくありません。\
                    \(flaw.ja)。
                    """))
    }

    private static func flaw(_ command: SMTPPathCommand) -> (Words, Severity)? {
        switch command.form {
        case .missing:
            let word = command.isMail ? "FROM" : "TO"
            return (Words("it has no `\(word):` with an address behind it", ja: "`\(word):` とそれに続くアドレスがありません"), .error)
        case .bare where command.hasName:
            return (
                Words(
                    "a name to be shown stands before the `<`, and only the address belongs there",
                    ja: "`<` の前に表示名がありますが、ここに書けるのはアドレスだけです"), .error
            )
        case .unclosed, .bare: return nil
        case .bracketed: break
        }
        if command.more > 0 {
            let between = Words(command.isJoined ? "a comma" : "blanks", ja: command.isJoined ? "コンマ" : "空白")
            return (SMTPPath.several(1 + command.more, between), .error)
        }
        if command.isJoined, !command.path.contains(Byte.less) {
            return (Words("no space stands between its `>` and what follows", ja: "`>` とその後の間に空白がありません"), .error)
        }
        switch SMTPPath(command.path) {
        case .null:
            return command.isMail
                ? nil : (Words("a recipient cannot be empty", ja: "宛先を空にすることはできません"), .error)
        case .malformed(let flaw, let severity): return (flaw, severity)
        case .name, .mailbox: return nil
        }
    }
}
