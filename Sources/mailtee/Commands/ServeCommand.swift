import ArgumentParser
import Capture
import Conversation
import Postbox
import Tap
import Wire

struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Be the server: a small mailbox by SMTP and POP3, any login, everything recorded (the default).")

    @OptionGroup var store: StoreOption
    @OptionGroup var retention: RetentionOptions
    @Flag(help: "Say where mailtee listens as JSON, a line each.")
    var json = false
    @Option(help: "ADDRESS:PORT or PORT for SMTP; off leaves it out. May be repeated.")
    var smtp: [String] = ["127.0.0.1:1025"]
    @Option(help: "The same for POP3.")
    var pop3: [String] = ["127.0.0.1:1110"]
    @Option(help: "The same for SMTP with TLS from the first byte on; off unless given.")
    var smtps: [String] = []
    @Option(help: "The same for POP3 with TLS from the first byte on; off unless given.")
    var pop3s: [String] = []
    @OptionGroup(title: "TLS") var tls: ServedTLSOptionGroup

    func run() throws {
        let signals = StopSignals()
        let recorder = Recorder(
            store: try Store(creating: store.path), retention: retention.retention, report: Output.error)
        recorder.start()
        let tap = try Tap(recorder: recorder, options: Tap.Options(tls: tls.options(authority: store.authorityPath)))
        let mailbox = Mailbox()
        let services: [(DialectName, [String], implicit: Bool)] = [
            (.smtp, smtp, false), (.pop3, pop3, false), (.smtp, smtps, true), (.pop3, pop3s, true),
        ]
        for (dialect, places, implicit) in services {
            for place in places where place != "off" {
                let listen = try TapSpecification.Listen(place)
                Listening.announce(
                    try tap.serve(dialect, on: listen, mailbox: mailbox, implicit: implicit), dialect,
                    implicit: implicit, upstream: nil, json: json)
            }
        }
        if !json {
            let program = CommandLine.arguments.first ?? "mailtee"
            Output.error("point a mailer there (any login), then see: \(program) show latest")
        }
        signals.wait()
        recorder.stop()
        tap.stop()
    }
}

/// The lines that say where mailtee listens.
enum Listening {
    /// - Parameter implicit: TLS from the first byte on.
    static func announce(
        _ place: Endpoint, _ dialect: DialectName, implicit: Bool = false, upstream: String?, json: Bool
    ) {
        if json {
            let line = JSON.members([
                "event": .string("listening"), "address": .string(place.description),
                "protocol": .string(dialect.rawValue), "tls": implicit ? .bool(true) : nil,
                "upstream": upstream.map(JSON.string),
            ])
            Output.errorLine(line.text)
        } else {
            Output.error(
                "listening on \(place) (\(dialect.rawValue)\(implicit ? " inside TLS" : ""))"
                    + (upstream.map { ", in front of \($0)" } ?? ""))
        }
    }
}
