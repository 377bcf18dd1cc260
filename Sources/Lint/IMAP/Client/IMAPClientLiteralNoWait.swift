import Conversation

/// The client says a literal before the server has given it leave.
struct IMAPClientLiteralNoWait: Rule {
    static let hears: RuleEvents = [.utterance, .messageBegan]
    static let about = RuleDescription(
        id: "imap.client.literal-no-wait",
        title: Words("The client does not wait before a literal", ja: "`+` を待たずにリテラルを送っている"),
        severity: .error,
        side: .client,
        clause: "RFC 9051 §4.3, §7.6; RFC 3501 §4.3, §7.5",
        means: Words(
            """
            After `{n}` the client has to wait for `+` before it says the octets. A server that refuses the literal \
            answers NO or BAD instead, and reads what follows as commands.
            """,
            ja: """
                `{n}` の後、クライアントは中身を送る前にサーバーの `+` を待たなければなりません。\
                サーバーはリテラルを拒むとき `+` の代わりに NO や BAD を返し、続きをコマンドとして読みます。
                """),
        remedy: Words(
            "Wait for the line that begins with `+`, or write `{n+}` where the server lists LITERAL+.",
            ja: "`+` で始まる行を待つか、サーバーが LITERAL+ を提示していれば `{n+}` と書いてください。"),
        violating: IMAPScene.loggedIn + """
            C: a2 CREATE {4}
            C: Junk
            S: + go ahead
            S: a2 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.loggedIn + """
            C: a2 CREATE {4}
            S: + go ahead
            C: Junk
            S: a2 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, !session.hasGap else { return nil }
        switch session.piece(line) {
        case .start, .unknown: return nil
        case .literal, .more: break
        }
        // It may have begun the line before it had leave, and ended it after.
        guard session.imap.waitsForLeave || line.at < session.imap.leaveGiven else { return nil }
        return found(Place(line), session)
    }

    mutating func messageBegan(_ message: MessageStart, in session: SessionSoFar) -> Finding? {
        guard message.direction == .client, session.imap.waitsForLeave, !session.hasGap else { return nil }
        return found(
            Place(at: message.at, bytes: SpokenBytes(.client, offset: message.offset, length: 0)), session)
    }

    private func found(_ place: Place, _ session: SessionSoFar) -> Finding {
        let size = session.imap.pieces.client.literal?.size ?? 0
        return finding(
            at: place, in: session,
            means: Words(
                """
                The client announced a literal of \(size) octets and went on before the server had said `+`. Had the \
                server refused it, the octets would have been taken for commands.
                """,
                ja: """
                    クライアントは \(size) オクテットのリテラルを予告し、サーバーの `+` を待たずに送り始めました。\
                    サーバーが拒んでいれば、その中身がコマンドとして読まれるところでした。
                    """))
    }
}
