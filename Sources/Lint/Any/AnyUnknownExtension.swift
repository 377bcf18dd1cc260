import Conversation

/// The server lists an extension that is in no registry.
struct AnyUnknownExtension: Rule {
    static let hears: RuleEvents = [.capabilities]
    static let about = RuleDescription(
        id: "any.unknown-extension",
        title: Words(
            "The server lists an extension that is not registered",
            ja: "サーバーが登録されていない拡張を提示している"),
        severity: .note,
        side: .server,
        clause: Clause(
            smtp: "RFC 5321 §2.2.2", pop3: "RFC 2449 §9", imap: "RFC 9051 §7.2.2; RFC 3501 §7.2.1"),
        means: Words(
            """
            Clients pass by what they do not know, so that little is lost. A server is to list registered names only, \
            though, besides its own that begin with X; and it can be a slip of the pen, in which case the extension \
            that is meant is used by nobody.
            """,
            ja: """
                クライアントは知らない拡張を無視するので、実害はほとんどありません。ただし、サーバーが提示してよいの\
                は登録された名前だけで(X で始まる独自の名前を除く)、書き間違いであれば、意図した拡張は誰にも使わ\
                れません。
                """),
        remedy: Words(
            """
            Look whether the name is spelled as in the registry of IANA; where it is the server's own, let it begin \
            with X.
            """,
            ja: """
                名前の綴りが IANA の登録と一致しているか確認してください。サーバー独自の拡張であれば、名前を X で始め\
                てください。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250-8BITMINE
            S: 250 SIZE 1000000
            C: QUIT
            S: 221 mx.example.com
            end: client-closed
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250-8BITMIME
            S: 250-XCLIENT
            S: 250 SIZE 1000000
            C: QUIT
            S: 221 mx.example.com
            end: client-closed
            """)

    mutating func capabilities(_ listing: CapabilityListing, in session: SessionSoFar) -> Finding? {
        // The first line of an answer to EHLO is the server's name.
        let isSMTP = session.dialect == .smtp || session.dialect == .lmtp
        let unknown = listing.capabilities.dropFirst(isSMTP ? 1 : 0).lazy.map(\.name)
            .filter { !ExtensionRegistry.isKnown($0, in: session.dialect) }.prefix(Self.most)
        guard !unknown.isEmpty else { return nil }
        let names = unknown.map { Quote.of(Array($0.utf8)) }
        return finding(
            at: listing.place, in: session,
            means: Words(
                """
                The server lists \(names.joined(separator: ", ")), which is in no registry that mailtee knows.
                """,
                ja: """
                    サーバーは \(names.joined(separator: "、")) を提示していますが、mailtee の知る登録にはありませ\
                    ん。
                    """))
    }

    /// Names that are told.
    private static let most = 8
}
