import Conversation
import Message

/// Octets above 127 in a body that is 7bit.
struct MsgCTEMissing8Bit: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.cte-missing-8bit",
        title: Words("Octets above 127 are not announced", ja: "127 を超えるオクテットがあるのに宣言がない"),
        severity: .error,
        side: .message,
        clause: "RFC 2045 §6.2",
        means: Words(
            """
            Without Content-Transfer-Encoding, or with 7bit, a part has octets up to 127 only. Servers go \
            by that: what they find above it they may cut to 7 bits, refuse, or pass on to a server that \
            cannot take it. Letters outside ASCII are lost.
            """,
            ja: """
                Content-Transfer-Encoding がないか 7bit の場合、そのパートには 127 以下のオクテットしか含められ\
                ません。サーバーはそれを前提に扱うため、8 ビット目が落とされたり、拒否されたり、対応していないサ\
                ーバーへ渡されたりして、ASCII 以外の文字が失われます。
                """),
        remedy: Words(
            """
            Write `Content-Transfer-Encoding: 8bit` and send with BODY=8BITMIME, or encode the part as \
            quoted-printable or base64.
            """,
            ja: """
                `Content-Transfer-Encoding: 8bit` を書いて BODY=8BITMIME で送るか、quoted-printable または base6\
                4 で符号化してください。
                """),
        violating: SampleMail.submitted(
            SampleMail.mail(body: ["Caf\\xC3\\xA9 on Friday?"]), parameters: " BODY=8BITMIME"),
        conforming: SampleMail.submitted(
            SampleMail.mail(encoding: "8bit", body: ["Caf\\xC3\\xA9 on Friday?"]), parameters: " BODY=8BITMIME"),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard let found = message.defects([.eightBitUnlabelled]),
            message.read.parts.indices.contains(found.first.part)
        else { return nil }
        let part = message.read.title(of: found.first.part)
        let isAbsent = message.read.parts[found.first.part].transferEncoding == .absent
        return finding(
            message, at: found.first.range, in: session,
            means: isAbsent
                ? Words(
                    """
                    The body of \(part.en) has \(found.count) octets above 127 and no Content-Transfer-Encoding, \
                    which means 7bit.
                    """,
                    ja: """
                        \(part.ja)の本文に 127 を超えるオクテットが \(found.count) 個ありますが、Content-Transfer-Encodi\
                        ng がなく、7bit と見なされます。
                        """)
                : Words(
                    """
                    The body of \(part.en) has \(found.count) octets above 127, and its Content-Transfer-Encoding \
                    is 7bit.
                    """,
                    ja: """
                        \(part.ja)の本文に 127 を超えるオクテットが \(found.count) 個ありますが、Content-Transfer-Encodi\
                        ng は 7bit です。
                        """))
    }
}
