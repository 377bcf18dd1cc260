import Conversation
import Message

/// A line ends outside ASCII.
struct MsgISO2022JPOpenEscape: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.iso2022jp-open-escape",
        title: Words("A line in ISO-2022-JP does not go back to ASCII", ja: "ISO-2022-JP の行末で ASCII に戻っていない"),
        severity: .error,
        side: .message,
        clause: "RFC 1468",
        means: Words(
            """
            In ISO-2022-JP each line has to end in ASCII (or JIS X 0201 Roman), after `ESC ( B`, and the \
            text in ASCII. A reader that begins each line in ASCII, as many do, shows all that follows as \
            garbage; a line that is cut takes the rest of the mail with it.
            """,
            ja: """
                ISO-2022-JP では、行末までに `ESC ( B` で ASCII(または JIS X 0201 ローマ字)に、本文の終わりまで\
                に ASCII に戻らなければなりません。行頭を ASCII と見なすソフトでは以降がすべて文字化けし、行が切れ\
                ると残りの本文も巻き添えになります。
                """),
        remedy: Words(
            """
            Write `ESC ( B` before each line end, and put no line end into a run of Japanese text.
            """,
            ja: """
                改行の前に必ず `ESC ( B` を書き、漢字のままの文字列の途中で改行しないでください。
                """),
        violating: SampleMail.submitted(
            SampleMail.mail(type: "text/plain; charset=iso-2022-jp", body: ["\\x1B$B$F$9$H", "\\x1B(Btest"])),
        conforming: SampleMail.submitted(
            SampleMail.mail(type: "text/plain; charset=iso-2022-jp", body: ["\\x1B$B$F$9$H\\x1B(B", "test"])),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        JISFault.first(of: message) { fault, isCut in
            switch fault.kind {
            case .lineEndsOutsideASCII: true
            case .textEndsOutsideASCII: !isCut
            default: false
            }
        }.map { found in
            let title = message.read.title(of: found.part.index)
            let line = Quote.of(found.line)
            let set: String =
                switch found.fault.kind {
                case .lineEndsOutsideASCII(let set), .textEndsOutsideASCII(let set): set.title
                default: ""
                }
            return finding(
                message, at: found.place, more: found.more, in: session,
                means: Words(
                    """
                    In \(title.en) the line \(line) ends in \(set), with no `ESC ( B` before its end.
                    """,
                    ja: """
                        \(title.ja)の行 \(line) は、`ESC ( B` がないまま \(set) の状態で終わっています。
                        """))
        }
    }
}
