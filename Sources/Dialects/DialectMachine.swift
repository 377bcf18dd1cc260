import Conversation
import Wire

/// Follows both peers of one protocol in one joint state. No input and no output of its own, no clock: it is fed what
/// was heard and tells a sink what it was. No byte a peer may say puts it out of action; a peer that breaks the rules
/// is followed by the best reading of what it did.
///
/// What it tells depends on the order of bytes in each direction and on which direction spoke when, never on how the
/// bytes were cut into pieces.
public protocol DialectMachine: Sendable {
    /// Takes the next bytes that `direction` said.
    mutating func received<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from direction: Direction, at time: Timestamp, into sink: inout Sink)

    /// Bytes of `direction` are missing here: what comes next is read from the start of a line.
    mutating func lost<Sink: ConversationSink>(
        _ count: UInt64, from direction: Direction, at time: Timestamp, into sink: inout Sink)

    /// From here on the peers speak inside TLS, and are heard there. What was said before counts no more (RFC 3207 §4.2,
    /// RFC 2595 §4), and what waited for an answer gets none.
    mutating func secured<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink)

    /// The session is over: tells what was begun and not finished.
    mutating func finished<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink)

    /// The phase the session is in, spelled as in the dialect's table.
    var phaseName: String { get }

    /// The verb of the command that the next reply answers, in upper case; nil where no command waits for one.
    var awaitedVerb: String? { get }
}

/// The machine of a session, whichever its protocol.
public enum Dialect: DialectMachine {
    case smtp(SMTPMachine)
    case pop3(POP3Machine)
    case imap(IMAPMachine)
    case http(HTTPMachine)
    case plain(LinesMachine)

    public init(_ name: DialectName) {
        self =
            switch name {
            case .smtp: .smtp(SMTPMachine(variant: .smtp))
            case .lmtp: .smtp(SMTPMachine(variant: .lmtp))
            case .pop3: .pop3(POP3Machine())
            case .imap: .imap(IMAPMachine())
            case .http: .http(HTTPMachine())
            case .nntp, .ftp, .sieve, .irc, .plain: .plain(LinesMachine(name))
            }
    }

    public var phaseName: String {
        switch self {
        case .smtp(let machine): machine.phaseName
        case .pop3(let machine): machine.phaseName
        case .imap(let machine): machine.phaseName
        case .http(let machine): machine.phaseName
        case .plain(let machine): machine.phaseName
        }
    }

    public var awaitedVerb: String? {
        switch self {
        case .smtp(let machine): machine.awaitedVerb
        case .pop3(let machine): machine.awaitedVerb
        case .imap(let machine): machine.awaitedVerb
        case .http(let machine): machine.awaitedVerb
        case .plain: nil
        }
    }

    @specialized(where Sink == SecretSink)
    public mutating func received<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        // Taken out and put back, so that the payload is changed in place and not copied.
        switch consume self {
        case .smtp(var machine):
            machine.received(bytes, from: direction, at: time, into: &sink)
            self = .smtp(machine)
        case .pop3(var machine):
            machine.received(bytes, from: direction, at: time, into: &sink)
            self = .pop3(machine)
        case .imap(var machine):
            machine.received(bytes, from: direction, at: time, into: &sink)
            self = .imap(machine)
        case .http(var machine):
            machine.received(bytes, from: direction, at: time, into: &sink)
            self = .http(machine)
        case .plain(var machine):
            machine.received(bytes, from: direction, at: time, into: &sink)
            self = .plain(machine)
        }
    }

    public mutating func lost<Sink: ConversationSink>(
        _ count: UInt64, from direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        switch consume self {
        case .smtp(var machine):
            machine.lost(count, from: direction, at: time, into: &sink)
            self = .smtp(machine)
        case .pop3(var machine):
            machine.lost(count, from: direction, at: time, into: &sink)
            self = .pop3(machine)
        case .imap(var machine):
            machine.lost(count, from: direction, at: time, into: &sink)
            self = .imap(machine)
        case .http(var machine):
            machine.lost(count, from: direction, at: time, into: &sink)
            self = .http(machine)
        case .plain(var machine):
            machine.lost(count, from: direction, at: time, into: &sink)
            self = .plain(machine)
        }
    }

    public mutating func secured<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        switch consume self {
        case .smtp(var machine):
            machine.secured(at: time, into: &sink)
            self = .smtp(machine)
        case .pop3(var machine):
            machine.secured(at: time, into: &sink)
            self = .pop3(machine)
        case .imap(var machine):
            machine.secured(at: time, into: &sink)
            self = .imap(machine)
        case .http(var machine):
            machine.secured(at: time, into: &sink)
            self = .http(machine)
        case .plain(var machine):
            machine.secured(at: time, into: &sink)
            self = .plain(machine)
        }
    }

    public mutating func finished<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        switch consume self {
        case .smtp(var machine):
            machine.finished(at: time, into: &sink)
            self = .smtp(machine)
        case .pop3(var machine):
            machine.finished(at: time, into: &sink)
            self = .pop3(machine)
        case .imap(var machine):
            machine.finished(at: time, into: &sink)
            self = .imap(machine)
        case .http(var machine):
            machine.finished(at: time, into: &sink)
            self = .http(machine)
        case .plain(var machine):
            machine.finished(at: time, into: &sink)
            self = .plain(machine)
        }
    }
}
