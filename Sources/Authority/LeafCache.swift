import Conversation
import Synchronization

/// The leaves that an authority has signed, each made once for as long as it does. Safe to ask from any thread; a leaf
/// that has to be made holds up the others for a millisecond at most, or two where it has very many names.
public final class LeafCache: Sendable {
    public let authority: Authority
    private let limit: Int
    private let state = Mutex(State())

    private struct Key: Hashable {
        var names: [String]
        var fault: LeafFault?
    }

    private struct Entry {
        var leaf: Leaf
        /// Seconds since 1970.
        var made: Int64
        /// The turn of the last that asked for it.
        var used: UInt64
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var turn: UInt64 = 0
    }

    /// - Parameter limit: leaves that are kept, from 1; of more, the one that nobody asked for the longest goes.
    public init(_ authority: Authority, limit: Int = AuthorityLimits.cachedLeaves) {
        self.authority = authority
        self.limit = max(1, limit)
    }

    /// The leaf for `subject`; made anew where the one that is kept has grown old, so that a good one never ends in a
    /// client's hands and one that is not yet valid never becomes so.
    /// - Throws: as `Authority.leaf`.
    public func leaf(
        for subject: LeafSubject, fault: LeafFault? = nil, now: Timestamp = .now()
    ) throws(AuthorityError) -> Leaf {
        let key = Key(names: fault == .wrongName ? [] : subject.names, fault: fault)
        let seconds = now.seconds
        try authority.checkTime(seconds)
        return try state.withLock { state throws(AuthorityError) in
            state.turn += 1
            // A clock that was set back makes what was made before it suspect.
            if let kept = state.entries[key], (0..<AuthorityLimits.cachedLife).contains(seconds - kept.made) {
                state.entries[key]?.used = state.turn
                return kept.leaf
            }
            let leaf = try authority.leaf(for: subject, fault: fault, now: now)
            if state.entries[key] == nil, state.entries.count >= limit,
                let oldest = state.entries.min(by: { $0.value.used < $1.value.used })
            {
                state.entries[oldest.key] = nil
            }
            state.entries[key] = Entry(leaf: leaf, made: seconds, used: state.turn)
            return leaf
        }
    }

    /// How many leaves are kept.
    public var count: Int { state.withLock { $0.entries.count } }
}
