import Conversation
import Wire

/// The last bytes of a peer, where no line end follows them: the other side waits for the rest of the line, and the one
/// that said it for an answer.
struct UnfinishedLine: Sendable {
    /// What a peer that breaks off says at once is no line without an end, but a line that was cut.
    static let patience: Int64 = 5 * second
    private static let second: Int64 = 1_000_000_000

    struct Found {
        var line: Utterance
        /// As it may be shown.
        var quote: String
        var wait: Int64
        /// What the other side said then, where it gave up with words.
        var givesUp: Utterance?

        var seconds: Int64 { wait / second }
        var endsWithCR: Bool { line.bytes.last == Byte.cr }
    }

    private let direction: Direction
    private var line: Utterance?
    private var quote = ""
    /// When the other side was heard last.
    private var heard: Timestamp?
    /// The last line of the other's.
    private var other: Utterance?

    init(_ direction: Direction) {
        self.direction = direction
    }

    mutating func hear(_ said: Utterance, in session: SessionSoFar) {
        guard said.direction == direction else {
            heard = said.until
            other = said
            return
        }
        line = nil
        // A literal, or what is no line at all: TLS, or a protocol of octets.
        guard said.end == .none, said.kind != .line, session.layer != .agreed, Self.isText(said.bytes) else { return }
        line = said
        quote =
            session.dialect == .pop3 && said.kind == .command
            ? Quote.of(said, command: session.command) : Quote.of(said)
    }

    /// A message passes.
    mutating func hear(bytesFrom speaker: Direction, at time: Timestamp) {
        if speaker != direction { heard = time }
    }

    /// - Returns: nil where the session does not end with such a line, or nobody waited for its end.
    func found(in session: SessionSoFar) -> Found? {
        guard let line, !session.hasGap else { return nil }
        switch session.end {
        case .closed, .reset: break
        case .unreachable, .stopped, .failed, .brokenOff, nil: return nil
        }
        let answer = heard.flatMap { $0 > line.at ? $0 : nil }
        let wait = max(answer?.since(line.at) ?? 0, session.last.since(answer ?? line.at))
        let givesUp = other.flatMap { direction == .client && $0.at >= line.at && $0.tellsOfTimeLimit ? $0 : nil }
        guard wait >= Self.patience || givesUp != nil else { return nil }
        return Found(line: line, quote: quote, wait: wait, givesUp: givesUp)
    }

    private static func isText(_ bytes: [UInt8]) -> Bool {
        !bytes.isEmpty
            && bytes.allSatisfy { $0 >= Byte.space && $0 != 0x7F || $0 == Byte.tab || $0 == Byte.cr }
    }
}

extension Utterance {
    /// By its words: the speaker has waited for too long.
    var tellsOfTimeLimit: Bool {
        let text = ASCII.uppercased(bytes.prefix(160))
        return ["TIMEOUT", "TIMED OUT", "TIME OUT", "TIME-OUT", "INACTIV", "IDLE", "AUTOLOGOUT", "TOO SLOW"]
            .contains { text.contains($0) }
    }
}

extension SessionEnd {
    /// How it ended, for the sentence `… until …`.
    var untilWords: Words {
        switch self {
        case .closed(let first):
            Words("the \(first.rawValue) closed the connection", ja: "\(first.speakerName.ja)が接続を閉じる")
        case .reset(let by):
            Words("the \(by.rawValue) reset the connection", ja: "\(by.speakerName.ja)が接続をリセットする")
        case .unreachable, .stopped, .failed, .brokenOff: Words("the session ended", ja: "セッションが終わる")
        }
    }
}
