import Conversation
import Wire

/// The client ends a command with a blank.
struct SMTPClientTrailingSpace: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "smtp.client.trailing-space",
        title: Words("A command ends with a space", ja: "コマンドの末尾に空白があります"),
        severity: .note,
        side: .client,
        clause: "RFC 5321 §4.1.1",
        means: Words(
            """
            Servers are to bear blanks at the end of a command, and most do. It is untidy all the same, and \
            a hint that the client puts its lines together from parts that may be empty.
            """,
            ja: """
                サーバーはコマンド末尾の空白を許容することになっており、ほとんどは問題なく動きます。ただし行儀\
                はよくなく、空かもしれない部品を組み合わせて行を作っている兆候でもあります。
                """),
        remedy: Words(
            "Let the client put CR LF right behind the last word.",
            ja: "最後の単語の直後に CR LF を置くようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>\\x20
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
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, line.kind == .command, line.end != .none, line.dropped == 0,
            line.secretFrom == nil, let last = line.bytes.last, last.isBlank, session.command?.verb != ""
        else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                "The client's command \(Quote.of(line)) ends with a blank.",
                ja: "クライアントのコマンド \(Quote.of(line)) の末尾に空白があります。"))
    }
}
