import Conversation
import Wire

/// The client names a mailbox without the prefix that all of the user's have.
struct IMAPClientNamespace: Rule {
    /// Prefixes that are kept, and names of a listing that are looked at.
    private static let kept = 16
    private static let listed: UInt64 = 10_000

    static let about = RuleDescription(
        id: "imap.client.namespace",
        title: Words("A mailbox is named outside the user's namespace", ja: "名前空間の外のメールボックス名を使っている"),
        severity: .warning,
        side: .client,
        clause: "RFC 2342 §5; RFC 9051 §6.3.10",
        means: Words(
            """
            On some servers all mailboxes of a user but INBOX begin with a prefix, as `INBOX.`; NAMESPACE tells it, and \
            LIST shows it. Such a server refuses to create or open a name without it.
            """,
            ja: """
                サーバーによっては、INBOX 以外のメールボックス名がすべて `INBOX.` などの接頭辞で始まります。\
                それは NAMESPACE や LIST の応答でわかります。接頭辞のない名前は作成も選択も拒否されます。
                """),
        remedy: Words(
            "Ask for NAMESPACE after login, and put its prefix before each name; part levels by its delimiter.",
            ja: "ログイン後に NAMESPACE を確認し、その接頭辞を名前の前に付け、階層は示された区切り文字で区切ってください。"),
        violating: known + """
            C: a3 CREATE Test
            S: a3 NO no such namespace
            """ + IMAPScene.logout,
        conforming: known + """
            C: a3 CREATE INBOX.Test
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    private static let known =
        IMAPScene.loggedIn("IMAP4rev1 NAMESPACE") + """
            C: a2 NAMESPACE
            S: * NAMESPACE (("INBOX." ".")) NIL NIL
            S: a2 OK done

            """

    /// Those that NAMESPACE told, whoever's they are; nil where it was not heard.
    private var prefixes: [[UInt8]]?
    private var told: Utterance?
    /// All names but INBOX that LIST showed begin so.
    private var common: (prefix: [UInt8], line: Utterance, count: UInt64)?
    /// LIST showed another name.
    private var hasOther = false

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, session.piece(line) == .start, let data = IMAPData(line) else { return nil }
        if data.is("NAMESPACE") {
            hear(namespace: data.rest, line)
        } else if data.is("LIST") || data.is("LSUB") || data.is("XLIST") {
            hear(list: data.rest, line)
        }
        return nil
    }

    private mutating func hear(namespace: ArraySlice<UInt8>, _ line: Utterance) {
        guard IMAPLiteralMark(endOf: line.bytes) == nil, line.dropped == 0 else { return }
        var found: [[UInt8]] = []
        var tokens = IMAPTokens(namespace)
        while let token = tokens.next() {
            guard case .list(let spaces) = token else { continue }
            var inner = IMAPTokens(spaces.dropFirst().dropLast())
            while let space = inner.next(), found.count < Self.kept {
                guard case .list(let text) = space else { continue }
                var parts = IMAPTokens(text.dropFirst().dropLast())
                if let prefix = parts.next()?.string { found.append(prefix) }
            }
        }
        prefixes = found
        told = line
    }

    private mutating func hear(list: ArraySlice<UInt8>, _ line: Utterance) {
        var tokens = IMAPTokens(list)
        guard case .list? = tokens.next(), let delimiter = tokens.next()?.string, delimiter.count == 1,
            let name = tokens.next()?.string
        else { return }
        if ASCII.equal(name, "INBOX") || name.isEmpty { return }
        let prefix = name.prefix(6)
        guard ASCII.equal(prefix.prefix(5), "INBOX"), prefix.last == delimiter[0], prefix.count == 6 else {
            hasOther = true
            return
        }
        let count = min((common?.count ?? 0) + 1, Self.listed)
        common = (Array(prefix), common?.line ?? line, count)
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.length > 0, let reply = exchange.replies.last, reply.code == "NO", session.followsIMAP,
            let (prefix, line) = prefix()
        else { return nil }
        let places = IMAPVerb.mailboxes(exchange.verb)
        guard let place = places.last else { return nil }
        var tokens = IMAPTokens(IMAPArguments.of(exchange.command, verb: exchange.verb))
        for _ in 0..<place { _ = tokens.next() }
        guard let name = tokens.next()?.string, !name.isEmpty, !ASCII.equal(name, "INBOX"), isOutside(name, prefix),
            Self.mayBeWhy(reply)
        else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The client said \(Quote.of(exchange.command)), and the server answered \(Quote.of(reply)). The user's \
                mailboxes begin with \(Quote.of(prefix)), as the server told by \(Quote.of(line)): the name has to be \
                \(Quote.of(prefix + name)).
                """,
                ja: """
                    クライアントの送った \(Quote.of(exchange.command)) に、サーバーは \(Quote.of(reply)) と応答しました。\
                    \(Quote.of(line)) が示すように、このユーザーのメールボックス名は \(Quote.of(prefix)) で始まります。\
                    名前は \(Quote.of(prefix + name)) でなければなりません。
                    """))
    }

    /// That of the user's own mailboxes, and what showed it.
    private func prefix() -> (prefix: [UInt8], line: Utterance)? {
        if let prefixes, let told {
            guard let first = prefixes.first, !prefixes.contains([]) else { return nil }
            return (first, told)
        }
        guard !hasOther, let common, common.count > 1 else { return nil }
        return (common.prefix, common.line)
    }

    private func isOutside(_ name: [UInt8], _ prefix: [UInt8]) -> Bool {
        let folded = ASCII.uppercased(name)
        return ((prefixes ?? []) + [prefix]).allSatisfy {
            !folded.hasPrefix(ASCII.uppercased($0)) && $0 != name + [$0.last ?? 0]
        }
    }

    /// A code that tells of another reason speaks against it.
    private static func mayBeWhy(_ reply: Reply) -> Bool {
        guard let code = IMAPCode.words(reply).first else { return true }
        return ASCII.equal(code, "NONEXISTENT") || ASCII.equal(code, "TRYCREATE") || ASCII.equal(code, "CANNOT")
            || ASCII.equal(code, "NOPERM")
    }
}
