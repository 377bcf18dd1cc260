import Conversation
import Wire

/// Whatever talks in lines: who said which line when, and what of it is secret. It pairs nothing.
///
/// A line of the client's is secret behind the usual words (`Credentials`), behind words of the protocol's own
/// (`LinesTable`), and where it is a step of an authentication. In ManageSieve a line may announce a literal, and go on
/// behind it; elsewhere a line is a line, also in an article.
public struct LinesMachine: DialectMachine {
    /// What is to come of a literal (RFC 5804 §2).
    struct Literal: Sendable {
        var remaining: UInt64
        let isSecret: Bool
        /// `{n}`: no byte of it was said yet, and if the command is completed it never will be.
        var isAwaited: Bool
    }

    /// A command or step that goes on behind a literal.
    struct Unfinished: Sendable {
        /// Its first line, the secret masked.
        let line: [UInt8]
        let isStep: Bool
    }

    let dialect: DialectName
    let table: LinesTable
    var streams: PerDirection<LineStream>
    var steps = AuthenticationSteps()
    var secrets: SecretReader
    /// Reads the commands of ManageSieve, which are IMAP's without tags.
    var strings = IMAPCredentials()
    var literal: Literal?
    var unfinished: Unfinished?
    var text = NNTPText()

    public init(_ dialect: DialectName) {
        self.dialect = dialect
        table = LinesTable(dialect)
        let limit = table.hasSources ? LinesLimits.lineWithTags : LinesLimits.line
        streams = PerDirection(client: LineStream(.client, limit: limit), server: LineStream(.server, limit: limit))
        secrets = SecretReader(table.forms, hasSources: table.hasSources)
    }

    public var phaseName: String { "" }
    public var awaitedVerb: String? { nil }

    public mutating func received<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        var index = 0
        while index < bytes.count {
            if !Sink.wantsText {
                index = direction == .client ? skipCommands(bytes, from: index) : skipAnswers(bytes, from: index)
                guard index < bytes.count else { return }
            }
            switch direction {
            case .client where literal != nil: index = passLiteral(bytes, from: index, at: time, into: &sink)
            case .client: index = clientLine(bytes, from: index, at: time, into: &sink)
            case .server: index = serverLine(bytes, from: index, at: time, into: &sink)
            }
        }
    }

    // MARK: - Gaps, TLS and the end

    public mutating func lost<Sink: ConversationSink>(
        _ count: UInt64, from direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        tellUnfinishedLine(of: direction, at: time, into: &sink)
        streams[direction].miss(count)
        text.lost(direction)
        guard direction == .client else { return }
        secrets.startLine()
        literal?.isAwaited = false
        if let left = literal?.remaining, left >= count {
            literal?.remaining = left - count
            if left == count { literal = nil }
            return
        }
        literal = nil
        if unfinished?.isStep == true || strings.isSecret {
            strings.passedLiteral()
        } else {
            strings = IMAPCredentials()
            unfinished = nil
        }
    }

    public mutating func secured<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        finished(at: time, into: &sink)
        steps = AuthenticationSteps()
        startCommand()
        text = NNTPText()
    }

    public mutating func finished<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        tellUnfinishedLine(of: .client, at: time, into: &sink)
        tellUnfinishedLine(of: .server, at: time, into: &sink)
    }

    private mutating func tellUnfinishedLine<Sink: ConversationSink>(
        of direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        guard streams[direction].isInLine else {
            return streams[direction].tellUnfinished(.line, at: time, into: &sink)
        }
        let spoken = streams[direction].spoken
        let kind = direction == .client ? clientKind(of: spoken) : serverKind(of: spoken)
        streams[direction].tellUnfinished(kind, at: time, into: &sink)
    }

    /// Whatever the client says next begins a command.
    mutating func startCommand() {
        literal = nil
        unfinished = nil
        strings = IMAPCredentials()
        secrets.startLine()
    }
}
