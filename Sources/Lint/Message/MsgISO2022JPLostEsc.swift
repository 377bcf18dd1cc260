import Conversation
import Message
import Wire

/// ESC was stripped.
struct MsgISO2022JPLostEsc: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.iso2022jp-lost-esc",
        title: Words("The escape characters of ISO-2022-JP are lost", ja: "ISO-2022-JP の ESC が失われている"),
        severity: .warning,
        side: .message,
        clause: "RFC 1468",
        means: Words(
            """
            The text has `$B…(B` as ISO-2022-JP has it, but without the ESC before them, so that all \
            Japanese text is garbage. Something on the way, or in the program, took control characters off.
            """,
            ja: """
                本文に ISO-2022-JP の `$B…(B` がありますが、その前の ESC がないため、日本語がすべて文字化けしま\
                す。途中のどこか、またはプログラムの中で制御文字が取り除かれています。
                """),
        remedy: Words(
            """
            Find what strips control characters (0x1B) from the message; or send the text in base64, or in \
            utf-8.
            """,
            ja: """
                制御文字(0x1B)を取り除いている箇所を探すか、base64 または utf-8 で送ってください。
                """),
        violating: SampleMail.submitted(
            SampleMail.mail(type: "text/plain; charset=iso-2022-jp", body: ["$B$3$s$K$A$O!\"@$3&(B"])),
        conforming: SampleMail.submitted(
            SampleMail.mail(type: "text/plain; charset=iso-2022-jp", body: ["It costs US$B or $BAR (Bahrain)."])),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        JISFault.first(of: message, hasEscapes: false) { fault, _ in
            if case .lostEscapes = fault.kind { true } else { false }
        }.flatMap { found in
            guard case .lostEscapes(let text) = found.fault.kind else { return nil }
            let title = message.read.title(of: found.part.index)
            let meant = Picture.of(text: String(text.prefix(20)))
            let line = Quote.of(found.line)
            return finding(
                message, at: found.place, more: found.more, in: session,
                means: Words(
                    "In \(title.en) the line \(line) has lost its ESC; it means `\(meant)`.",
                    ja: "\(title.ja)の行 \(line) は ESC を失っています。元は「\(meant)」です。"))
        }
    }
}
