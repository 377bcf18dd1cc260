import Conversation

extension Plot.Trouble {
    /// nil: at the end of the session.
    var at: Timestamp? {
        switch self {
        case .refused(let refusal): refusal.place.at
        case .waited(let refusal): refusal.place.at
        case .unanswered, .handshake, .unreachable, .reset, .serverLeft, .clientLeft, .messageCut, .repliesMissing,
            .gaveUp, .dismissed:
            nil
        }
    }

    /// What failed.
    var place: Place? {
        switch self {
        case .refused(let refusal), .waited(let refusal): refusal.place
        case .unanswered(_, let place), .handshake(_, let place), .reset(_, let place), .serverLeft(let place),
            .clientLeft(let place), .messageCut(_, let place), .repliesMissing(_, _, let place):
            place
        case .dismissed(_, let place): place
        case .unreachable, .gaveUp: nil
        }
    }
}
