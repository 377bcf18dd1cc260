import Archive
import ArgumentParser
import Capture
import Conversation
import Lint
import Synchronization
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take the conversations out of captures that tcpdump or Wireshark made.",
        discussion: """
            Reads pcap and pcapng, also compressed by gzip; - is standard input. Each conversation becomes a session of
            the record, with its secrets masked, and is listed. With --follow it is shown while it is captured:

                tcpdump -i eth0 -U -w - tcp port 25 | mailtee import - --follow
            """)

    @OptionGroup var store: StoreOption
    @Flag(help: "One JSON object a line, as list has it.")
    var json = false
    @Flag(name: .shortAndLong, help: "Go on while the capture grows, and show what is said.")
    var follow = false
    @Argument(
        help: "Capture files; - for standard input.", completion: .file(extensions: ["pcap", "pcapng", "cap", "gz"]))
    var files: [String]

    /// How often we look for more, in microseconds.
    private static let interval: UInt32 = 50_000

    func validate() throws {
        guard !follow || files.count == 1 else { throw ValidationError("--follow takes one capture") }
        guard !follow || !json else { throw ValidationError("--follow shows text, not JSON") }
    }

    func run() throws {
        let place = try Store(creating: store.path)
        let job = ImportJob(files)
        if follow {
            try followed(job, place)
        } else {
            job.run(to: place, follows: false)
            try list(job.result.sessions)
        }
        let result = job.result
        tell(result.counts)
        for failure in result.failures { Output.error(failure) }
        if !result.failures.isEmpty { throw ExitCode.failure }
    }

    private func list(_ ids: [SessionID]) throws {
        let wanted = Set(ids)
        guard let first = wanted.min() else { return }
        let archive = try store.archive()
        guard json else {
            return try archive.eachSession(from: first) { summary in
                if wanted.contains(summary.facts.id) { Output.line(ListCommand.row(summary)) }
            }
        }
        try archive.eachJudged(from: first) { summary, judgement in
            if wanted.contains(summary.facts.id) { Output.line(ListCommand.json(summary, judgement, .en).text) }
        }
    }

    private func followed(_ job: ImportJob, _ place: Store) throws {
        let signals = StopSignals()
        let follower = try store.archive().follow()
        Thread.detach {
            signals.wait()
            job.stop()
        }
        Thread.detach { job.run(to: place, follows: true) }
        var voices: [SessionID: Voice] = [:]
        var isLast = false
        while true {
            follower.advance { recorded in
                if case .opened(let facts) = recorded.event, facts.route == .capture, voices[facts.id] == nil {
                    let voice = Voice(facts, notation: nil, isAlone: false, lint: LintContext(dialect: facts.dialect))
                    voice.introduce()
                    voices[facts.id] = voice
                }
                voices[recorded.session]?.hear(recorded)
                if voices[recorded.session]?.isOver == true { voices[recorded.session] = nil }
            }
            if isLast { return }
            isLast = job.isOver
            if !isLast { usleep(Self.interval) }
        }
    }

    private func tell(_ counts: Importer.Counts) {
        var words = [
            "\(Output.count(counts.sessions, "session")) of \(Output.count(counts.connections, "connection")) in \(Output.count(counts.packets, "packet"))"
        ]
        if counts.others > 0 {
            words.append("\(Output.count(counts.others, "connection")) of protocols that are not followed")
        }
        if counts.lostDatagrams > 0 {
            words.append("\(Output.count(counts.lostDatagrams, "fragment")) without the rest of its packet")
        }
        for (link, count) in counts.unknownLinks.sorted(by: { $0.key < $1.key }) {
            words.append("\(Output.count(count, "packet")) of link type \(link), which cannot be read")
        }
        Output.error(words.joined(separator: "; "))
    }
}

/// The reading of captures, on whatever thread.
private final class ImportJob: Sendable {
    struct Result: Sendable {
        var sessions: [SessionID] = []
        var counts = Importer.Counts()
        var failures: [String] = []
    }

    private let files: [String]
    private let state = Mutex((result: Result(), isOver: false))
    private let isStopped = Atomic(false)

    init(_ files: [String]) {
        self.files = files
    }

    var result: Result { state.withLock { $0.result } }
    var isOver: Bool { state.withLock { $0.isOver } }

    func stop() {
        isStopped.store(true, ordering: .relaxed)
    }

    func run(to store: Store, follows: Bool) {
        let importer = Importer(to: store) { [self] words in fail(words) }
        for file in files where !isStopped.load(ordering: .relaxed) { read(file, importer, follows: follows) }
        importer.finish()
        state.withLock {
            $0.result.sessions = importer.sessions
            $0.result.counts = importer.counts
            $0.isOver = true
        }
    }

    private func read(_ path: String, _ importer: Importer, follows: Bool) {
        let name = path == "-" ? "standard input" : path
        let file = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            return fail("\(name): \(String(cString: strerror(errno))). Name a capture file, or - for standard input.")
        }
        defer { if file != 0 { close(file) } }
        var status = stat()
        let size = fstat(file, &status) == 0 ? Int(status.st_size) : 0
        let progress = Progress("reading \(name)")
        defer { progress.end() }
        do {
            try importer.read(
                file: file, whenIdle: follows ? { [self] in !isStopped.load(ordering: .relaxed) } : nil,
                progress: { progress.tell(Int(clamping: $0), of: max(size, Int(clamping: $0))) })
        } catch {
            fail("\(name): \(error)")
        }
    }

    private func fail(_ words: String) {
        state.withLock { $0.result.failures.append(words) }
    }
}
