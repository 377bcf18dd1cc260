import Conversation
import Wire

/// The server writes what it offers in small letters, and the client leaves as if it offered nothing.
struct SMTPClientMissesLowerCase: Rule {
    static let hears: RuleEvents = [.utterance, .exchange, .ended]
    static let about = RuleDescription(
        id: "smtp.client.misses-lower-case",
        title: Words("The client does not see an offer in small letters", ja: "小文字で書かれた拡張を見落としています"),
        severity: .warning,
        side: .client,
        clause: "RFC 5321 §2.4; RFC 5321 §4.1.1.1",
        means: Words(
            """
            Keywords of EHLO have no case: `starttls` offers what `STARTTLS` does. A client that compares them letter \
            by letter finds no TLS and no login where both are there.
            """,
            ja: """
                EHLO のキーワードは大文字と小文字を区別しません。`starttls` も `STARTTLS` と同じ意味です。文字どおりに\
                比べるクライアントは、そこにある TLS や認証を見落とします。
                """),
        remedy: Words(
            "Let the client compare keywords without regard to case.",
            ja: "クライアントには、大文字と小文字を区別せずにキーワードを比べさせてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 starttls
            C: QUIT
            S: 221 bye
            end: client-closed
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 starttls
            C: STARTTLS
            S: 220 go ahead
            end: client-closed
            """,
        dialects: [.smtp])

    /// An offer of TLS or of a login in small letters, with nothing but a farewell behind it.
    private var offer: Utterance?
    private var isUsed = false

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, line.kind == .reply, line.replyCode?.elementsEqual("250".utf8) == true else {
            return nil
        }
        let keyword = line.bytes.dropFirst(4).prefix { $0 != Byte.space }
        let isSmall = ["starttls", "auth"].contains { keyword.elementsEqual($0.utf8) }
        if isSmall, offer == nil { offer = line }
        return nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        if offer != nil, exchange.length > 0, !["EHLO", "QUIT", "NOOP", "RSET"].contains(exchange.verb) {
            isUsed = true
        }
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard let offer, !isUsed, !session.hasGap, session.end != nil else { return nil }
        return finding(
            at: Place(offer), in: session,
            means: Words(
                """
                The server offers \(Quote.of(offer)), in small letters, which is the same as in capitals; the client \
                left at once, as if that were not there.
                """,
                ja: """
                    サーバーは \(Quote.of(offer)) を小文字で提示しています。大文字と同じ意味ですが、クライアントはそれがない\
                    かのようにすぐ終えました。
                    """))
    }
}
