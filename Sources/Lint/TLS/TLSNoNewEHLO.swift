import Conversation
import Wire

/// The client relies inside TLS on what it was told in clear.
///
/// In SMTP the session begins anew inside TLS, and mail and AUTH need a new EHLO. In POP3 and IMAP a client that simply
/// logs in relies on nothing that was listed; one that uses what only a listing can have told it of does.
struct TLSNoNewEHLO: Rule {
    static let hears: RuleEvents = [.exchange, .capabilities]
    static let about = RuleDescription(
        id: "tls.no-new-ehlo",
        title: Words(
            "The client does not ask anew inside TLS what the server can do",
            ja: "クライアントが TLS の中でサーバーの機能を尋ね直していない"),
        severity: .error,
        side: .client,
        clause: Clause(smtp: "RFC 3207 §4.2; RFC 5321 §4.1.4", pop3: "RFC 2595 §4", imap: "RFC 9051 §6.2.1"),
        means: Words(
            """
            What the server listed in clear can have been changed by somebody on the way, and is to be forgotten \
            once TLS has begun: a client that keeps it can be led to a weaker login, or to leave out what protects \
            it. In SMTP the server has forgotten its EHLO as well.
            """,
            ja: """
                サーバーが平文で示した機能の一覧は、経路上の誰かが書き換えた可能性があるため、TLS が始まったら忘れな\
                ければなりません。覚えたままのクライアントは、弱いログイン方式や、保護のない使い方に誘導されかねませ\
                ん。SMTP ではサーバーも前の EHLO を忘れています。
                """),
        remedy: Words(
            """
            Let the client say EHLO, CAPA or CAPABILITY as the first command inside TLS, and go by that answer.
            """,
            ja: """
                TLS の中では最初のコマンドとして EHLO、CAPA または CAPABILITY を送り、その応答に従うようにしてくださ\
                い。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 go ahead
            tls server
            tls client
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: imap
            S: * OK [CAPABILITY IMAP4rev2 STARTTLS LOGINDISABLED] ready
            C: a1 STARTTLS
            S: a1 OK begin
            tls server
            tls client
            C: a2 LOGIN alice «secret»
            S: a2 OK in
            C: a3 LOGOUT
            S: * BYE
            S: a3 OK
            """)

    /// SMTP: what needs an EHLO before it (RFC 5321 §4.1.4).
    private static let transactions: Set<String> = ["MAIL", "RCPT", "DATA", "BDAT", "AUTH", "ETRN"]
    /// POP3 and IMAP: what a client can know of by a listing only.
    private static let extensions: Set<String> = [
        "AUTH", "UTF8",
        "AUTHENTICATE", "COMPRESS", "ENABLE", "ID", "IDLE", "MOVE", "NAMESPACE", "UID MOVE", "UNSELECT",
    ]

    private var wasListedInClear = false
    private var hasAskedAnew = false

    mutating func capabilities(_ listing: CapabilityListing, in session: SessionSoFar) -> Finding? {
        if session.layer == .secure { hasAskedAnew = true } else { wasListedInClear = true }
        return nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard session.isUpgraded, !hasAskedAnew else { return nil }
        if Verbs.hello.contains(exchange.verb) {
            hasAskedAnew = true
            return nil
        }
        switch session.dialect {
        case .smtp, .lmtp:
            guard Self.transactions.contains(exchange.verb) else { return nil }
            return finding(
                at: Place(commandOf: exchange, in: session), in: session,
                means: Words(
                    """
                    Inside TLS the client went on with \(exchange.verb) and said no new \(session.dialect.hello). It \
                    relies on what it was told in clear, and the server need not take it.
                    """,
                    ja: """
                        TLS の中でクライアントは新しい \(session.dialect.hello) を送らず、\(exchange.verb) に進みま\
                        した。平文で聞いたことを当てにしており、サーバーは受け付けないかもしれません。
                        """))
        case .pop3, .imap:
            // AUTH alone asks for the mechanisms in POP3.
            let asks = exchange.verb == "AUTH" && ASCII.words(exchange.command[...]).count == 1
            guard wasListedInClear, Self.extensions.contains(exchange.verb), !asks else { return nil }
            return finding(
                at: Place(commandOf: exchange, in: session), in: session, severity: .warning,
                means: Words(
                    """
                    Inside TLS the client used \(exchange.verb) without a new \(session.dialect.hello). That the \
                    server knows it the client can have from the listing in clear only, which is to be forgotten.
                    """,
                    ja: """
                        TLS の中でクライアントは新しい \(session.dialect.hello) を送らずに \(exchange.verb) を使いま\
                        した。サーバーがこれを知っていることは、忘れるべき平文の一覧からしか知り得ません。
                        """))
        case .http, .nntp, .ftp, .sieve, .irc, .plain: return nil
        }
    }
}
