import Conversation
import Wire

/// The server tells of an expunged message when it may not.
struct IMAPServerExpungeTiming: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "imap.server.expunge-timing",
        title: Words("EXPUNGE comes when it may not", ja: "送ってはならないときに EXPUNGE を送っている"),
        severity: .error,
        side: .server,
        clause: "RFC 9051 §7.5.1; RFC 3501 §7.4.1",
        means: Words(
            """
            EXPUNGE renumbers messages. It may not come while no command is in progress, nor during FETCH, STORE or \
            SEARCH by number: the client may just be naming a message by the number that it had.
            """,
            ja: """
                EXPUNGE はメッセージ番号を振り直します。実行中のコマンドがないときや、番号による FETCH、STORE、SEARCH の間は\
                送れません。クライアントがちょうど古い番号でメッセージを指定しているかもしれないからです。
                """),
        remedy: Words(
            "Let the server keep EXPUNGE back until NOOP, IDLE or another command that allows it.",
            ja: "NOOP や IDLE など、EXPUNGE を許すコマンドまで通知を遅らせるようにしてください。"),
        violating: IMAPScene.selected + """
            C: a3 FETCH 1:3 FLAGS
            S: * 1 FETCH (FLAGS ())
            S: * 2 EXPUNGE
            S: * 2 FETCH (FLAGS ())
            S: a3 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.selected + """
            C: a3 UID FETCH 5:7 FLAGS
            S: * 1 FETCH (UID 5 FLAGS ())
            S: * 2 EXPUNGE
            S: * 2 FETCH (UID 7 FLAGS ())
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, session.followsIMAP, session.imap.state == .selected, !session.imap.hasNotify,
            session.piece(line) == .start, let data = IMAPData(line),
            data.is("EXPUNGE") && data.number != nil || data.is("VANISHED") && data.rest.first != UInt8(ascii: "(")
        else { return nil }
        let pending = session.imap.pending
        guard pending.allSatisfy({ $0.verb == "FETCH" || $0.verb == "STORE" || $0.verb == "SEARCH" }) else {
            return nil
        }
        return finding(
            at: Place(line), in: session,
            means: pending.first.map { command in
                Words(
                    "The server said \(Quote.of(line)) while \(command.verb) was in progress, whose numbers it changes.",
                    ja: "サーバーは \(command.verb) の実行中に \(Quote.of(line)) を送りました。その番号が変わってしまいます。")
            }
                ?? Words(
                    "The server said \(Quote.of(line)) while no command was in progress.",
                    ja: "サーバーは、実行中のコマンドがないときに \(Quote.of(line)) を送りました。"))
    }
}
