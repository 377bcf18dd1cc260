import Conversation
import Wire

/// The client sends a dot that some servers take for the end of the message.
struct SMTPClientLaxEndOfData: Rule {
    static let hears: RuleEvents = [.utterance, .messageBegan, .messageBytes, .messageEnded]
    static let about = RuleDescription(
        id: "smtp.client.lax-end-of-data",
        title: Words(
            "The message has a dot that some servers take for its end",
            ja: "一部のサーバーが終端とみなすドットがあります"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §4.1.1.4; RFC 5321 §2.3.8",
        means: Words(
            """
            A message ends with CR LF, a dot, and CR LF. Some servers take a dot between lone LF or lone CR \
            for the end as well: what follows it is then read as commands, and a second message with any \
            sender can be smuggled through (VU#302671).
            """,
            ja: """
                メッセージは CR LF、ドット、CR LF で終わります。単独の LF や CR に挟まれたドットを終端とみな\
                すサーバーもあり、その後はコマンドとして読まれるため、任意の送信者を名乗る別のメールを紛れ込ま\
                せることができます（VU#302671）。
                """),
        remedy: Words(
            """
            Let the client turn all line ends of a message into CR LF first, and then double the dots at the \
            beginnings of lines.
            """,
            ja: "まずメッセージのすべての改行を CR LF に変換し、その後で行頭のドットを二重にしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: Hello.\\x0A.\\x0A\\c
            C: bye
            C: .
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
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: Hello.
            C: ..
            C: bye
            C: .
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp], besides: ["smtp.client.bare-lf"])

    /// The last two octets of the message so far.
    private var last: (UInt8, UInt8) = (Byte.cr, Byte.lf)

    mutating func messageBegan(_ message: MessageStart, in session: SessionSoFar) -> Finding? {
        last = (Byte.cr, Byte.lf)
        return nil
    }

    mutating func messageBytes(
        _ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at time: Timestamp, in session: SessionSoFar
    ) -> Finding? {
        if bytes.count > 1 {
            last = (bytes[bytes.count - 2], bytes[bytes.count - 1])
        } else if bytes.count == 1 {
            last = (last.1, bytes[0])
        }
        return nil
    }

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        // A doubled dot is none that ends a message, wherever it stands.
        guard message.start.dotStuffed, let first = message.octets.laxEnd.first, !session.hasGap,
            message.octets.unstuffedDots.count > 0 || message.octets.bareCR.count > 0
        else { return nil }
        return finding(
            at: message.place(first, 1), in: session,
            means: Words(
                """
                In the message a dot stands alone on a line behind \(first) octets, and the line ends around it \
                are not both CR LF. Servers that take it for the end of the message read what follows as \
                commands.
                """,
                ja: """
                    メッセージの先頭から \(first) オクテットの後に、ドットだけの行がありますが、その前後の行末の\
                    少なくとも一方が CR LF ではありません。これを終端とみなすサーバーは、続きをコマンドとして読み\
                    ます。
                    """))
    }

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.kind == .end, line.direction == .client, !session.hasGap else { return nil }
        let isLax = line.end != .crlf || last.1 != Byte.lf || last.0 != Byte.cr
        guard isLax else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The client ended its message with a dot whose line ends are not both CR LF. Some servers take it \
                for the end; others do not, and wait for more until their time is up.
                """,
                ja: """
                    クライアントは、前後の行末の少なくとも一方が CR LF でないドットでメッセージを終えました。こ\
                    れを終端とみなすサーバーもあれば、みなさずに時間切れまで続きを待つサーバーもあります。
                    """))
    }
}
