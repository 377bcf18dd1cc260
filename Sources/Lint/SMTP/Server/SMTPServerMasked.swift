import Conversation
import Wire

/// A middlebox overwrites what the client and the server say to each other.
struct SMTPServerMasked: Rule {
    static let hears: RuleEvents = [.utterance, .exchange, .ended]
    static let about = RuleDescription(
        id: "smtp.server.masked",
        title: Words("Something between client and server overwrites what they say", ja: "途中の機器が会話を書き換えている"),
        severity: .error,
        side: .server,
        clause: "RFC 5321 §4.1.1.1, §4.2; RFC 3207 §6",
        means: Words(
            """
            Some firewalls (Cisco's "inspect esmtp", before that "fixup protocol smtp") overwrite with asterisks and \
            the letter X what they do not know or do not want. STARTTLS is so taken away, passwords and mail go in \
            clear or not at all, and clients do not see what else the server can do.
            """,
            ja: """
                一部のファイアウォール(Cisco の "inspect esmtp"、以前の "fixup protocol smtp")は、知らないものや通したくない\
                ものをアスタリスクや X で上書きします。STARTTLS が消されるため、パスワードやメールは平文で送られるか、まった\
                く送れなくなり、サーバーのほかの機能も見えなくなります。
                """),
        remedy: Words(
            """
            Turn off the inspection of SMTP in the firewall before the server, or allow STARTTLS in it; submit mail \
            by port 465, where there is TLS from the first byte on.
            """,
            ja: """
                サーバーの手前のファイアウォールで SMTP の検査を止めるか、STARTTLS を許可してください。最初から TLS を使う\
                ポート 465 で送る方法もあります。
                """),
        violating: """
            protocol: smtp
            S: 220 ***************************************
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250-SIZE 10240000
            S: 250-XXXXXXXA
            S: 250 8BITMIME
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ***************************
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250-SIZE 10240000
            S: 250-STARTTLS
            S: 250 8BITMIME
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp],
        explains: [SMTPServerGreetingNoDomain.self])

    private var greeting: (quote: String, place: Place)?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        // mailtee may stand between the firewall and the server.
        guard line.direction == .client, line.kind == .command, !session.hasGap, session.layer == .clear,
            let verb = session.command?.verb, verb.utf8.count >= Self.shortest, verb.allSatisfy({ $0 == "X" })
        else { return nil }
        return found(
            at: Place(line),
            Words(
                "Where a command of the client's should stand, the server gets \(Quote.of(line))",
                ja: "クライアントのコマンドがあるはずの場所で、サーバーには \(Quote.of(line)) が届いています"), in: session)
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let reply = exchange.replies.last, !session.hasGap, session.layer == .clear else { return nil }
        if session.exchange == 0, exchange.isUnasked, reply.code == "220" {
            if reply.lines.allSatisfy(Self.isStarred) {
                greeting = (Quote.of(reply), Place(reply, exchange: session.exchange))
            }
            return nil
        }
        guard exchange.verb == "EHLO" || exchange.verb == "LHLO" else { return nil }
        if reply.code == "250" {
            let masked = reply.lines.dropFirst().filter(Self.isMaskedKeyword)
            guard let first = masked.first else { return nil }
            let quotes = masked.prefix(3).map { Quote.of($0) }.joined(separator: ", ")
            // A mask is as long as what is under it.
            let isTLS = first.count == "STARTTLS".utf8.count && session.offer.isOffered != true
            return found(
                at: Place(reply, exchange: session.exchange),
                Words(
                    """
                    In the answer to \(exchange.verb) \(masked.count == 1 ? "a keyword is" : "keywords are") \
                    overwritten: \(quotes)\(isTLS ? "; one is as long as STARTTLS, which is not offered" : "")
                    """,
                    ja: """
                        \(exchange.verb) への応答のキーワードが \(quotes) のように上書きされています\
                        \(isTLS ? "。一つは、提示されていない STARTTLS と同じ長さです" : "")
                        """), in: session)
        }
        guard greeting != nil, reply.code == "500" || reply.code == "502" else { return nil }
        return found(
            at: Place(reply, exchange: session.exchange),
            Words(
                "\(exchange.verb) was refused with \(Quote.of(reply))",
                ja: "\(exchange.verb) が \(Quote.of(reply)) で拒否されました"), in: session)
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard let greeting else { return nil }
        return finding(
            at: greeting.place, in: session, severity: .warning,
            means: Words(
                """
                The greeting is \(greeting.quote): it is overwritten with asterisks, which a firewall before the \
                server does.
                """,
                ja: """
                    挨拶は \(greeting.quote) で、アスタリスクで上書きされています。サーバーの手前のファイアウォールによるもの\
                    です。
                    """))
    }

    private func found(at place: Place, _ what: Words, in session: SessionSoFar) -> Finding {
        let before = greeting.map {
            Words("The greeting is \($0.quote). ", ja: "挨拶は \($0.quote) です。")
        }
        return finding(
            at: place, in: session,
            means: Words(
                """
                \(before?.en ?? "")\(what.en). A firewall between the two does this: it rewrites SMTP, and what it \
                overwrites the client cannot use.
                """,
                ja: """
                    \(before?.ja ?? "")\(what.ja)。間にあるファイアウォールが SMTP を書き換えているためで、上書きされたもの\
                    をクライアントは使えません。
                    """))
    }

    /// Letters of the shortest command, or keyword, that is overwritten.
    private static let shortest = 4

    /// Old ones let the digits 0 and 2 pass.
    private static func isStarred(_ text: [UInt8]) -> Bool {
        text.count { $0 == Byte.star } >= 2 * shortest
            && text.allSatisfy { $0 == Byte.star || $0.isBlank || $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "2") }
    }

    /// All X, but for a letter at the end, as in `XXXXXXXA`.
    private static func isMaskedKeyword(_ line: [UInt8]) -> Bool {
        let words = ASCII.words(line[...])
        guard let word = words.first, word.count >= shortest else { return false }
        return word.dropLast().allSatisfy { $0 == UInt8(ascii: "X") } && word.last?.isLetter == true
            && words.dropFirst().allSatisfy { $0.allSatisfy { $0 == UInt8(ascii: "X") } }
    }
}
