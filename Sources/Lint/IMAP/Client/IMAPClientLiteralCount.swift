import Conversation
import Wire

/// What follows a literal of the client's shows that its octets were counted wrongly.
struct IMAPClientLiteralCount: Rule {
    static let hears: RuleEvents = [.utterance, .exchange, .messageBytes, .ended]
    static let about = RuleDescription(
        id: "imap.client.literal-count",
        title: Words("A literal of the client's has another length than announced", ja: "リテラルの長さが予告と違う"),
        severity: .error,
        side: .client,
        clause: "RFC 9051 §4.3; RFC 3501 §4.3",
        means: Words(
            """
            The number in braces says after how many octets the command goes on. Where it is too small the rest of \
            the literal is read as commands; where it is too great, the next commands as part of the literal.
            """,
            ja: """
                波括弧の数は、何オクテットの後にコマンドが続くかを示します。小さすぎればリテラルの残りがコマンドとして読まれ、\
                大きすぎれば次のコマンドがリテラルの一部になります。
                """),
        remedy: Words(
            "Count octets and not characters, after line ends have become CR LF.",
            ja: "改行を CR LF に変換した後で、文字数ではなくオクテット数を数えてください。"),
        violating: IMAPScene.loggedIn + """
            C: a2 CREATE {4+}
            C: Junkmail
            S: a2 BAD syntax error
            """,
        conforming: IMAPScene.loggedIn + """
            C: a2 CREATE {9+}
            C: Junk mail
            S: a2 OK done
            """ + IMAPScene.logout,
        dialects: [.imap], besides: ["imap.client.no-logout"], desynchronises: true)

    /// Nanoseconds of silence after which no more of a literal is to come.
    private static let silence: Int64 = 5_000_000_000

    /// A literal that has begun.
    private struct Begun {
        let line: Utterance
        let start: UInt64
        let size: UInt64
        var sent: UInt64 = 0
        var last: Timestamp
        /// Octets that are no ASCII, line feeds without a carriage return.
        var foreign: UInt64 = 0
        var bare: UInt64 = 0
        var lastByte: UInt8 = 0
    }

    private var begun: Begun?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, !session.hasGap else { return nil }
        let piece = session.piece(line)
        switch piece {
        case .literal:
            begun?.sent += UInt64(clamping: line.length)
            begun?.last = line.until
            for byte in line.bytes where byte >= 0x80 { begun?.foreign += 1 }
            begun?.lastByte = line.end == .none ? line.bytes.last ?? 0 : Byte.lf
            if line.end == .lf { begun?.bare += 1 }
            return nil
        case .unknown: return nil
        case .start, .more: break
        }
        begun = nil
        if line.secretFrom == nil, line.dropped == 0, line.end != .none, let mark = IMAPLiteralMark(endOf: line.bytes) {
            begun = Begun(
                line: line, start: line.offset &+ UInt64(clamping: line.length), size: mark.size, last: line.until)
        }
        guard piece == .more, line.secretFrom == nil, let first = line.bytes.first, first != Byte.space,
            first != UInt8(ascii: ")"), first != UInt8(ascii: "]")
        else { return nil }
        let size = session.imap.pieces.client.literal?.size ?? 0
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                Behind the \(size) octets of the literal comes \(Quote.of(line)), where a space, a parenthesis or \
                the end of the line is to stand. The literal is longer than the client announced.
                """,
                ja: """
                    \(size) オクテットのリテラルの直後は空白、括弧、行末のいずれかでなければなりませんが、\
                    \(Quote.of(line)) が続いています。リテラルが予告より長いことになります。
                    """))
    }

    mutating func messageBytes(
        _ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at time: Timestamp, in session: SessionSoFar
    ) -> Finding? {
        guard direction == .client, var literal = begun, offset >= literal.start else { return nil }
        for index in bytes.indices {
            let byte = bytes[index]
            if byte >= 0x80 { literal.foreign += 1 }
            if byte == Byte.lf, literal.lastByte != Byte.cr { literal.bare += 1 }
            literal.lastByte = byte
        }
        literal.sent += UInt64(bytes.count)
        literal.last = time
        begun = literal
        return nil
    }

    /// The server has answered the command, be it before the end of the literal.
    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        if exchange.length > 0, exchange.offset == session.imap.speaking, let code = exchange.replies.last?.code,
            code != "+"
        {
            begun = nil
        }
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard let literal = begun, !session.hasGap, session.faults.isEmpty, !session.imap.isCompressed,
            literal.sent > 0, literal.sent < literal.size,
            session.last.since(literal.last) >= Self.silence,
            // What stops in the middle of a line, far from the end, was cut off on its way.
            literal.lastByte == Byte.lf || literal.size - literal.sent <= max(64, literal.size / 4)
        else { return nil }
        var missing = literal.size - literal.sent
        // The last CR LF is most likely the end of the command.
        let hasEnd = literal.lastByte == Byte.lf && literal.sent > 2 && literal.foreign != missing
        if hasEnd { missing += 2 }
        let sent = literal.size - missing
        let seconds = session.last.since(literal.last) / 1_000_000_000
        let reason = Self.reason(literal, missing)
        return finding(
            at: Place(literal.line), in: session,
            means: Words(
                """
                The client announced \(literal.size) octets (\(Quote.of(literal.line))) and sent \(sent)\
                \(hasEnd ? " before the CR LF that ends the command" : ""), \(missing) fewer. The server waits for the \
                rest, and both were silent for \(seconds) seconds until the session ended.\(reason.en)
                """,
                ja: """
                    クライアントは \(literal.size) オクテットを予告しましたが(\(Quote.of(literal.line)))、送ったのは\
                    \(hasEnd ? "コマンド末尾の CR LF を除いて " : "")\(sent) オクテットで、\(missing) オクテット足りません。\
                    サーバーは残りを待ち続け、双方が沈黙したまま \(seconds) 秒後にセッションが終わりました。\(reason.ja)
                    """))
    }

    /// How it may have come to count so.
    private static func reason(_ literal: Begun, _ missing: UInt64) -> Words {
        if literal.foreign == missing {
            return Words(
                """
                 There are \(literal.foreign) octets outside ASCII in it: it may have counted these letters in UTF-8, two \
                octets each, and sent them in a charset of one.
                """,
                ja: """
                    ASCII 以外のオクテットが \(literal.foreign) 個あります。これらの文字を UTF-8 の 2 オクテットとして数え、\
                    1 オクテットの文字集合で送ったのかもしれません。
                    """)
        }
        if literal.bare == missing {
            return Words(
                " \(literal.bare) of its lines end with LF alone: it may have counted CR LF for each.",
                ja: "\(literal.bare) 行が LF だけで終わっています。CR LF として数えたのかもしれません。")
        }
        return Words("", ja: "")
    }
}
