import Conversation

/// DELE of a message that came much shorter than LIST had said.
struct POP3ClientDELEAfterShortBody: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "pop3.client.dele-after-short-body",
        title: Words("The client deletes a message that came shorter than listed", ja: "一覧より短い状態で届いたメールを削除している"),
        severity: .warning,
        side: .client,
        clause: "RFC 1939 §5, §11",
        means: Words(
            """
            Where less comes than LIST told, part of the message may be missing: cut off by a virus \
            scanner, or a full disk. Once it is deleted the rest cannot be had any more.
            """,
            ja: """
                LIST が示した大きさより少ししか届かない場合、ウイルス検査ソフトやディスク不足などでメールの一部が欠けている可能性があります。削除すると残りは二度と取り出せません。
                """),
        remedy: Words(
            """
            Let the client compare the size of what it got with what LIST told, and leave the message on \
            the server where far too little came.
            """,
            ja: """
                クライアントは受信した大きさを LIST の値と比べ、明らかに足りないときはサーバーにメールを残すようにしてください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK logged in
            C: LIST 1
            S: +OK 1 5000
            C: RETR 1
            S: +OK
            S: Subject: hello
            S: 
            S: hello
            S: .
            C: DELE 1
            S: +OK deleted
            C: QUIT
            S: +OK bye
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK logged in
            C: LIST 1
            S: +OK 1 25
            C: RETR 1
            S: +OK
            S: Subject: hello
            S: 
            S: hello
            S: .
            C: DELE 1
            S: +OK deleted
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3],
        besides: ["pop3.server.octets-mismatch"])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        guard exchange.verb == "DELE", session.followsPOP3, exchange.replies.last?.code == "+OK",
            let number = pop3.asked(exchange)?.number, let listed = pop3.sizes[number],
            case .whole(let received)? = pop3.retrieved[number]
        else { return nil }
        // A tenth is more than servers that guess sizes are wrong by.
        guard received < listed, listed - received > listed / 10 else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                LIST told \(listed) octets of message \(number), \(received) came, and the client deleted \
                it. What is missing cannot be fetched again.
                """,
                ja: """
                    LIST ではメッセージ \(number) は \(listed) オクテットでしたが、届いたのは \(received) オクテットで、クライアントはそれを削除しま\
                    した。欠けた部分はもう取得できません。
                    """))
    }
}
