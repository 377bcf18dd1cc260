import Conversation
import Message
import Wire

/// An empty line stands among the fields of the header, so that the rest of them is text.
struct MsgHeaderEndsEarly: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.header-ends-early",
        title: Words("An empty line cuts the header in two", ja: "ヘッダーの途中に空行がある"),
        severity: .error,
        side: .message,
        clause: "RFC 5322 §2.1; RFC 5322 §3.6",
        means: Words(
            """
            The first empty line ends the header. Where one stands among the fields, as when the text of a field ends \
            with a line break of its own, those behind it are text: the message lacks its sender, date or type, servers \
            refuse it, and readers show fields and raw code.
            """,
            ja: """
                最初の空行でヘッダーは終わります。フィールドの値の末尾に改行が残っているなどしてフィールドの間に空行が入る\
                と、それより後のフィールドは本文になります。差出人や日付や種類のないメールとしてサーバーに拒否されたり、\
                フィールドがそのまま表示されたりします。
                """),
        remedy: Words(
            """
            Let the program cut line breaks off what it puts into a field, and write the empty line once, behind the \
            last field.
            """,
            ja: "フィールドに入れる文字列から改行を取り除き、空行は最後のフィールドの後に一度だけ書くようにしてください。"),
        violating: SampleMail.submitted(
            ["To: Bob <bob@example.net>", "Subject: Minutes of the meeting", "", "From: Alice <alice@example.com>"]
                + ["Date: Tue, 4 Mar 2025 10:20:30 +0900", "Message-ID: <20250304102030.1@example.com>"]
                + ["", "See you on Friday."]),
        conforming: SampleMail.submitted(SampleMail.mail()),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true,
        explains: [MsgNoFrom.self, MsgNoDate.self, MsgNoMessageID.self, MsgNoMIMEVersion.self])

    /// Fields that text does not begin with, unless it is a header.
    private static let known: [StaticString] = [
        "FROM", "DATE", "TO", "CC", "SUBJECT", "REPLY-TO", "SENDER", "MESSAGE-ID", "MIME-VERSION", "CONTENT-TYPE",
        "CONTENT-TRANSFER-ENCODING", "CONTENT-DISPOSITION", "RECEIVED", "X-MAILER", "USER-AGENT", "REFERENCES",
        "IN-REPLY-TO", "X-PRIORITY", "IMPORTANCE", "RETURN-PATH",
    ]
    /// Lines of the body that are looked at, and bytes of each.
    private static let lines = 12
    private static let longest = 200

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        let read = message.read
        guard read.hasHeader, read.isComplete, read.fieldsBeyond == 0, read.root.type == "text", read.wireCount > 0,
            !read.root.transferEncoding.isEncoded,
            !read.defects.contains(where: { $0.part == 0 && $0.kind == .noEmptyLine })
        else { return nil }
        let found = Self.fields(read.root.text)
        var missing = Self.missing(found, in: read)
        guard let first = found.first else { return nil }
        let isSure = !missing.isEmpty
        // Somebody may have written so by hand.
        if !isSure, ASCII.equal(first.name, "SUBJECT"), read.field("SUBJECT") == nil { missing = [first] }
        guard !missing.isEmpty else { return nil }
        let names = missing.map { Picture.of($0.name) }.joined(separator: ", ")
        let end =
            read.fields.last.map { last in
                Words(
                    "The header ends behind \(last.quote), since an empty line follows.",
                    ja: "\(last.quote) の後に空行があるため、ヘッダーはそこで終わっています。")
            }
            ?? Words(
                "The message begins with an empty line, so that its header has no field.",
                ja: "メッセージが空行で始まっているため、ヘッダーにフィールドがありません。")
        let start = read.root.body.lowerBound
        return finding(
            message, at: start..<(start &+ UInt64(first.line.count)), in: session,
            severity: isSure ? .error : .warning,
            means: Words(
                """
                \(end.en) The text begins with \(Quote.of(first.line)), which is a field; what the header lacks and \
                the text has: \(names).
                """,
                ja: """
                    \(end.ja)本文はフィールドである \(Quote.of(first.line)) で始まっており、ヘッダーになく本文にあるのは \
                    \(names) です。
                    """))
    }

    private struct Field {
        var name: [UInt8]
        var line: [UInt8]

        /// A text may have a line `Date: Friday`; it hardly has one that reads as a header's.
        fileprivate var isTelling: Bool {
            let value = line.dropFirst(name.count + 1)
            if ASCII.equal(name, "FROM") { return value.contains(UInt8(ascii: "@")) }
            if ASCII.equal(name, "DATE") {
                return value.contains(Byte.colon) && ASCII.words(value).contains(where: Self.isZone)
            }
            if ASCII.equal(name, "MIME-VERSION") { return value.contains { $0.isDigit } }
            if ASCII.equal(name, "CONTENT-TYPE") { return value.contains(UInt8(ascii: "/")) }
            return ASCII.equal(name, "CONTENT-TRANSFER-ENCODING")
        }

        private static func isZone(_ word: ArraySlice<UInt8>) -> Bool {
            ASCII.equal(word, "GMT") || ASCII.equal(word, "UT")
                || word.count == 5 && (word.first == Byte.plus || word.first == Byte.hyphen)
                    && word.dropFirst().allSatisfy(\.isDigit)
        }
    }

    /// Those of `found`, with which a text begins, that the header lacks and should have; none where they may be text.
    private static func missing(_ found: [Field], in read: ReadMessage) -> [Field] {
        guard found.count(where: { field in known.contains { ASCII.equal(field.name, $0) } }) > 1 else { return [] }
        return found.filter { field in
            field.isTelling && !read.fields.contains { ASCII.uppercased($0.name) == ASCII.uppercased(field.name) }
        }
    }

    /// The fields with which a text begins, up to the first line that is none.
    private static func fields(_ text: [UInt8]) -> [Field] {
        var found: [Field] = []
        var rest = text.prefix(lines * longest)
        while !rest.isEmpty, found.count < lines {
            let whole = rest.prefix { $0 != Byte.lf }
            rest = rest[whole.endIndex...].dropFirst()
            let line = Array(whole.last == Byte.cr ? whole.dropLast() : whole)
            // A field goes on with a line that begins with a blank.
            if !found.isEmpty, line.first.map({ $0.isBlank }) == true { continue }
            let name = line.prefix { $0 != Byte.colon }
            guard name.count < line.count, (2...60).contains(name.count), name.first?.isLetter == true,
                name.allSatisfy({ $0.isLetter || $0.isDigit || $0 == Byte.hyphen })
            else { break }
            found.append(Field(name: Array(name), line: line))
        }
        return found
    }
}
