import Conversation

/// What the server tells of the form of a message does not follow the grammar.
struct IMAPServerBodystructure: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "imap.server.bodystructure",
        title: Words("The form of a message is told in a wrong form", ja: "メッセージ構造の応答が文法に合わない"),
        severity: .error,
        side: .server,
        clause: "RFC 9051 §7.5.2, §9; RFC 3501 §7.4.2, §9",
        means: Words(
            """
            BODY, BODYSTRUCTURE and ENVELOPE are lists in which each place has its meaning. Where one is missing or of \
            another kind a client cannot tell what the others mean: it drops the connection, or does not show the message.
            """,
            ja: """
                BODY、BODYSTRUCTURE、ENVELOPE は、位置ごとに意味の決まったリストです。欠けたり種類が違ったりすると、\
                クライアントは残りの意味も分からず、接続を切るか、そのメッセージを表示できません。
                """),
        remedy: Words(
            """
            Find the message that is told of: it mostly has a MIME structure of an unusual form. For a multipart \
            without parts let the server tell an empty part of text/plain.
            """,
            ja: """
                該当するメッセージを調べてください。多くは MIME 構造が変わった形をしています。部分のないマルチパートなら、\
                空の text/plain の部分が 1 つあるものとして返すようにしてください。
                """),
        violating: IMAPScene.selected + """
            C: a3 FETCH 2 (BODY)
            S: * 2 FETCH (BODY (("TEXT" "PLAIN" NIL NIL NIL "7BIT" 9 1)("ALTERNATIVE") "MIXED"))
            S: a3 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.selected + """
            C: a3 FETCH 2 (BODY)
            S: * 2 FETCH (BODY (("TEXT" "PLAIN" NIL NIL NIL "7BIT" 9 1)(("TEXT" "HTML" NIL NIL NIL "7BIT" 9 1) "ALTERNATIVE") "MIXED"))
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    private var reader = IMAPFetchReader(keepsStructures: true)

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, let response = reader.take(line, session.piece(line)), !session.hasGap,
            !response.isCut, response.flaw == nil, !response.structures.isEmpty
        else { return nil }
        for (name, pieces) in response.structures {
            guard let flaw = IMAPStructure.flaw(in: name, pieces) else { continue }
            return finding(
                at: response.place, in: session, severity: flaw.severity,
                means: Words(
                    "In the \(name) that the server tells of message \(response.number) \(flaw.what.en).",
                    ja: "サーバーが返したメッセージ \(response.number) の \(name) では、\(flaw.what.ja)。"))
        }
        return nil
    }
}
