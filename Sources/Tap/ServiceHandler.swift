import Conversation
import Dialects
import NIOCore
import NIOSSL
import NIOTLS
import Postbox

/// One session with the embedded server, recorded like any other.
final class ServiceHandler<Body: Service>: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var service: Body
    private let recording: SessionRecording
    private let handshake: ClientHandshake?
    private let implicit: Bool

    /// - Parameters:
    ///   - handshake: how TLS begins here; nil where it is not offered.
    ///   - implicit: it begins at once.
    init(_ service: Body, _ recording: SessionRecording, _ handshake: ClientHandshake?, implicit: Bool) {
        self.service = service
        self.recording = recording
        self.handshake = handshake
        self.implicit = implicit
    }

    func channelActive(context: ChannelHandlerContext) {
        if implicit { awaitTLS(.implicit, context: context) } else { say(service.opened(), context: context) }
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
        } else if service.awaitsTLS {
            awaitTLS(.starttls, context: context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, case .inputClosed = event {
            if let handshake, handshake.isGoingOn {
                end(handshake.failed(NIOSSLError.uncleanShutdown), context: context)
            } else {
                recording.halfClosed(.client)
                recording.closed(.client)
                context.close(promise: nil)
            }
        }
        if let event = event as? TLSUserEvent, case .handshakeCompleted(let name) = event, let handshake {
            recording.tls(handshake.completed(applicationProtocol: name))
            service.secured()
            if implicit { say(service.opened(), context: context) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let handshake, handshake.isGoingOn { return end(handshake.failed(error), context: context) }
        if case NIOSSLError.uncleanShutdown = error { return }
        recording.end(.reset(by: .client))
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if let handshake, handshake.isGoingOn { recording.tls(handshake.failed(NIOSSLError.uncleanShutdown)) }
        recording.closed(.client)
        context.fireChannelInactive()
    }

    private func awaitTLS(_ start: TLSFacts.Start, context: ChannelHandlerContext) {
        guard let handshake else { return }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        handshake.begin(start, pipeline: context.pipeline.syncOperations) { step in
            let (handler, context) = bound.value
            switch step {
            case .hello(let hello): handshake.show(asked: hello, names: [], protocols: hello.applicationProtocols)
            case .notTLS(let bytes, let facts):
                handler.recording.said(.client, bytes)
                handler.end(facts, context: context)
            case .failed(let facts): handler.end(facts, context: context)
            case .shown: break
            }
        }
    }

    private func end(_ facts: TLSFacts, context: ChannelHandlerContext) {
        recording.tls(facts)
        recording.closed(.client)
        context.close(promise: nil)
    }

    private func say(_ bytes: [UInt8], context: ChannelHandlerContext) {
        let buffer = context.channel.allocator.buffer(bytes: bytes)
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
        recording.said(.server, buffer)
    }
}
