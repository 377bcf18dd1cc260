import Conversation
import Message

/// A composite part is encoded.
struct MsgCTEMultipart: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.cte-multipart",
        title: Words("A multipart or a message within is encoded as a whole", ja: "multipart や message 全体が符号化されている"),
        severity: .error,
        side: .message,
        clause: "RFC 2045 §6.4",
        means: Words(
            """
            A multipart or a message within may be 7bit, 8bit or binary: each part inside is encoded by \
            itself. Readers look for the boundaries before they decode anything. Where the whole is encoded \
            they find none, and show no text and no attachment.
            """,
            ja: """
                multipart や message のエンコーディングは 7bit、8bit、binary に限られ、符号化は内側の各パートご\
                とに行います。メールソフトは復号する前に境界を探すため、全体を符号化すると境界が見つからず、本文\
                も添付ファイルも表示されません。
                """),
        remedy: Words(
            """
            Encode the parts inside, and give the multipart itself 7bit or 8bit, or no \
            Content-Transfer-Encoding at all.
            """,
            ja: """
                内側のパートを符号化し、multipart 自体は 7bit か 8bit とするか、Content-Transfer-Encoding を書か\
                ないでください。
                """),
        violating: SampleMail.submitted(
            SampleMail.mail(
                type: "multipart/mixed; boundary=frontier", encoding: "quoted-printable",
                body: ["--frontier", "", "See you on Friday.", "--frontier--"])),
        conforming: SampleMail.submitted(
            SampleMail.mail(
                type: "multipart/mixed; boundary=frontier", encoding: "7bit",
                body: ["--frontier", "", "See you on Friday.", "--frontier--"])),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    /// Types within `message` that RFC 2046 §5.2 defined; of those that came later some may be encoded (RFC 6532 §3.5).
    private static let old: Set<String> = ["rfc822", "partial", "external-body"]

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard let found = message.defects([.encodedComposite]), message.read.parts.indices.contains(found.first.part)
        else { return nil }
        let part = message.read.parts[found.first.part]
        let type = Quote.of(Array("\(part.type)/\(part.subtype)".utf8))
        return finding(
            message, at: found.first.range, more: found.more, in: session,
            severity: part.isMultipart || Self.old.contains(part.subtype) ? .error : .warning,
            means: Words(
                """
                A part of the type \(type) has the Content-Transfer-Encoding \(Quote.of(found.first.detail)). \
                What is inside cannot be found without decoding it first.
                """,
                ja: """
                    種別 \(type) のパートの Content-Transfer-Encoding が \(Quote.of(found.first.detail)) です。先に\
                    復号しないと中身を見つけられません。
                    """))
    }
}
