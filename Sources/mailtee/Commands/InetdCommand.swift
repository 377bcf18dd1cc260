import ArgumentParser
import Capture
import Conversation
import Tap

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct InetdCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inetd",
        abstract: "Serve the client on standard input with a child, as inetd, tcpd, xinetd and systemd start it.",
        discussion: """
            mailtee inetd -- /usr/sbin/sendmail -bs
            mailtee inetd --print-config inetd -- /usr/sbin/sendmail -bs
            """)

    @OptionGroup var store: StoreOption
    @OptionGroup var retention: RetentionOptions
    @OptionGroup(title: "TLS") var tls: TLSOptionGroup
    @Option(
        name: .customLong("protocol"),
        help: "smtp, lmtp, pop3, imap, http and so on, or plain; else by the child's name.")
    var dialect: DialectName?
    @Option(help: "Print the lines that set it up for inetd, xinetd or systemd, and do nothing else.")
    var printConfig: SuperServer?
    @Option(help: "The port in those lines.")
    var port: Int?
    @Flag(help: "Ports 30 for SMTP and 31 for POP3 in those lines, as in 1997, not 10021 and 10110.")
    var lowPorts = false
    @Argument(help: "The child and its arguments, after --.")
    var child: [String]

    func run() throws {
        let spoken = dialect ?? TapSpecification.dialect(command: child) ?? .plain
        if let printConfig {
            let arguments = ["inetd", "--store", store.path, "--protocol", spoken.rawValue, "--"] + child
            let port = port ?? (spoken == .pop3 ? (lowPorts ? 31 : 10_110) : (lowPorts ? 30 : 10_021))
            Output.line(printConfig.configuration(program: Self.program, arguments: arguments, port: port))
            return
        }
        signal(SIGPIPE, SIG_IGN)
        let usesLog = Tap.standardErrorIsTheClient
        // What is written to standard error would go to the client.
        if usesLog { Tap.silenceStandardError() }
        let report: @Sendable (String) -> Void = { text in
            if usesLog {
                text.withCString { words in
                    withVaList([words]) { vsyslog(LOG_MAIL | LOG_ERR, "mailtee: %s", $0) }
                }
            } else {
                Output.error(text)
            }
        }
        let recorder: Recorder?
        do {
            recorder = Recorder(
                store: try Store(creating: store.path), retention: retention.retention, report: report)
        } catch {
            // The mail comes first: without a record, but not without service.
            report("not recording: \(error)")
            recorder = nil
        }
        recorder?.start()
        let tap = try tapping(recorder, report: report)
        try tap.serveStandardInput(command: child, dialect: spoken)
        tap.stop()
        recorder?.stop()
    }

    private func tapping(_ recorder: Recorder?, report: (String) -> Void) throws -> Tap {
        do {
            return try Tap(
                recorder: recorder, options: Tap.Options(tls: tls.options(authority: store.authorityPath)), threads: 1)
        } catch {
            report("TLS passes by unread: \(error)")
            return try Tap(recorder: recorder, threads: 1)
        }
    }

    private static var program: String {
        var path = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &path, path.count - 1)
        guard count > 0 else { return CommandLine.arguments.first ?? "mailtee" }
        return String(decoding: path[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension DialectName: ExpressibleByArgument {}

/// Those who start a program for each connection.
enum SuperServer: String, ExpressibleByArgument, CaseIterable {
    case inetd
    case xinetd
    case systemd

    func configuration(program: String, arguments: [String], port: Int) -> String {
        let line = arguments.joined(separator: " ")
        switch self {
        case .inetd:
            return """
                # /etc/inetd.conf; then: kill -HUP of inetd. tcpd asks /etc/hosts.allow and /etc/hosts.deny first.
                127.0.0.1:\(port) stream tcp nowait.10000 root /usr/sbin/tcpd \(program) \(line)
                """
        case .xinetd:
            return """
                # /etc/xinetd.d/mailtee-\(port)
                service mailtee-\(port)
                {
                    type        = UNLISTED
                    socket_type = stream
                    protocol    = tcp
                    wait        = no
                    user        = root
                    bind        = 127.0.0.1
                    port        = \(port)
                    server      = \(program)
                    server_args = \(line)
                }
                """
        case .systemd:
            return """
                # /etc/systemd/system/mailtee-\(port).socket
                [Socket]
                ListenStream=127.0.0.1:\(port)
                Accept=yes

                [Install]
                WantedBy=sockets.target

                # /etc/systemd/system/mailtee-\(port)@.service
                [Service]
                ExecStart=\(program) \(line)
                StandardInput=socket
                StandardError=journal
                """
        }
    }
}
