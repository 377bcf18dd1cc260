import Conversation
import Message

/// CR or LF stands alone.
struct MsgBareCRLF: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.bare-cr-lf",
        title: Words("The message has CR or LF alone", ja: "メッセージに単独の CR または LF がある"),
        severity: .error,
        side: .message,
        clause: "RFC 5322 §2.3",
        means: Words(
            """
            CR and LF stand in a message together only, as the end of a line. Alone they are a line end for \
            some programs and none for others: text and signatures break, and a message can hide a second \
            one. Whoever says such a message by SMTP or POP3 is told so by a rule of its own.
            """,
            ja: """
                CR と LF は必ず組にして行末にだけ置きます。単独だと行末と見なすソフトと見なさないソフトがあり、\
                本文や署名が壊れたり、別のメッセージを潜ませたりできます。SMTP や POP3 で送信中の場合は別の規則\
                が知らせます。
                """),
        remedy: Words(
            "Turn all line ends into CR LF where the message leaves the program.",
            ja: """
                メッセージを送り出すところで、すべての改行を CR LF に変換してください。
                """),
        violating: SampleMail.fetched(SampleMail.mail(body: ["See you\\x0A\\c", "on Friday."])),
        conforming: SampleMail.fetched(SampleMail.mail(body: ["See you", "on Friday."])),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        let octets = message.octets
        let (cr, lf) = (octets.bareCR, octets.bareLF)
        // `smtp.client.bare-lf` and `pop3.server.line-end` tell it to who says it.
        guard let first = [cr.first, lf.first].compactMap({ $0 }).min(), message.isText, !message.hasBinaryPart,
            session.dialect != .pop3
        else { return nil }
        let road = message.road(in: session)
        // A file of a system on which lines end so.
        guard !road.isSMTP, road != .alone || cr.count > 0 || lf.count < octets.lines else { return nil }
        return finding(
            message, at: first..<(first &+ 1), more: (cr.count &+ lf.count) - 1, in: session,
            means: cr.count == 0
                ? Words(
                    """
                    A line ends with LF alone. Some programs take it for the end of a line, others do not.
                    """,
                    ja: """
                        LF だけで終わる行があります。これを行末と見なすソフトと見なさないソフトがあります。
                        """)
                : lf.count == 0
                    ? Words(
                        """
                        There is a CR with no LF behind it. Some programs take it for the end of a line, others do not.
                        """,
                        ja: """
                            LF が続かない CR があります。これを行末と見なすソフトと見なさないソフトがあります。
                            """)
                    : Words(
                        """
                        There are CR without LF (\(cr.count)) and LF without CR (\(lf.count)). Some programs take them \
                        for ends of lines, others do not.
                        """,
                        ja: """
                            LF が続かない CR(\(cr.count) 個)と、CR のない LF(\(lf.count) 個)があります。これらを行末と見なす\
                            ソフトと見なさないソフトがあります。
                            """))
    }
}
