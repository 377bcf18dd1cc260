import Conversation
import Wire

/// The client says CR where no LF follows.
struct SMTPClientBareCR: Rule {
    static let hears: RuleEvents = [.utterance, .exchange, .messageEnded]
    static let about = RuleDescription(
        id: "smtp.client.bare-cr",
        title: Words("A CR stands alone", ja: "CR が単独で使われています"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §2.3.8",
        means: Words(
            """
            CR may stand in SMTP only before LF, where it ends a line. Servers differ in what they make of a \
            lone CR: a line end, a part of the line, or a reason to refuse; where two of them differ a \
            second message can be hidden in the first.
            """,
            ja: """
                SMTP では CR は LF の直前、つまり行末でしか使えません。単独の CR をどう扱うか（行末とみなす、\
                行の一部とみなす、拒否する）はサーバーによって異なり、その違いを突いて一通のメールの中に別のメー\
                ルを隠すことができてしまいます。
                """),
        remedy: Words(
            """
            Let the client write CR LF at the end of each line, once, and no CR anywhere else; text of old \
            Macintosh files must be converted.
            """,
            ja: """
                クライアントが各行末に CR LF を一度だけ書き、それ以外の場所に CR を書かないようにしてくださ\
                い。古い Macintosh 形式の改行は変換が必要です。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: NOOP\\x0D
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
        dialects: [.smtp, .lmtp], explains: [SMTPClientUnknownVerb.self])

    private var messages = SMTPMessages()

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, line.kind == .command || line.kind == .response, line.end != .none,
            line.bytes.contains(Byte.cr), !session.hasGap, SMTPVerbs.isText(line.bytes)
        else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The client's line \(Quote.of(line)) has a CR in it that no LF follows. Servers differ in whether \
                the line ends there.
                """,
                ja: """
                    クライアントの行 \(Quote.of(line)) に、LF が続かない CR が含まれています。そこで行が終わるか\
                    どうかはサーバーによって異なります。
                    """))
    }

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        messages.hear(message)
        return nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let message = messages.answered(exchange), let first = message.octets.bareCR.first, !session.hasGap,
            !session.isBinary
        else { return nil }
        let count = message.octets.bareCR.count
        return finding(
            at: message.place(first, 1), in: session,
            means: Words(
                """
                CR that no LF follows in the message: \(count) of them, the first behind \(first) octets. \
                Servers differ in whether a line ends there, and some refuse the message.
                """,
                ja: """
                    メッセージの中に LF が続かない CR が \(count) 個あり、最初のものは先頭から \(first) オクテッ\
                    トの後にあります。そこで行が終わるかどうかはサーバーによって異なり、メッセージを拒否するサーバー\
                    もあります。
                    """))
    }
}
