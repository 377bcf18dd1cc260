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

    func run() throws {
        let signals = StopSignals()
        let recorder = Recorder(
            store: try Store(creating: store.path), retention: retention.retention, report: Output.error)
        recorder.start()
        let tap = try Tap(recorder: recorder, options: Tap.Options(tls: TLSOptions(authority: store.authorityPath)))
        let mailbox = Mailbox()
        for (dialect, places) in [(DialectName.smtp, smtp), (.pop3, pop3)] {
            for place in places where place != "off" {
                Listening.announce(
                    try tap.serve(dialect, on: try TapSpecification.Listen(place), mailbox: mailbox), dialect,
                    upstream: nil, json: json)
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
    static func announce(_ place: Endpoint, _ dialect: DialectName, upstream: String?, json: Bool) {
        if json {
            let line = JSON.members([
                "event": .string("listening"), "address": .string(place.description),
                "protocol": .string(dialect.rawValue), "upstream": upstream.map(JSON.string),
            ])
            Output.errorLine(line.text)
        } else {
            Output.error(
                "listening on \(place) (\(dialect.rawValue))" + (upstream.map { ", in front of \($0)" } ?? ""))
        }
    }
}
