import Conversation
import Wire

/// The client was shown a certificate that it must not accept, and accepted it. mailtee alone can know: it is the one
/// who shows them.
struct TLSBadCertificateAccepted: Rule {
    static let hears: RuleEvents = [.exchange, .handshake, .ended]
    static let about = RuleDescription(
        id: "tls.bad-certificate-accepted",
        title: Words(
            "The client accepts a certificate that is not good",
            ja: "クライアントが正しくない証明書を受け入れている"),
        severity: .error,
        side: .client,
        clause: Clause(
            smtp: "RFC 8314 §5.3; RFC 4954 §14", pop3: "RFC 8314 §5.3; RFC 2595 §2.4",
            imap: "RFC 8314 §5.3; RFC 9051 §11.1"),
        means: Words(
            """
            Without a look at the certificate TLS protects from those who listen only: whoever stands between client \
            and server can show one of their own, and read and change all that is said. mailtee did just that, as it \
            was asked to by --tls-fault.
            """,
            ja: """
                証明書を確かめない TLS は、盗み聞きする相手にしか役立ちません。クライアントとサーバーの間に立つ者\
                は、自分の証明書を見せて、やり取りをすべて読み、書き換えることができます。mailtee は --tls-fault の\
                指定に従い、まさにそれを行いました。
                """),
        remedy: Words(
            """
            Set the client to verify the certificate and the name in it, and never to go on where that fails. Look \
            for an option such as `insecure`, `ignore certificate errors` or `tls_verify = no`.
            """,
            ja: """
                証明書と、その中の名前を検証し、失敗したら決して続行しないようクライアントを設定してください。\
                `insecure`、`ignore certificate errors`、`tls_verify = no` のような設定がないか確認します。
                """),
        violating: """
            protocol: pop3
            S: +OK ready
            C: STLS
            S: +OK begin
            tls server names=pop.example.com
            tls client names=pop.example.com fault=expired-certificate
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK
            C: QUIT
            S: +OK bye
            """,
        conforming: """
            protocol: pop3
            S: +OK ready
            C: STLS
            S: +OK begin
            tls server names=pop.example.com
            tls client names=pop.example.com fault=expired-certificate by=client alert=certificate_expired
            end: client-closed
            """)

    private var certificate: (flaw: Words, names: Words)?
    /// Where mail passes between servers the client may mean to do without; it is seen in the end whether it logged in.
    private var first: (verb: String, place: Place)?

    mutating func handshake(_ facts: TLSFacts, at time: Timestamp, in session: SessionSoFar) -> Finding? {
        guard facts.securesClient, let flaw = facts.fault.flatMap(PlayedFault.init(rawValue:))?.certificateFlaw else {
            return nil
        }
        let names = facts.chain.first?.names.joined(separator: ", ") ?? ""
        let shown = Picture.of(text: names)
        certificate = (
            flaw, names.isEmpty ? Words("", ja: "") : Words(" (names in it: \(shown))", ja: " (証明書の名前: \(shown))")
        )
        return nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        // A client that only takes its leave does as RFC 3207 §4.1 asks.
        guard let certificate, session.layer == .secure, !exchange.verb.isEmpty,
            !Verbs.goodbye.contains(exchange.verb)
        else { return nil }
        let place = Place(commandOf: exchange, in: session)
        if session.dialect == .pop3 || session.dialect == .imap || Verbs.login.contains(exchange.verb) {
            return finding(
                at: place, in: session,
                means: Words(
                    """
                    The client was shown a certificate that \(certificate.flaw[.en])\(certificate.names[.en]), and \
                    went on with \(exchange.verb). Whoever shows it one like that can read its password and its \
                    mail.
                    """,
                    ja: """
                        クライアントは\(certificate.flaw[.ja])証明書を見せられ\(certificate.names[.ja])、そのまま \
                        \(exchange.verb) に進みました。同じような証明書を見せる者は、パスワードもメールも読むことが\
                        できます。
                        """))
        }
        if first == nil { first = (exchange.verb, place) }
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard let first, let certificate else { return nil }
        return finding(
            at: first.place, in: session, severity: .warning, clause: "RFC 3207 §4.1; RFC 7435 §3",
            means: Words(
                """
                The client was shown a certificate that \(certificate.flaw[.en])\(certificate.names[.en]), and went \
                on with \(first.verb). It did not log in; where it passes mail on to whatever server takes it, that \
                is usual, and keeps out those who only listen.
                """,
                ja: """
                    クライアントは\(certificate.flaw[.ja])証明書を見せられ\(certificate.names[.ja])、そのまま \
                    \(first.verb) に進みました。ログインはしていません。受け取ってくれるサーバーへメールを渡すだけの\
                    場合はよくあることで、盗み聞きだけは防げます。
                    """),
            remedy: Words(
                """
                Where the client logs in to a server, set it to verify the certificate and the name in it.
                """,
                ja: """
                    クライアントがサーバーにログインする場合は、証明書とその中の名前を検証するよう設定してください。
                    """))
    }
}
