import Conversation
import Wire

/// The client takes each line of a reply for a reply.
struct SMTPClientLinesAsReplies: Rule {
    static let hears: RuleEvents = [.utterance, .exchange, .messageBegan, .messageBytes, .messageEnded]
    static let about = RuleDescription(
        id: "smtp.client.lines-as-replies",
        title: Words(
            "The client takes each line of a reply for a reply of its own", ja: "応答の各行を別々の応答とみなしています"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §4.2.1",
        means: Words(
            """
            A reply goes on where a hyphen stands behind its code, and ends with the line that has a blank there. A \
            client that reads one line for each command has some left over after the answer to EHLO; it says its next \
            commands without waiting, and takes for their replies what is left of that answer.
            """,
            ja: """
                コードの後にハイフンがある行では応答が続き、空白のある行で終わります。コマンドごとに一行しか読まないクラ\
                イアントには、EHLO への応答の残りの行が溜まります。クライアントは次のコマンドを待たずに送り、溜まった行を\
                その応答とみなしてしまいます。
                """),
        remedy: Words(
            "Let the client read a reply up to the line with a blank behind the code before it says anything more.",
            ja: "コードの後に空白がある行まで応答を読んでから、次を送るようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250-SIZE 20480000
            S: 250-8BITMIME
            S: 250 HELP
            C: MAIL FROM:<alice@example.com>
            C: RCPT TO:<bob@example.net>
            C: DATA
            C: QUIT
            S: 250 ok
            S: 250 ok
            S: 354 go ahead
            end: server-closed
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250-SIZE 20480000
            S: 250-8BITMIME
            S: 250 HELP
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: Hello.
            C: .
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp],
        explains: [
            SMTPClientPipeliningNotOffered.self, SMTPClientPipeliningWrongMember.self, SMTPClientNoEndOfData.self,
            SMTPClientEndDotNotAlone.self, TLSDataAfterSTARTTLS.self, SMTPClientDataWithout354.self,
        ], desynchronises: true)

    /// What the client said while lines of a reply were left over.
    private struct Stretch: Sendable {
        /// Lines of the reply, and its quote.
        var lines: Int
        var reply: String
        /// What is left over after the command that was due.
        var surplus: Int
        /// What was said too early, and the place of the first of that.
        var early = 0
        var place: Place?
        /// The command that was due is EHLO or HELO.
        var beginsWithHello = false
        /// Lines that the server has said since.
        var since = 0
        var isSure = false
        /// The client said as much as there were lines, and not more, when the server spoke again.
        var isExact = false
    }

    private var unanswered = SMTPUnanswered()
    private var stretch: Stretch?
    /// Lines of the reply that the server is saying.
    private var lines = 0
    private var isGreeted = false
    /// The beginning of a message that began before DATA was answered.
    private var beginning: [UInt8]?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        defer { unanswered.hear(line, in: session) }
        guard line.direction == .client else {
            hearServer(line)
            return found(in: session)
        }
        guard line.kind != .end, let before = unanswered.before(line) else { return nil }
        let verb = session.command?.verb ?? ""
        // What hangs on the reply is not given up before it has come by who waits for it.
        let isGivenUp =
            switch before.verb {
            case "EHLO", "LHLO": Self.leaving.contains(verb) || verb == "HELO"
            case "HELO", "STARTTLS": Self.leaving.contains(verb)
            case "AUTH": line.kind == .response && line.length == Self.shortest.count + 2
            default: false
            }
        if stretch?.early == 0 { stretch?.beginsWithHello = Verbs.hello.contains(before.verb) }
        return early(Place(line), isGivenUp: isGivenUp, in: session)
    }

    mutating func messageBegan(_ message: MessageStart, in session: SessionSoFar) -> Finding? {
        guard unanswered.before(message) != nil, stretch != nil else { return nil }
        beginning = []
        let bytes = SpokenBytes(.client, offset: message.offset, length: 1)
        return early(Place(at: message.at, bytes: bytes), isGivenUp: false, in: session)
    }

    mutating func messageBytes(
        _ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at time: Timestamp, in session: SessionSoFar
    ) -> Finding? {
        guard direction == .client, var begun = beginning else { return nil }
        for index in 0..<min(bytes.count, Self.shortest.count + 2 - begun.count) { begun.append(bytes[index]) }
        beginning = begun
        guard begun.count >= Self.shortest.count + 2 else { return nil }
        beginning = nil
        guard begun.last == Byte.lf, Self.leaving.contains(ASCII.uppercased(begun.prefix(Self.shortest.count))) else {
            return nil
        }
        stretch?.isSure = true
        return found(in: session)
    }

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        beginning = nil
        return nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        unanswered.hear(exchange)
        guard let reply = exchange.replies.last else { return nil }
        let isGreeting = exchange.isUnasked && !isGreeted
        if isGreeting { isGreeted = true }
        // In step: whatever was left over is known again.
        guard exchange.length > 0 || isGreeting, unanswered.isIdle else { return nil }
        stretch =
            reply.lines.count > 1 && !exchange.offersEarlyPipelining
            ? Stretch(lines: reply.lines.count, reply: Quote.of(reply), surplus: reply.lines.count - 1) : nil
        return nil
    }

    private static let leaving: Set<String> = ["QUIT", "RSET"]
    private static let shortest = "QUIT"

    private mutating func hearServer(_ line: Utterance) {
        guard line.kind == .reply || line.kind == .challenge, var stretch, stretch.early > 0 else { return }
        if stretch.since == 0 {
            stretch.isExact = stretch.early == stretch.surplus
            // Nobody says more right behind his hello, unless it is all that he has to say.
            if stretch.isExact, stretch.beginsWithHello, unanswered.last?.verb != "DATA" { stretch.isSure = true }
        }
        stretch.since += 1
        self.stretch = stretch
    }

    private mutating func early(_ place: Place, isGivenUp: Bool, in session: SessionSoFar) -> Finding? {
        guard var stretch else { return nil }
        stretch.early += 1
        if stretch.place == nil { stretch.place = place }
        // Who says more than there were lines does not count them.
        guard stretch.early <= stretch.surplus + stretch.since else {
            self.stretch = nil
            return nil
        }
        // Who sends all in one go waits for all of it; who is behind by so many lines goes on with each that comes.
        let isBehind =
            stretch.isExact && stretch.since > 0 && stretch.early == stretch.surplus + stretch.since
            && !session.smtp.offers("PIPELINING")
        if isGivenUp || isBehind { stretch.isSure = true }
        self.stretch = stretch
        return found(in: session)
    }

    private func found(in session: SessionSoFar) -> Finding? {
        guard let stretch, stretch.isSure, let place = stretch.place,
            session.followsSMTP || session.inCrossing.client != nil,
            !session.hasGap
        else { return nil }
        return finding(
            at: place, in: session,
            means: Words(
                """
                After the reply \(stretch.reply) of \(stretch.lines) lines the client went on without waiting, \
                \(stretch.early + 1) times in a row: it took each of these lines for the reply to a command of its own, \
                and was then out of step.
                """,
                ja: """
                    \(stretch.lines) 行の応答 \(stretch.reply) の後、クライアントは応答を待たずに続けて \
                    \(stretch.early + 1) 回送りました。各行を別々のコマンドへの応答とみなし、対応がずれています。
                    """))
    }
}
