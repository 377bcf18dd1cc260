import Conversation
import Wire

/// The form in which `mailtee lint --json` tells findings.
extension Finding {
    public func json(_ language: Language = .en) -> JSON {
        .members([
            "rule": .string(rule),
            "title": .string(title[language]),
            "severity": .string(severity.rawValue),
            "side": .string(side.rawValue),
            "at": .string(place.at.text),
            "exchange": place.exchange.map(JSON.int) ?? .null,
            "from": place.bytes.map { .string($0.direction.rawValue) } ?? .null,
            "offset": place.bytes.map { .int($0.offset) } ?? .null,
            "length": place.bytes.map { .int($0.length) } ?? .null,
            "clause": .string(clause),
            "means": .string(means[language]),
            "remedy": .string(remedy[language]),
        ])
    }
}
