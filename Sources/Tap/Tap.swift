import Capture
import Conversation
import NIOCore
import NIOPosix
import Postbox

#if canImport(Glibc)
    import Glibc
#endif

/// Listeners, and the sessions behind them.
public final class Tap: Sendable {
    public struct Options: Sendable {
        public var proxyProtocol: ProxyProtocol?
        public var connectTimeout: Int64
        /// nil does nothing about TLS.
        public var tls: TLSOptions?

        /// - Parameter connectTimeout: seconds that a server may take to accept.
        public init(proxyProtocol: ProxyProtocol? = nil, connectTimeout: Int64 = 60, tls: TLSOptions? = nil) {
            self.proxyProtocol = proxyProtocol
            self.connectTimeout = connectTimeout
            self.tls = tls
        }
    }

    private let group: MultiThreadedEventLoopGroup

    var sessionGroup: any EventLoopGroup { group }

    let recorder: Recorder?
    private let options: Options
    private let engine: TLSEngine?

    /// - Throws: where a file that `options` names cannot be used.
    public init(recorder: Recorder?, options: Options = Options(), threads: Int? = nil) throws {
        engine = try options.tls.map { try TLSEngine($0) }
        group = MultiThreadedEventLoopGroup(numberOfThreads: threads ?? TapLimits.threads)
        self.recorder = recorder
        self.options = options
    }

    /// Listens as `specification` asks.
    /// - Returns: the address it listens on, the real port where 0 was asked for.
    public func listen(_ specification: TapSpecification) throws -> Endpoint {
        let upstream = try resolve(specification.upstream)
        return try bind(specification.listen) { [self] channel in
            try accepted(channel, specification: specification, upstream: upstream)
        }
    }

    /// Listens for the embedded server.
    /// - Parameter implicit: TLS from the first byte on.
    /// - Returns: the address it listens on.
    public func serve(
        _ dialect: DialectName, on listen: TapSpecification.Listen, mailbox: Mailbox, implicit: Bool = false
    ) throws -> Endpoint {
        try bind(listen) { [self] channel in
            let now = Timestamp.now()
            let facts = SessionFacts(
                id: newID(at: now), started: now, dialect: dialect, client: Endpoint(channel.remoteAddress),
                server: Endpoint(channel.localAddress), listener: Endpoint(channel.localAddress), route: .postbox)
            let recording = SessionRecording(recorder, facts)
            let handshake = engine.map {
                ClientHandshake(engine: $0, ownNames: Self.ownNames(channel), loop: channel.eventLoop)
            }
            func handler(_ service: some Service) -> any ChannelHandler {
                ServiceHandler(service, recording, handshake, implicit: implicit)
            }
            let offersTLS = handshake != nil && !implicit
            try channel.pipeline.syncOperations.addHandler(
                dialect == .pop3
                    ? handler(POP3Service(mailbox: mailbox, hostname: "localhost", offersTLS: offersTLS))
                    : handler(SMTPService(mailbox: mailbox, hostname: "localhost", offersTLS: offersTLS)))
        }
    }

