import Conversation
import Message
import Wire

/// Text that is called quoted-printable and was never encoded, as its links show.
struct MsgQPNotEncoded: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.qp-not-encoded",
        title: Words("The text is called quoted-printable and was not encoded", ja: "quoted-printable とあるが符号化されていない"),
        severity: .error,
        side: .message,
        clause: "RFC 2045 §6.7",
        means: Words(
            """
            Whoever reads quoted-printable takes `=` and the two hexadecimal digits behind it for one octet. In a link \
            that was not encoded, as `?id=ab12`, the reader finds an octet that makes no sense there; the link is broken.
            """,
            ja: """
                quoted-printable では `=` とそれに続く 16 進数 2 桁を 1 オクテットとして読みます。`?id=ab12` のようなリンクを符号化せずに\
                書くと、意味をなさないオクテットになり、リンクが壊れます。
                """),
        remedy: Words(
            """
            Encode the text, with `=` as `=3D`, or name the encoding that it has: 7bit where all is ASCII, else 8bit.
            """,
            ja: "`=` を `=3D` とするなど本文を符号化するか、実際の形式(ASCII だけなら 7bit、それ以外は 8bit)を宣言してください。"),
        violating: SampleMail.submitted(
            SampleMail.mail(encoding: "quoted-printable", body: ["https://example.com/reset?user=ab12&token=C3D4"])),
        conforming: SampleMail.submitted(
            SampleMail.mail(
                encoding: "quoted-printable", body: ["https://example.com/reset?user=3Dab12&token=3DC3D4"])),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        explains: [MsgCharsetMismatch.self, MsgQPSyntax.self])

    /// Octets of a link, at most, that are looked at.
    private static let longest = 2_000

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        for part in message.ownTexts where part.transferEncoding == .quotedPrintable {
            // Other sets give sense to any octet.
            let charset = Charset(part.charset ?? "us-ascii")
            guard charset == .utf8 || charset.isSame(as: .usASCII), let link = Self.brokenLink(part.text) else {
                continue
            }
            let title = message.read.title(of: part.index)
            let (shown, octet) = (Quote.of(Array(link.dropLast())), Quote.of(Array(link.suffix(1))))
            return finding(
                message, at: part.body, in: session,
                means: Words(
                    """
                    \(title.en.capitalizedFirst) is called quoted-printable. Read as such, \
                    \(shown) has the octet \(octet) behind it, where `=` and a value should be: it was not encoded.
                    """,
                    ja: """
                        \(title.ja)は quoted-printable とされていますが、そのとおりに読むと \(shown) の後に `=` と値ではなく \
                        \(octet) というオクテットが来ます。符号化されていません。
                        """))
        }
        return nil
    }

    /// From the scheme to an octet that is none of UTF-8's, where the name of a parameter has ended.
    private static func brokenLink(_ text: [UInt8]) -> ArraySlice<UInt8>? {
        var start = 0
        // What the word is so far: does it have `://`, and behind that `?`; how long is the name behind `?` or `&`.
        var hasScheme = false
        var hasQuery = false
        var name = 0
        for (index, byte) in text.enumerated() {
            switch byte {
            case ...Byte.space, UInt8(ascii: "<"), UInt8(ascii: ">"), Byte.quote:
                (start, hasScheme, hasQuery, name) = (index + 1, false, false, 0)
            case UInt8(ascii: "/"):
                if index > start + 1, text[index - 1] == Byte.colon || text[index - 2] == Byte.colon {
                    hasScheme = true
                }
                name = 0
            case UInt8(ascii: "?"), UInt8(ascii: "&"):
                if byte == UInt8(ascii: "?"), hasScheme { hasQuery = true }
                name = 0
            case 0x80...:
                if hasQuery, name > 0, index - start < longest, !Self.beginsCharacter(text[index...]) {
                    return text[start...index]
                }
                name = 0
            default: name = hasQuery && byte != Byte.equals ? name + 1 : 0
            }
        }
        return nil
    }

    private static func beginsCharacter(_ bytes: ArraySlice<UInt8>) -> Bool {
        let length =
            switch bytes.first ?? 0 {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 0
            }
        return length > 0 && Array(bytes.prefix(length)).isUTF8
    }
}
