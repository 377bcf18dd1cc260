import Conversation
import Wire

/// FETCH of one message succeeds without what was asked for.
struct IMAPServerFetchMissing: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    static let about = RuleDescription(
        id: "imap.server.fetch-missing",
        title: Words("FETCH succeeds without what was asked for", ja: "FETCH が要求した項目を返さずに成功している"),
        severity: .warning,
        side: .server,
        clause: "RFC 9051 §6.4.5; RFC 3501 §6.4.5",
        means: Words(
            """
            The server answers OK to FETCH and left out an item, or the whole message. To the client the message is \
            empty or gone; some ask for it again without end.
            """,
            ja: """
                サーバーは FETCH に OK を返しましたが、項目またはメッセージ全体が欠けています。クライアントからはメッセージが\
                空か、消えたように見えます。際限なく取得し直すクライアントもあります。
                """),
        remedy: Words(
            "Let the server give every item, `NIL` or an empty one where there is nothing, and NO where it cannot.",
            ja: "すべての項目を返し、内容がなければ `NIL` や空文字列を、返せない場合は NO を返すようにしてください。"),
        violating: IMAPScene.selected + """
            C: a3 FETCH 2 (FLAGS RFC822.SIZE)
            S: * 2 FETCH (FLAGS ())
            S: a3 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.selected + """
            C: a3 FETCH 2 (FLAGS RFC822.SIZE)
            S: * 2 FETCH (RFC822.SIZE 300)
            S: * 2 FETCH (FLAGS ())
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    /// A FETCH of one message, and what came of it.
    private struct Asked {
        let offset: UInt64
        let number: UInt64
        let byUID: Bool
        /// Those that are looked for.
        let items: [String]
        var told: Set<String> = []
        /// The message was told of.
        var isThere = false
        /// What was told of messages before it was known which of them has the UID.
        var others: [UInt64: Set<String>] = [:]
    }

    /// Items whose answer bears the same name.
    private static let items: Set<String> = [
        "FLAGS", "UID", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", "BODYSTRUCTURE", "BODY", "RFC822",
        "RFC822.HEADER", "RFC822.TEXT", "BODY[]", "BODY[HEADER]", "BODY[TEXT]",
    ]
    /// Messages of which something is remembered.
    private static let others = 32

    private var reader = IMAPFetchReader()
    private var asked: Asked?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        switch line.direction {
        case .client:
            guard line.kind == .command else { return nil }
            // Two at a time are not told apart.
            asked = session.imap.pending.isEmpty && session.followsIMAP ? Self.asked(line, session) : nil
        case .server:
            guard asked != nil else {
                reader = IMAPFetchReader()
                return nil
            }
            let response = reader.take(line, session.piece(line))
            if session.piece(line) == .unknown || response?.isCut == true || response?.flaw != nil {
                asked = nil
            } else if let response {
                hear(response)
            } else if IMAPNumbering.changes(line, session) {
                asked = nil
            }
        }
        return nil
    }

    private static func asked(_ line: Utterance, _ session: SessionSoFar) -> Asked? {
        guard let verb = session.command?.imapVerb, verb == "FETCH" || verb == "UID FETCH",
            session.imap.state == .selected, line.dropped == 0, line.end != .none,
            IMAPLiteralMark(endOf: line.bytes) == nil
        else { return nil }
        var tokens = IMAPTokens(IMAPArguments.of(line.bytes, verb: verb))
        guard case .atom(let set)? = tokens.next(), let number = IMAPNumbers(set)?.single, let items = tokens.next(),
            tokens.next() == nil
        else { return nil }
        var names: [String] = []
        switch items {
        case .atom(let atom): names = [ASCII.uppercased(atom.prefix(64))]
        case .list(let list):
            var tokens = IMAPTokens(list.dropFirst().dropLast())
            while let token = tokens.next() {
                if case .atom(let atom) = token { names.append(ASCII.uppercased(atom.prefix(64))) }
            }
        case .quoted, .literal: return nil
        }
        let looked = names.map { Self.whole($0.hasPrefix("BODY.PEEK[") ? "BODY[" + $0.dropFirst(10) : $0) }
        return Asked(
            offset: line.offset, number: number, byUID: verb == "UID FETCH", items: looked.filter(Self.items.contains))
    }

    /// `BODY[]` of `BODY[]<0.65536>`: a piece of an item is asked for, and told, by its place (RFC 9051 §6.4.5).
    private static func whole(_ item: String) -> String { String(item.prefix { $0 != "<" }) }

    private mutating func hear(_ response: IMAPFetchReader.Response) {
        guard var asked else { return }
        let names = Set(response.items.map { Self.whole($0.name) })
        if asked.byUID {
            if asked.others.count < Self.others || asked.others[response.number] != nil {
                asked.others[response.number, default: []].formUnion(names)
            }
            if response.number(of: "UID") == asked.number {
                asked.isThere = true
                asked.told.formUnion(asked.others[response.number] ?? names)
            } else if let told = asked.others[response.number], !told.isDisjoint(with: asked.told), asked.isThere {
                asked.told.formUnion(names)
            }
        } else if response.number == asked.number {
            asked.isThere = true
            asked.told.formUnion(names)
        }
        self.asked = asked
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let asked, exchange.offset == asked.offset, exchange.length > 0 else { return nil }
        self.asked = nil
        guard let reply = exchange.replies.last, reply.code == "OK", session.followsIMAP else { return nil }
        guard asked.isThere else {
            // No message may have this UID, and that is no error (RFC 9051 §6.4.9).
            guard !asked.byUID, let exists = session.imap.mailbox?.exists, (1...max(exists, 1)).contains(asked.number),
                exists > 0
            else { return nil }
            return finding(
                at: Place(reply, exchange: session.exchange), in: session,
                means: Words(
                    """
                    The server completed \(Quote.of(exchange.command)) and told nothing of that message, though the \
                    mailbox has \(exists).
                    """,
                    ja: """
                        メールボックスには \(exists) 通あるのに、サーバーはそのメッセージについて何も返さずに \
                        \(Quote.of(exchange.command)) を完了しました。
                        """))
        }
        let missing = asked.items.filter { !asked.told.contains($0) }
        guard !missing.isEmpty else { return nil }
        let names = missing.prefix(8).joined(separator: ", ")
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                "The server completed \(Quote.of(exchange.command)) without \(names).",
                ja: "サーバーは \(names) を返さずに \(Quote.of(exchange.command)) を完了しました。"))
    }
}
