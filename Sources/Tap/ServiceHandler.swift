import Conversation
import NIOCore
import Postbox

/// One session with the embedded server, recorded like any other.
final class ServiceHandler<Body: Service>: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var service: Body
    private let recording: SessionRecording

    init(_ service: Body, _ recording: SessionRecording) {
        self.service = service
        self.recording = recording
    }

    func channelActive(context: ChannelHandlerContext) {
        say(service.opened(), context: context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        recording.said(.client, buffer)
        let answer = buffer.withUnsafeReadableBytes { raw in
            service.received(Span(_unsafeElements: raw.assumingMemoryBound(to: UInt8.self)))
        }
        if !answer.isEmpty { say(answer, context: context) }
        if service.isOver {
            recording.halfClosed(.server)
            recording.closed(.server)
            context.close(promise: nil)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, case .inputClosed = event {
            recording.halfClosed(.client)
            recording.closed(.client)
            context.close(promise: nil)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        recording.end(.reset(by: .client))
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        recording.closed(.client)
        context.fireChannelInactive()
    }

    private func say(_ bytes: [UInt8], context: ChannelHandlerContext) {
        let buffer = context.channel.allocator.buffer(bytes: bytes)
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
        recording.said(.server, buffer)
    }
}
