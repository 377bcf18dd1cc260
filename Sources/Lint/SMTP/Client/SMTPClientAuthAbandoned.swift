import Conversation
import Wire

/// The client leaves a step of its authentication unanswered.
struct SMTPClientAuthAbandoned: Rule {
    static let hears: RuleEvents = [.utterance, .exchange, .ended]
    static let about = RuleDescription(
        id: "smtp.client.auth-abandoned",
        title: Words("The client does not answer a step of the authentication", ja: "認証の途中の問いかけに答えていません"),
        severity: .error,
        side: .client,
        clause: "RFC 4954 §4",
        means: Words(
            """
            334 is no refusal: the server has something to say, or to ask, and the client answers with a line of \
            base64, which may be empty, or gives up with `*`. In SCRAM the last 334 is the server's own proof, after \
            which the client says an empty line, and 235 comes; with OAuth a 334 tells what is wrong with the token.
            """,
            ja: """
                334 は拒否ではありません。サーバーからの知らせか問いかけで、クライアントは base64 の行(空でもよい)で答え\
                るか、`*` でやめます。SCRAM では最後の 334 がサーバー自身の証明で、クライアントが空行で答えると 235 が返りま\
                す。OAuth では 334 でトークンの問題が伝えられます。
                """),
        remedy: Words(
            "Let the client answer each 334 until a reply comes that begins with 2, 4 or 5.",
            ja: "2、4、5 で始まる応答が来るまで、334 のたびに答えるようにしてください。"),
        violating: """
            protocol: smtp
            tls server start=implicit
            tls client start=implicit
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 AUTH SCRAM-SHA-256
            C: AUTH SCRAM-SHA-256 «biwsbj1hLHI9eHl6»
            S: 334 cj14eXphYmMscz1BQUFBLGk9NDA5Ng==
            C: «Yz1iaXdzLHI9eHl6YWJjLHA9QUFBQQ==»
            S: 334 dj1BQUFB
            end: client-closed
            """,
        conforming: """
            protocol: smtp
            tls server start=implicit
            tls client start=implicit
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 AUTH SCRAM-SHA-256
            C: AUTH SCRAM-SHA-256 «biwsbj1hLHI9eHl6»
            S: 334 cj14eXphYmMscz1BQUFBLGk9NDA5Ng==
            C: «Yz1iaXdzLHI9eHl6YWJjLHA9QUFBQQ==»
            S: 334 dj1BQUFB
            C: 
            S: 235 ok
            C: QUIT
            S: 221 bye
            end: client-closed
            """,
        dialects: [.smtp, .lmtp])

    /// Octets of a challenge that are decoded.
    private static let limit = 4_096
    private static let second: Int64 = 1_000_000_000
    /// Seconds after which a client that is still there does not answer any more.
    private static let silence: Int64 = 5

    private enum Asked {
        case serverProof
        case tokenError(String)
        case name
        case password
        case first
        case other
    }

    /// The server has asked, and the client has not answered.
    private var isAsked = false

