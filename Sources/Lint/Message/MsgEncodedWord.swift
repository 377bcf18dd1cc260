import Conversation
import Message
import Wire

/// An encoded word that is none.
struct MsgEncodedWord: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.encoded-word",
        title: Words("An encoded word of the header is not written as one", ja: "ヘッダーの encoded-word の書式が正しくない"),
        severity: .warning,
        side: .message,
        clause: "RFC 2047 §2; RFC 2047 §3; RFC 2047 §5",
        means: Words(
            """
            `=?charset?B?text?=` has at most 75 characters, blanks around it, whole characters inside, and \
            stands in no quotes and no address; a word in ISO-2022-JP goes back to ASCII before its end. \
            Readers that go by this show other words undecoded, or with broken characters.
            """,
            ja: """
                `=?charset?B?text?=` は 75 文字以内で、前後を空白で区切り、文字の途中で切らず、引用符やアドレス\
                の中には書きません。ISO-2022-JP の場合は末尾までに ASCII に戻ります。守られていないと、復号され\
                ずに表示されたり、文字が壊れたりします。
                """),
        remedy: Words(
            """
            Let a MIME library encode the field as a whole, and put no quotes around its words.
            """,
            ja: """
                フィールド全体を MIME ライブラリで符号化し、encoded-word を引用符で囲まないでください。
                """),
        violating: SampleMail.submitted(SampleMail.mail(subject: "Re:=?utf-8?B?6K2w5LqL6Yyy?=")),
        conforming: SampleMail.submitted(SampleMail.mail(subject: "Re: =?utf-8?B?6K2w5LqL6Yyy?=")),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    private static let addresses: [StaticString] = ["FROM", "SENDER", "REPLY-TO", "TO", "CC", "BCC"]

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard message.read.hasHeader else { return nil }
        var first: (field: HeaderField, range: Range<Int>, what: Words)?
        var count: UInt64 = 0
        for field in message.read.fields where field.bytesBeyond == 0 && Self.isForPeople(field) {
            let isAddress = Self.addresses.contains { field.isNamed($0) }
            for fault in EncodedWords(field.value, in: isAddress ? .structured : .unstructured).faults {
                guard let what = Self.what(fault.kind) else { continue }
                count += 1
                first = first ?? (field, fault.range, what)
            }
        }
        guard let first else { return nil }
        let range = first.range.clamped(to: 0..<first.field.value.count)
        let place = first.field.place(of: range)
        let word = Quote.of(Array(first.field.value[range]))
        return finding(
            message, at: place.isEmpty ? first.field.range : place, more: count - 1, in: session,
            means: Words(
                """
                In the field \(first.field.nameQuote) the word \(word) \(first.what.en).
                """, ja: "フィールド \(first.field.nameQuote) の \(word) は\(first.what.ja)。"))
    }

    /// It may have encoded words: there is `=?` in it, and it is none that a program writes for programs.
    private static func isForPeople(_ field: HeaderField) -> Bool {
        guard let mark = field.value.firstIndex(of: 0x3F), mark > 0,
            field.value.indices.dropFirst().contains(where: {
                field.value[$0] == 0x3F && field.value[$0 - 1] == Byte.equals
            })
        else { return false }
        let machine: [StaticString] = [
            "CONTENT-TYPE", "CONTENT-DISPOSITION", "RECEIVED", "DKIM-SIGNATURE", "ARC-SEAL", "ARC-MESSAGE-SIGNATURE",
            "ARC-AUTHENTICATION-RESULTS", "AUTHENTICATION-RESULTS", "MESSAGE-ID", "REFERENCES", "IN-REPLY-TO",
            "LIST-UNSUBSCRIBE", "LIST-POST", "LIST-HELP", "LIST-ARCHIVE",
        ]
        return !machine.contains { field.isNamed($0) }
    }

    /// nil: others tell of it, or it harms nobody.
    private static func what(_ kind: EncodedWords.FaultKind) -> Words? {
        switch kind {
        case .tooLong(let count):
            Words("has \(count) characters, and no more than 75 are allowed", ja: "\(count) 文字あり、上限の 75 文字を超えています")
        case .characterCut:
            Words(
                "ends in the middle of a character that goes on in the next word", ja: "次の encoded-word に続く文字の途中で切れています"
            )
        case .notSeparated:
            Words("is not separated by a blank from what stands next to it", ja: "前後の文字と空白で区切られていません")
        case .notBackInASCII(let set):
            Words("ends in \(set.title), without `ESC ( B`", ja: "`ESC ( B` がないまま \(set.title) の状態で終わっています")
        case .unknownCharset(let name):
            Words(
                "names the charset \(Quote.of(Array(name.utf8))), which is not known",
                ja: "未知の charset \(Quote.of(Array(name.utf8))) を使っています")
        case .unknownEncoding(let name):
            Words(
                """
                names the encoding \(Quote.of(Array(name.utf8))), which is neither B nor Q
                """, ja: "B でも Q でもない符号化 \(Quote.of(Array(name.utf8))) を使っています")
        case .badBase64: Words("is no correct base64", ja: "base64 として正しくありません")
        case .badQ: Words("is no correct Q encoding", ja: "Q 符号化として正しくありません")
        case .blankInside: Words("has blanks inside", ja: "途中に空白があります")
        case .inQuotedString:
            Words("stands in quotes, where words are not decoded", ja: "復号されない引用符の中にあります")
        case .wrongBytes(let count):
            Words("has \(count) bytes that are none of its charset", ja: "その charset にないバイトを \(count) 個含んでいます")
        case .unterminated: Words("has no `?=` at its end", ja: "末尾の `?=` がありません")
        case .emptyText, .rawEightBit, .rawEscapes: nil
        }
    }
}
