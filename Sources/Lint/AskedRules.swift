/// The rules of a session, and which of them listen to which event.
struct AskedRules: Sendable {
    private var rules: [any Rule]
    /// For each event the rules that listen to it, by their place in `rules`.
    private var listening: [[Int]]

    init(_ types: [any Rule.Type]) {
        rules = types.map { $0.init() }
        listening = RuleEvents.all.map { event in types.indices.filter { types[$0].hears.contains(event) } }
    }

    /// Asks those that listen. A rule that has said all it has to say is not asked again.
    mutating func tell(
        _ event: RuleEvents, _ ask: (inout any Rule) -> Finding?, found: (Finding, RuleDescription) -> Void
    ) {
        let asked = listening[event.index]
        for place in asked {
            guard let finding = ask(&rules[place]) else { continue }
            let about = type(of: rules[place]).about
            found(finding, about)
            guard !about.repeats else { continue }
            for event in listening.indices { listening[event].removeAll { $0 == place } }
        }
    }
}
