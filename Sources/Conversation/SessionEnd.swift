/// How a session ended.
public enum SessionEnd: Sendable, Equatable {
    /// Both sides said goodbye; which one ended its stream first.
    case closed(first: Direction)
    /// One side reset the connection.
    case reset(by: Direction)
    /// The server could not be reached, in words.
    case unreachable(String)
    /// mailtee was asked to stop in the middle.
    case stopped
    /// mailtee itself failed, in words.
    case failed(String)
    /// The record breaks off: mailtee was killed, or the machine went down.
    case brokenOff

    /// `client-closed`, `server-closed`, `client-reset`, `server-reset`, `unreachable: …`, `stopped`, `failed: …`,
    /// `broken-off`.
    public var text: String {
        switch self {
        case .closed(let first): "\(first.rawValue)-closed"
        case .reset(let by): "\(by.rawValue)-reset"
        case .unreachable(let why): Self.unreachableMark + why
        case .stopped: "stopped"
        case .failed(let why): Self.failedMark + why
        case .brokenOff: "broken-off"
        }
    }

    /// The inverse of `text`; what is none of its forms is a failure in these words.
    public init(text: String) {
        let simple: [SessionEnd] = [
            .closed(first: .client), .closed(first: .server), .reset(by: .client), .reset(by: .server), .stopped,
            .brokenOff,
        ]
        if let end = simple.first(where: { $0.text == text }) {
            self = end
        } else if text.hasPrefix(Self.unreachableMark) {
            self = .unreachable(String(text.dropFirst(Self.unreachableMark.count)))
        } else {
            self = .failed(text.hasPrefix(Self.failedMark) ? String(text.dropFirst(Self.failedMark.count)) : text)
        }
    }

    private static let unreachableMark = "unreachable: "
    private static let failedMark = "failed: "
}
