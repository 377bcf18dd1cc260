import Conversation
import Wire

/// NUL in a command.
struct SMTPClientNULInCommand: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "smtp.client.nul-in-command",
        title: Words("A command has a NUL in it", ja: "コマンドに NUL が含まれている"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §2.4, §4.1.2",
        means: Words(
            """
            Commands are text, and NUL is no character of theirs. Mostly a program sends the NUL that ends its string in \
            memory along with it, so that it stands before the next command. Servers refuse that, or read on in vain.
            """,
            ja: """
                コマンドは文字列であり、NUL は使えません。多くの場合、メモリ上の文字列の終わりを示す NUL まで送ってしまい、次のコマン\
                ドの先頭に付いています。サーバーは拒否するか、読み違えます。
                """),
        remedy: Words(
            "Let the client send as many octets as the command is long, without the NUL behind it.",
            ja: "末尾の NUL を除いた、コマンドの長さだけを送ってください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: \\x00MAIL FROM:<alice@example.com>
            S: 501 NUL characters are not allowed
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
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp],
        explains: [SMTPClientUnknownVerb.self, SMTPClientPathSyntax.self])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, line.kind == .command, line.bytes.contains(0), session.followsSMTP,
            // TLS, and what else is no text at all, is another rule's matter.
            line.bytes.allSatisfy({ $0 == 0 || $0 >= Byte.space && $0 < 0x7F || $0.isBlank })
        else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                "The client said \(Quote.of(line)), with \(line.bytes.count { $0 == 0 }) NUL in it.",
                ja: "クライアントの送った \(Quote.of(line)) には NUL が \(line.bytes.count { $0 == 0 }) 個含まれています。"))
    }
}
