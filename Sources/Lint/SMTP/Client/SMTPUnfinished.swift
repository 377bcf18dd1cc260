import Conversation
import Wire

/// Follows a message behind DATA that never came to its end, and tells what the client said last of it.
struct SMTPUnfinished: Sendable {
    struct Found: Sendable {
        enum How: Sendable {
            /// Text, and a dot at the end of its line.
            case dotBehindText
            /// A dot alone on its line, and no CR LF behind it.
            case dotWithoutEnd
            /// A dot, and blanks before or behind it.
            case dotWithBlanks
            /// A command, said as if the message were over.
            case command
            /// A line of text.
            case line
            /// Text without the end of its line.
            case text
            /// Nothing at all.
            case nothing
        }

        var how: How
        /// The last line, without its end.
        var line: [UInt8]
        var place: Place
        /// Between the last of it and the end of the session, or what the server then said.
        var seconds: Int64
        /// What the server said in the middle of the message.
        var reply: Reply?
        var isClientGone: Bool
    }

    /// Octets of the message's end that are kept.
    private static let kept = 1_024
    /// Seconds of silence after which a client has said all that it meant to.
    private static let silence: Int64 = 30
    private static let second: Int64 = 1_000_000_000

    private var tail: [UInt8] = []
    private var lastAt = Timestamp(nanoseconds: 0)
    private var reply: Reply?

    mutating func began(_ message: MessageStart) {
        guard message.direction == .client else { return }
        self = SMTPUnfinished()
        lastAt = message.at
    }

    mutating func bytes(
        _ bytes: Span<UInt8>, from direction: Direction, at time: Timestamp, in session: SessionSoFar
    ) {
        guard direction == .client else { return }
        // What was held back while it might have become the end is told when the session is over.
        if session.end == nil { lastAt = time }
        let start = max(0, bytes.count - Self.kept)
        for index in start..<bytes.count { tail.append(bytes[index]) }
        if tail.count > 4 * Self.kept { tail.removeFirst(tail.count - Self.kept) }
    }

    /// The server speaks before the message has come to its end.
    mutating func hear(_ exchange: Exchange) {
        if exchange.verb == ".", exchange.length == 0 { reply = exchange.replies.last ?? reply }
    }

    func ended(_ message: HeardMessage, in session: SessionSoFar) -> Found? {
        guard message.direction == .client, message.start.dotStuffed, !message.complete, session.followsSMTP,
            session.layer != .agreed, message.octets.laxEnd.first == nil, wasHeardToTheEnd(session)
        else { return nil }
        // Who answers in the middle with anything but a word about his time has a reason in what he read.
        if let reply, !reply.isAboutTime { return nil }
        let tail = tail.suffix(Self.kept)
        let end = tail.last == Byte.lf ? tail.dropLast(tail.dropLast().last == Byte.cr ? 2 : 1) : tail
        let line = Array(end[((end.lastIndex(of: Byte.lf) ?? end.startIndex - 1) + 1)...])
        let length = line.count + (tail.endIndex - end.endIndex)
        let seconds = ((reply?.at ?? session.last).since(lastAt)) / Self.second
        let isSure = seconds >= Self.silence || reply?.saysTimeIsUp == true
        let how: Found.How
        if Self.isCommand(line) {
            how = .command
        } else if !isSure {
            return nil
        } else if message.octets.wireCount == 0 {
            how = .nothing
        } else if line == [Byte.dot] {
            how = .dotWithoutEnd
        } else if ASCII.words(line[...]).elementsEqual([[Byte.dot]]) {
            how = .dotWithBlanks
        } else if line.last == Byte.dot {
            how = .dotBehindText
        } else {
            how = end.endIndex < tail.endIndex ? .line : .text
        }
        let count = message.octets.wireCount
        return Found(
            how: how, line: line, place: message.place(count - min(count, UInt64(length)), length), seconds: seconds,
            reply: reply, isClientGone: session.clientLeft)
    }

    private func wasHeardToTheEnd(_ session: SessionSoFar) -> Bool {
        switch session.end {
        case .closed, .reset: true
        case .unreachable, .stopped, .failed, .brokenOff, nil: false
        }
    }

    /// What a client says once it holds its message to be over.
    private static func isCommand(_ line: [UInt8]) -> Bool {
        let words = ASCII.words(line.prefix(512)[...])
        guard let verb = words.first else { return false }
        switch ASCII.uppercased(verb.prefix(8)) {
        case "QUIT", "RSET", "NOOP": return words.count == 1
        case "MAIL": return words.count > 1 && ASCII.equal(words[1].prefix(5), "FROM:")
        default: return false
        }
    }
}

extension SMTPUnfinished.Found {
    /// What the two of them then did, in a sentence.
    var outcome: Words {
        if let reply {
            return Words(
                "\(seconds) seconds later the server, which waited for more of the message, said \(Quote.of(reply)).",
                ja: "メッセージの続きを待っていたサーバーは、\(seconds) 秒後に \(Quote.of(reply)) と言いました。")
        }
        return Words(
            """
            For the server the message went on; nothing more was said for \(seconds) seconds, and the \
            \(isClientGone ? "client" : "server") closed the connection.
            """,
            ja: """
                サーバーにとってメッセージはまだ続いており、\(seconds) 秒間何も送られないまま、\
                \(isClientGone ? "クライアント" : "サーバー")が接続を閉じました。
                """)
    }
}

extension Reply {
    /// The server closes the connection, or may do so because of its time.
    fileprivate var isAboutTime: Bool { code == "421" || saysTimeIsUp }

    /// The server waited, and its time is up.
    var saysTimeIsUp: Bool {
        refuses
            && says(["timeout", "time-out", "timed out", "time out", "too long", "idle", "inactiv", "time limit"])
    }
}
