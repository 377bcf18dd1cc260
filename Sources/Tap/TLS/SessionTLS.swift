import Authority
import Conversation
import Dialects
import NIOCore
import NIOSSL
import NIOTLS
import Wire

/// TLS of one session: follows what the peers say in clear, and takes both legs over to TLS where they agree on it or as
/// the user asked. Belongs to the event loop of its two channels.
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
    private let engine: TLSEngine
    private let recording: SessionRecording
    private let dialect: DialectName
    private let words: AgreementWords
    /// The name of the server as the user wrote it; nil for a child.
    private let host: String?
    /// What the client may call us by.
    private let ownNames: [String]
    private let loop: any EventLoop

    private let client: LegHandler
    private var server: LegHandler?
    private var legs = PerDirection(client: LegTLS(.client), server: LegTLS(.server))
    private var machine: Dialect
    private var editor: CapabilityEditor?
    private var request: TLSRequest?
    /// What the server said when the client could not be told yet: what came with the end of its handshake.
    private var held: [ByteBuffer] = []
    /// The client asked for TLS, and earlier commands still wait for their answers.
    private var asked: Utterance?
    /// What the client said behind that.
    private var behind: [UInt8] = []
    private var hello: ClientHello?
    /// The server's leg can take what the client says.
    private(set) var serverIsReady = false
    private var isOver = false
    /// The client has said something inside TLS.
    private var clientSpoke = false

    init(
        plan: TLSPlan, engine: TLSEngine, recording: SessionRecording, dialect: DialectName, host: String?,
        ownNames: [String], client: LegHandler, loop: any EventLoop
    ) {
        self.plan = plan
        self.engine = engine
        self.recording = recording
        self.dialect = dialect
        self.host = host
        self.ownNames = ownNames
        self.client = client
        self.loop = loop
        words = AgreementWords(dialect: dialect)
        machine = Dialect(dialect)
        if engine.options.fault == .stripAnnouncement { editor = CapabilityEditor(.remove, dialect) }
        guard case .apart(let client, let server) = plan else { return }
        switch (client, server) {
        case (.none, _): editor = CapabilityEditor(.remove, dialect)
        case (.starttls, _) where editor == nil: editor = CapabilityEditor(.add, dialect)
        default: break
        }
        if case .starttls = server { request = TLSRequest(dialect) }
    }

    private var fault: TLSFault? { engine.options.fault }

    private var clientPlan: TLSPlan.Leg? {
        if case .apart(let client, _) = plan { client } else { nil }
    }

    private var serverPlan: TLSPlan.Leg? {
        if case .apart(_, let server) = plan { server } else { nil }
    }

    // MARK: - Beginnings

    /// The client's connection is there.
    func clientConnected() {
        if case .implicit? = clientPlan { awaitHello(.implicit) }
    }

    /// The server's connection is there.
    func serverConnected(_ leg: LegHandler) {
        server = leg
        switch serverPlan {
        case .implicit?:
            // The client's hello says which name and which protocols it wants; the server is to hear of them.
            if case .implicit? = clientPlan, hello == nil, legs.client.state != .failed { return }
            secureServer(.implicit)
        case .starttls?: leg.resume()
        default: becomeReady()
        }
    }

    private func becomeReady() {
        serverIsReady = true
        client.resume()
        server?.resume()
        proceedWithClient()
    }

    /// Whether `leg` may read now.
    func mayRead(_ leg: Direction) -> Bool {
        // Once its hello is here, nothing is expected of the client before it is answered.
        if leg == .client, legs.client.state == .awaitingHello { return hello == nil }
        if legs[leg].isShakingHands { return true }
        if leg == .client { return serverIsReady }
        if request != nil { return true }
        return clientListens
    }

    /// What `leg` reads now is not for the other.
    func readsForItself(_ leg: Direction) -> Bool {
        legs[leg].isShakingHands || leg == .server && request != nil
    }

    // MARK: - In clear, and afterwards

    /// Takes what a peer said, and sees that the other hears of it.
    func received(_ direction: Direction, _ buffer: ByteBuffer) {
        if direction == .client, !clientSpoke, legs.client.state == .secure { clientSpoke = true }
        if direction == .server, request == nil, !clientListens { return held.append(buffer) }
        guard needsLook else { return forward(direction, buffer) }
        switch direction {
        case .client: clientSaid(buffer)
        case .server: serverSaid(buffer)
        }
    }

    /// The client can be told something: it is not in the middle of beginning TLS.
    /// What the server says in clear before the client has begun is for the client, and not to be kept from it.
    private var clientListens: Bool {
        switch legs.client.state {
        case .clear, .secure, .failed: true
        case .awaitingHello: legs.client.facts.start == .starttls
        case .handshaking: false
        }
    }

    private func sayHeld() {
        guard clientListens else { return }
        let words = held
        held = []
        for buffer in words { received(.server, buffer) }
    }

    /// False once the bytes only have to pass.
    private var needsLook: Bool {
        if request != nil || editor != nil || asked != nil { return true }
        if legs.client.state == .secure || legs.client.state == .failed { return false }
        return plan == .together || clientPlan == .starttls
    }

    /// The client's words are looked at before they go on, since some of them may not.
    private var interceptsCommand: Bool {
        guard legs.client.state == .clear else { return false }
        return clientPlan == .starttls || fault == .refuseCommand || fault == .injectCommand
    }

    private func forward(_ direction: Direction, _ buffer: ByteBuffer) {
        (direction == .client ? server : client)?.send(buffer)
        recording.said(direction, buffer)
    }

    private func clientSaid(_ buffer: ByteBuffer) {
        let bytes = Array(buffer.readableBytesView)
        if asked != nil {
            // It does not wait for the answer. What it says now is known to the record, and goes nowhere yet.
            behind += bytes
            recording.said(.client, buffer)
            _ = hear(bytes[...], from: .client)
            return
        }
        guard interceptsCommand else {
            server?.send(buffer)
            recording.said(.client, buffer)
            _ = hear(bytes[...], from: .client)
            return
        }
        recording.said(.client, buffer)
        var passed: [UInt8] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = Self.line(&rest)
            let heard = hear(piece, from: .client)
            guard let command = heard.command, isRequest(command) else {
                passed += piece
                continue
            }
            if fault == .injectCommand {
                passed += piece + words.injectedCommand
                played(.injectCommand)
                continue
            }
            let started = passed.count - (command.length - piece.count)
            // The line may have begun in an earlier packet, whose bytes are on their way.
            passed.removeSubrange(max(0, min(started, passed.count))...)
            asked = command
            behind = Array(rest)
            _ = hear(rest, from: .client)
            rest = []
        }
        if !passed.isEmpty { server?.send(client.buffer(passed)) }
        answerIfDue()
    }

    private func serverSaid(_ buffer: ByteBuffer) {
        if request != nil { return answered(Array(buffer.readableBytesView)) }
        guard editor != nil || asked != nil else {
            client.send(buffer)
            recording.said(.server, buffer)
            if hear(Array(buffer.readableBytesView)[...], from: .server).begins { agreed() }
            return
        }
        var rest = Array(buffer.readableBytesView)[...]
        var passed: [UInt8] = []
        var begins = false
        while !rest.isEmpty {
            let answer = awaitedAnswer
            let piece = Self.line(&rest)
            if let edited = editor?.pass(piece, answering: answer) { passed += edited } else { passed += piece }
            begins = hear(piece, from: .server).begins || begins
            if begins {
                passed += rest
                _ = hear(rest, from: .server)
                rest = []
            }
        }
        tellServer(passed)
        if begins { agreed() }
        answerIfDue()
    }

    /// Sends the client what the server said, as it was changed, and records that.
    private func tellServer(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        let buffer = client.buffer(bytes)
        client.send(buffer)
        recording.said(.server, buffer)
        guard let edit = editor?.edit, editor?.hasEdited == true, !hasToldEdit else { return }
        hasToldEdit = true
        if fault == .stripAnnouncement {
            played(.stripAnnouncement)
        } else if edit == .remove {
            recording.note(.remark, "mailtee took the server's offer of \(words.verb) out of its answer")
        }
    }

    private var hasToldEdit = false

    private var awaitedAnswer: CapabilityEditor.Answer {
        switch (dialect, machine.awaitedVerb) {
        case (.imap, _): .atAnyTime
        case (.pop3, "CAPA"): .listing
        case (.smtp, "EHLO"), (.lmtp, "LHLO"): .extensions
        default: .other
        }
    }

    private func isRequest(_ command: Utterance) -> Bool {
        let text = ASCII.words(command.bytes[...])
        return text.count > (dialect == .imap ? 1 : 0)
            && ASCII.uppercased(text[dialect == .imap ? 1 : 0]) == words.verb
    }

    /// The client asked mailtee for TLS, and all that it asked the server before is answered.
    private func answerIfDue() {
        guard let command = asked, dialect == .imap || machine.awaitedVerb == words.verb else { return }
        asked = nil
        if fault == .refuseCommand {
            played(.refuseCommand)
            say(words.refusal(to: command.bytes))
            let rest = behind
            behind = []
            if !rest.isEmpty { server?.send(client.buffer(rest)) }
            return
        }
        say(words.goAhead(to: command.bytes))
        if !behind.isEmpty {
            recording.note(
                .remark,
                "the \(behind.count) bytes that the client said in clear behind \(words.verb) were thrown away")
            behind = []
        }
        agreed()
    }

    /// Says something to the client in the server's place.
    private func say(_ bytes: [UInt8]) {
        let buffer = client.buffer(bytes)
        client.send(buffer)
        recording.said(.server, buffer)
        _ = hear(bytes[...], from: .server)
    }

    private func played(_ fault: TLSFault) {
        recording.note(.remark, "fault \(fault.rawValue): mailtee \(fault.remark)")
    }

    /// Takes one line off `rest`, or what there is of it.
    private static func line(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let end = rest.firstIndex(of: Byte.lf).map { $0 + 1 } ?? rest.endIndex
        defer { rest = rest[end...] }
        return rest[..<end]
    }

    private func hear(_ bytes: ArraySlice<UInt8>, from direction: Direction) -> AgreementSink {
        var sink = AgreementSink()
        machine.received(bytes.span, from: direction, at: .now(), into: &sink)
        return sink
    }

    // MARK: - The agreement

    /// The peers agreed on TLS: the next byte of each is of its handshake.
    private func agreed() {
        if fault == .injectResponse {
            played(.injectResponse)
            say(words.inClear)
        }
        awaitHello(.starttls)
    }

    private func awaitHello(_ start: TLSFacts.Start) {
        guard let pipeline = client.pipeline else { return }
        legs.client.state = .awaitingHello
        legs.client.facts.start = start
        let wire = WireHandler(.client) { [weak self] in self?.began($0) }
        legs.client.wire = wire
        do {
            try pipeline.addHandler(wire, position: .first)
        } catch {
            return failed(.client, error)
        }
        client.resume()
    }

    /// The client has said how it begins.
    private func began(_ beginning: WireHandler.Beginning) {
        switch beginning {
        case .notTLS(let what): clientSpokeInClear(what)
        case .clientHello(let hello):
            self.hello = hello
            legs.client.facts.serverName = hello.serverName
            if let fault, playInstead(fault) { return }
            if hello.highestVersion < .tls12 { return refuse(hello) }
            switch (plan, serverPlan) {
            case (.together, _): secureServer(.starttls)
            case (_, .implicit?) where legs.server.state == .clear:
                if server != nil { secureServer(.implicit) }
            default: proceedWithClient()
            }
        }
    }

    /// The faults that are played in the place of an answer to the client's hello.
    private func playInstead(_ fault: TLSFault) -> Bool {
        switch fault {
        case .hangInHandshake:
            legs.client.facts.fault = fault.rawValue
            played(fault)
            return true
        case .answerInClear:
            legs.client.facts.fault = fault.rawValue
            played(fault)
            recording.said(.server, client.buffer(words.inClear))
            legs.client.wire?.say(words.inClear)
            return true
        default: return false
        }
    }

    /// The client offers nothing that mailtee speaks.
    private func refuse(_ hello: ClientHello) {
        var facts = legs.client.facts
        facts.failure = TLSFacts.Failure(
            by: .mailtee, alert: "protocol_version",
            means: "It offers \(hello.highestVersion.name) at most, which is no longer to be used (RFC 8996); mailtee "
                + "speaks TLS 1.2 and 1.3. A newer version of the client, or of the library that it uses, is needed.")
        giveUp(.client, facts, alert: 70)
    }

    /// Where the client should begin its handshake it says something else, which passes on as it is: the server will see
    /// the same, and do what it does without mailtee.
    private func clientSpokeInClear(_ what: TLSOpening.NotTLS) {
        guard let wire = legs.client.wire else { return }
        var facts = legs.client.facts
        let means =
            switch what {
            case .text: "It spoke in clear where its handshake should have been."
            case .sslv2Hello: "It began with a hello of SSL 2.0, which must not be used (RFC 6176)."
            case .other: "It said something that is no beginning of TLS."
            }
        facts.failure = TLSFacts.Failure(by: .client, means: means)
        let bytes = wire.take()
        wire.leave()
        legs.client.wire = nil
        legs.client.state = .failed
        if facts.start == .implicit || plan != .together {
            recording.said(.client, bytes)
            recording.tls(facts)
            return end(.closed(first: .client))
        }
        recording.said(.client, bytes)
        recording.tls(facts)
        server?.send(bytes)
        client.resume()
        server?.resume()
    }

    // MARK: - The server's leg

    /// What the server answered to mailtee's own request.
    private func answered(_ bytes: [UInt8]) {
        guard var request else { return }
        let step = request.received(bytes)
        self.request = request
        switch step {
        case .wait: break
        case .say(let words): server?.send(client.buffer(words))
        case .refused(let why):
            self.request = nil
            serverRefused(why)
        case .agreed(let greeting, let surplus):
            self.request = nil
            recording.note(.remark, "mailtee asked the server for TLS: " + request.dialogue.joined(separator: " · "))
            if !surplus.isEmpty {
                recording.note(
                    .remark,
                    "the \(surplus.count) bytes that the server said in clear behind its agreement were "
                        + "thrown away: \(Picture.of(Array(surplus.prefix(200))))")
            }
            held.append(client.buffer(greeting))
            secureServer(.starttls)
        }
    }

    private func serverRefused(_ why: String) {
        var facts = legs.server.facts
        facts.start = .starttls
        facts.failure = TLSFacts.Failure(
            by: .server, means: "It was asked for TLS in mailtee's name, and \(why). --server-tls none does without.")
        giveUp(.server, facts)
    }

    private func secureServer(_ start: TLSFacts.Start) {
        guard let server, let pipeline = server.pipeline, legs.server.state == .clear else { return }
        legs.server.state = .handshaking
        legs.server.facts.start = start
        let asked = hello?.serverName ?? host
        let name = asked.flatMap { Self.isAddress($0) ? nil : $0 }
        legs.server.facts.serverName = name
        let protocols = hello?.applicationProtocols ?? []
        let wire = WireHandler(.server)
        legs.server.wire = wire
        let loop = loop
        let engine = engine
        let bound = NIOLoopBound(self, eventLoop: loop)
        let verified = host ?? name
        do {
            let tls = try NIOSSLClientHandler(
                context: engine.context(protocols: protocols), serverHostname: name,
                customVerificationCallback: { chain, promise in
                    let chain = chain.compactMap { try? $0.toDERBytes() }
                    bound.value.shown(chain)
                    loop.makeFutureWithTask { await engine.verify(chain, name: verified) }.whenSuccess { found in
                        bound.value.legs.server.facts.verification = found
                        if case .failed = found {
                            promise.succeed(.failed)
                        } else {
                            promise.succeed(.certificateVerified)
                        }
                    }
                })
            try pipeline.addHandlers([wire, tls], position: .first)
        } catch {
            return failed(.server, error)
        }
        server.resume()
    }

    /// The server showed its certificates.
    private func shown(_ chain: [[UInt8]]) {
        legs.server.facts.chain = chain.map(CertificateFacts.init(der:))
    }

    private static func isAddress(_ name: String) -> Bool {
        name.contains(":") || name.split(separator: ".").allSatisfy { $0.allSatisfy(\.isNumber) }
    }

    // MARK: - The client's leg

    /// Shows the client a certificate, once it has said its hello and the server is ready.
    private func proceedWithClient() {
        guard serverIsReady || plan == .together && legs.server.state == .secure, let hello,
            legs.client.state == .awaitingHello
        else { return }
        legs.client.state = .handshaking
        let protocols = legs.server.facts.applicationProtocol.map { [$0] } ?? []
        var names = legs.server.facts.chain.first?.names ?? host.map { [$0] } ?? []
        names += [hello.serverName].compactMap(\.self) + ownNames
        let offered = legs.server.state == .secure ? protocols : Array(hello.applicationProtocols.prefix(1))
        let engine = engine
        let wanted = names
        let bound = NIOLoopBound(self, eventLoop: loop)
        loop.makeFutureWithTask { try engine.shown(for: wanted, protocols: offered) }.whenComplete { result in
            let session = bound.value
            do {
                try session.show(result.get())
            } catch {
                session.failed(.client, error)
            }
        }
    }

    private func show(_ shown: TLSEngine.Shown) throws {
        guard let pipeline = client.pipeline, let wire = legs.client.wire else { return }
        legs.client.facts.chain = shown.chain
        if let fault, fault.leaf != nil {
            legs.client.facts.fault = fault.rawValue
            played(fault)
        }
        try pipeline.addHandler(NIOSSLServerHandler(context: shown.context), position: .after(wire))
        wire.release()
        client.resume()
    }

    // MARK: - Ends of handshakes

    func handshakeCompleted(_ leg: Direction, applicationProtocol: String?) {
        guard legs[leg].isShakingHands else { return }
        legs[leg].state = .secure
        legs[leg].gather()
        legs[leg].facts.applicationProtocol = applicationProtocol
        recording.tls(legs[leg].facts)
        legs[leg].wire?.leave()
        legs[leg].wire = nil
        switch leg {
        case .server:
            if plan == .together { return proceedWithClient() }
            becomeReady()
            sayHeld()
        case .client:
            var sink = AgreementSink()
            machine.secured(at: .now(), into: &sink)
            serverIsReady = true
            // Inside TLS nothing is to be offered that the server still offers in clear.
            let hides =
                clientPlan != TLSPlan.Leg.none && serverPlan == TLSPlan.Leg.none && legs.client.facts.start == .starttls
            editor = hides ? CapabilityEditor(.remove, dialect) : nil
            sayHeld()
            client.resume()
            server?.resume()
        }
    }

    /// - Returns: true where the error is that of a handshake, and dealt with.
    func caught(_ leg: Direction, _ error: any Error) -> Bool {
        if case NIOSSLError.uncleanShutdown = error { return true }
        if legs[leg].isShakingHands {
            failed(leg, error)
            return true
        }
        // A connection that is reset is an end like any other.
        guard legs[leg].state == .secure, !(error is IOError) else { return legs[leg].state == .failed }
        let alert = TLSAlert(reason: "\(error)")
        let words = alert.map { "alert \($0.name). \($0.means(by: leg == .client ? .client : .server))" }
        recording.note(.remark, "the \(leg.rawValue) broke TLS off: \(words ?? LegTLS.reason("\(error)"))")
        ended(leg)
        recording.closed(leg)
        return true
    }

    /// A peer will say nothing more.
    func ended(_ leg: Direction) {
        guard leg == .client, legs.client.state == .secure, !clientSpoke else { return }
        clientSpoke = true
        recording.note(
            .remark,
            "the client left right after its handshake and said nothing inside TLS. Often it does not accept the certificate "
                + "that it was shown, and tells its user alone: see its own messages, and `mailtee ca trust`.")
    }

    /// A leg's connection is gone.
    func disconnected(_ leg: Direction) {
        guard legs[leg].isShakingHands else { return ended(leg) }
        failed(leg, NIOSSLError.uncleanShutdown)
    }

    private func failed(_ leg: Direction, _ error: any Error) {
        legs[leg].gather()
        var facts = legs[leg].facts
        if let error = error as? AuthorityError {
            facts.failure = TLSFacts.Failure(by: .mailtee, means: error.description)
        } else {
            facts.failure = legs[leg].failure(error)
        }
        // What a server said in clear is what its client would have seen.
        if leg == .server, let said = legs.server.wire?.inClear, !said.isEmpty {
            let buffer = client.buffer(said)
            recording.said(.server, buffer)
            legs.client.wire?.say(said)
            giveUp(leg, facts, alert: nil)
        } else {
            giveUp(leg, facts)
        }
    }

    /// Ends the session over a failed handshake.
    private func giveUp(_ leg: Direction, _ facts: TLSFacts, alert: UInt8? = 40) {
        guard !isOver else { return }
        isOver = true
        legs[leg].state = .failed
        recording.tls(facts)
        switch leg {
        case .server:
            if let alert, legs.client.state == .awaitingHello { legs.client.wire?.refuse(alert) }
            recording.end(.unreachable("no TLS with it. " + (facts.failure?.means ?? "")))
        case .client:
            if let alert, legs.client.state != .secure, facts.failure?.by == .mailtee {
                legs.client.wire?.refuse(alert)
            }
            recording.closed(.client)
        }
        closeSoon()
    }

    private func closeSoon() {
        for leg in [client, server] {
            guard let leg else { continue }
            if let wire = leg === client ? legs.client.wire : legs.server.wire {
                wire.closeSoon()
            } else {
                leg.closeSoon()
            }
        }
    }

    private func end(_ end: SessionEnd) {
        isOver = true
        recording.end(end)
        closeSoon()
    }
}

/// Hears the words by which peers agree on TLS.
private struct AgreementSink: ConversationSink {
    /// The last command that was heard.
    var command: Utterance?
    var begins = false

    mutating func utterance(_ utterance: Utterance) {
        if utterance.kind == .command { command = utterance }
    }

    mutating func tlsBegins(at: Timestamp) {
        begins = true
    }
}
