import Conversation
import Wire

/// The client says a password, or a token that is as good, where everybody on the way can read it.
struct TLSPasswordClear: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "tls.password-clear",
        title: Words("A password is said in clear", ja: "パスワードが平文で送られている"),
        severity: .error,
        side: .client,
        clause: Clause(
            smtp: "RFC 8314 §5.2; RFC 4954 §4", pop3: "RFC 8314 §5.2; RFC 2595 §2.3",
            imap: "RFC 8314 §5.2; RFC 9051 §6.2.3"),
        means: Words(
            """
            USER and PASS, LOGIN, and the mechanisms PLAIN, LOGIN, XOAUTH2 and OAUTHBEARER say the password, or a \
            token that opens the same door, as it is; base64 hides nothing. Outside TLS whoever carries the bytes \
            can read it and log in with it.
            """,
            ja: """
                USER と PASS、LOGIN、および PLAIN、LOGIN、XOAUTH2、OAUTHBEARER の各方式は、パスワードまたはそれと同\
                じ力を持つトークンをそのまま送ります。base64 は何も隠しません。TLS の外では、データを運ぶ者がそれを\
                読み、ログインすることができます。
                """),
        remedy: Words(
            """
            Set the client to require TLS for this account: from the first byte on (465, 995, 993), or by STARTTLS \
            or STLS. Change the password where it went over a network that others use.
            """,
            ja: """
                このアカウントで TLS を必須にしてください。最初から TLS を使う (465、995、993) か、STARTTLS または \
                STLS を使います。他人も使うネットワークを通った場合は、パスワードを変更してください。
                """),
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
        explains: [TLSNotUsedThoughOffered.self, TLSWeakAuthClear.self, TLSMailClear.self])

    /// A login that says the password in the end.
    private struct Login {
        /// As it is to be named: `AUTH PLAIN`.
        var name: String
        /// Secrets that are to come, the password the last of them.
        var secrets: Int

        var secret: Words {
            name.hasSuffix("XOAUTH2") || name.hasSuffix("OAUTHBEARER")
                ? Words("token", ja: "トークン") : Words("password", ja: "パスワード")
        }
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
            case true?:
                Words(
                    "though the server offers \(session.dialect.startTLS)",
                    ja: "サーバーは \(session.dialect.startTLS) を提示しています")
            case false?: Words("to a server that offers no TLS", ja: "サーバーは TLS を提示していません")
            case nil:
                Words(
                    "without having asked whether the server offers TLS",
                    ja: "サーバーが TLS を提示するかどうかを尋ねていません")
            }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The client said its \(login.secret[.en]) in clear (\(login.name)), \(offer[.en]). Anybody on the way \
                can read it.
                """,
                ja: """
                    クライアントは\(login.secret[.ja])を平文で送りました (\(login.name))。\(offer[.ja])。経路上の誰\
                    でも読むことができます。
                    """))
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
