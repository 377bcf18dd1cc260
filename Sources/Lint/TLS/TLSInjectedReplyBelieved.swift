import Conversation

/// The client takes what stood in clear behind the server's agreement for an answer inside TLS. Seen by its going on to
/// the second command before the first has an answer; in IMAP, where answers bear tags, it cannot be seen so.
struct TLSInjectedReplyBelieved: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "tls.injected-reply-believed",
        title: Words(
            "The client believes inside TLS what was said in clear before it",
            ja: "平文で送られた応答をクライアントが TLS の中で信じている"),
        severity: .error,
        side: .client,
        clause: Clause(smtp: "RFC 3207 §4.2", pop3: "RFC 2595 §4", imap: "RFC 9051 §6.2.1"),
        means: Words(
            """
            The client kept what it had read behind the server's agreement, and took it for said inside TLS \
            (CVE-2020-14954, CVE-2021-38371). Somebody on the way can so tell it what the server can do, or that its \
            mail was taken.
            """,
            ja: """
                クライアントはサーバーの同意の後ろで読んだものを取っておき、TLS の中で送られたものとして扱いました \
                (CVE-2020-14954, CVE-2021-38371)。経路上の者は、サーバーの機能やメールが受理されたかどうかについて、\
                偽りを信じさせることができます。
                """),
        remedy: Words(
            """
            Update the client. It must throw away what it has read in clear when TLS begins, and better hang up over \
            it.
            """,
            ja: """
                クライアントを更新してください。TLS が始まるとき、それまでに平文で読んだものは捨てなければならず、で\
                きれば接続を切るべきです。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 go ahead
            remark: fault inject-response: mailtee put words in clear behind the server's answer to begin TLS
            S: 500 5.5.1 said in clear by mailtee
            tls server
            tls client
            C: EHLO client.example.com
            C: HELO client.example.com
            S: 250 mx.example.com
            S: 250 mx.example.com
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 go ahead
            remark: fault inject-response: mailtee put words in clear behind the server's answer to begin TLS
            S: 500 5.5.1 said in clear by mailtee
            tls server
            tls client
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp, .pop3])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard session.isUpgraded, let injected = session.inCrossing.server, line.direction == .client,
            session.spoken.client == 2, session.spoken.server == 0
        else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                Inside TLS the client said \(Quote.of(line)) before its first command had an answer: it took \
                \(Quote.of(injected)) for one, which was said in clear before the handshake.
                """,
                ja: """
                    TLS の中でクライアントは、最初のコマンドへの応答が来る前に \(Quote.of(line)) を送りました。ハン\
                    ドシェイクの前に平文で送られた \(Quote.of(injected)) を、その応答と取り違えたためです。
                    """))
    }
}
