import Conversation
import Dialects
import NIOCore
import NIOSSL

/// TLS of one session: takes both legs over to it where the peers agree, or as the user asked. Belongs to the event loop
/// of its two channels.
///
///     client                      mailtee                      server
///       │ STARTTLS ───────────────────┼───────────────────────────▶ │
///       │ ◀───────────────────────────┼──────────────────────── 220 │
///       │ ClientHello (SNI, ALPN) ──▶ │ ClientHello (SNI, ALPN) ──▶ │
///       │                             │ ◀─ ServerHello, certificate │   verified
///       │ ◀─ ServerHello, certificate │   with the names of that one │
///       │ ◀═══════════ TLS ═════════▶ │ ◀═══════════ TLS ═════════▶ │
final class SessionTLS {
    private let plan: TLSPlan
    private let fault: TLSFault?
    private let recording: SessionRecording
    private let host: String?
    private let clientHandshake: ClientHandshake
    private let serverHandshake: ServerHandshake
    private var clear: ClearPhase
    private let client: LegHandler
    private var server: LegHandler?
    private var hello: ClientHello?
    /// The server's leg can take what the client says.
    private var serverIsReady = false
    /// What the server greeted mailtee with, which is for the client.
    private var greeting: ByteBuffer?
    private var isOver = false
    /// The client has said something inside TLS.
    private var clientSpoke = false

    /// - Parameters:
    ///   - host: the name of the server as the user wrote it; nil for a child.
    ///   - ownNames: what the client may call us by.
    init(
        plan: TLSPlan, engine: TLSEngine, recording: SessionRecording, dialect: DialectName, host: String?,
        ownNames: [String], client: LegHandler, loop: any EventLoop
    ) {
        self.plan = plan
        self.recording = recording
        self.host = host
        self.client = client
        fault = engine.options.fault
        clientHandshake = ClientHandshake(engine: engine, ownNames: ownNames, loop: loop)
        serverHandshake = ServerHandshake(engine: engine, host: host, loop: loop)
        clear = ClearPhase(plan: plan, fault: engine.options.fault, dialect: dialect)
    }

    // MARK: - Beginnings

    /// The client's connection is there.
    func clientConnected() {
        if plan.client == .implicit { awaitHello(.implicit) }
    }

    /// The server's connection is there.
    func serverConnected(_ leg: LegHandler) {
        server = leg
        guard !isOver else { return leg.closeSoon() }
        switch plan.server {
        // The client's hello says which name and which protocols it wants; the server is to hear of them.
        case .implicit? where plan.client == .implicit && hello == nil: break
        case .implicit?: secureServer(.implicit)
        case .starttls?: leg.resume()
        case .some(.none), nil: becomeReady()
        }
    }

    private func becomeReady() {
        serverIsReady = true
        greet()
        client.resume()
        server?.resume()
        showClient()
    }

    /// Whether `leg` may read now.
    func mayRead(_ leg: Direction) -> Bool {
        switch leg {
        // Once its hello is here, nothing is expected of the client before it is answered.
        case .client: canTell(.client) && !clientHandshake.leg.waitsForAnswer
        case .server: canTell(.server)
        }
    }

    /// Whether what `leg` says can reach whom it is for: the other leg, or who looks after the handshake.
    func canTell(_ leg: Direction) -> Bool {
        switch leg {
        case .client: clientHandshake.isGoingOn || serverIsReady
        case .server: serverHandshake.isGoingOn || clear.isAsking || clientListens
        }
    }

    /// What `leg` reads now is not for the other.
    func readsForItself(_ leg: Direction) -> Bool {
        leg == .client ? clientHandshake.isGoingOn : serverHandshake.isGoingOn || clear.isAsking
    }

    /// The client can be told something. What the server says in clear before the client has begun its handshake is for
    /// the client, and not to be kept from it.
    private var clientListens: Bool {
        switch clientHandshake.leg.state {
        case .clear, .secure, .failed: true
        case .awaitingHello: clientHandshake.leg.facts.start == .starttls
        case .handshaking: false
        }
    }

