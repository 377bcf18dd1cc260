import Archive
import Capture
import Conversation
import Wire

/// A session's requests and responses as an HTTP Archive (HAR 1.2). What is masked in the record stands masked in it.
struct HARTranscript: ConversationSink {
    /// The header sections by the place of their first line.
    private var heads = PerDirection<[UInt64: HARHead]>([:])
    private var current = PerDirection<UInt64?>(nil)
    private var exchanges: [Exchange] = []
    private var room = HARLimits.bodies
    private var isInTLS = false

    mutating func utterance(_ utterance: Utterance) {
        let direction = utterance.direction
        switch utterance.kind {
        case .command, .reply:
            heads[direction][utterance.offset] = HARHead(utterance, isInTLS: isInTLS)
            current[direction] = utterance.offset
        case .field: current[direction].map { heads[direction][$0]?.take(utterance) }
        case .challenge, .response, .end, .chunk, .line: break
        }
    }

    mutating func bodyBegan(_ body: BodyStart) {
        guard !body.isSwitched else { return current[body.direction] = nil }
        heads[body.direction][body.head]?.body = HARBody(body)
    }

    mutating func bodyBytes(_ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at: Timestamp) {
        guard let head = current[direction] else { return }
        heads[direction][head]?.body?.take(bytes, room: &room)
    }

    mutating func bodyEnded(_ direction: Direction, complete: Bool, at time: Timestamp) {
        guard let head = current[direction] else { return }
        heads[direction][head]?.body?.isWhole = complete
        heads[direction][head]?.until = time
    }

    mutating func exchange(_ exchange: Exchange) {
        exchanges.append(exchange)
    }

    mutating func aside(_ recorded: RecordedEvent) {
        if case .tls(let facts) = recorded.event, facts.securesClient { isInTLS = true }
    }

    func archive(_ summary: SessionSummary) -> JSON {
        let asked = exchanges.filter { !$0.verb.isEmpty }
        let unasked = exchanges.count - asked.count
        return .members([
            "log": .members([
                "version": .string("1.2"),
                "creator": .members([
                    "name": .string("mailtee"), "version": .string(Mailtee.configuration.version),
                ]),
                "entries": .array(asked.map { entry($0, summary.facts) }),
                "comment": unasked == 0 ? nil : .string("\(unasked) responses to no request are left out"),
            ])
        ])
    }

    private func entry(_ exchange: Exchange, _ facts: SessionFacts) -> JSON {
        let request = heads.client[exchange.offset]
        let answer = exchange.replies.last
        let response = answer.flatMap { heads.server[$0.offset] }
        let began = request?.at ?? exchange.asked
        let send = exchange.asked.since(began)
        let wait = answer?.at.since(exchange.asked) ?? 0
        let receive = answer.map { (response?.until ?? $0.at).since($0.at) } ?? 0
        let address: String? = if case .address(let host, _) = facts.server { host } else { nil }
        return .members([
            "startedDateTime": .string(began.text),
            "time": Self.milliseconds(send + wait + receive),
            "request": HARRequest(exchange, request, facts).json,
            "response": HARResponse(exchange, response).json,
            "cache": .object([]),
            "timings": .members([
                "send": Self.milliseconds(send), "wait": Self.milliseconds(wait),
                "receive": Self.milliseconds(receive),
            ]),
            "serverIPAddress": address.map(JSON.string),
            "connection": .string(facts.id.text),
        ])
    }

    private static func milliseconds(_ nanoseconds: Int64) -> JSON {
        .number(Double(nanoseconds) / 1_000_000)
    }
}
