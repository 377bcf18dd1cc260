import Conversation
import Wire

/// The client ends a line otherwise than by CRLF.
struct IMAPClientLineEnd: Rule {
    static let hears: RuleEvents = [.utterance, .ended]
    static let about = RuleDescription(
        id: "imap.client.line-end",
        title: Words("The client ends a line without CRLF", ja: "クライアントの行が CRLF で終わっていない"),
        severity: .error,
        side: .client,
        clause: "RFC 9051 §2.2; RFC 3501 §2.2",
        means: Words(
            """
            Every line of IMAP ends with CR and LF together. Servers that keep to it go on waiting for the end of a \
            line that ends with LF alone, or take a CR in the middle for a part of an argument.
            """,
            ja: """
                IMAP の行はすべて CR と LF の組で終わります。LF だけで終わる行があると、規格に厳格なサーバーは行の終わりを待ち続け、\
                行の途中の CR は引数の一部と受け取られます。
                """),
        remedy: Words(
            "Let the client write CR LF at the end of each line, whatever its system uses in files.",
            ja: "OS の改行に関係なく、クライアントが各行の終わりに CR LF を書くようにしてください。"),
        violating: IMAPScene.secure + """
            S: * OK [CAPABILITY IMAP4rev1] ready
            C: a1 NOOP\\x0A\\c
            S: a1 OK done
            C: a9 LOGOUT
            S: * BYE bye
            S: a9 OK done
            """,
        conforming: IMAPScene.secure + """
            S: * OK [CAPABILITY IMAP4rev1] ready
            C: a1 NOOP
            S: a1 OK done
            C: a9 LOGOUT
            S: * BYE bye
            S: a9 OK done
            """,
        dialects: [.imap], explains: [IMAPServerNoTaggedReply.self])

    /// Nanoseconds after which the end of a line will not come any more.
    private static let patience: Int64 = 10_000_000_000

    /// The last line of the client's, which has no end.
    private var unended: Utterance?

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard let line = unended, !session.hasGap, !session.imap.isCompressed, session.layer != .agreed else {
            return nil
        }
        let silence = session.last.since(line.at)
        guard silence >= Self.patience else { return nil }
        let seconds = silence / 1_000_000_000
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The client said \(Quote.of(line)) without CR LF behind it. To the server the line never ended, and both \
                waited for each other for \(seconds) seconds.
                """,
                ja: """
                    クライアントは CR LF を付けずに \(Quote.of(line)) を送りました。サーバーにとって行は終わっておらず、\
                    双方が \(seconds) 秒間互いを待ちました。
                    """))
    }

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, session.layer != .agreed else { return nil }
        unended = nil
        switch session.piece(line) {
        case .start, .more: break
        case .literal, .unknown: guard line.kind == .response else { return nil }
        }
        if line.end == .none, !line.bytes.isEmpty { unended = line }
        if line.end == .lf {
            return finding(
                at: Place(line), in: session,
                means: Words(
                    "The line \(Quote.of(line)) ends with LF alone. A server that waits for CR LF never sees its end.",
                    ja: "行 \(Quote.of(line)) が LF だけで終わっています。CR LF を待つサーバーには行の終わりが見えません。"))
        }
        guard Self.hasBareCR(line) else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                There is a CR in the line \(Quote.of(line)) that no LF follows. To a server it ends no line, and what \
                follows it is not the command that the client meant.
                """,
                ja: """
                    行 \(Quote.of(line)) の中に LF の続かない CR があります。サーバーにとってこれは行の終わりではなく、\
                    その後の部分はクライアントの意図したコマンドになりません。
                    """))
    }

    /// One that is in no quoted string: that is another rule's matter.
    private static func hasBareCR(_ line: Utterance) -> Bool {
        // The last byte of what is cut off may be the first of a CRLF.
        let bytes = line.bytes.prefix(line.secretFrom ?? line.bytes.count)
        guard let cr = bytes.firstIndex(of: Byte.cr), cr + 1 < line.bytes.count || line.end != .none else {
            return false
        }
        return !IMAPQuoted.isInside(bytes[..<cr])
    }
}