    // MARK: - What the peers say

    /// Takes what a peer said, and sees that the other hears of it.
    func received(_ direction: Direction, _ buffer: ByteBuffer) {
        if direction == .client, clientHandshake.leg.state == .secure { clientSpoke = true }
        // What is not changed is on its way before anybody looks at it.
        if !clear.mayChange(direction) {
            (direction == .client ? server : client)?.send(buffer)
            recording.said(direction, buffer)
            guard clear.looksAt(direction) else { return }
            let steps = buffer.withUnsafeReadableBytes { raw in
                clear.heard(direction, Span(_unsafeElements: raw.assumingMemoryBound(to: UInt8.self)))
            }
            return act(on: steps)
        }
        switch direction {
        case .client:
            recording.said(.client, buffer)
            act(on: clear.clientSaid(Array(buffer.readableBytesView)))
        case .server: act(on: clear.serverSaid(Array(buffer.readableBytesView)))
        }
    }

    private func act(on steps: [ClearPhase.Step]) {
        for step in steps {
            switch step {
            case .toServer(let bytes): server?.send(client.buffer(bytes))
            case .toClient(let bytes):
                let buffer = client.buffer(bytes)
                client.send(buffer)
                recording.said(.server, buffer)
            case .remark(let text): recording.note(.remark, text)
            case .agreed: awaitHello(.starttls)
            case .serverAgreed(let greeting):
                self.greeting = client.buffer(greeting)
                secureServer(.starttls)
            case .serverRefused(let why): giveUp(.server, serverHandshake.refused(why))
            }
        }
    }

    private func greet() {
        guard clientListens, let words = greeting else { return }
        greeting = nil
        received(.server, words)
    }

    // MARK: - The client's handshake

    private func awaitHello(_ start: TLSFacts.Start) {
        guard let pipeline = client.pipeline else { return }
        clientHandshake.begin(start, pipeline: pipeline) { [weak self] in self?.clientHandshakeCame(to: $0) }
        client.resume()
    }

    private func clientHandshakeCame(to step: ClientHandshake.Step) {
        switch step {
        case .hello(let hello): answer(hello)
        case .notTLS(let bytes, let facts): clientSpokeInClear(bytes, facts)
        case .shown:
            if let fault, fault.leaf != nil { recording.note(.remark, fault.told) }
            client.resume()
        case .failed(let facts): giveUp(.client, facts)
        }
    }

    private func answer(_ hello: ClientHello) {
        self.hello = hello
        switch fault {
        case .hangInHandshake?: recording.note(.remark, TLSFault.hangInHandshake.told)
        case .answerInClear?:
            recording.note(.remark, TLSFault.answerInClear.told)
            let words = clear.words.inClear
            recording.said(.server, client.buffer(words))
            clientHandshake.leg.wire?.say(words)
        default:
            if plan == .together {
                secureServer(.starttls)
            } else if plan.server == .implicit, serverHandshake.leg.state == .clear {
                if server != nil { secureServer(.implicit) }
            } else {
                showClient()
            }
        }
    }

    /// Shows the client a certificate, once it has said its hello and the server is ready.
    private func showClient() {
        let isReady = plan == .together ? serverHandshake.leg.state == .secure : serverIsReady
        guard isReady, let hello else { return }
        let server = serverHandshake.leg
        clientHandshake.show(
            asked: hello, names: server.facts.chain.first?.names ?? [host].compactMap(\.self),
            protocols: server.state == .secure
                ? [server.facts.applicationProtocol].compactMap(\.self) : hello.applicationProtocols)
    }

