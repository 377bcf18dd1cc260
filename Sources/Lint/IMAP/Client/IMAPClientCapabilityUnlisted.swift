import Conversation
import Wire

/// The client uses what the server does not say that it can.
struct IMAPClientCapabilityUnlisted: Rule {
    static let about = RuleDescription(
        id: "imap.client.capability-unlisted",
        title: Words("The client uses what the server does not list", ja: "サーバーが提示していない機能を使っている"),
        severity: .error,
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

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, session.imap.capabilities != nil, session.faults.isEmpty, !session.hasGap
        else { return nil }
        switch session.piece(line) {
        case .start: break
        case .more: return literal(line, session)
        case .literal, .unknown: return nil
        }
        guard let command = session.command else { return nil }
        for need in Self.needs(command, line) where session.imap.lacks(need.capabilities) {
            return finding(
                at: Place(line), in: session, clause: need.clause,
                means: Words(
                    """
                    The client said \(Quote.of(line)), which needs \(need.name); the server does not list it. It may \
                    answer BAD.
                    """,
                    ja: """
                        クライアントの送った \(Quote.of(line)) には \(need.name) が必要ですが、サーバーはこれを提示していません。\
                        BAD が返ることがあります。
                        """))
        }
        return literal(line, session)
    }

    private func literal(_ line: Utterance, _ session: SessionSoFar) -> Finding? {
        guard line.secretFrom == nil, line.dropped == 0, line.end != .none, line.bytes.last == UInt8(ascii: "}"),
            let literal = IMAPLiteralMark(endOf: line.bytes), !literal.waits,
            session.imap.lacks(["LITERAL+", "LITERAL-", "IMAP4REV2"])
        else { return nil }
        return finding(
            at: Place(line), in: session, clause: "RFC 7888 §3",
            means: Words(
                """
                The client announced a literal for which it does not wait: \(Quote.of(line)). The server lists \
                neither LITERAL+ nor LITERAL-, and may take the octets for commands.
                """,
                ja: """
                    クライアントは \(Quote.of(line)) で、応答を待たないリテラルを送りました。サーバーは LITERAL+ も LITERAL- も\
                    提示しておらず、その中身をコマンドとして読むおそれがあります。
                    """))
    }

    private struct Need {
        /// One of them will do; IMAP4rev2 has it too.
        var capabilities: [String]
        var clause: String
        var name: String { capabilities.first ?? "" }

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
        case "COMPRESS": return [Need("COMPRESS=DEFLATE", clause: "RFC 4978 §3")]
        case "SORT", "UID SORT": return [Need("SORT", "SORT=DISPLAY", clause: "RFC 5256 §3")]
        case "AUTHENTICATE": return authentication(command)
        case "SELECT", "EXAMINE", "FETCH", "UID FETCH", "STORE", "UID STORE": return conditional(verb, line)
        default: return []
        }
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
    /// It is known that the server lists none of these.
    func lacks(_ alternatives: [String]) -> Bool {
        alternatives.allSatisfy { lists($0) == false }
    }
}
