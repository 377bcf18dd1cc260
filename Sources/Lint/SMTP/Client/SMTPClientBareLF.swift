import Conversation

/// The client ends lines with LF alone, in its commands or in a message.
struct SMTPClientBareLF: Rule {
    static let hears: RuleEvents = [.utterance, .exchange, .messageEnded]
    static let about = RuleDescription(
        id: "smtp.client.bare-lf",
        title: Words("A line ends with LF alone", ja: "行末が LF だけになっています"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §2.3.8; RFC 5321 §4.1.1.4",
        means: Words(
            """
            A line of SMTP ends with CR LF and with nothing else. Servers that guard against smuggled mail \
            refuse a lone LF, others take it for a line end or for a part of the line, and where two of them \
            differ a second message can be hidden in the first.
            """,
            ja: """
                SMTP の行は CR LF だけで終わります。単独の LF は、メールの密輸（SMTP smuggling）を防ぐサーバー\
                には拒否され、ほかのサーバーでは行末とみなされたり行の一部とみなされたりします。解釈の違いを突\
                いて、一通のメールの中に別のメールを隠すことができてしまいます。
                """),
        remedy: Words(
            """
            Let the client write CR LF at the end of each line, and turn the line ends of a message into CR \
            LF before it sends it.
            """,
            ja: """
                クライアントがすべての行末に CR LF を書くようにし、メッセージの改行も送信前に CR LF に変換し\
                てください。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: NOOP\\x0A\\c
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: NOOP
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    private var messages = SMTPMessages()

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, line.end == .lf, line.kind == .command || line.kind == .response,
            !session.hasGap, SMTPVerbs.isText(line.bytes)
        else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The client ended its line \(Quote.of(line)) with LF alone, and no CR before it. Strict servers \
                do not take this for the end of the line.
                """,
                ja: """
                    クライアントは行 \(Quote.of(line)) を、CR のない LF だけで終えています。厳格なサーバーはこれを\
                    行末とみなしません。
                    """))
    }

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        messages.hear(message)
        return nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let message = messages.answered(exchange), let first = message.octets.bareLF.first, !session.hasGap,
            !session.isBinary
        else { return nil }
        let count = message.octets.bareLF.count
        return finding(
            at: message.place(first, 1), in: session,
            means: Words(
                """
                LF without a CR before it in the message: \(count) of them, the first behind \(first) octets. \
                Servers that guard against smuggled mail refuse such a message; others take each of these for a \
                line end.
                """,
                ja: """
                    メッセージの中に CR を伴わない LF が \(count) 個あり、最初のものは先頭から \(first) オクテッ\
                    トの後にあります。メールの密輸を防ぐサーバーはこのようなメッセージを拒否し、ほかのサーバーは行末\
                    とみなします。
                    """))
    }
}