    /// Where the client should begin its handshake it says something else. It passes on as it is where the server awaits a
    /// handshake as well: the server sees what it would see without mailtee.
    private func clientSpokeInClear(_ bytes: ByteBuffer, _ facts: TLSFacts) {
        recording.said(.client, bytes)
        guard plan == .together else { return giveUp(.client, facts) }
        recording.tls(facts)
        clear.isOver = true
        server?.send(bytes)
        client.resume()
        server?.resume()
    }

    // MARK: - The server's handshake

    private func secureServer(_ start: TLSFacts.Start) {
        guard let server, let pipeline = server.pipeline, serverHandshake.leg.state == .clear else { return }
        do {
            try serverHandshake.begin(
                start, pipeline: pipeline, name: hello?.serverName, protocols: hello?.applicationProtocols ?? [])
        } catch {
            return giveUp(.server, serverHandshake.failed(error))
        }
        server.resume()
    }

    // MARK: - Ends

    func handshakeCompleted(_ leg: Direction, applicationProtocol: String?) {
        switch leg {
        case .server:
            guard serverHandshake.isGoingOn else { return }
            recording.tls(serverHandshake.completed(applicationProtocol: applicationProtocol))
            if plan == .together { return showClient() }
            becomeReady()
        case .client:
            guard clientHandshake.isGoingOn else { return }
            recording.tls(clientHandshake.completed(applicationProtocol: applicationProtocol))
            clear.clientIsSecure()
            greet()
            client.resume()
            server?.resume()
        }
    }

    /// - Returns: true where the error is one of TLS, and dealt with.
    func caught(_ leg: Direction, _ error: any Error) -> Bool {
        if case NIOSSLError.uncleanShutdown = error { return true }
        let state = leg == .client ? clientHandshake.leg.state : serverHandshake.leg.state
        switch state {
        case .awaitingHello, .handshaking: failed(leg, error)
        case .failed: break
        case .clear: return false
        case .secure:
            // A connection that is reset is an end like any other.
            if error is IOError { return false }
            recording.note(.remark, LegTLS.brokenOff(by: leg, error))
            ended(leg)
            recording.closed(leg)
        }
        return true
    }

    /// A peer will say nothing more, or its connection is gone.
    func disconnected(_ leg: Direction) {
        if leg == .client ? clientHandshake.isGoingOn : serverHandshake.isGoingOn {
            failed(leg, NIOSSLError.uncleanShutdown)
        } else {
            ended(leg)
        }
    }

    private func ended(_ leg: Direction) {
        guard leg == .client, clientHandshake.leg.state == .secure, !clientSpoke else { return }
        clientSpoke = true
        recording.note(
            .remark,
            "the client left right after its handshake and said nothing inside TLS. Often it does not accept the certificate "
                + "that it was shown, and tells its user alone: see its own messages, and `mailtee ca trust`.")
    }

    private func failed(_ leg: Direction, _ error: any Error) {
        guard leg == .server else { return giveUp(.client, clientHandshake.failed(error)) }
        let facts = serverHandshake.failed(error)
        // What a server said in clear is what its client would have seen.
        let said = serverHandshake.inClear
        if !said.isEmpty {
            recording.said(.server, client.buffer(said))
            clientHandshake.leg.wire?.say(said)
        }
        giveUp(.server, facts, refusesClient: said.isEmpty)
    }

    /// Ends the session over a failed handshake.
    private func giveUp(_ leg: Direction, _ facts: TLSFacts, refusesClient: Bool = true) {
        guard !isOver else { return }
        isOver = true
        recording.tls(facts)
        switch leg {
        case .server:
            if refusesClient, clientHandshake.leg.state == .awaitingHello { clientHandshake.leg.wire?.refuse(40) }
            recording.end(.unreachable("no TLS with it. " + (facts.failure?.means ?? "")))
        case .client: recording.closed(.client)
        }
        clientHandshake.leg.wire.map { $0.closeSoon() } ?? client.closeSoon()
        serverHandshake.leg.wire.map { $0.closeSoon() } ?? server?.closeSoon()
    }
}
