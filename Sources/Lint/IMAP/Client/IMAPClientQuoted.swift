import Conversation
import Wire

/// A quoted string holds what none may hold.
struct IMAPClientQuoted: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "imap.client.quoted",
        title: Words("A quoted string of the client's is malformed", ja: "クライアントの引用文字列が正しくない"),
        severity: .error,
        side: .client,
        clause: "RFC 9051 §4.3, §9; RFC 3501 §4.3, §9",
        means: Words(
            #"""
            A quoted string ends on its line, holds no CR, LF or NUL, and a backslash in it only before a quote or a \#
            backslash. In IMAP4rev1 it is 7-bit as well. Servers answer BAD, or take it for another string.
            """#,
            ja: #"""
                引用文字列は同じ行で閉じ、CR、LF、NUL を含めず、バックスラッシュは引用符かバックスラッシュの前にだけ置けます。\#
                IMAP4rev1 では 7 ビットに限られます。違反するとサーバーは BAD を返すか、別の文字列として受け取ります。
                """#),
        remedy: Words(
            "Send such a string as a literal, and double the backslashes in a quoted one.",
            ja: "そのような文字列はリテラルで送り、引用文字列の中のバックスラッシュは二重にしてください。"),
        violating: IMAPScene.loggedIn + """
            C: a2 STATUS "INBOX (MESSAGES)
            S: a2 BAD syntax error
            """ + IMAPScene.logout,
        conforming: IMAPScene.loggedIn + """
            C: a2 STATUS "INBOX" (MESSAGES)
            S: * STATUS INBOX (MESSAGES 3)
            S: a2 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, line.end != .none else { return nil }
        switch session.piece(line) {
        case .start, .more: break
        case .literal, .unknown: return nil
        }
        let verb = session.command?.imapVerb ?? ""
        let allows8Bit =
            session.imap.hasUTF8 || session.imap.capabilities?.contains("IMAP4REV2") == true || session.hasGap
            // Which of these names is in which form is another rule's matter.
            || !IMAPVerb.mailboxes(verb).isEmpty || verb == "LIST" || verb == "LSUB"
        guard let (severity, what) = Self.flaw(in: line, allows8Bit: allows8Bit) else { return nil }
        return finding(
            at: Place(line), in: session, severity: severity,
            means: Words(
                "In \(Quote.of(line)) a quoted string \(what.en). The server may answer BAD, or read another string.",
                ja: "\(Quote.of(line)) の引用文字列\(what.ja)。サーバーは BAD を返すか、別の文字列として読むことがあります。"))
    }

    private static func flaw(in line: Utterance, allows8Bit: Bool) -> (Severity, Words)? {
        let bytes = line.bytes.prefix(line.secretFrom ?? line.bytes.count)
        guard bytes.contains(Byte.quote) else { return nil }
        var scan = IMAPQuoted.Scan()
        for byte in bytes {
            let wasEscaped = scan.isEscaped
            guard scan.isContent(byte) else { continue }
            switch byte {
            case Byte.cr: return (.error, Words("holds a CR", ja: "に CR が含まれています"))
            case Byte.nul: return (.error, Words("holds a NUL", ja: "に NUL が含まれています"))
            case 0x80... where !allows8Bit:
                return (.warning, Words("holds 8-bit bytes", ja: "に 8 ビット文字が含まれています"))
            case Byte.quote, UInt8(ascii: "\\"): break
            default:
                guard wasEscaped else { continue }
                return (
                    .warning,
                    Words("has a backslash that escapes nothing", ja: "に何もエスケープしないバックスラッシュがあります")
                )
            }
        }
        guard scan.isOpen, line.secretFrom == nil, line.dropped == 0 else { return nil }
        return (.error, Words("is not closed on its line", ja: "が行内で閉じていません"))
    }
}
