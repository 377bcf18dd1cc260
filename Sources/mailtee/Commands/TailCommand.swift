import Archive
import ArgumentParser
import Capture
import Conversation
import Lint
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct TailCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail",
        abstract: "What is said from now on, as it is said.",
        discussion: """
            One session is shown from its beginning, until it ends; of all sessions, the last lines of those that go on,
            and what comes from now on.
            """)

    @OptionGroup var store: StoreOption
    @Option(help: "rs or cs instead of arrows and times.")
    var notation: Notation?
    @Argument(help: "An id, its beginning or end, or latest; else all sessions.")
    var session: String?

    @OptionGroup var language: LanguageOption
    @Flag(help: "Leave findings and verdicts out.")
    var bare = false

    /// How often we look for more, in microseconds.
    private static let interval: UInt32 = 50_000
    /// Lines shown of a session that goes on already.
    private static let past = 10

    private func voice(_ facts: SessionFacts, _ archive: Archive, isAlone: Bool) -> Voice {
        let context = (try? archive.lintContext(of: facts)) ?? LintContext(dialect: facts.dialect)
        return Voice(
            facts, notation: notation, isAlone: isAlone, lint: bare || notation != nil ? nil : context,
            language: language.language)
    }

    func run() throws {
        // There may be nothing yet: what comes is waited for.
        _ = try Store(creating: store.path)
        let archive = try store.archive()
        let wanted = try session.map { try archive.find($0) }
        let follower = try archive.follow()
        var voices: [SessionID: Voice] = [:]
        for summary in try archive.sessions() where summary.end == nil || summary.facts.id == wanted?.facts.id {
            if let wanted, summary.facts.id != wanted.facts.id { continue }
            let voice = voice(summary.facts, archive, isAlone: wanted != nil)
            voice.introduce()
            if wanted == nil { voice.keep(last: Self.past) }
            try archive.events(of: summary) { voice.hear($0) }
            voice.speakUp()
            if voice.isOver { return }
            voices[summary.facts.id] = voice
        }
        var isOver = false
        while !isOver {
            follower.advance { recorded in
                if let wanted, recorded.session != wanted.facts.id { return }
                if case .opened(let facts) = recorded.event, voices[facts.id] == nil {
                    let voice = voice(facts, archive, isAlone: false)
                    voice.introduce()
                    voices[facts.id] = voice
                }
                guard let voice = voices[recorded.session] else { return }
                voice.hear(recorded)
                guard voice.isOver else { return }
                voices[recorded.session] = nil
                isOver = wanted != nil
            }
            if !isOver { usleep(Self.interval) }
        }
    }
}
