import Conversation
import Message

/// binary by DATA.
struct MsgCTEBinary: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.cte-binary",
        title: Words(
            "Content-Transfer-Encoding: binary is sent without BINARYMIME", ja: "BINARYMIME なしに binary を送っている"),
        severity: .warning,
        side: .message,
        clause: "RFC 2045 §6.2; RFC 3030 §3",
        means: Words(
            """
            binary says that a part has lines of any length, and CR, LF and NUL as they come. By DATA that \
            cannot be carried; only BDAT with BODY=BINARYMIME can. Even where the content is harmless, \
            servers may refuse the label or encode the part anew.
            """,
            ja: """
                binary は、行の長さに制限がなく、CR、LF、NUL がそのまま含まれることを示します。DATA では運べず、\
                BODY=BINARYMIME を付けた BDAT でのみ送れます。中身に問題がなくても、この表示だけで拒否されたり符\
                号化し直されたりすることがあります。
                """),
        remedy: Words(
            "Label text as 7bit or 8bit, and encode everything else as base64.",
            ja: "テキストは 7bit か 8bit とし、それ以外は base64 で符号化してください。"),
        violating: SampleMail.submitted(SampleMail.mail(encoding: "binary")),
        conforming: SampleMail.submitted(SampleMail.mail(encoding: "7bit")),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard message.read.hasHeader, message.hasBinaryPart, message.road(in: session).isSMTP,
            let transaction = session.smtp.transaction, transaction.parameter("BODY") != "BINARYMIME",
            let part = message.read.parts.first(where: { $0.transferEncoding == .binary && message.isOwn($0.index) })
        else { return nil }
        let field = part.field("CONTENT-TRANSFER-ENCODING")
        let title = message.read.title(of: part.index)
        return finding(
            message, at: field?.range ?? part.header, in: session,
            means: Words(
                """
                The header of \(title.en) says \(field?.quote ?? "binary"), and MAIL did not say \
                BODY=BINARYMIME.
                """,
                ja: """
                    \(title.ja)のヘッダーに \(field?.quote ?? "binary") とありますが、MAIL で BODY=BINARYMIME が指定\
                    されていません。
                    """))
    }
}
