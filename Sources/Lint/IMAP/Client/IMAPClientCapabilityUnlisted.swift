import Conversation
import Wire

/// The client uses what the server does not say that it can.
struct IMAPClientCapabilityUnlisted: Rule {
    static let hears: RuleEvents = [.utterance, .exchange, .ended]
    static let about = RuleDescription(
        id: "imap.client.capability-unlisted",
        title: Words("The client uses what the server does not list", ja: "サーバーが提示していない機能を使っている"),
        severity: .warning,
        side: .client,
        clause: "RFC 9051 §6.1.1, §7.2.2; RFC 3501 §6.1.1, §7.2.1",
        means: Words(
            """
            A server lists what it can do beyond the base of IMAP. What is not listed it may answer with BAD, or \
            misread: octets of a literal for which it did not ask become commands.
            """,
            ja: """
                サーバーは IMAP の基本を超える機能を CAPABILITY で提示します。提示されていない機能を使うと BAD が返るか、\
                誤って解釈されます。たとえば要求していないリテラルの中身がコマンドとして読まれます。
                """),
        remedy: Words(
            """
            Ask for CAPABILITY after the greeting, after TLS and after login, and use only what is listed.
            """,
            ja: "接続直後、TLS 開始後、ログイン後に CAPABILITY を確認し、提示された機能だけを使ってください。"),
        violating: IMAPScene.loggedIn("IMAP4rev1") + """
            C: a2 IDLE
            S: a2 BAD unknown command
            """ + IMAPScene.logout,
        conforming: IMAPScene.loggedIn("IMAP4rev1 IDLE") + """
            C: a2 IDLE
            S: + idling
            C: DONE
            S: a2 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    /// Commands in progress of which it is remembered.
    private static let remembered = 32

    private struct Use {
        let offset: UInt64
        let line: Utterance
        let need: Need
        /// The server has listed what it can do now, and not before the client logged in.
        let isCertain: Bool
    }

    private var uses: [Use] = []
    /// The first that the server took all the same, or did not answer.
    private var taken: Use?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, session.imap.capabilities != nil, session.faults.isEmpty, !session.hasGap
        else { return nil }
        switch session.piece(line) {
        case .start:
            if let command = session.command, let need = Self.needs(command, line).first(where: session.imap.misses) {
                remember(need, line, offset: line.offset, session)
            } else if let need = Self.literal(line) {
                remember(need, line, offset: line.offset, session)
            }
        case .more:
            if let offset = session.imap.speaking, let need = Self.literal(line) {
                remember(need, line, offset: offset, session)
            }
        case .literal, .unknown: break
        }
        return nil
    }

    private mutating func remember(_ need: Need, _ line: Utterance, offset: UInt64, _ session: SessionSoFar) {
        guard session.imap.misses(need), !uses.contains(where: { $0.offset == offset }) else { return }
        let use = Use(offset: offset, line: line, need: need, isCertain: session.imap.lacks(need.capabilities))
        if uses.count < Self.remembered { uses.append(use) }
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.length > 0, let index = uses.firstIndex(where: { $0.offset == exchange.offset }),
            let reply = exchange.replies.last
        else { return nil }
        let use = uses.remove(at: index)
        guard Self.isRefusal(reply, of: use) else {
            if use.isCertain, taken == nil, !use.need.isProbe { taken = use }
            return nil
        }
        return finding(
            at: Place(use.line), in: session, clause: use.need.clause,
            means: Words(
                """
                The client said \(Quote.of(use.line)), which needs \(use.need.name); the server does not list it, and \
                answered \(Quote.of(reply)).
                """,
                ja: """
                    クライアントの送った \(Quote.of(use.line)) には \(use.need.name) が必要ですが、サーバーはこれを提示しておらず、\
                    \(Quote.of(reply)) と応答しました。
                    """))
    }

    /// It is refused because the server cannot do it, as far as anybody can tell.
    private static func isRefusal(_ reply: Reply, of use: Use) -> Bool {
        if reply.code == "BAD" { return true }
        // A code tells of another reason: a mailbox that is not there, a password that is wrong.
        guard reply.code == "NO", IMAPCode.words(reply).isEmpty else { return false }
        guard use.need.name == "SASL-IR" else { return true }
        let text = ASCII.uppercased((reply.lines.first ?? []).prefix(160))
        return ["COMMAND", "SYNTAX", "ARGUMENT", "PARSE", "PARAMETER", "INITIAL", "SASL-IR"].contains {
            text.contains($0)
        }
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard !session.hasGap, let use = taken ?? uses.first(where: { $0.isCertain && !$0.need.isProbe }) else {
            return nil
        }
        return finding(
            at: Place(use.line), in: session, severity: .note, clause: use.need.clause,
            means: Words(
                """
                The client said \(Quote.of(use.line)), which needs \(use.need.name); the server does not list it. It \
                may answer BAD.
                """,
                ja: """
                    クライアントの送った \(Quote.of(use.line)) には \(use.need.name) が必要ですが、サーバーはこれを提示していません。\
                    BAD が返ることがあります。
                    """))
    }

    private static func literal(_ line: Utterance) -> Need? {
        guard line.secretFrom == nil, line.dropped == 0, line.end != .none, line.bytes.last == UInt8(ascii: "}"),
            let literal = IMAPLiteralMark(endOf: line.bytes), !literal.waits
        else { return nil }
        return Need("LITERAL+", "LITERAL-", "IMAP4REV2", clause: "RFC 7888 §3")
    }

    fileprivate struct Need {
        /// One of them will do; IMAP4rev2 has it too.
        var capabilities: [String]
        var clause: String
        var name: String { capabilities.first ?? "" }
        /// Clients may try whether the server knows it: nothing is lost where it does not.
        var isProbe: Bool { name == "ID" || name == "XLIST" }

        init(_ capabilities: String..., clause: String) {
            self.capabilities = capabilities
            self.clause = clause
        }
    }

    private static func needs(_ command: SpokenCommand, _ line: Utterance) -> [Need] {
        let verb = command.imapVerb
        switch verb {
        case "IDLE": return [Need("IDLE", "IMAP4REV2", clause: "RFC 2177 §3")]
        case "MOVE", "UID MOVE": return [Need("MOVE", "IMAP4REV2", clause: "RFC 6851 §3")]
        case "UID EXPUNGE": return [Need("UIDPLUS", "IMAP4REV2", clause: "RFC 4315 §2.1")]
        case "ENABLE":
            return [
                Need(
                    "ENABLE", "IMAP4REV2", "CONDSTORE", "QRESYNC", "UTF8=ACCEPT", "UTF8=ONLY", clause: "RFC 5161 §3.1")
            ]
        case "UNSELECT": return [Need("UNSELECT", "IMAP4REV2", clause: "RFC 3691 §2")]
        case "NAMESPACE": return [Need("NAMESPACE", "IMAP4REV2", clause: "RFC 2342 §5")]
        case "ID": return [Need("ID", clause: "RFC 2971 §3.1")]
        case "STARTTLS": return [Need("STARTTLS", clause: "RFC 9051 §6.2.1; RFC 3501 §6.2.1")]
        case "THREAD", "UID THREAD": return thread(command, verb)
        case "GETQUOTA", "GETQUOTAROOT", "SETQUOTA":
            return [Need("QUOTA", "QUOTASET", clause: "RFC 9208 §3")]
        case "GETACL", "SETACL", "DELETEACL", "LISTRIGHTS", "MYRIGHTS":
            return [Need("ACL", clause: "RFC 4314 §3")]
        case "GETMETADATA", "SETMETADATA":
            return [Need("METADATA", "METADATA-SERVER", clause: "RFC 5464 §4")]
        case "NOTIFY": return [Need("NOTIFY", clause: "RFC 5465 §3")]
        case "XLIST": return [Need("XLIST", clause: "RFC 6154 §2")]
        case "SEARCH", "UID SEARCH": return search(command, verb)
        case "LIST": return list(line)
        case "COMPRESS": return [Need("COMPRESS=DEFLATE", clause: "RFC 4978 §3")]
        case "SORT", "UID SORT": return [Need("SORT", "SORT=DISPLAY", clause: "RFC 5256 §3")]
        case "AUTHENTICATE": return authentication(command)
        case "SELECT", "EXAMINE", "FETCH", "UID FETCH", "STORE", "UID STORE": return conditional(verb, line)
        default: return []
        }
    }

    private static func thread(_ command: SpokenCommand, _ verb: String) -> [Need] {
        guard let algorithm = command.arguments.dropFirst(verb.hasPrefix("UID") ? 1 : 0).first else { return [] }
        return [Need("THREAD=\(ASCII.uppercased(algorithm.prefix(32)))", clause: "RFC 5256 §3")]
    }

    private static func search(_ command: SpokenCommand, _ verb: String) -> [Need] {
        let words = command.arguments.dropFirst(verb.hasPrefix("UID") ? 1 : 0)
        if let first = words.first, ASCII.equal(first, "RETURN") {
            return [Need("ESEARCH", "IMAP4REV2", clause: "RFC 4731 §3.1")]
        }
        if words.contains(where: { ASCII.equal($0, "X-GM-RAW") }) {
            return [Need("X-GM-EXT-1", clause: "RFC 3501 §6.5.1")]
        }
        return []
    }

    private static func list(_ line: Utterance) -> [Need] {
        var tokens = IMAPTokens(IMAPArguments.of(line.bytes, verb: "LIST"))
        guard case .list? = tokens.next() else {
            _ = tokens.next()
            guard let token = tokens.next(), case .atom(let word) = token, ASCII.equal(word, "RETURN") else {
                return []
            }
            return [Need("LIST-EXTENDED", "SPECIAL-USE", "LIST-STATUS", "IMAP4REV2", clause: "RFC 5258 §3")]
        }
        return [Need("LIST-EXTENDED", "SPECIAL-USE", "LIST-STATUS", "IMAP4REV2", clause: "RFC 5258 §3")]
    }

    private static func authentication(_ command: SpokenCommand) -> [Need] {
        guard let mechanism = command.arguments.first else { return [] }
        var needs = [Need("AUTH=\(ASCII.uppercased(mechanism.prefix(32)))", clause: "RFC 9051 §6.2.2; RFC 3501 §6.2.2")]
        if command.arguments.count > 1 { needs.append(Need("SASL-IR", "IMAP4REV2", clause: "RFC 4959 §3")) }
        return needs
    }

    /// What CONDSTORE and QRESYNC add to them.
    private static func conditional(_ verb: String, _ line: Utterance) -> [Need] {
        var tokens = IMAPTokens(IMAPArguments.of(line.bytes, verb: verb))
        _ = tokens.next()
        while let token = tokens.next() {
            guard case .list(let list) = token else { continue }
            let word = list.dropFirst().prefix { !$0.isBlank && $0 != UInt8(ascii: ")") }
            if ASCII.equal(word, "QRESYNC") { return [Need("QRESYNC", clause: "RFC 7162 §3.2.5")] }
            if ASCII.equal(word, "CONDSTORE") || ASCII.equal(word, "CHANGEDSINCE")
                || ASCII.equal(word, "UNCHANGEDSINCE")
            {
                return [Need("CONDSTORE", "QRESYNC", clause: "RFC 7162 §3.1")]
            }
        }
        return []
    }
}

extension IMAPSoFar {
    /// The last list that was heard, be it that of before the login, has none of these.
    fileprivate func misses(_ need: IMAPClientCapabilityUnlisted.Need) -> Bool { misses(need.capabilities) }

    func misses(_ alternatives: [String]) -> Bool {
        capabilities.map { listed in alternatives.allSatisfy { !listed.contains($0) } } ?? false
    }

    /// It is known that the server lists none of these.
    func lacks(_ alternatives: [String]) -> Bool {
        alternatives.allSatisfy { lists($0) == false }
    }
}
