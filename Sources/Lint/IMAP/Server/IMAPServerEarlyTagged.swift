import Conversation
import Wire

/// The server completes a command before it has heard it, or all of it.
struct IMAPServerEarlyTagged: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    private static let remembered = 32

    static let about = RuleDescription(
        id: "imap.server.early-tagged",
        title: Words("A command is answered before it is complete", ja: "コマンドが終わる前に応答している"),
        severity: .error,
        side: .server,
        clause: "RFC 9051 §2.2.2; RFC 3501 §2.2.2",
        means: Words(
            """
            OK to a command that the client has not said yet can only be a guess: by a server that is out of step, or \
            by somebody on the way who wants the client to believe in an answer of their own.
            """,
            ja: """
                まだ送られていないコマンドへの OK は当て推量でしかありません。サーバーの応答がずれているか、\
                経路上の何者かが偽の応答をクライアントに信じさせようとしています。
                """),
        remedy: Words(
            "Answer a command after its last octet; where the server does so, find out who else speaks on the way.",
            ja: "コマンドの最後のオクテットを受け取ってから応答してください。サーバーがそうしている場合は、経路上で誰が割り込んでいるか調べてください。"),
        violating: IMAPScene.loggedIn + """
            C: a2 NOOP
            S: a2 OK done
            S: a3 OK done
            C: a3 CAPABILITY
            S: * CAPABILITY IMAP4rev1 LITERAL+ IDLE UIDPLUS MOVE
            S: a3 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.loggedIn + """
            C: a2 NOOP
            S: a2 OK done
            C: a3 CAPABILITY
            S: * CAPABILITY IMAP4rev1 LITERAL+ IDLE UIDPLUS MOVE
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    private var strays: [(tag: [UInt8], line: Utterance)] = []

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard session.followsIMAP, session.layer != .agreed, !session.wasInjected else { return nil }
        switch line.direction {
        case .server:
            guard strays.count < Self.remembered, session.piece(line) == .start, let tag = IMAPStray.tag(of: line)
            else { return nil }
            strays.append((Array(tag), line))
            return nil
        case .client:
            guard !strays.isEmpty, line.kind == .command, session.command?.verb.isEmpty == false else { return nil }
            let tag = line.bytes.prefix { !$0.isBlank }
            guard let stray = strays.first(where: { $0.tag.elementsEqual(tag) }) else { return nil }
            return finding(
                at: Place(stray.line), in: session,
                means: Words(
                    "The server said \(Quote.of(stray.line)) before the client said \(Quote.of(line)).",
                    ja: "クライアントが \(Quote.of(line)) を送る前に、サーバーは \(Quote.of(stray.line)) と応答していました。"))
        }
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.length > 0, session.imap.speaking == exchange.offset, let reply = exchange.replies.last,
            reply.code == "OK", session.followsIMAP
        else { return nil }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                The server answered \(Quote.of(exchange.command)) with \(Quote.of(reply)) while the client was still \
                saying it: a literal was to come.
                """,
                ja: """
                    クライアントがリテラルを送り終える前に、サーバーは \(Quote.of(exchange.command)) に \
                    \(Quote.of(reply)) と応答しました。
                    """))
    }
}
