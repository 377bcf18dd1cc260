import Authority
import Conversation
import Dialects
import NIOCore
import NIOSSL

/// TLS with a client, from the moment it is awaited to the end of the handshake: waits for the hello, lets its owner decide
/// when and as whom to answer, shows a certificate. Belongs to one event loop.
final class ClientHandshake {
    enum Step {
        /// The client has said what it wants; it is to be answered by `show`, or not at all.
        case hello(ClientHello)
        /// It said these bytes instead.
        case notTLS(ByteBuffer, TLSFacts)
        /// The certificate is on its way.
        case shown
        case failed(TLSFacts)
    }

    private(set) var leg = LegTLS(.client)
    private let engine: TLSEngine
    private let ownNames: [String]
    private let loop: any EventLoop
    private var pipeline: ChannelPipeline.SynchronousOperations?
    private var tell: ((Step) -> Void)?

    /// - Parameter ownNames: what the client may call us by.
    init(engine: TLSEngine, ownNames: [String], loop: any EventLoop) {
        self.engine = engine
        self.ownNames = ownNames
        self.loop = loop
    }

    var isGoingOn: Bool { leg.isShakingHands }

    /// From the next byte on the client is to speak TLS.
    func begin(
        _ start: TLSFacts.Start, pipeline: ChannelPipeline.SynchronousOperations, tell: @escaping (Step) -> Void
    ) {
        self.pipeline = pipeline
        self.tell = tell
        leg.state = .awaitingHello
        leg.facts.start = start
        let wire = WireHandler(.client) { [weak self] in self?.began($0) }
        leg.wire = wire
        do {
            try pipeline.addHandler(wire, position: .first)
        } catch {
            tell(.failed(failed(error)))
        }
    }

    private func began(_ beginning: WireHandler.Beginning) {
        switch beginning {
        case .clientHello(let hello):
            leg.facts.serverName = hello.serverName
            guard hello.highestVersion >= .tls12 else { return refuse(hello) }
            leg.hasHello = true
            tell?(.hello(hello))
        case .notTLS(let what):
            leg.facts.failure = TLSFacts.Failure(by: .client, means: Self.means(what))
            let bytes = leg.wire?.take() ?? ByteBuffer()
            leg.state = .failed
            let tell = tell
            leave()
            tell?(.notTLS(bytes, leg.facts))
        }
    }

    private static func means(_ what: TLSOpening.NotTLS) -> String {
        switch what {
        case .text: "It spoke in clear where its handshake should have been."
        case .sslv2Hello: "It began with a hello of SSL 2.0, which must not be used (RFC 6176)."
        case .other: "It said something that is no beginning of TLS."
        }
    }

    /// The client offers nothing that mailtee speaks.
    private func refuse(_ hello: ClientHello) {
        leg.facts.failure = TLSFacts.Failure(
            by: .mailtee, alert: "protocol_version",
            means:
                "It offers \(hello.highestVersion.name) at most, which is no longer to be used (RFC 8996); mailtee speaks "
                + "TLS 1.2 and 1.3. A newer version of the client, or of the library that it uses, is needed.")
        leg.state = .failed
        leg.wire?.refuse(70)
        tell?(.failed(leg.facts))
    }

    /// Answers the hello with a certificate for `names`, for the name that was asked for and for those of our own.
    func show(asked hello: ClientHello, names: [String], protocols: [String]) {
        guard leg.state == .awaitingHello else { return }
        leg.state = .handshaking
        let wanted = names + [hello.serverName].compactMap(\.self) + ownNames
        let engine = engine
        let offered = Array(protocols.prefix(1))
        let bound = NIOLoopBound(self, eventLoop: loop)
        loop.makeFutureWithTask { try engine.shown(for: wanted, protocols: offered) }.whenComplete { result in
            let handshake = bound.value
            do {
                try handshake.show(result.get())
            } catch {
                handshake.tell?(.failed(handshake.failed(error)))
            }
        }
    }

    private func show(_ shown: TLSEngine.Shown) throws {
        guard let pipeline, let wire = leg.wire else { return }
        leg.facts.chain = shown.chain
        if let fault = engine.options.fault, fault.leaf != nil { leg.facts.fault = fault.rawValue }
        try pipeline.addHandler(NIOSSLServerHandler(context: shown.context), position: .after(wire))
        wire.release()
        tell?(.shown)
    }

    /// The handshake has ended well.
    func completed(applicationProtocol: String?) -> TLSFacts {
        leg.state = .secure
        leg.gather()
        leg.facts.applicationProtocol = applicationProtocol
        leave()
        return leg.facts
    }

    /// It has not.
    func failed(_ error: any Error) -> TLSFacts {
        leg.gather()
        leg.facts.failure =
            if let error = error as? AuthorityError {
                TLSFacts.Failure(by: .mailtee, means: error.description)
            } else {
                leg.failure(error)
            }
        leg.state = .failed
        return leg.facts
    }

    private func leave() {
        leg.wire?.leave()
        leg.wire = nil
        tell = nil
    }
}
