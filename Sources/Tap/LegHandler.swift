import Conversation
import NIOCore
import NIOPosix

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
    private var context: ChannelHandlerContext?
    private var wantsToRead = false
    private var inputIsClosed = false
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
    }

    func channelActive(context: ChannelHandlerContext) {
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
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        partner?.context?.writeAndFlush(data, promise: nil)
        recording.said(direction, unwrapInboundIn(data))
    }

    func read(context: ChannelHandlerContext) {
        guard let partner, partner.isWritable else {
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

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { partner?.resume() }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, case .inputClosed = event, !inputIsClosed {
            inputIsClosed = true
            recording.halfClosed(direction)
            partner?.endOutput()
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
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

    private var isWritable: Bool {
        guard let channel = context?.channel else { return false }
        return channel.isActive && channel.isWritable
    }

    private func resume() {
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
