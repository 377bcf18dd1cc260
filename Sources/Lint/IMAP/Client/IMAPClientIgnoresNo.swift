import Conversation
import Wire

/// The client goes on as if a command had succeeded that was refused.
struct IMAPClientIgnoresNo: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    /// Nanoseconds within which a delete that follows a refused copy is no decision of a human's.
    private static let soon: Int64 = 5_000_000_000

    static let about = RuleDescription(
        id: "imap.client.ignores-no",
        title: Words("The client goes on as if it had not been refused", ja: "拒否されたのに成功したかのように続けている"),
        severity: .error,
        side: .client,
        clause: "RFC 9051 §6.3.2, §6.4.7; RFC 3501 §6.3.1, §6.4.7",
        means: Words(
            """
            After a refused LOGIN nobody is logged in, after a refused SELECT no mailbox is selected, after a refused COPY there is no copy. A client that goes \
            on all the same acts on the wrong mailbox, or deletes originals that are the only ones.
            """,
            ja: """
                LOGIN が拒否されたら誰もログインしておらず、SELECT が拒否された後はどのメールボックスも選択されておらず、COPY が拒否されたら複写は存在しません。\
                それでもメッセージを読んだり元を削除したりすると、別のメールボックスを扱うことになるか、メールを失います。
                """),
        remedy: Words(
            "Look at the tagged answer of each command, and stop what depends on it at NO and BAD.",
            ja: "各コマンドのタグ付き応答を確認し、NO や BAD なら続きの処理を止めてください。"),
        violating: IMAPScene.selected + #"""
            C: a3 UID COPY 7 Archive
            S: a3 NO [TRYCREATE] no such mailbox
            C: a4 UID STORE 7 +FLAGS.SILENT (\Deleted)
            S: a4 OK done
            """# + IMAPScene.logout,
        conforming: IMAPScene.selected + #"""
            C: a3 UID COPY 7 Archive
            S: a3 NO [TRYCREATE] no such mailbox
            C: a4 CREATE Archive
            S: a4 OK done
            C: a5 UID COPY 7 Archive
            S: a5 OK done
            C: a6 UID STORE 7 +FLAGS.SILENT (\Deleted)
            S: a6 OK done
            """# + IMAPScene.logout,
        dialects: [.imap], explains: [IMAPClientState.self])

    /// The last LOGIN or AUTHENTICATE was refused, and nobody has tried again.
    private var login: Exchange?
    /// The last command that was completed, where it was a copy and was refused.
    private var copy: Exchange?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.length > 0 else { return nil }
        copy = nil
        switch exchange.verb {
        case "LOGIN", "AUTHENTICATE":
            // BAD is about the form of it, which comes first.
            login = exchange.replies.last?.code == "NO" ? exchange : nil
        case "COPY", "UID COPY", "MOVE", "UID MOVE":
            if let code = exchange.replies.last?.code, code == "NO" || code == "BAD" { copy = exchange }
        default: break
        }
        return nil
    }

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, line.kind == .command, session.followsIMAP,
            let verb = session.command?.imapVerb
        else { return nil }
        if let refused = session.imap.refusedSelect, let reply = refused.replies.last, reply.at < line.at {
            return afterSelect(verb, line, refused, reply, session)
        }
        if let login, let reply = login.replies.last, reply.at < line.at, session.imap.state == .notAuthenticated,
            !session.imap.isLoggingIn, verb != "ENABLE",
            IMAPVerb.afterLogin.contains(verb) || IMAPVerb.whenSelected.contains(verb)
        {
            return finding(
                at: Place(line), in: session, clause: "RFC 9051 §6.2, §6.3; RFC 3501 §6.2, §6.3",
                means: Words(
                    """
                    The server refused \(login.verb) with \(Quote.of(reply)), so that nobody is logged in; the client said \
                    \(Quote.of(line)) all the same.
                    """,
                    ja: """
                        サーバーが \(login.verb) を \(Quote.of(reply)) で拒否したため、誰もログインしていません。\
                        それでもクライアントは \(Quote.of(line)) を送りました。
                        """))
        }
        guard let copy, let reply = copy.replies.last else { return nil }
        self.copy = nil
        guard verb == "STORE" && copy.verb.count <= 4 || verb == "UID STORE" && copy.verb.count > 4,
            line.at.since(reply.at) < Self.soon, reply.at < line.at, deletes(line, verb, copy)
        else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The server refused \(Quote.of(copy.command)) with \(Quote.of(reply)), and the client went on to \
                delete the originals: \(Quote.of(line)). These were the only ones.
                """,
                ja: """
                    サーバーは \(Quote.of(copy.command)) を \(Quote.of(reply)) で拒否しましたが、クライアントは続けて \
                    \(Quote.of(line)) で元のメッセージを削除しようとしました。複写は存在しません。
                    """))
    }

    private func afterSelect(
        _ verb: String, _ line: Utterance, _ refused: Exchange, _ reply: Reply, _ session: SessionSoFar
    ) -> Finding? {
        guard IMAPVerb.whenSelected.contains(verb), verb != "CLOSE", verb != "UNSELECT", verb != "CHECK",
            !session.imap.isSelecting
        else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The server refused \(Quote.of(refused.command)) with \(Quote.of(reply)), so that no mailbox is \
                selected; the client said \(Quote.of(line)) all the same.
                """,
                ja: """
                    サーバーが \(Quote.of(refused.command)) を \(Quote.of(reply)) で拒否したため、\
                    どのメールボックスも選択されていません。それでもクライアントは \(Quote.of(line)) を送りました。
                    """))
    }

    /// The command marks the very messages as deleted that were to be copied.
    private func deletes(_ line: Utterance, _ verb: String, _ copy: Exchange) -> Bool {
        var tokens = IMAPTokens(IMAPArguments.of(line.bytes, verb: verb))
        var copied = IMAPTokens(IMAPArguments.of(copy.command, verb: copy.verb))
        guard let set = tokens.next()?.string, set == copied.next()?.string, let action = tokens.next()?.string,
            action.first == Byte.plus
        else { return false }
        while let token = tokens.next() {
            let flags: ArraySlice<UInt8>
            switch token {
            case .atom(let atom): flags = atom
            case .list(let list): flags = list.dropFirst().dropLast()
            case .quoted, .literal: continue
            }
            if ASCII.words(flags).contains(where: { ASCII.equal($0, "\\DELETED") }) { return true }
        }
        return false
    }
}