    private func bind(
        _ listen: TapSpecification.Listen, accept: @escaping @Sendable (any Channel) throws -> Void
    ) throws -> Endpoint {
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: Int32(TapLimits.backlog))
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.recvAllocator, value: Self.allocator)
            .childChannelOption(.writeBufferWaterMark, value: TapLimits.waiting)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try accept(channel) }
            }
        do {
            let channel =
                switch listen {
                case .address(let host, let port): try bootstrap.bind(host: host, port: port).wait()
                case .unix(let path):
                    try bootstrap.bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).wait()
                }
            return Endpoint(channel.localAddress)
        } catch let error as IOError {
            throw Self.cannotListen(listen, error.errnoCode)
        } catch let error as SocketAddressError {
            throw TapError(.unknownHost, "cannot listen: \(error)", remedy: "Name an address of this machine.")
        }
    }

    /// Closes all listeners and connections.
    public func stop() {
        try? group.syncShutdownGracefully()
    }

    static var allocator: any RecvByteBufferAllocator {
        AdaptiveRecvByteBufferAllocator(
            minimum: TapLimits.read.least, initial: TapLimits.read.first, maximum: TapLimits.read.most)
    }

    // MARK: - One session

    private enum Resolved: Sendable {
        case address(SocketAddress, name: String)
        case child([String])
    }

    private func resolve(_ upstream: TapSpecification.Upstream) throws(TapError) -> Resolved {
        switch upstream {
        case .child(let command): return .child(command)
        case .unix(let path):
            guard let address = try? SocketAddress(unixDomainSocketPath: path) else {
                throw TapError(.unknownHost, "'\(path)' is too long for a socket's path", remedy: "Use a shorter one.")
            }
            return .address(address, name: path)
        case .address(let host, let port):
            guard let address = try? SocketAddress.makeAddressResolvingHost(host, port: port) else {
                throw TapError(
                    .unknownHost, "the host '\(host)' is not known",
                    remedy: "Check its spelling and this machine's name servers, or give its address.")
            }
            return .address(address, name: host)
        }
    }

    func newID(at time: Timestamp) -> SessionID {
        recorder?.newID(at: time) ?? SessionID(started: time, discriminator: 0)
    }

    private func accepted(_ channel: any Channel, specification: TapSpecification, upstream: Resolved) throws {
        let now = Timestamp.now()
        let server: Endpoint =
            switch upstream {
            case .address(let address, _): Endpoint(address)
            case .child(let command): .child(command: command.joined(separator: " "))
            }
        var facts = SessionFacts(
            id: newID(at: now), started: now,
            dialect: specification.dialect, client: Endpoint(channel.remoteAddress), server: server,
            listener: Endpoint(channel.localAddress), route: .relay)
        if let version = options.proxyProtocol {
            facts.remarks.append("a PROXY \(version) header went to the server first")
        }
        if case .child = upstream { facts.route = .child }
        let recording = SessionRecording(recorder, facts)
        let client = LegHandler(.client, recording) { [self] leg in
            switch upstream {
            case .child(let command): startChild(command, for: channel, leg: leg, recording: recording)
            case .address(let address, _): connect(channel, leg: leg, recording: recording, to: address)
            }
        }
        let host = if case .address(_, let name) = upstream { name } else { String?.none }
        lookAfterTLS(
            client, recording, specification.dialect, host: host, isImplicit: specification.isImplicitTLS, channel)
        try channel.pipeline.syncOperations.addHandler(client)
    }

    /// Has TLS looked after, where the session may have any.
    func lookAfterTLS(
        _ client: LegHandler, _ recording: SessionRecording, _ dialect: DialectName, host: String?, isImplicit: Bool,
        _ channel: any Channel
    ) {
        guard let engine else { return }
        let plan = TLSPlan(client: engine.options.client, server: engine.options.server, implicit: isImplicit)
        // In what is not known, nobody can tell where TLS begins.
        guard plan != .opaque, dialect.hasSTARTTLS || plan != .together else { return }
        client.look(
            after: SessionTLS(
                plan: plan, engine: engine, recording: recording, dialect: dialect, host: host,
                ownNames: Self.ownNames(channel), client: client, loop: channel.eventLoop))
    }

    /// What a client may call us by that connected to us here.
    private static func ownNames(_ channel: any Channel) -> [String] {
        ["localhost"] + [channel.localAddress?.ipAddress].compactMap(\.self)
    }

    private func connect(
        _ channel: any Channel, leg: LegHandler, recording: SessionRecording, to address: SocketAddress
    ) {
        let bound = NIOLoopBound((leg, recording), eventLoop: channel.eventLoop)
        let header = options.proxyProtocol?.header(client: channel.remoteAddress, server: channel.localAddress)
        ClientBootstrap(group: channel.eventLoop)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelOption(.maxMessagesPerRead, value: 1)
            .channelOption(.recvAllocator, value: Self.allocator)
            .channelOption(.writeBufferWaterMark, value: TapLimits.waiting)
            .connectTimeout(.seconds(options.connectTimeout))
            .channelInitializer { server in
                server.eventLoop.makeCompletedFuture {
                    try Self.join(server, to: bound.value.0, bound.value.1)
                }
            }
            .connect(to: address)
            .whenComplete { result in
                let (leg, recording) = bound.value
                switch result {
                case .success(let server):
                    if let header { server.writeAndFlush(header, promise: nil) }
                case .failure(let error):
                    recording.end(.unreachable(Self.words(for: error)))
                    leg.resetConnection()
                }
            }
    }

    static func join(_ server: any Channel, to leg: LegHandler, _ recording: SessionRecording) throws {
        let other = LegHandler(.server, recording)
        leg.join(other)
        try server.pipeline.syncOperations.addHandler(other)
    }

    // MARK: - Words for failures

    private static func cannotListen(_ listen: TapSpecification.Listen, _ number: Int32) -> TapError {
        let (place, isLow) =
            switch listen {
            case .address(let host, let port): ("\(host):\(port)", port < 1024)
            case .unix(let path): (path, false)
            }
        let remedy =
            switch number {
            case EADDRINUSE: "Something listens there already: stop it, or choose another port (0 takes a free one)."
            case EACCES where isLow: "Ports below 1024 are root's: choose a higher one."
            case EADDRNOTAVAIL: "Name an address of this machine."
            default: "Choose another address or port."
            }
        return TapError(
            .cannotListen, "cannot listen on \(place): \(Errno(number))", remedy: remedy)
    }

    private static func words(for error: any Error) -> String {
        switch error {
        case let error as IOError: "\(Errno(error.errnoCode))"
        case ChannelError.connectTimeout(let time): "no answer within \(time.nanoseconds / 1_000_000_000) s"
        default: "\(error)"
        }
    }
}
