import Conversation
import Wire

/// The client proves who it is by a challenge, where everybody on the way can hear both.
struct TLSWeakAuthClear: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "tls.weak-auth-clear",
        title: Words(
            "A login that can be guessed off-line is done in clear",
            ja: "オフラインで推測できるログインが平文で行われている"),
        severity: .warning,
        side: .client,
        clause: "RFC 2195 §4; RFC 6331 §1; RFC 8314 §5.2",
        means: Words(
            """
            CRAM-MD5, DIGEST-MD5 and NTLM do not say the password, but who hears the challenge and the answer can \
            try passwords on them at home, millions in a second.
            """,
            ja: """
                CRAM-MD5、DIGEST-MD5、NTLM はパスワードそのものを送りませんが、チャレンジと応答を聞いた者は、手元で\
                毎秒何百万ものパスワードを試すことができます。
                """),
        remedy: Words(
            "Set the client to require TLS for this account. Inside TLS the simple mechanism PLAIN is good enough.",
            ja: "このアカウントで TLS を必須にしてください。TLS の中であれば、単純な PLAIN で十分です。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250-STARTTLS
            S: 250 AUTH CRAM-MD5
            C: AUTH CRAM-MD5
            S: 334 PDE4OTYuNjk3MTcwOTUyQG14LmV4YW1wbGUuY29tPg==
            C: «YWxpY2UgYjkxM2E2MDJjN2VkYTdhNDk1YjRlNmU3MzM0ZDM4OTA=»
            S: 235 2.7.0 in
            C: QUIT
            S: 221 bye
            end: client-closed
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250-STARTTLS
            S: 250 AUTH CRAM-MD5
            C: STARTTLS
            S: 220 go ahead
            tls server
            tls client
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 AUTH CRAM-MD5
            C: AUTH CRAM-MD5
            S: 334 PDE4OTYuNjk3MTcwOTUyQG14LmV4YW1wbGUuY29tPg==
            C: «YWxpY2UgYjkxM2E2MDJjN2VkYTdhNDk1YjRlNmU3MzM0ZDM4OTA=»
            S: 235 2.7.0 in
            C: QUIT
            S: 221 bye
            end: client-closed
            """,
        explains: [TLSNotUsedThoughOffered.self, TLSMailClear.self])

    private static let mechanisms: Set<String> = ["CRAM-MD5", "DIGEST-MD5", "NTLM"]

    private var mechanism: String?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, session.layer == .clear else { return nil }
        if let command = session.command {
            let isLogin = command.verb == "AUTH" || command.verb == "AUTHENTICATE"
            let name = isLogin ? command.arguments.first.map { ASCII.uppercased($0) } : nil
            mechanism = name.flatMap { Self.mechanisms.contains($0) ? $0 : nil }
        }
        // What a server refuses to ask is not answered.
        guard line.secretFrom != nil, let mechanism, session.isExposed else { return nil }
        // Its answer may as well be that it gives up.
        guard line.bytes.count > 1 else { return nil }
        let isOffered = session.offer.isOffered == true
        let offer =
            isOffered
            ? Words(
                "though the server offers \(session.dialect.startTLS)",
                ja: "サーバーは \(session.dialect.startTLS) を提示しています")
            : Words(
                "to a server that is not known to offer TLS",
                ja: "サーバーが TLS を提示するかどうかは分かりません")
        return finding(
            at: Place(line), in: session, severity: isOffered ? nil : .note,
            means: Words(
                """
                The client logged in by \(mechanism) in clear, \(offer[.en]). Who hears it can guess the password \
                off-line.
                """,
                ja: """
                    クライアントは平文で \(mechanism) によりログインしました。\(offer[.ja])。聞いた者はパスワードを\
                    オフラインで推測できます。
                    """))
    }
}
