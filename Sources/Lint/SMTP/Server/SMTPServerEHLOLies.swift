import Conversation
import Wire

/// The server lists a command and does not know it.
struct SMTPServerEHLOLies: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.ehlo-lies",
        title: Words(
            "The server offers what it then does not know", ja: "提供すると言った機能を実装していない"),
        severity: .error,
        side: .server,
        clause: "RFC 5321 §4.2.4",
        means: Words(
            """
            What is listed after EHLO the server has to do. A client relies on it and fails: without the listing it \
            would have taken another way.
            """,
            ja: """
                EHLO への応答に挙げた機能は、必ず使えなければなりません。クライアントは一覧を信じて使うので失敗します。\
                挙げていなければ、別の方法を選べたはずです。
                """),
        remedy: Words(
            "Take the keyword out of the answer to EHLO, or turn the command on.",
            ja: "EHLO への応答からそのキーワードを外すか、コマンドを有効にしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 ETRN
            C: ETRN example.org
            S: 502 not implemented
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 ETRN
            C: ETRN example.org
            S: 459 not for you
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp],
        explains: [SMTPServerRequiredVerbMissing.self])

    private var order = SMTPReplyOrder()

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard order.holds(exchange, in: session), !order.isOver, let reply = exchange.replies.last else { return nil }
        if let parameters = Self.parameters(exchange, reply, in: session) {
            return finding(parameters, exchange, reply, in: session)
        }
        guard reply.code == "500" || reply.code == "502",
            let keyword = SMTPKeywords.announcing(exchange.verb), session.smtp.offers(keyword),
            exchange.isUnderstandable, !reply.isAboutSomethingElse
        else { return nil }
        // Where it has no place a server may well know nothing of it.
        if exchange.verb == "AUTH", session.smtp.isAuthenticated || session.smtp.transaction != nil { return nil }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                The server listed \(keyword) after EHLO, and answered \(exchange.verb) with \(Quote.of(reply)): it \
                does not know the command.
                """,
                ja: """
                    サーバーは EHLO への応答に \(keyword) を挙げましたが、\(exchange.verb) には \(Quote.of(reply)) と応答し、\
                    コマンドを知らないと言っています。
                    """))
    }
}

extension SMTPServerEHLOLies {
    /// The parameters of a MAIL or RCPT which the server cannot read, though all are offered and well formed, as is the
    /// address; nil for anything else.
    fileprivate static func parameters(_ exchange: Exchange, _ reply: Reply, in session: SessionSoFar) -> [UInt8]? {
        guard ["501", "504", "555"].contains(reply.code), session.smtp.listing != nil, exchange.isUnderstandable,
            let command = SMTPPathCommand(exchange), command.form == .bracketed, !command.isJoined, command.more == 0,
            !command.hasBlankAfterColon, !command.hasBlankBeforeColon, !command.parameters.isEmpty
        else { return nil }
        switch SMTPPath(command.path) {
        case .mailbox(_, _, isRouted: false): break
        // The empty sender is another matter.
        case .null, .mailbox, .name, .malformed: return nil
        }
        var seen: Set<String> = []
        let isOffered = command.parameters.allSatisfy { text in
            let parameter = SMTPParameter(text)
            return seen.insert(parameter.name).inserted && SMTPParameter.isKnown(parameter.name)
                && SMTPParameter.isOffered(parameter.name, in: session)
                && parameter.flaw(isMail: command.isMail) == nil
        }
        guard isOffered,
            reply.code == "555" || reply.says(["syntax", "parameter", "option", "argument", "5.5.4", "unrecognized"])
        else { return nil }
        return Array(command.parameters.joined(separator: [Byte.space]))
    }

    fileprivate func finding(
        _ parameters: [UInt8], _ exchange: Exchange, _ reply: Reply, in session: SessionSoFar
    ) -> Finding {
        finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                The server offers what \(Quote.of(parameters)) belongs to, and refused the well-formed command \
                \(Quote.of(exchange.command)) with \(Quote.of(reply)), as if it could not read it.
                """,
                ja: """
                    サーバーは \(Quote.of(parameters)) の属する機能を提示していますが、正しい形のコマンド \
                    \(Quote.of(exchange.command)) を、読めないかのように \(Quote.of(reply)) で拒否しました。
                    """))
    }
}

extension Exchange {
    /// A command that any server can read: not too long, and of printable ASCII.
    var isUnderstandable: Bool {
        length <= 512 && command.allSatisfy { (0x20...0x7E).contains($0) }
    }
}

extension Reply {
    /// By its words the command was not refused for itself.
    var isAboutSomethingElse: Bool {
        says(["too long", "too many", "too late", "syntax", "auth", "tls", "encrypt", "sequence", "first", "limit"])
    }
}