    /// The last answer is as long as QUIT, whatever it was.
    private var isShort = false
    /// Such an answer was refused, and the client has said nothing since.
    private var refused: (challenge: Reply, reply: Reply, place: Place)?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        if line.kind == .challenge { isAsked = true }
        guard line.direction == .client else { return nil }
        isAsked = false
        isShort = line.kind == .response && line.length == "QUIT\r\n".utf8.count
        refused = nil
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard let refused, session.followsSMTP, session.clientLeft else { return nil }
        return finding(
            at: refused.place, in: session, severity: .warning,
            means: Words(
                """
                The server went on with the authentication by \(Quote.of(refused.challenge)), and the client answered \
                with four characters, as many as QUIT has, which the server took for its response and refused with \
                \(Quote.of(refused.reply)). Who wants to give up here says `*`.
                """,
                ja: """
                    サーバーは \(Quote.of(refused.challenge)) で認証を続けましたが、クライアントは QUIT と同じ 4 文字の行で\
                    答えました。サーバーはこれを認証の応答とみなし、\(Quote.of(refused.reply)) で拒否しました。ここでやめる場\
                    合は `*` を送ります。
                    """))
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.verb == "AUTH", exchange.length > 0 else { return nil }
        defer { isAsked = false }
        if !isAsked, isShort, let reply = exchange.replies.last, reply.code.first == "5",
            let challenge = exchange.replies.last(where: { $0.code == "334" })
        {
            refused = (challenge, reply, Place(challenge, exchange: session.exchange))
        }
        guard isAsked, session.followsSMTP, let last = exchange.replies.last(where: { $0.code == "334" }),
            let end = exchange.replies.last
        else { return nil }
        let isCut = end.code == "334"
        // A server whose time is up says so.
        guard isCut || end.code == "421" || end.saysTimeIsUp else { return nil }
        let seconds = (isCut ? session.last : end.at).since(last.at) / Self.second
        if isCut {
            guard session.end != nil, session.clientLeft || wasWaitedFor(session, seconds) else { return nil }
        }
        let mechanism =
            ASCII.words(exchange.command[...]).dropFirst().first.map { ASCII.uppercased($0.prefix(32)) } ?? ""
        let asked = Self.asked(last, mechanism)
        let isServerProof = if case .serverProof = asked { true } else { false }
        return finding(
            at: Place(last, exchange: session.exchange), in: session, severity: isServerProof ? .error : .warning,
            means: Self.words(asked, last)
                + (session.clientLeft && isCut
                    ? Words(
                        "The client said nothing to that, and closed the connection.", ja: "クライアントはこれに答えずに接続を閉じました。")
                    : Words(
                        "The client said nothing to that for \(seconds) seconds, until the server gave up.",
                        ja: "クライアントは \(seconds) 秒間これに答えず、サーバーがあきらめました。")))
    }

    private func wasWaitedFor(_ session: SessionSoFar, _ seconds: Int64) -> Bool {
        session.end == .closed(first: .server) && seconds >= Self.silence
    }

    private static func asked(_ reply: Reply, _ mechanism: String) -> Asked {
        guard let line = reply.lines.first, line.count <= limit else { return .other }
        guard !line.isEmpty else { return .first }
        guard let text = Base64.decode(line[...]) else { return .other }
        if text.starts(with: "v=".utf8), mechanism.hasPrefix("SCRAM-") { return .serverProof }
        if text.first == UInt8(ascii: "{") { return .tokenError(Quote.of(text)) }
        let word = ASCII.uppercased(text.prefix(64))
        if mechanism == "LOGIN" {
            if word.hasPrefix("USER") { return .name }
            if word.hasPrefix("PASS") { return .password }
        }
        return .other
    }

    private static func words(_ asked: Asked, _ reply: Reply) -> Words {
        switch asked {
        case .serverProof:
            Words(
                """
                With its last 334 the server had accepted the client's proof and showed its own (`v=…`); the login was \
                done but for an empty line from the client, after which 235 comes.
                """,
                ja: """
                    サーバーは最後の 334 でクライアントの証明を受け入れ、自分の証明(`v=…`)を示していました。あとはクライア\
                    ントが空行を送れば 235 が返り、ログインが完了するところでした。
                    """)
        case .tokenError(let error):
            Words(
                """
                The server does not accept the token, and says why in a 334: \(error). The client has to answer that \
                with an empty line, to hear the refusal, and to get a new token.
                """,
                ja: """
                    サーバーはトークンを受け付けず、その理由を 334 で \(error) と伝えました。クライアントは空行で答えて拒否の\
                    応答を受け取り、新しいトークンを取得する必要があります。
                    """)
        case .name:
            Words(
                "The server asked for the user name (\(Quote.of(reply))).", ja: "サーバーはユーザー名を尋ねました(\(Quote.of(reply)))。")
        case .password:
            Words(
                "The server asked for the password (\(Quote.of(reply))).", ja: "サーバーはパスワードを尋ねました(\(Quote.of(reply)))。")
        case .first:
            Words(
                "The server waits for what the client did not put behind AUTH, and says so with an empty 334.",
                ja: "サーバーは空の 334 で、クライアントが AUTH に付けなかった応答を求めました。")
        case .other:
            Words(
                "The server went on with the authentication by \(Quote.of(reply)).",
                ja: "サーバーは \(Quote.of(reply)) で認証を続けました。")
        }
    }
}
