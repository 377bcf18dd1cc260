import Conversation
import Dialects
import Fuzzing
import Wire

/// Whatever two peers say where TLS is expected: what an onlooker reads of it does not depend on how the bytes were
/// cut, nothing greased is told, and the two who look at a ClientHello see the same.
@main enum FuzzTLS {
    static func main() {
        fuzz(check) { Script($0).text(.plain) }
    }

    private static func check(_ input: [UInt8]) throws(Violation) {
        let script = Script(input)
        let watched = try watch(script, .whole)
        let opened = try open(script, .whole)
        for cuts in [Cuts.bytes, script.cuts] {
            let other = try watch(script, cuts)
            guard other == watched else { throw Violation("cut otherwise, watched as \(other) and not \(watched)") }
            let verdict = try open(script, cuts)
            guard verdict == opened else { throw Violation("cut otherwise, opened as \(verdict) and not \(opened)") }
        }
        switch opened {
        case .clientHello(let hello):
            guard watched.clientHello == hello else { throw Violation("the watcher sees another ClientHello") }
            try expectReadable(hello)
        case .incomplete:
            guard watched.clientHello == nil else { throw Violation("the watcher sees a whole ClientHello") }
        case .notTLS: break
        }
        for alert in watched.alerts { try expectFound(alert) }
        if let alert = TLSAlert(reason: input.text) { try expectFound(alert) }
    }

    private static func open(_ script: Script, _ cuts: Cuts) throws(Violation) -> TLSOpening.Verdict {
        var opening = TLSOpening()
        for case .said(.client, let bytes) in script.turns {
            for piece in cuts.pieces(of: bytes) {
                let before = opening.verdict
                let now = opening.received(piece.span)
                guard before == .incomplete || now == before else {
                    throw Violation("first \(before), then \(now)")
                }
            }
        }
        return opening.verdict
    }

    private static func watch(_ script: Script, _ cuts: Cuts) throws(Violation) -> Watched {
        var watcher = TLSWatcher()
        for case .said(let direction, let bytes) in script.turns {
            for piece in cuts.pieces(of: bytes) {
                let before = Watched(watcher)
                watcher.received(piece.span, from: direction == .client ? .client : .server)
                guard !before.isDone || Watched(watcher) == before else {
                    throw Violation("done with \(before), and then \(Watched(watcher))")
                }
            }
        }
        let watched = Watched(watcher)
        guard watched.alerts.count <= TLSLimits.alerts else { throw Violation("\(watched.alerts.count) alerts kept") }
        guard watched.serverHello?.isHelloRetryRequest != true else { throw Violation("a HelloRetryRequest kept") }
        return watched
    }

    private static func expectReadable(_ hello: ClientHello) throws(Violation) {
        let isGreased = hello.cipherSuites.contains { TLSVersion(rawValue: $0).isGreased }
        guard !isGreased, hello.versions == [hello.legacyVersion] || !hello.versions.contains(where: \.isGreased) else {
            throw Violation("greased: \(hello)")
        }
        guard hello.versions.contains(hello.highestVersion), hello.versions.allSatisfy({ $0 <= hello.highestVersion })
        else { throw Violation("not the highest version: \(hello)") }
        let name = hello.serverName ?? "a"
        guard !name.isEmpty, name.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Violation("the name of a server: \(Picture.of(text: name))")
        }
    }

    /// An alert has words, and is found by the name that BoringSSL would print.
    private static func expectFound(_ alert: TLSAlert) throws(Violation) {
        guard TLSAlert.Sender.allCases.allSatisfy({ alert.means(by: $0).hasSuffix(".") }) else {
            throw Violation("no words for \(alert.name)")
        }
        let reason =
            alert.name == "alert \(alert.code)"
            ? "reason(\(1000 + Int(alert.code)))" : "TLSV1_ALERT_\(alert.name.uppercased())"
        guard TLSAlert(reason: reason)?.code == alert.code else { throw Violation("not found: \(reason)") }
    }
}

/// All that a watcher tells.
private struct Watched: Equatable {
    let clientHello: ClientHello?
    let serverHello: ServerHello?
    let senders: [TLSAlert.Sender]
    let alerts: [TLSAlert]
    let isDone: Bool

    init(_ watcher: TLSWatcher) {
        clientHello = watcher.clientHello
        serverHello = watcher.serverHello
        senders = watcher.alerts.map(\.sender)
        alerts = watcher.alerts.map(\.alert)
        isDone = watcher.isDone
    }
}
