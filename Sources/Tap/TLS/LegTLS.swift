import Conversation
import Dialects
import NIOCore
import NIOSSL

/// How far TLS has come on one leg.
struct LegTLS {
    enum State {
        case clear
        /// TLS begins with what the client says next.
        case awaitingHello
        case handshaking
        case secure
        /// Its handshake failed.
        case failed
    }

    var state = State.clear
    var wire: WireHandler?
    /// The client's hello is here.
    var hasHello = false
    var facts: TLSFacts

    init(_ leg: Direction) {
        facts = TLSFacts(leg: leg, start: .implicit)
    }

    var isShakingHands: Bool {
        switch state {
        case .awaitingHello, .handshaking: true
        case .clear, .secure, .failed: false
        }
    }

    /// The client has said its hello, and is not answered yet.
    var waitsForAnswer: Bool {
        if case .awaitingHello = state { hasHello } else { false }
    }

    /// Takes what was to be seen on the wire.
    mutating func gather() {
        guard let watcher = wire?.watcher else { return }
        if let hello = watcher.serverHello {
            facts.version = hello.version.name
            facts.cipher = TLSCipherSuite.name(hello.cipherSuite)
        }
    }

    /// Why the handshake failed, in plain words.
    func failure(_ error: any Error) -> TLSFacts.Failure {
        let peer: TLSFacts.Failure.By = facts.leg == .client ? .client : .server
        let sender: TLSAlert.Sender = facts.leg == .client ? .client : .server
        let text = "\(error)"
        let alerts = wire?.watcher.alerts.filter { $0.sender == sender }.map(\.alert) ?? []
        if let alert = TLSAlert(reason: text) ?? alerts.first(where: \.isFatal) ?? alerts.last {
            return TLSFacts.Failure(by: peer, alert: alert.name, means: alert.means(by: sender))
        }
        if case .failed(let why)? = facts.verification {
            return TLSFacts.Failure(
                by: .mailtee, alert: nil,
                means: "Its certificate is not good: \(why). "
                    + "With --upstream-verify none mailtee goes on all the same, and says so in the record.")
        }
        if let said = wire?.inClear, !said.isEmpty {
            return TLSFacts.Failure(
                by: .mailtee, alert: nil,
                means: "It spoke in clear where its handshake should have been, beginning with: "
                    + Self.picture(said))
        }
        if error is IOError || text.contains("EOF") || text.contains("eof") || text.contains("uncleanShutdown") {
            return TLSFacts.Failure(
                by: peer, alert: nil,
                means: facts.leg == .client
                    ? "It hung up in the middle of the handshake without saying why. Often it does not trust the certificate "
                        + "that it was shown: `mailtee ca trust` tells how to make it trust mailtee's authority."
                    : "It hung up in the middle of the handshake without saying why.")
        }
        return TLSFacts.Failure(by: .mailtee, alert: nil, means: "The handshake failed: \(Self.reason(text)).")
    }

    /// Words for TLS that a peer broke off after its handshake.
    static func brokenOff(by leg: Direction, _ error: any Error) -> String {
        let alert = TLSAlert(reason: "\(error)")
        let words = alert.map { "alert \($0.name). \($0.means(by: leg == .client ? .client : .server))" }
        return "the \(leg.rawValue) broke TLS off: \(words ?? reason("\(error)"))"
    }

    /// The reason in an error text of BoringSSL: `WRONG_VERSION_NUMBER` in `error:1000…:SSL routines:…:WRONG_VERSION_NUMBER
    /// at …`.
    static func reason(_ text: String) -> String {
        let words = text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
        let reason = words.last { $0.contains("_") && $0.allSatisfy { $0.isUppercase || $0.isNumber || $0 == "_" } }
        return reason.map { $0.lowercased().replacing("_", with: " ") } ?? text
    }

    private static func picture(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix(80).map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: ".") }, as: UTF8.self)
    }
}
