import Conversation
import Wire

/// The client names a mailbox in no form that IMAP4rev1 knows.
struct IMAPClientMUTF7: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "imap.client.mutf7",
        title: Words("The name of a mailbox is not in modified UTF-7", ja: "メールボックス名が変形 UTF-7 でない"),
        severity: .warning,
        side: .client,
        clause: "RFC 3501 §5.1.3; RFC 9051 §A.1",
        means: Words(
            """
            Without UTF8=ACCEPT or IMAP4rev2 names of mailboxes are 7-bit, other characters in modified UTF-7, and `&` \
            itself is written `&-`. Other clients show such a name garbled, or the server refuses it.
            """,
            ja: """
                UTF8=ACCEPT も IMAP4rev2 も有効でない場合、メールボックス名は 7 ビットで、それ以外の文字は変形 UTF-7 で書き、\
                `&` 自体は `&-` と書きます。そうでない名前は他のクライアントで文字化けするか、サーバーに拒否されます。
                """),
        remedy: Words(
            "Encode the names of mailboxes in modified UTF-7, or ENABLE UTF8=ACCEPT first.",
            ja: "メールボックス名を変形 UTF-7 で符号化するか、先に ENABLE UTF8=ACCEPT を行ってください。"),
        violating: IMAPScene.loggedIn + """
            C: a2 CREATE "R&D"
            S: a2 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.loggedIn + """
            C: a2 CREATE "R&-D"
            S: a2 OK done
            C: a3 CREATE &ZeVnLIqe-
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    /// The literal that comes is a mailbox.
    private var isLiteral = false

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, !session.imap.hasUTF8, !session.hasGap else { return nil }
        switch session.piece(line) {
        case .start: return start(line, session)
        case .literal:
            guard isLiteral else { return nil }
            isLiteral = false
            return check(line.bytes, line, session)
        case .more, .unknown:
            isLiteral = false
            return nil
        }
    }

    private mutating func start(_ line: Utterance, _ session: SessionSoFar) -> Finding? {
        isLiteral = false
        guard line.end != .none, let verb = session.command?.imapVerb else { return nil }
        let places = IMAPVerb.mailboxes(verb)
        guard !places.isEmpty else { return nil }
        var tokens = IMAPTokens(IMAPArguments.of(line.bytes, verb: verb))
        for place in 0..<places.upperBound {
            guard let token = tokens.next() else { return nil }
            guard places.contains(place) else { continue }
            if case .literal = token {
                isLiteral = true
                return nil
            }
            if let name = token.string, let finding = check(name, line, session) { return finding }
        }
        return nil
    }

    private func check(_ name: [UInt8], _ line: Utterance, _ session: SessionSoFar) -> Finding? {
        guard line.dropped == 0, !name.allSatisfy({ (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "&") }) else {
            return nil
        }
        if let once = ModifiedUTF7.decode(name) { return twice(name, once, line, session) }
        let why =
            name.contains { $0 >= 0x80 }
            ? Words("has 8-bit bytes in it", ja: "には 8 ビット文字が含まれています")
            : Words("is not modified UTF-7", ja: "は変形 UTF-7 になっていません")
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The client names the mailbox \(Quote.of(name)), which \(why.en). Other programs will show it otherwise, \
                or not find it.
                """,
                ja: "クライアントの送ったメールボックス名 \(Quote.of(name)) \(why.ja)。他のソフトでは別の名前に見えるか、見つかりません。"))
    }

    /// A name that was in this form already and was encoded once more.
    private func twice(_ name: [UInt8], _ once: String, _ line: Utterance, _ session: SessionSoFar) -> Finding? {
        guard let meant = ModifiedUTF7.decode(Array(once.utf8)), meant.utf8.contains(where: { $0 >= 0x80 }) else {
            return nil
        }
        let (shown, right) = (Picture.of(text: meant), Quote.of(Array(once.utf8)))
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The client names the mailbox \(Quote.of(name)), which is encoded twice: \(right) is modified UTF-7 \
                already, and means \(shown). The `&` of it was encoded once more, as `&-`.
                """,
                ja: """
                    クライアントの送ったメールボックス名 \(Quote.of(name)) は二重に符号化されています。\(right) がすでに変形 UTF-7\
                     で「\(shown)」を表しますが、その `&` がさらに `&-` に符号化されました。
                    """))
    }
}
