import Conversation
import Wire

/// What follows a literal of the server's shows that its octets were counted wrongly.
struct IMAPServerLiteralCount: Rule {
    static let hears: RuleEvents = [.utterance, .messageBegan, .messageBytes, .messageEnded, .ended]
    static let about = RuleDescription(
        id: "imap.server.literal-count",
        title: Words("A literal of the server's has another length than announced", ja: "サーバーのリテラルの長さが予告と違う"),
        severity: .error,
        side: .server,
        clause: "RFC 9051 §4.3; RFC 3501 §4.3",
        means: Words(
            """
            The number in braces says after how many octets the response goes on. Where it is wrong the client cuts \
            the message off, or takes text of the message for responses.
            """,
            ja: """
                波括弧の数は、何オクテットの後に応答が続くかを示します。これが間違っていると、クライアントはメッセージを\
                途中で切るか、本文を応答として読んでしまいます。
                """),
        remedy: Words(
            "Count the octets as they are sent, with CR LF at the end of each line.",
            ja: "各行末を CR LF にした、実際に送るとおりのオクテット数を数えてください。"),
        violating: IMAPScene.selected + """
            C: a3 UID FETCH 7 (BODY.PEEK[])
            S: * 2 FETCH (UID 7 BODY[] {10}
            S: Subject: too long
            S: )
            S: a3 OK done
            """,
        conforming: IMAPScene.selected + """
            C: a3 UID FETCH 7 (BODY.PEEK[])
            S: * 2 FETCH (UID 7 BODY[] {19}
            S: Subject: too long
            S: )
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap], explains: [IMAPServerNoTaggedReply.self], desynchronises: true)

    /// Bytes of the end of a literal that are kept: a closing parenthesis and a completion.
    private static let kept = 256
    /// Nanoseconds after which the rest of a literal will not come any more.
    private static let patience: Int64 = 5_000_000_000

    /// A message that comes as a literal: where it is announced, how much of it came, and the end of that.
    private struct Told {
        var announced: Place
        var size: UInt64
        var count: UInt64 = 0
        var end: [UInt8] = []
        var until: Timestamp
    }

    private var told: Told?
    private var announced: Place?

    mutating func messageBegan(_ message: MessageStart, in session: SessionSoFar) -> Finding? {
        guard message.direction == .server, let literal = session.imap.pieces.server.literal, let announced else {
            return nil
        }
        told = Told(announced: announced, size: literal.size, until: message.at)
        return nil
    }

    mutating func messageBytes(
        _ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at time: Timestamp, in session: SessionSoFar
    ) -> Finding? {
        guard direction == .server, var told else { return nil }
        told.count += UInt64(bytes.count)
        let new = bytes.copy(max(0, bytes.count - Self.kept)..<bytes.count)
        told.end = (told.end + new).suffix(Self.kept)
        told.until = time
        self.told = told
        return nil
    }

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        if message.direction == .server, message.complete { told = nil }
        return nil
    }

    /// What was to close the response, and the completion of the command, stand within the literal.
    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard let told, !session.hasGap, session.last.since(told.until) >= Self.patience,
            let length = Self.closing(told.end)
        else { return nil }
        let sent = told.count >= UInt64(length) ? told.count - UInt64(length) : 0
        let seconds = session.last.since(told.until) / 1_000_000_000
        return finding(
            at: told.announced, in: session,
            means: Words(
                """
                The server announced a literal of \(told.size) octets and sent \(sent), and then the end of the response, \
                which the client has to take for a part of the literal. It waited \(seconds) seconds for the rest.
                """,
                ja: """
                    サーバーは \(told.size) オクテットのリテラルを予告し、\(sent) オクテットを送った後に応答の終わりを送りました。\
                    クライアントはそれもリテラルの一部と受け取るしかなく、残りを \(seconds) 秒待ちました。
                    """))
    }

    /// How many of the last octets are `)` and a line that completes a command; nil where they are others.
    private static func closing(_ end: [UInt8]) -> Int? {
        guard end.suffix(2) == [Byte.cr, Byte.lf] else { return nil }
        let text = end.dropLast(2)
        guard let before = text.lastIndex(of: Byte.lf), before > text.startIndex else { return nil }
        let words = ASCII.words(text[(before + 1)...])
        guard words.count > 1, words[0].allSatisfy(IMAPTag.allows), ASCII.equal(words[1], "OK") else { return nil }
        let response = text[..<before].dropLast(text[before - 1] == Byte.cr ? 1 : 0)
        guard response.last == UInt8(ascii: ")"), let line = response.lastIndex(of: Byte.lf) else { return nil }
        return end.endIndex - line - 1
    }

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        if line.direction == .server, session.piece(line) != .literal {
            announced = Place(line)
            told = nil
        }
        guard line.direction == .server, session.piece(line) == .more, !session.hasGap,
            let literal = session.imap.pieces.server.literal
        else { return nil }
        switch line.bytes.first {
        case nil, Byte.space, UInt8(ascii: ")"), UInt8(ascii: "]"): return nil
        default: break
        }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                Behind the \(literal.size) octets of a literal comes \(Quote.of(line)), where a space, a parenthesis \
                or the end of the line is to stand.
                """,
                ja: """
                    \(literal.size) オクテットのリテラルの直後は空白、括弧、行末のいずれかでなければなりませんが、\
                    \(Quote.of(line)) が続いています。
                    """))
    }
}
