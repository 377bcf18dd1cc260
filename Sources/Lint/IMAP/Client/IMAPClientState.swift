import Conversation

/// A command is said in a state of the session in which it may not be, and refused.
struct IMAPClientState: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    /// Commands whose answers are waited for.
    private static let waiting = 64

    static let about = RuleDescription(
        id: "imap.client.state",
        title: Words("A command does not belong in this state", ja: "現在の状態では使えないコマンド"),
        severity: .error,
        side: .client,
        clause: "RFC 9051 §3, §6; RFC 3501 §3, §6",
        means: Words(
            """
            Most commands need a login, and those about messages a mailbox that is selected; LOGIN and AUTHENTICATE \
            are only for who has not logged in. The server refuses what is said in another state.
            """,
            ja: """
                ほとんどのコマンドにはログインが、メッセージを扱うコマンドにはメールボックスの選択が必要です。\
                LOGIN と AUTHENTICATE はログイン前にしか使えません。状態に合わないコマンドはサーバーに拒否されます。
                """),
        remedy: Words(
            "Log in before the first command about mailboxes, and SELECT one before commands about its messages.",
            ja: "メールボックスのコマンドより前にログインし、メッセージのコマンドより前に SELECT を行ってください。"),
        violating: IMAPScene.loggedIn + """
            C: a2 FETCH 1 FLAGS
            S: a2 BAD no mailbox selected
            """ + IMAPScene.logout,
        conforming: IMAPScene.selected + #"""
            C: a3 FETCH 1 FLAGS
            S: * 1 FETCH (FLAGS (\Seen))
            S: a3 OK done
            """# + IMAPScene.logout,
        dialects: [.imap])

    /// Commands that were said in a wrong state, by where they stand, and that state.
    private var wrong: [(offset: UInt64, state: IMAPVerb.State)] = []

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, line.kind == .command, session.followsIMAP,
            let verb = session.command?.imapVerb,
            let state = session.imap.state, let states = IMAPVerb.states(verb), !states.contains(state)
        else { return nil }
        // STARTTLS, and what follows a refused SELECT, are other rules' matters.
        guard verb != "STARTTLS", session.imap.refusedSelect == nil || states != [.selected], !session.imap.saidBye,
            states.isDisjoint(with: session.imap.states(from: state)), wrong.count < Self.waiting
        else { return nil }
        wrong.append((line.offset, session.imap.saidLogout ? .logout : state))
        return nil
    }

    /// The last login, which was refused.
    private var refusedLogin: Exchange?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        if exchange.verb == "LOGIN" || exchange.verb == "AUTHENTICATE", let reply = exchange.replies.last {
            refusedLogin = reply.code == "NO" || reply.code == "BAD" ? exchange : nil
        }
        guard !wrong.isEmpty, let index = wrong.firstIndex(where: { $0.offset == exchange.offset }) else { return nil }
        let state = wrong.remove(at: index).state
        // A server that does it all the same shows that it was in another state than it seemed.
        guard let reply = exchange.replies.last, reply.code == "NO" || reply.code == "BAD", !session.hasGap,
            session.imap.isFromStart
        else { return nil }
        if state == .notAuthenticated, let refusedLogin, let refusal = refusedLogin.replies.last,
            refusal.at < exchange.asked
        {
            return finding(
                at: Place(commandOf: exchange, in: session), in: session,
                means: Words(
                    """
                    The server refused \(refusedLogin.verb) with \(Quote.of(refusal)), so that nobody has logged in, and \
                    the client said \(exchange.verb) all the same. The server answered \(Quote.of(reply)).
                    """,
                    ja: """
                        サーバーが \(refusedLogin.verb) を \(Quote.of(refusal)) で拒否したため、まだログインしていません。\
                        それでもクライアントは \(exchange.verb) を送り、サーバーは \(Quote.of(reply)) と応答しました。
                        """))
        }
        let name =
            state != .notAuthenticated && state != .logout && IMAPVerb.beforeLogin.contains(exchange.verb)
            ? Words("it was logged in already", ja: "すでにログイン済みの") : state.name
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            severity: exchange.verb == "ENABLE" ? .warning : nil,
            means: Words(
                """
                The client said \(exchange.verb) while \(name.en), where that command has no place. The server \
                answered \(Quote.of(reply)).
                """,
                ja: """
                    クライアントは\(name.ja)状態で \(exchange.verb) を送りましたが、この状態では使えないコマンドです。\
                    サーバーは \(Quote.of(reply)) と応答しました。
                    """))
    }
}

extension IMAPSoFar {
    /// The states that the commands in progress may lead to.
    func states(from state: IMAPVerb.State) -> Set<IMAPVerb.State> {
        var states: Set<IMAPVerb.State> = [state]
        for command in pending {
            switch command.verb {
            case "LOGIN", "AUTHENTICATE": states.insert(.authenticated)
            case "SELECT", "EXAMINE": states.formUnion([.authenticated, .selected])
            case "CLOSE", "UNSELECT": states.insert(.authenticated)
            default: break
            }
        }
        return states
    }
}
