import Conversation
import Wire

/// The server offers its login in a form that only ancient clients read.
struct SMTPServerAuthEquals: Rule {
    static let hears: RuleEvents = [.exchange, .ended]
    static let about = RuleDescription(
        id: "smtp.server.auth-equals",
        title: Words("The server offers AUTH in the old form with `=` only", ja: "AUTH を古い `=` 付きの形だけで通知している"),
        severity: .warning,
        side: .server,
        clause: "RFC 4954 §3; RFC 5321 §4.1.1.1",
        means: Words(
            """
            The keyword is AUTH, and its mechanisms follow after a blank. `AUTH=LOGIN` is how it was written before \
            the extension was a standard; clients of today do not find a login there, send without one, and are \
            refused.
            """,
            ja: """
                キーワードは AUTH で、認証方式は空白の後に並べます。`AUTH=LOGIN` は標準になる前の書き方です。今のクライアント\
                はこれをログインの提示と認識せず、ログインなしで送ろうとして拒否されます。
                """),
        remedy: Words(
            "Let the server write `AUTH LOGIN PLAIN`; where it must serve ancient clients, in a line of its own beside.",
            ja: "`AUTH LOGIN PLAIN` のように書いてください。古いクライアントのために `AUTH=` が必要なら、別の行に併記します。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 AUTH=CRAM-MD5
            C: MAIL FROM:<alice@example.com>
            S: 530 5.7.0 authentication required
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250-AUTH CRAM-MD5
            S: 250 AUTH=CRAM-MD5
            C: MAIL FROM:<alice@example.com>
            S: 530 5.7.0 authentication required
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp],
        besides: ["smtp.server.ehlo-keyword-syntax"])

    /// The offer, where it is the only one.
    private var offer: (quote: String, place: Place)?
    private var isOver = false

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard !isOver, !session.hasGap else { return nil }
        if exchange.verb == "EHLO" || exchange.verb == "LHLO" { hear(exchange, in: session) }
        guard let offer else { return nil }
        if exchange.verb == "AUTH" {
            isOver = true
            return nil
        }
        // What he cannot do without a login is refused to him.
        guard let reply = exchange.replies.last, reply.refuses, reply.wantsLogin else { return nil }
        isOver = true
        return finding(
            at: offer.place, in: session,
            means: Words(
                """
                The server offers its login as \(offer.quote) only, where clients look for `AUTH` and a blank. The \
                client did not log in, and was refused \(exchange.verb) with \(Quote.of(reply)).
                """,
                ja: """
                    サーバーはログインを \(offer.quote) としか通知していませんが、クライアントが探すのは `AUTH` と空白の形で\
                    す。クライアントはログインせず、\(exchange.verb) は \(Quote.of(reply)) で拒否されました。
                    """))
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard !isOver, let offer, !session.hasGap, session.end != nil, session.smtp.transaction == nil,
            session.smtp.delivered == 0
        else { return nil }
        return finding(
            at: offer.place, in: session,
            means: Words(
                """
                The server offers its login as \(offer.quote) only, where clients look for `AUTH` and a blank. The \
                client neither logged in nor sent anything.
                """,
                ja: """
                    サーバーはログインを \(offer.quote) としか通知していませんが、クライアントが探すのは `AUTH` と空白の形で\
                    す。クライアントはログインも送信もしませんでした。
                    """))
    }

    private mutating func hear(_ exchange: Exchange, in session: SessionSoFar) {
        offer = nil
        guard let reply = exchange.replies.last, reply.code == "250" else { return }
        for line in reply.lines.dropFirst() {
            guard let word = ASCII.words(line[...]).first else { continue }
            if ASCII.equal(word, "AUTH") {
                offer = nil
                return
            }
            if ASCII.equal(word.prefix(5), "AUTH="), offer == nil {
                offer = (Quote.of(line), Place(reply, exchange: session.exchange))
            }
        }
    }
}

extension Reply {
    /// The server wants a login first (RFC 4954 §6), in whatever words.
    fileprivate var wantsLogin: Bool {
        code == "530" || code == "538"
            || says(["authenticat", "relay", "log in", "login", "logged in", "auth required"])
    }
}
