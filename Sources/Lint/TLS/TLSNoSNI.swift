import Conversation

/// The client does not say in its handshake which host it wants.
struct TLSNoSNI: Rule {
    static let hears: RuleEvents = [.handshake]
    static let about = RuleDescription(
        id: "tls.no-sni",
        title: Words(
            "The client does not name the server in its handshake",
            ja: "クライアントがハンドシェイクでサーバー名を示していない"),
        severity: .note,
        side: .client,
        clause: "RFC 6066 §3",
        means: Words(
            """
            A server for several names shows the certificate of the one that the client asks for. To a client that \
            names none it may show another one, and the client then does not come in.
            """,
            ja: """
                複数の名前を受け持つサーバーは、クライアントが示した名前の証明書を見せます。名前を示さないクライアン\
                トには別の証明書を見せることがあり、その場合クライアントは接続できません。
                """),
        remedy: Words(
            """
            Let the client send the name that it connects to (server_name). Where it connects to an IP address, \
            which cannot be named there, give it the name.
            """,
            ja: """
                クライアントが接続先の名前を server_name で送るようにしてください。IP アドレスはそこに書けないため、\
                IP アドレスに接続している場合は名前を設定します。
                """),
        violating: """
            protocol: imap
            tls server start=implicit version=\"TLS 1.3\"
            tls client start=implicit version=\"TLS 1.3\"
            S: * OK [CAPABILITY IMAP4rev1] ready
            C: a1 LOGOUT
            S: * BYE bye
            S: a1 OK done
            end: client-closed
            """,
        conforming: """
            protocol: imap
            tls server start=implicit version=\"TLS 1.3\"
            tls client start=implicit version=\"TLS 1.3\" sni=imap.example.com
            S: * OK [CAPABILITY IMAP4rev1] ready
            C: a1 LOGOUT
            S: * BYE bye
            S: a1 OK done
            end: client-closed
            """,
        dialects: Set(DialectName.allCases))

    mutating func handshake(_ facts: TLSFacts, at time: Timestamp, in session: SessionSoFar) -> Finding? {
        guard facts.securesClient, facts.version != nil, facts.serverName == nil else { return nil }
        // Servers that pass mail on to each other mostly name none, and mostly need not.
        if facts.start == .starttls, session.dialect == .smtp || session.dialect == .lmtp { return nil }
        return finding(
            at: Place(at: time), in: session,
            means: Words(
                """
                The client's handshake did not say which host it wants. A server for several names may show it the \
                certificate of another one.
                """,
                ja: """
                    クライアントのハンドシェイクには、接続したいホストの名前がありませんでした。複数の名前を受け持つ\
                    サーバーは、別の名前の証明書を見せるかもしれません。
                    """))
    }
}
