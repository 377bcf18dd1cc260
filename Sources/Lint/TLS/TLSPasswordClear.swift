import Conversation
import Wire

/// The client says a password, or a token that is as good, where everybody on the way can read it.
struct TLSPasswordClear: Rule {
    static let about = RuleDescription(
        id: "tls.password-clear",
        title: "A password is said in clear",
        severity: .error,
        side: .client,
        clause: Clause(
            smtp: "RFC 8314 §5.2; RFC 4954 §4", pop3: "RFC 8314 §5.2; RFC 2595 §2.3",
            imap: "RFC 8314 §5.2; RFC 9051 §6.2.3"),
        means: """
            USER and PASS, LOGIN, and the mechanisms PLAIN, LOGIN, XOAUTH2 and OAUTHBEARER say the password, or a \
            token that opens the same door, as it is; base64 hides nothing. Outside TLS whoever carries the bytes can \
            read it and log in with it.
            """,
        remedy: """
            Set the client to require TLS for this account: from the first byte on (465, 995, 993), or by STARTTLS or \
            STLS. Change the password where it went over a network that others use.
            """,
        violating: """
            protocol: pop3
            S: +OK ready
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
            C: CAPA
            S: +OK
            S: STLS
            S: .
            C: STLS
            S: +OK begin
            tls server
            tls client
            C: CAPA
            S: +OK
            S: USER
            S: .
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK
            C: QUIT
            S: +OK bye
            """,
        explains: [TLSNotUsedThoughOffered.self])

    /// A login that says the password in the end.
    private struct Login {
        /// As it is to be named: `AUTH PLAIN`.
        var name: String
        /// Secrets that are to come, the password the last of them.
        var secrets: Int

        var secret: String { name.hasSuffix("XOAUTH2") || name.hasSuffix("OAUTHBEARER") ? "token" : "password" }
    }

    private var login: Login?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, session.layer == .clear else { return nil }
        if let command = session.command { begin(command, line, in: session.dialect) }
        guard line.secretFrom != nil, var login else { return nil }
        login.secrets -= 1
        self.login = login.secrets > 0 ? login : nil
        guard login.secrets == 0, session.isExposed else { return nil }
        let offer =
            switch session.offer.isOffered {
            case true?: "though the server offers \(session.dialect.startTLS)"
            case false?: "to a server that offers no TLS"
            case nil: "without having asked whether the server offers TLS"
            }
        return finding(
            at: Place(line), in: session,
            means: """
                The client said its \(login.secret) in clear (\(login.name)), \(offer). Anybody on the way can read it.
                """)
    }

    private mutating func begin(_ command: SpokenCommand, _ line: Utterance, in dialect: DialectName) {
        switch command.verb {
        case "PASS": login = Login(name: "PASS", secrets: 1)
        case "LOGIN":
            // The user as a literal is masked like the password, which then comes after it.
            let userIsLiteral = command.arguments.count == 1 && line.bytes.last == UInt8(ascii: "}")
            login = Login(name: "LOGIN", secrets: userIsLiteral ? 2 : 1)
        case "AUTH", "AUTHENTICATE":
            let mechanism = command.arguments.first.map { ASCII.uppercased($0) } ?? ""
            // LOGIN asks for the user first.
            login =
                SASL.plaintext.contains(mechanism)
                ? Login(name: "\(command.verb) \(mechanism)", secrets: mechanism == "LOGIN" ? 2 : 1) : nil
        // What goes on after a literal has no verb.
        case "" where dialect == .imap: break
        default: login = nil
        }
    }
}

/// The mechanisms by which a client proves who it is (RFC 4422).
enum SASL {
    /// Those that say the password, or a token that is as good (RFC 4616, RFC 7628).
    static let plaintext: Set<String> = ["PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER"]
}
