import Conversation
import Wire

/// The client says a command that IMAP does not have.
struct IMAPClientUnknownCommand: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "imap.client.unknown-command",
        title: Words("The client says a command that IMAP does not have", ja: "IMAP にないコマンドを送っている"),
        severity: .error,
        side: .client,
        clause: "RFC 9051 §6, §6.5; RFC 3501 §6, §6.5.1",
        means: Words(
            """
            The word behind the tag is the name of no command in the standard or in an extension. The server can only \
            answer BAD, and after some of these many servers close the connection.
            """,
            ja: """
                タグの後の語が、標準にも拡張にもないコマンド名です。サーバーは BAD を返すしかなく、\
                繰り返すと接続を切るサーバーも多くあります。
                """),
        remedy: Words(
            "Look the command up in RFC 9051 §6; a private one has to begin with X, and both sides have to know it.",
            ja: "RFC 9051 §6 でコマンド名を確認してください。独自のコマンドは X で始め、双方が知っている必要があります。"),
        violating: IMAPScene.loggedIn + """
            C: a2 QUIT
            S: a2 BAD unknown command
            """ + IMAPScene.logout,
        conforming: IMAPScene.loggedIn + """
            C: a2 NOOP
            S: a2 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    /// Commands of extensions that have no place in the table.
    private static let extensions: Set<String> = [
        "NOTIFY", "LANGUAGE", "COMPARATOR", "GENURLAUTH", "URLFETCH", "RESETKEY", "CONVERT", "CONVERSIONS",
        "CANCELUPDATE", "ESEARCH", "REPLACE", "UID REPLACE", "GETANNOTATION", "SETANNOTATION", "PROXYAUTH",
        "GETJMAPACCESS", "UIDBATCHES", "UNAUTHENTICATE", "RLIST", "RLSUB", "PARTIAL", "BBOARD", "FIND", "LOCALAPPEND",
        "LOCALCREATE", "LOCALDELETE", "UNDUMP", "DUMP", "SCAN", "DONE",
    ]

    /// What other protocols call it.
    private static let others: [String: String] = [
        "QUIT": "LOGOUT", "EXIT": "LOGOUT", "BYE": "LOGOUT", "AUTH": "AUTHENTICATE", "CAPA": "CAPABILITY",
        "EHLO": "CAPABILITY", "HELO": "CAPABILITY", "STLS": "STARTTLS", "RETR": "FETCH", "DELE": "STORE",
        "STAT": "STATUS",
        "OPEN": "SELECT", "MKDIR": "CREATE",
    ]

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        let verb = exchange.verb
        guard exchange.length > 0, !verb.isEmpty, verb.first != "X", !IMAPVerb.isKnown(verb),
            !Self.extensions.contains(verb), session.followsIMAP,
            session.imap.capabilities?.contains(verb) != true, let reply = exchange.replies.last, reply.code == "BAD"
        else { return nil }
        let tag = exchange.command.prefix { $0 != Byte.space }
        // Such a line is none that was meant for a command.
        guard tag.allSatisfy(IMAPTag.allows), tag.last != Byte.colon else { return nil }
        let hint =
            verb.hasPrefix("UID ")
            ? Words(
                "; UID stands before FETCH, STORE, COPY, MOVE, SEARCH and EXPUNGE only",
                ja: "。UID を前に置けるのは FETCH、STORE、COPY、MOVE、SEARCH、EXPUNGE などだけです")
            : Self.others[verb].map { Words("; in IMAP it is \($0)", ja: "。IMAP では \($0) です") } ?? Words("", ja: "")
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The client said \(Quote.of(exchange.command)), and there is no command \
                \(Quote.of(Array(verb.utf8)))\(hint.en). The server answered \(Quote.of(reply)).
                """,
                ja: """
                    クライアントは \(Quote.of(exchange.command)) を送りましたが、\(Quote.of(Array(verb.utf8))) という\
                    コマンドはありません\(hint.ja)。サーバーの応答は \(Quote.of(reply)) でした。
                    """))
    }
}
