import Conversation
import Wire

/// The server completes a command that was never said, or was completed before.
struct IMAPServerUnknownTag: Rule {
    static let hears: RuleEvents = [.utterance, .ended]
    /// Such tags that are remembered until it is known whether a command comes that has them.
    private static let remembered = 32

    static let about = RuleDescription(
        id: "imap.server.unknown-tag",
        title: Words("The server answers a command that does not exist", ja: "存在しないコマンドへの応答がある"),
        severity: .error,
        side: .server,
        clause: "RFC 9051 §2.2.2; RFC 3501 §2.2.2",
        means: Words(
            """
            The tag of an answer says to which command it belongs, and none with this tag waits for one. The client \
            cannot use the answer, and the command that is meant may never get its own.
            """,
            ja: """
                応答のタグはどのコマンドへのものかを示しますが、そのタグで応答を待つコマンドがありません。\
                クライアントはこの応答を使えず、本来のコマンドは応答を得られないままになりかねません。
                """),
        remedy: Words(
            "Let the server answer each command once, with the tag exactly as the client wrote it.",
            ja: "各コマンドには、クライアントが書いたとおりのタグで一度だけ応答するようにしてください。"),
        violating: IMAPScene.loggedIn + """
            C: a2 NOOP
            S: a2 OK done
            S: a2 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.loggedIn + """
            C: a2 NOOP
            S: a2 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    /// With the command that may be meant.
    private var strays: [(tag: [UInt8], line: Utterance, meant: IMAPSoFar.Command?)] = []

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard session.followsIMAP, session.layer != .agreed, !session.wasInjected else { return nil }
        switch line.direction {
        case .client:
            guard !strays.isEmpty, line.kind == .command else { return nil }
            let tag = line.bytes.prefix { !$0.isBlank }
            // That it was answered before it was said is another rule's matter.
            strays.removeAll { $0.tag.elementsEqual(tag) }
        case .server:
            guard strays.count < Self.remembered, session.piece(line) == .start, let tag = IMAPStray.tag(of: line)
            else { return nil }
            strays.append((Array(tag), line, Self.meant(by: tag, session.imap.pending)))
        }
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard let stray = strays.first, session.followsIMAP else { return nil }
        if let meant = stray.meant {
            let tag = Quote.of(meant.tag)
            let change = Self.change(of: meant.tag, into: stray.tag)
            return finding(
                at: Place(stray.line), in: session,
                means: Words(
                    """
                    The server said \(Quote.of(stray.line)), and no command with this tag was waiting for an answer. \
                    \(meant.verb) waits under the tag \(tag): \(change.en). The client cannot tell that it was answered.
                    """,
                    ja: """
                        サーバーは \(Quote.of(stray.line)) を送りましたが、このタグで応答を待つコマンドはありませんでした。\
                        \(meant.verb) がタグ \(tag) で応答を待っています。\(change.ja)。クライアントには応答があったことが\
                        わかりません。
                        """))
        }
        return finding(
            at: Place(stray.line), in: session,
            means: Words(
                "The server said \(Quote.of(stray.line)), and no command with this tag was waiting for an answer.",
                ja: "サーバーは \(Quote.of(stray.line)) を送りましたが、このタグで応答を待つコマンドはありませんでした。"))
    }

    /// The command of which the tag is like this one.
    private static func meant(by tag: ArraySlice<UInt8>, _ pending: [IMAPSoFar.Command]) -> IMAPSoFar.Command? {
        let upper = ASCII.uppercased(tag)
        return pending.last { command in
            let due = ASCII.uppercased(command.tag)
            return !due.isEmpty && (due.hasPrefix(upper) || upper.hasPrefix(due) || due.hasSuffix(upper))
        }
    }

    private static func change(of due: [UInt8], into tag: [UInt8]) -> Words {
        if due.count == tag.count {
            return Words("the letters of it were given back in another case", ja: "大文字と小文字を変えて返しています")
        }
        if due.starts(with: tag) {
            return Words(
                "of its \(due.count) characters the first \(tag.count) were given back",
                ja: "\(due.count) 文字のうち先頭の \(tag.count) 文字だけを返しています")
        }
        if tag.starts(with: due) {
            return Words(
                "it was given back with \(tag.count - due.count) characters more",
                ja: "\(tag.count - due.count) 文字を付け足して返しています")
        }
        return Words("it was given back changed", ja: "変えて返しています")
    }
}
