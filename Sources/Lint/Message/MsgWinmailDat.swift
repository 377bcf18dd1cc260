import Conversation
import Message

/// Outlook wrapped it.
struct MsgWinmailDat: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.winmail-dat",
        title: Words(
            "The message is wrapped in the private form of Outlook (winmail.dat)",
            ja: "Outlook 独自形式(winmail.dat)で包まれている"),
        severity: .note,
        side: .message,
        clause: "RFC 2046 §4.5",
        means: Words(
            """
            Outlook and Exchange wrap rich text and attachments into a part application/ms-tnef. Other \
            readers show a file winmail.dat instead of them, or nothing.
            """,
            ja: """
                Outlook と Exchange は、リッチテキストや添付ファイルを application/ms-tnef というパートに包むこ\
                とがあります。ほかのメールソフトでは winmail.dat というファイルが見えるか、何も見えません。
                """),
        remedy: Words(
            """
            Let Outlook send HTML or plain text to recipients outside, in its options or in those of \
            Exchange.
            """,
            ja: """
                Outlook または Exchange の設定で、外部の宛先には HTML かテキスト形式で送るようにしてください。
                """),
        violating: SampleMail.submitted(
            SampleMail.mail(type: "application/ms-tnef; name=winmail.dat", encoding: "base64", body: ["eJ8+IgEAAQ=="])),
        conforming: SampleMail.submitted(
            SampleMail.mail(type: "application/octet-stream; name=data.bin", encoding: "base64", body: ["AJ8+IgEAAQ=="])
        ),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard message.read.hasHeader,
            let part = message.read.parts.first(where: { $0.isTNEF && message.isOwn($0.index) })
        else { return nil }
        let title = message.read.title(of: part.index)
        let isWhole = part.index == 0
        return finding(
            message, at: part.header, in: session,
            means: Words(
                """
                The content of \(title.en), \(part.decodedOctets) octets, is in the form that Outlook and \
                Exchange read. \
                \(isWhole ? "Nothing else is in the message." : "Other readers show it as winmail.dat.")
                """,
                ja: """
                    \(title.ja)の内容(\(part.decodedOctets) オクテット)は Outlook と Exchange だけが読める形式です。\
                    \(isWhole ? "メッセージにはほかに何もありません。" : "ほかのソフトでは winmail.dat と表示されます。")
                    """))
    }
}
