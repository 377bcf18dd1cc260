import Conversation

/// The client expunges all that is marked as deleted, though it could have named what it means.
struct IMAPClientExpungeAll: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "imap.client.expunge-all",
        title: Words("All deleted messages are expunged, whoever marked them", ja: "削除印のあるメッセージをすべて消去している"),
        severity: .note,
        side: .client,
        clause: "RFC 4315 §2.1; RFC 9051 §6.4.9",
        means: Words(
            """
            EXPUNGE and CLOSE remove every message that is marked as deleted, those too that another client marked and \
            may still want back. UID EXPUNGE removes those that it names, and the server knows it.
            """,
            ja: """
                EXPUNGE と CLOSE は削除印のあるメッセージをすべて消去します。別のクライアントが印を付け、まだ戻すかもしれない\
                ものも消えます。UID EXPUNGE なら指定したものだけを消去でき、このサーバーは対応しています。
                """),
        remedy: Words(
            "Use UID EXPUNGE with the UIDs that this client marked, and UNSELECT in place of CLOSE.",
            ja: "自分が印を付けた UID だけを UID EXPUNGE で消去し、CLOSE の代わりに UNSELECT を使ってください。"),
        violating: IMAPScene.selected + #"""
            C: a3 UID STORE 7 +FLAGS (\Deleted)
            S: * 2 FETCH (UID 7 FLAGS (\Deleted))
            S: a3 OK done
            C: a4 EXPUNGE
            S: * 2 EXPUNGE
            S: a4 OK done
            """# + IMAPScene.logout,
        conforming: IMAPScene.selected + #"""
            C: a3 UID STORE 7 +FLAGS (\Deleted)
            S: * 2 FETCH (UID 7 FLAGS (\Deleted))
            S: a3 OK done
            C: a4 UID EXPUNGE 7
            S: * 2 EXPUNGE
            S: a4 OK done
            """# + IMAPScene.logout,
        dialects: [.imap])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, let verb = session.command?.verb, verb == "EXPUNGE" || verb == "CLOSE",
            let mailbox = session.imap.mailbox, !mailbox.isReadOnly, !session.imap.isSelecting,
            session.imap.lists("UIDPLUS") == true || session.imap.lists("IMAP4REV2") == true
        else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The client said \(Quote.of(line)), which removes all messages that anybody has marked as deleted. The \
                server would have taken UID EXPUNGE.
                """,
                ja: """
                    クライアントの送った \(Quote.of(line)) は、誰が印を付けたかに関わらず削除印のあるメッセージをすべて\
                    消去します。サーバーは UID EXPUNGE に対応しています。
                    """))
    }
}
