import Capture
import Conversation
import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#endif

/// The one session of a process that inetd, tcpd, xinetd or systemd started: its standard input is the client.
extension Tap {
    /// Serves that client with a child, and returns when both are gone.
    public func serveStandardInput(command: [String], dialect: DialectName) throws {
        let input = Self.takeOver(0)
        let output = Self.takeOver(1)
        let isSocket = Self.isSocket(input)
        let group = sessionGroup
        let loop = group.next()
        let done = loop.makePromise(of: Void.self)
        let bootstrap: EventLoopFuture<any Channel>
        if isSocket {
            close(output)
            bootstrap = ClientBootstrap(group: loop)
                .channelOption(.allowRemoteHalfClosure, value: true)
                .channelOption(.autoRead, value: false)
                .channelOption(.maxMessagesPerRead, value: 1)
                .channelOption(.recvAllocator, value: Self.allocator)
                .channelOption(.writeBufferWaterMark, value: TapLimits.waiting)
                .withConnectedSocket(input)
        } else {
            bootstrap = NIOPipeBootstrap(group: loop)
                .channelOption(.allowRemoteHalfClosure, value: true)
                .channelOption(.autoRead, value: false)
                .takingOwnershipOfDescriptors(input: input, output: output)
        }
        bootstrap.flatMapThrowing { [self] channel in
            let recording = try serve(channel, command: command, dialect: dialect)
            let bound = NIOLoopBound(recording, eventLoop: channel.eventLoop)
            channel.closeFuture.whenComplete { _ in bound.value.whenOver { done.succeed() } }
        }.whenFailure { done.fail($0) }
        try done.futureResult.wait()
    }

    private func serve(_ channel: any Channel, command: [String], dialect: DialectName) throws -> SessionRecording {
        let now = Timestamp.now()
        let facts = SessionFacts(
            id: newID(at: now), started: now, dialect: dialect, client: Endpoint(channel.remoteAddress),
            server: .child(command: command.joined(separator: " ")), listener: Endpoint(channel.localAddress),
            route: .inetd)
        let recording = SessionRecording(recorder, facts)
        let leg = LegHandler(.client, recording)
        lookAfterTLS(leg, recording, dialect, host: nil, isImplicit: false, channel)
        try channel.pipeline.syncOperations.addHandler(leg)
        startChild(command, for: channel, leg: leg, recording: recording)
        try channel.syncOptions?.setOption(.autoRead, value: true)
        channel.read()
        return recording
    }

    /// A descriptor of its own for what stands at `descriptor`, which becomes /dev/null: the connection ends when we
    /// close it, not when the process ends.
    private static func takeOver(_ descriptor: Int32) -> Int32 {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        let null = open("/dev/null", O_RDWR | O_CLOEXEC)
        if null >= 0 {
            dup2(null, descriptor)
            close(null)
        }
        return copy
    }

    private static func isSocket(_ descriptor: Int32) -> Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
    }

    /// True where standard error is the client's connection, as inetd leaves it: nothing may be written there.
    public static var standardErrorIsTheClient: Bool {
        var input = stat()
        var error = stat()
        guard fstat(0, &input) == 0, fstat(2, &error) == 0 else { return false }
        return input.st_dev == error.st_dev && input.st_ino == error.st_ino && input.st_mode & S_IFMT == S_IFSOCK
    }

    /// Makes standard error /dev/null.
    public static func silenceStandardError() {
        close(takeOver(2))
    }
}
