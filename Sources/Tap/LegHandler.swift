import Conversation
import NIOCore
import NIOPosix
import NIOTLS

#if canImport(Glibc)
    import Glibc
#endif

/// One of the two connections of a session. What it reads is on its way to the other before it is recorded; it reads
/// only while the other takes what it is given.
final class LegHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let direction: Direction
    private let recording: SessionRecording
    private var partner: LegHandler?
    /// Looks after TLS, where the session may have any.
    private var tls: SessionTLS?
    private var context: ChannelHandlerContext?
    private var wantsToRead = false
    /// What the peer said when it could not be passed on yet. SwiftNIO reads without being asked when a peer ends its
    /// stream, no more than the system's receive buffer holds.
    private var waiting = CircularBuffer<ByteBuffer>()
    private var isPassingWaiting = false
    private var inputIsClosed = false
    /// The peer's end is to be told once what it said before is passed on.
    private var endWaits = false
    private var outputIsEnded = false
    /// What is to be done once this leg can take what it is given.
    private let whenActive: ((LegHandler) -> Void)?

    init(_ direction: Direction, _ recording: SessionRecording, whenActive: ((LegHandler) -> Void)? = nil) {
        self.direction = direction
        self.recording = recording
        self.whenActive = whenActive
    }

    /// Joins two legs; from here on what one reads the other writes. To be done before the second is active: a server
    /// may have said all and be gone by then.
    func join(_ other: LegHandler) {
        partner = other
        other.partner = self
        other.tls = tls
    }

    /// To be done before this leg is active.
    func look(after tls: SessionTLS) {
        self.tls = tls
    }

    func channelActive(context: ChannelHandlerContext) {
        if direction == .client { tls?.clientConnected() } else { tls?.serverConnected(self) }
        partner?.resume()
        whenActive?(self)
        context.fireChannelActive()
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        partner = nil
        tls = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        guard waiting.isEmpty, otherIsReady else { return waiting.append(buffer) }
        pass(buffer)
    }

    private func pass(_ buffer: ByteBuffer) {
        if let tls { return tls.received(direction, buffer) }
        partner?.send(buffer)
        recording.said(direction, buffer)
    }

    /// The other side can be told what this leg says.
    private var otherIsReady: Bool {
        if let tls { return tls.canTell(direction) }
        return partner?.context?.channel.isActive ?? false
    }

    private func passWaiting() {
        guard !isPassingWaiting else { return }
        isPassingWaiting = true
        while otherIsReady, let buffer = waiting.popFirst() { pass(buffer) }
        isPassingWaiting = false
        if endWaits, waiting.isEmpty, otherIsReady {
            endWaits = false
            tellEnd()
        }
    }

    private func tellEnd() {
        tls?.disconnected(direction)
        recording.halfClosed(direction)
        partner?.endOutput()
    }

    func read(context: ChannelHandlerContext) {
        guard mayRead else {
            wantsToRead = true
            return
        }
        guard !recording.isBehind else {
            wantsToRead = true
            let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
            context.eventLoop.scheduleTask(in: TapLimits.breath) { bound.value.resume() }
            return
        }
        wantsToRead = false
        context.read()
    }

    /// The bytes of a handshake are for nobody else, so whether the partner takes any does not matter to them.
    private var mayRead: Bool {
        if let tls {
            guard tls.mayRead(direction) else { return false }
            if tls.readsForItself(direction) { return true }
        }
        return partner?.isWritable ?? false
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { partner?.resume() }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, case .inputClosed = event, !inputIsClosed {
            inputIsClosed = true
            if waiting.isEmpty, otherIsReady { tellEnd() } else { endWaits = true }
        }
        if let event = event as? TLSUserEvent, case .handshakeCompleted(let name) = event {
            tls?.handshakeCompleted(direction, applicationProtocol: name)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let tls, tls.caught(direction, error) { return }
        // A Unix socket whose peer is gone for both directions is told as a reset; where the peer's end was seen before,
        // it is an ordinary close. A TCP peer that resets after its end means it.
        let isOrdinaryClose = inputIsClosed && context.remoteAddress?.ipAddress == nil
        if isOrdinaryClose {
            recording.closed(direction)
        } else if let error = error as? IOError, error.errnoCode == ECONNRESET || error.errnoCode == EPIPE {
            recording.end(.reset(by: direction))
            partner?.resetConnection()
        } else {
            recording.end(.failed("\(error)"))
        }
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        tls?.disconnected(direction)
        if !waiting.isEmpty {
            for buffer in waiting { recording.said(direction, buffer) }
            waiting.removeAll()
            recording.note(.remark, "what the \(direction.rawValue) said last could not be passed on")
        }
        recording.closed(direction)
        let partner = partner
        self.partner = nil
        // What the partner still has to write goes out before it closes.
        partner?.endOutput()
        partner?.partnerIsGone()
        context.fireChannelInactive()
    }

    /// Refuses the peer as a server that is not there would: by a reset.
    func resetConnection() {
        guard let context else { return }
        if let provider = context.channel as? any SocketOptionProvider {
            _ = provider.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        }
        context.close(promise: nil)
    }

    /// Closes once all that was given to this leg is written.
    func closeSoon() {
        afterWriting { $0.close(promise: nil) }
    }

    func send(_ buffer: ByteBuffer) {
        context?.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }

    func buffer(_ bytes: [UInt8]) -> ByteBuffer {
        context?.channel.allocator.buffer(bytes: bytes) ?? ByteBuffer(bytes: bytes)
    }

    var pipeline: ChannelPipeline.SynchronousOperations? { context?.pipeline.syncOperations }

    private var isWritable: Bool {
        guard let channel = context?.channel else { return false }
        return channel.isActive && channel.isWritable
    }

    /// Passes on and reads, if it was asked to when it could not.
    func resume() {
        if endWaits || !waiting.isEmpty { passWaiting() }
        guard wantsToRead, let context else { return }
        read(context: context)
    }

    private func endOutput() {
        guard !outputIsEnded else { return }
        outputIsEnded = true
        afterWriting { $0.close(mode: .output, promise: nil) }
    }

    private func partnerIsGone() {
        partner = nil
        afterWriting { $0.close(promise: nil) }
    }

    /// Does `body` once all that was given to this leg is written: closing drops what still waits, and where the peer
    /// has ended its stream already, closing one direction closes both.
    private func afterWriting(_ body: @escaping @Sendable (ChannelHandlerContext) -> Void) {
        guard let context else { return }
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.whenComplete { _ in
            if let context = bound.value.context { body(context) }
        }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: written)
    }
}
