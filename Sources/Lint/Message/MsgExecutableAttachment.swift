import Conversation
import Message
import Wire

/// A program is attached.
struct MsgExecutableAttachment: Rule {
    static let hears: RuleEvents = [.exchange, .messageEnded, .ended]
    static let about = RuleDescription(
        id: "msg.executable-attachment",
        title: Words("A program or script is attached to the message", ja: "プログラムやスクリプトが添付されている"),
        severity: .warning,
        side: .message,
        clause: "RFC 2183 §5",
        means: Words(
            """
            Files that run when they are opened are how viruses travel. Many servers refuse a message with one, by \
            the end of its name alone, or take the file out; it makes no difference that this one is harmless.
            """,
            ja: """
                開くと実行されるファイルは、ウイルスの感染経路になります。多くのサーバーは、ファイル名の末尾だけを見て、そ\
                のようなファイルを含むメッセージを拒否するか、ファイルを取り除きます。無害なものでも同じです。
                """),
        remedy: Words(
            "Put the file where it can be fetched, and send a link to it.",
            ja: "ファイルはダウンロードできる場所に置き、メールにはリンクを書いてください。"),
        violating: SampleMail.submitted(
            SampleMail.mail(
                type: "application/octet-stream; name=\"setup.bat\"", encoding: "base64", body: ["QGVjaG8gb2ZmDQo="])),
        conforming: SampleMail.submitted(
            SampleMail.mail(
                type: "application/octet-stream; name=\"setup.dat\"", encoding: "base64", body: ["QGVjaG8gb2ZmDQo="])),
        dialects: [.smtp, .lmtp],
        repeats: true)

    /// Ends of names that mail services are seen to refuse.
    private static let endings: Set<String> = [
        "ade", "adp", "apk", "appx", "appxbundle", "bat", "cab", "chm", "cmd", "com", "cpl", "dll", "exe", "hta", "inf",
        "ins", "iso", "img", "isp", "jar", "js", "jse", "lib", "lnk", "mde", "msc", "msi", "msix", "msp", "mst", "nsh",
        "pif", "ps1", "psm1", "reg", "scr", "sct", "sh", "shb", "sys", "vb", "vbe", "vbs", "vhd", "vxd", "wsc", "wsf",
        "wsh", "xll", "docm", "xlsm",
    ]

    private var held = RefusedMessages()

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard message.direction == .client, message.road(in: session).isSMTP,
            let part = message.read.parts.first(where: { Self.isProgram($0) })
        else { return nil }
        let name = Quote.of(Array((part.filename ?? "").utf8))
        func found(_ severity: Severity) -> Finding {
            finding(
                message, at: part.header, in: session, severity: severity,
                means: Words(
                    "The message carries the file \(name), which runs when it is opened.",
                    ja: "メッセージには、開くと実行されるファイル \(name) が添付されています。"))
        }
        held.hold(message, found(.note), ifRefused: found(.warning))
        return nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        held.answered(exchange) { reply in
            reply.says([
                "attach", "content", "executable", "virus", "malware", "banned", "file", "extension", "security",
                "blocked", "prohibited", "5.7.0", "5.6.0",
            ])
        }
    }

    mutating func ended(in session: SessionSoFar) -> Finding? { held.rest() }

    private static func isProgram(_ part: Part) -> Bool {
        guard let name = part.filename?.utf8.suffix(32), let dot = name.lastIndex(of: Byte.dot) else { return false }
        return endings.contains(String(decoding: name[name.index(after: dot)...].map(\.lowercased), as: UTF8.self))
    }
}
