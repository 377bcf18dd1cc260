import Conversation
import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#endif

/// Sessions whose server is a child started for them.
extension Tap {
    func startChild(
        _ command: [String], for channel: any Channel, leg: LegHandler, recording: SessionRecording
    ) {
        switch ChildProcess.start(command, environment: Self.environment(channel)) {
        case .failure(let error):
            recording.end(.unreachable("cannot start \(command.first ?? ""): \(error)"))
            leg.resetConnection()
        case .success(let child):
            follow(child, leg: leg, recording: recording, on: channel.eventLoop)
        }
    }

    /// Joins a client with the child that serves it.
    private func follow(_ child: ChildProcess, leg: LegHandler, recording: SessionRecording, on loop: any EventLoop) {
        // How the child ended and the last of what it said may be known only after its connection is gone.
        recording.awaitLastWords(2, on: loop)
        let bound = NIOLoopBound((leg, recording), eventLoop: loop)
        ClientBootstrap(group: loop)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelOption(.maxMessagesPerRead, value: 1)
            .channelOption(.recvAllocator, value: Self.allocator)
            .channelOption(.writeBufferWaterMark, value: TapLimits.waiting)
            .channelInitializer { server in
                server.eventLoop.makeCompletedFuture {
                    try Self.join(server, to: bound.value.0, bound.value.1)
                }
            }
            .withConnectedSocket(child.socket)
            .whenFailure { error in
                let (leg, recording) = bound.value
                recording.end(.failed("cannot take over the child's socket: \(error)"))
                leg.resetConnection()
            }
        NIOPipeBootstrap(group: loop)
            .channelInitializer { errors in
                errors.eventLoop.makeCompletedFuture {
                    try errors.pipeline.syncOperations.addHandler(StandardErrorHandler(bound.value.1))
                }
            }
            .takingOwnershipOfDescriptor(input: child.errors)
            .whenFailure { _ in
                close(child.errors)
                bound.value.1.hadLastWord()
            }
        Reaper.wait(for: child) { words in
            loop.execute {
                if let words { bound.value.1.note(.remark, words) }
                bound.value.1.hadLastWord()
            }
        }
    }

    /// What tcpserver and xinetd tell a child of its client.
    private static func environment(_ channel: any Channel) -> [(String, String)] {
        guard let address = channel.remoteAddress?.ipAddress, let port = channel.remoteAddress?.port else { return [] }
        var variables = [
            ("PROTO", "TCP"), ("TCPREMOTEIP", address), ("TCPREMOTEPORT", "\(port)"), ("REMOTE_HOST", address),
        ]
        if let local = channel.localAddress?.ipAddress, let port = channel.localAddress?.port {
            variables += [("TCPLOCALIP", local), ("TCPLOCALPORT", "\(port)")]
        }
        return variables
    }
}

/// What a child says on its standard error, line by line into the record.
private final class StandardErrorHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let recording: SessionRecording
    private var line: [UInt8] = []

    init(_ recording: SessionRecording) {
        self.recording = recording
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        for byte in unwrapInboundIn(data).readableBytesView {
            if byte == UInt8(ascii: "\n") || line.count >= TapLimits.standardErrorLine { tell() }
            if byte != UInt8(ascii: "\n") { line.append(byte) }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if !line.isEmpty { tell() }
        recording.hadLastWord()
        context.fireChannelInactive()
    }

    private func tell() {
        recording.note(.stderr, String(decoding: line, as: UTF8.self))
        line = []
    }
}

/// Waits for children, a thread each: what waits here costs no event loop anything.
private enum Reaper {
    private final class Task {
        let child: ChildProcess
        let then: @Sendable (String?) -> Void
        init(_ child: ChildProcess, _ then: @escaping @Sendable (String?) -> Void) {
            self.child = child
            self.then = then
        }
    }

    /// - Parameter then: told how the child ended, nil where it exited with 0.
    static func wait(for child: ChildProcess, then: @escaping @Sendable (String?) -> Void) {
        var thread = pthread_t()
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, TapLimits.reaperStack)
        let task = Unmanaged.passRetained(Task(child, then)).toOpaque()
        let status = pthread_create(
            &thread, &attributes,
            { pointer in
                guard let pointer else { return nil }
                let task = Unmanaged<Task>.fromOpaque(pointer).takeRetainedValue()
                task.then(task.child.wait())
                return nil
            }, task)
        if status == 0 { pthread_detach(thread) } else { Unmanaged<Task>.fromOpaque(task).release() }
    }
}
