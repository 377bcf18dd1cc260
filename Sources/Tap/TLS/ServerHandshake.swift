import Conversation
import NIOCore
import NIOSSL

/// TLS with a server: says mailtee's hello, verifies what the server shows. Belongs to one event loop.
final class ServerHandshake {
    private(set) var leg = LegTLS(.server)
    private let engine: TLSEngine
    private let loop: any EventLoop
    /// The name of the server as the user wrote it; nil for a child.
    private let host: String?

    init(engine: TLSEngine, host: String?, loop: any EventLoop) {
        self.engine = engine
        self.host = host
        self.loop = loop
    }

    var isGoingOn: Bool { leg.isShakingHands }

    /// What the server said in clear where its handshake should have been.
    var inClear: [UInt8] { leg.wire?.inClear ?? [] }

    /// - Parameters:
    ///   - name: what the client asked for; else the server is asked for by the name the user wrote.
    ///   - protocols: what the client would speak (RFC 7301).
    func begin(
        _ start: TLSFacts.Start, pipeline: ChannelPipeline.SynchronousOperations, name: String?, protocols: [String]
    ) throws {
        leg.state = .handshaking
        leg.facts.start = start
        let asked = (name ?? host).flatMap { Self.isAddress($0) ? nil : $0 }
        leg.facts.serverName = asked
        let wire = WireHandler(.server)
        leg.wire = wire
        let (loop, engine) = (loop, engine)
        let verified = host ?? name
        let bound = NIOLoopBound(self, eventLoop: loop)
        let tls = try NIOSSLClientHandler(
            context: engine.context(protocols: protocols), serverHostname: asked,
            customVerificationCallback: { chain, promise in
                let chain = chain.compactMap { try? $0.toDERBytes() }
                bound.value.leg.facts.chain = chain.map(CertificateFacts.init(der:))
                loop.makeFutureWithTask { await engine.verify(chain, name: verified) }.whenSuccess { found in
                    bound.value.leg.facts.verification = found
                    if case .failed = found {
                        promise.succeed(.failed)
                    } else {
                        promise.succeed(.certificateVerified)
                    }
                }
            })
        try pipeline.addHandlers([wire, tls], position: .first)
    }

    /// SNI has no room for addresses (RFC 6066 §3).
    private static func isAddress(_ name: String) -> Bool {
        (try? SocketAddress(ipAddress: name, port: 0)) != nil
    }

    /// The handshake has ended well.
    func completed(applicationProtocol: String?) -> TLSFacts {
        leg.state = .secure
        leg.gather()
        leg.facts.applicationProtocol = applicationProtocol
        leg.wire?.leave()
        leg.wire = nil
        return leg.facts
    }

    /// It has not.
    func failed(_ error: any Error) -> TLSFacts {
        leg.gather()
        leg.facts.failure = leg.failure(error)
        leg.state = .failed
        return leg.facts
    }

    /// The server did not want any.
    func refused(_ why: String) -> TLSFacts {
        leg.facts.start = .starttls
        leg.facts.failure = TLSFacts.Failure(
            by: .server, means: "It was asked for TLS in mailtee's name, and \(why). --server-tls none does without.")
        leg.state = .failed
        return leg.facts
    }
}
