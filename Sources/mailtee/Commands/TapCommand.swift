import ArgumentParser
import Capture
import Conversation
import Tap

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct TapCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tap",
        abstract: "Stand in front of real servers and record what is said.",
        discussion: """
            mailtee tap 10025=mail.example.com:25 10110=pop.example.com:110
            mailtee tap '10025=exec:/usr/sbin/sendmail -bs'
            mailtee tap '[::1]:2525=smtp://[::1]:25' unix:/run/tee.sock=lmtp+unix:/run/dovecot/lmtp

            Ports are on 127.0.0.1 unless an address is given; port 0 takes a free one.
            """)

    @OptionGroup var store: StoreOption
    @OptionGroup var retention: RetentionOptions
    @OptionGroup(title: "TLS") var tls: TLSOptionGroup
    @Flag(help: "Say where mailtee listens as JSON, a line each.")
    var json = false
    @Option(help: "Send the server a PROXY header ahead of each session: v1 or v2.")
    var proxyProtocol: ProxyProtocol?
    @Option(help: "Seconds that a server may take to accept a connection.")
    var connectTimeout: Int64 = 60
    @Option(help: "Event loops that pass bytes on (else one for every two cores).")
    var threads: Int?
    @Argument(help: "LISTEN=UPSTREAM")
    var taps: [String]

    func validate() throws {
        guard threads.map({ (1...1024).contains($0) }) ?? true else { throw ValidationError("--threads: 1 to 1024") }
    }

    func run() throws {
        let specifications = try taps.map { try TapSpecification($0) }
        let signals = StopSignals()
        let recorder = Recorder(
            store: try Store(creating: store.path), retention: retention.retention, report: Output.error)
        recorder.start()
        let tap = try Tap(
            recorder: recorder,
            options: Tap.Options(
                proxyProtocol: proxyProtocol, connectTimeout: max(1, connectTimeout),
                tls: tls.options(authority: store.authorityPath)),
            threads: threads)
        for (text, specification) in zip(taps, specifications) {
            let place = try tap.listen(specification)
            let upstream = String(text.drop { $0 != "=" }.dropFirst())
            Listening.announce(place, specification.dialect, upstream: upstream, json: json)
        }
        signals.wait()
        // First the record: that we end the sessions is no doing of their peers.
        recorder.stop()
        tap.stop()
    }
}

extension ProxyProtocol: ExpressibleByArgument {}

/// SIGINT and SIGTERM, kept from ending the process until it is asked.
struct StopSignals {
    private var set = sigset_t()

    /// To be made before any thread is, since threads inherit what is blocked.
    init() {
        signal(SIGPIPE, SIG_IGN)
        sigemptyset(&set)
        sigaddset(&set, SIGINT)
        sigaddset(&set, SIGTERM)
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    func wait() {
        var set = set
        var number: Int32 = 0
        sigwait(&set, &number)
    }
}
