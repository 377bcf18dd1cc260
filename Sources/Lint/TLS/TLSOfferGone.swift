import Conversation

/// A server that used to offer TLS does so no more.
struct TLSOfferGone: Rule {
    static let hears: RuleEvents = [.ended]
    static let about = RuleDescription(
        id: "tls.offer-gone",
        title: Words(
            "The server offered TLS before and does not now",
            ja: "以前 TLS を提示したサーバーが今は提示していない"),
        severity: .warning,
        side: .tls,
        clause: Clause(smtp: "RFC 3207 §6", pop3: "RFC 2595 §4", imap: "RFC 9051 §6.2.1"),
        means: Words(
            """
            The simplest attack on STARTTLS is to take it out of what the server lists: a client that uses TLS when \
            it is offered then speaks in clear. Some firewalls do so on their own; or TLS was switched off at the \
            server.
            """,
            ja: """
                STARTTLS に対する最も単純な攻撃は、サーバーの一覧からそれを取り除くことです。提示されたときだけ TLS \
                を使うクライアントは、平文で話すようになります。ファイアウォールが勝手に取り除くこともあり、サーバー\
                で TLS が無効にされたのかもしれません。
                """),
        remedy: Words(
            """
            Ask the server from another network. If it offers TLS there, something on the way takes the offer out. \
            Set the client to require TLS, so that this cannot bring it to speak in clear.
            """,
            ja: """
                別のネットワークからサーバーに尋ねてみてください。そこで TLS が提示されるなら、経路上の何かが取り除\
                いています。TLS を必須にすれば、そのために平文で話すことはなくなります。
                """),
        violating: """
            protocol: smtp
            earlier: TLS offered
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 SIZE 1000000
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            earlier: TLS offered
            S: 220 mx.example.com
            C: HELO client.example.com
            S: 250 mx.example.com
            C: QUIT
            S: 221 bye
            """,
        explains: [TLSMailClear.self])

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard session.context.serverOfferedTLSBefore, session.offer.isOffered == false, session.isExposed,
            !session.hasGap, !session.faults.contains(.stripAnnouncement)
        else { return nil }
        return finding(
            at: session.offer.place ?? Place(at: session.last), in: session,
            means: Words(
                """
                In an earlier session this server offered \(session.dialect.startTLS); now it does not. Either TLS \
                was switched off there, or somebody on the way takes the offer out.
                """,
                ja: """
                    以前のセッションでこのサーバーは \(session.dialect.startTLS) を提示しましたが、今回は提示してい\
                    ません。サーバーで TLS が無効にされたか、経路上の誰かが取り除いています。
                    """))
    }
}
